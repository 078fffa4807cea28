import type { FastifyRequest } from 'fastify'
import type { Fault } from '../../../fault.ts'
import type { Confirmation, Visitor } from '../../../journey/journey.ts'
import type { Made } from '../../../journey/kept/history.ts'
import type { MissingKernel } from '../../../journey/missing-kernel.ts'
import type { KeptRequest } from '../../../journey/request.ts'
import { type ChosenFile, faultsOfFile, fieldsOf, pathIn } from '../../../notebook/index.ts'
import type { OwnPage } from '../../guards/own-page.ts'
import { formField } from '../../input/form-body.ts'
import { readLanguages } from '../../input/languages.ts'
import { pickLocale, pickTexts, type Texts } from '../../texts/index.ts'
import { plainTexts } from '../../values/plain-texts.ts'
import { showValues } from '../../values/shown-values.ts'
import { freshHref } from '../preview/href.ts'
import { sentenceOf } from '../problem/problem.ts'
import type { SpawnPage } from '../spawn-page.ts'
import { showTemplate } from '../template/show-template.ts'
import { showNotices } from './notices.ts'
import { showServer } from './servers.ts'
import type { ConfirmView, PlaceFields, ShownBefore } from './view.ts'

export interface ConfirmPageOptions {
  readonly ownPage: OwnPage
  readonly servicePrefix: string
  readonly mode: 'create' | 'download'
  /** Whom users ask, as the setting CONTACT. */
  readonly contact: string | undefined
  /** Undefined where no server is started. */
  readonly spawnPage: SpawnPage | undefined
  /** The Hub's page of a user's servers. */
  readonly homeHref: string | undefined
}

/** Where another place was typed, or is needed: why a place cannot be, if so, and what was typed, if something was. */
export interface AskedAgain {
  /** Which kernel the user's server lacks. */
  readonly kernel?: MissingKernel | undefined
  readonly fault?: Fault | undefined
  readonly typed?: ChosenFile | undefined
  /** Key of the server that was chosen. */
  readonly server?: string | undefined
}

/** Where the user wants the notebook, if they changed what the page proposed. */
export function chosenBy(request: FastifyRequest): ChosenFile | undefined {
  const folder = formField(request, 'folder')
  const name = formField(request, 'name')
  if (folder === undefined || name === undefined) return undefined
  return pathIn(folder, name) === formField(request, 'proposed') ? undefined : { folder, name }
}

/** The name of the archive in which a notebook is downloaded together with files. */
export function archiveOf(name: string): string {
  return name.replace(/\.ipynb$/, '.zip')
}

/** What the confirmation page shows. */
export function confirmView(
  request: FastifyRequest,
  confirmation: Confirmation,
  visitor: Visitor,
  { ownPage, servicePrefix, mode, contact, spawnPage, homeHref }: ConfirmPageOptions,
  asked: AskedAgain = {},
): ConfirmView {
  const { request: kept, template, parameters, cell, wanted, before, withheld, notices } = confirmation
  const accepted = request.headers['accept-language']
  const texts = pickTexts(accepted)
  const place = { folder: mode === 'create' ? wanted.folder : '', name: wanted.name(1) }
  const files = (template.bundle?.files ?? []).map(({ path }) => path)
  const isArchive = mode === 'download' && files.length > 0
  const previewPath = `${servicePrefix}preview/${kept.id}`
  return {
    user: visitor.user?.name,
    mode,
    state: kept.state === 'written' ? 'written' : kept.calledOff ? 'cancelled' : 'ready',
    form: { action: `${servicePrefix}confirm/${kept.id}`, csrf: ownPage.token(kept.id, visitor.user?.name) },
    template: showTemplate(template, readLanguages(accepted)),
    file: isArchive ? archiveOf(place.name) : (kept.result?.path ?? pathIn(place.folder, place.name)),
    files: isArchive ? [place.name, ...files] : files,
    place: placeFields(place, asked, texts),
    server: visitor.user
      ? showServer(confirmation, visitor.user, spawnPage, homeHref, asked.server)
      : undefined,
    before: before && showBefore(before, kept, visitor),
    sender: kept.sender ?? undefined,
    source: kept.source,
    sentByForm: kept.byForm,
    values: showValues(
      parameters,
      cell.names,
      texts,
      pickLocale(accepted),
      plainTexts(template.compiled, kept.languages),
      fieldsOf(template.compiled, [], readLanguages(accepted)),
    ),
    notices: showNotices(notices, asked.kernel, withheld, template, contact),
    openHref: kept.result?.url,
    previewHref: cell.isEmpty ? previewPath : freshHref(previewPath, template.compiled),
    parametersHref: `${servicePrefix}parameters/${kept.id}`,
  }
}

/** @param place that is proposed */
function placeFields(place: ChosenFile, asked: AskedAgain, texts: Texts): PlaceFields {
  return {
    ...place,
    ...asked.typed,
    proposed: pathIn(place.folder, place.name),
    open: asked.typed !== undefined,
    refused: faultsOf(asked).map((fault) => ({
      field: fault.values.field === 'name' ? 'name' : 'folder',
      sentence: sentenceOf(fault, texts),
    })),
  }
}

/** Of what was typed, all that cannot be; else what was found when it was to be written. */
function faultsOf({ fault, typed }: AskedAgain): readonly Fault[] {
  const faults = typed === undefined ? [] : faultsOfFile(typed)
  return faults.length === 0 && fault !== undefined ? [fault] : faults
}

function showBefore(
  { path, time, url, server = '' }: Made,
  { source }: KeptRequest,
  { user }: Visitor,
): ShownBefore {
  const isRunning = user?.servers.get(server)?.state === 'ready'
  return { path, time, href: url, sameSource: source !== undefined, isRunning }
}
