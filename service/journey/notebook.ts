import { createReadStream } from 'node:fs'
import type { Catalogue, FileBeside, Template } from '../catalogue/catalogue.ts'
import { noticesOf } from '../catalogue/notices.ts'
import { openPieces } from '../catalogue/template-pieces.ts'
import { Fault } from '../fault.ts'
import {
  checkSecrets,
  chooseFile,
  makeCell,
  type Notices,
  type Parameters,
  type Piece,
  pathIn,
  placeNotebook,
  readParameters,
  renderNotebook,
  type SecretNames,
  type WantedFile,
  type Withheld,
  withholdSecrets,
  writeParameters,
} from '../notebook/index.ts'
import { linkNamesOf, type Sender } from '../senders.ts'
import type { Records } from './kept/records.ts'
import type { KeptRequest, Refused } from './request.ts'

/** What a request comes to, before anything is written: the same for the page that asks and for the write. */
export interface Planned {
  readonly template: Template
  /** Without secrets, as is `text`. */
  readonly parameters: Parameters
  /** The parameters as they were received: JSON text. */
  readonly text: string
  /** Names of the secrets that were sent. */
  readonly withheld: readonly string[]
  readonly cell: ReturnType<typeof makeCell>
  readonly wanted: WantedFile
}

/** A finished notebook, ready to be streamed as often as it is asked for. */
export interface Finished {
  /** What `open` streams, in order. */
  readonly pieces: readonly Piece[]
  /** Exactly this many bytes come out of `open`. */
  readonly length: number
  open(): AsyncIterable<Uint8Array>
  /** What goes beside it. */
  readonly files: readonly FinishedFile[]
}

/** A file beside a notebook, ready as that is. */
export interface FinishedFile {
  /** From the notebook's folder on. */
  readonly path: string
  readonly sha256: string
  readonly length: number
  open(): AsyncIterable<Uint8Array>
}

/** Parameters as they were sent, or as they are kept. */
export interface SentParameters {
  /** JSON text. */
  readonly text: string
  /** What it says. */
  readonly parameters: Parameters
}

export interface Notebooks {
  /** The version of the template that a request was kept with. Fault 2 when it is gone. */
  templateOf(request: KeptRequest): Promise<Template>
  /**
   * @param template as `templateOf`
   * @throws Fault 15, 16 and 20 as DESIGN 2.6
   */
  plan(request: KeptRequest, template: Template, sent: SentParameters): Planned
  /** What may be kept of parameters as they were sent, as `plan` does it. */
  withhold(template: Template, sent: SentParameters): Pick<Planned, 'text' | 'withheld' | 'parameters'>
  /** What is told of the values before the click. Fault 2 when the version of the template is gone. */
  notices(planned: Planned): Promise<Notices>
  finish(request: KeptRequest, planned: Planned): Finished
}

/**
 * @param target folder below the root of the user's server, as TARGET (DESIGN 2.8)
 * @param version of this service, for `made_from`
 * @param secrets names that are credentials, as the setting SECRET_NAMES
 * @param senders as the setting SENDERS: names in their links are no template's to refuse
 */
export function createNotebooks(
  catalogue: Catalogue,
  target: string,
  version: string,
  secrets: SecretNames,
  senders: readonly Sender[],
): Notebooks {
  const linkNames = linkNamesOf(senders)
  return {
    async templateOf({ template: path, sha256 }) {
      const template = await catalogue.pinned(path, sha256)
      if (template === undefined) throw new Fault(2, 'unknown')
      return template
    },

    plan(request, template, { text, parameters: sent }) {
      if (request.refused) throw asRefused(request.refused)
      const { languages, source } = request
      const { compiled } = template
      const found = withholdSecrets(sent, compiled, secrets)
      const { parameters } = found
      // Otherwise the schema has seen them when the request was kept, or sees them now as part of the cell.
      if (request.withheld === undefined) checkSecrets(sent, compiled, languages, found.withheld, linkNames)
      const withheld = [...(request.withheld ?? []), ...found.withheld]
      return {
        template,
        parameters,
        text: keptText(text, found),
        withheld,
        cell: makeCell(parameters, compiled, languages, withheld, {
          source: source && { ...source, time: timeOf(request) },
          linkNames,
        }),
        wanted: request.chosen
          ? chooseFile(request.chosen)
          : placeNotebook({
              template: template.path,
              parameters,
              languages,
              target,
              ifUnset: compiled.settings.if_unset,
              withheld,
            }),
      }
    },

    withhold({ compiled }, { text, parameters }) {
      const found = withholdSecrets(parameters, compiled, secrets)
      return { ...found, text: keptText(text, found) }
    },

    async notices({ template, parameters, cell, withheld }) {
      const find = await noticesOf(template).catch(() => {
        throw new Fault(2, 'unknown')
      })
      const { path, compiled } = template
      return find({ path, compiled, parameters, cell, withheld, linkNames })
    },

    finish(request, { template, cell, text }) {
      const { pieces, length } = renderNotebook(template.compiled, cell, {
        request: request.id,
        template: template.path,
        sha256: template.sha256,
        version,
        time: timeOf(request),
        sender: request.sender,
        source: request.source?.address ?? null,
        parameters: text,
      })
      const files = (template.bundle?.files ?? []).map(finishedFile)
      return { pieces, length, files, open: () => openPieces(template.file, pieces) }
    },
  }
}

/** When a notebook is made (ISO 8601, UTC): kept at the first confirmation, so that a repeated download gives the same bytes. */
export function timeOf({ confirmed, received }: KeptRequest): string {
  return confirmed ?? received
}

function finishedFile({ path, sha256, size, file }: FileBeside): FinishedFile {
  // Not by openPieces: what it remembers is templates, which are asked for again and again.
  return { path, sha256, length: size, open: () => createReadStream(file) }
}

/** The parameters of a request, from the store. Fault 2. */
export async function parametersOf(records: Records, request: KeptRequest): Promise<SentParameters> {
  const text = await records.parameters(request)
  return { text, parameters: readParameters(text) }
}

/** Path of a notebook whose name is free. */
export function pathOf({ folder, name }: WantedFile): string {
  return pathIn(folder, name(1))
}

/** Exactly what was received, unless something is withheld from it. */
function keptText(sent: string, { parameters, withheld }: Withheld): string {
  return withheld.length === 0 ? sent : writeParameters(parameters)
}

function asRefused({ code, reason, values, details }: Refused): Fault {
  return new Fault(code, reason, values, { details })
}
