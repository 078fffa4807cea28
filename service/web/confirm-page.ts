import type { FastifyRequest } from 'fastify'
import type { Fault } from '../fault.ts'
import type { Confirmation, Visitor } from '../journey/journey.ts'
import type { KeptRequest } from '../journey/request.ts'
import { type ChosenFile, faultsOfFile } from '../notebook/chosen-file.ts'
import { pathIn } from '../notebook/file-name.ts'
import type { ConfirmView, PlaceFields, ShownServer } from './confirm-view.ts'
import { formField } from './form-body.ts'
import type { OwnPage } from './own-page.ts'
import { freshHref } from './preview-href.ts'
import { sentenceOf } from './problem.ts'
import { showTemplate } from './show-template.ts'
import { showValues } from './shown-values.ts'
import { takenTexts } from './taken-texts.ts'
import { pickLocale, pickTexts, type Texts } from './texts/index.ts'

export interface ConfirmPageOptions {
  readonly ownPage: OwnPage
  readonly servicePrefix: string
  readonly mode: 'create' | 'download'
}

/** Why a place cannot be, and what was typed, if it was typed now. */
export interface Refusal {
  readonly fault: Fault
  readonly typed?: ChosenFile | undefined
}

/** Where the user wants the notebook, if they changed what the page proposed. */
export function chosenBy(request: FastifyRequest): ChosenFile | undefined {
  const folder = formField(request, 'folder')
  const name = formField(request, 'name')
  if (folder === undefined || name === undefined) return undefined
  return pathIn(folder, name) === formField(request, 'proposed') ? undefined : { folder, name }
}

/** What the confirmation page shows. */
export function confirmView(
  request: FastifyRequest,
  { request: kept, template, parameters, cell, wanted, before }: Confirmation,
  visitor: Visitor,
  { ownPage, servicePrefix, mode }: ConfirmPageOptions,
  refusal?: Refusal,
): ConfirmView {
  const accepted = request.headers['accept-language']
  const texts = pickTexts(accepted)
  const place = { folder: mode === 'create' ? wanted.folder : '', name: wanted.name(1) }
  const previewPath = `${servicePrefix}preview/${kept.id}`
  return {
    user: visitor.user?.name,
    mode,
    state: kept.state === 'written' ? 'written' : kept.calledOff ? 'cancelled' : 'ready',
    form: { action: `${servicePrefix}confirm/${kept.id}`, csrf: ownPage.token(kept.id, visitor.user?.name) },
    template: showTemplate(template),
    file: kept.result?.path ?? pathIn(place.folder, place.name),
    place: placeFields(place, refusal, texts),
    server: serverOf(kept, visitor),
    before: before && { path: before.path, time: before.time, href: before.url },
    sender: kept.sender ?? undefined,
    sentByForm: kept.byForm,
    values: showValues(
      parameters,
      cell.names,
      texts,
      pickLocale(accepted),
      takenTexts(template.compiled, kept.languages),
    ),
    openHref: kept.result?.url,
    previewHref: cell.source === '' ? previewPath : freshHref(previewPath, template.compiled),
    parametersHref: `${servicePrefix}parameters/${kept.id}`,
  }
}

/** @param place that is proposed */
function placeFields(place: ChosenFile, refusal: Refusal | undefined, texts: Texts): PlaceFields {
  return {
    ...place,
    ...refusal?.typed,
    proposed: pathIn(place.folder, place.name),
    refused:
      refusal &&
      faultsOf(refusal).map((fault) => ({
        field: fault.values.field === 'name' ? 'name' : 'folder',
        sentence: sentenceOf(fault, texts),
      })),
  }
}

/** Of what was typed, all that cannot be; else what was found when it was to be written. */
function faultsOf({ fault, typed }: Refusal): readonly Fault[] {
  const faults = typed === undefined ? [] : faultsOfFile(typed)
  return faults.length === 0 ? [fault] : faults
}

/** As the Hub has just described its user: no question of its own. */
function serverOf({ server: name }: KeptRequest, { user }: Visitor): ShownServer | undefined {
  return user === null ? undefined : { name, state: user.servers.get(name)?.state ?? 'stopped' }
}
