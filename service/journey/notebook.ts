import type { Catalogue, Template } from '../catalogue/catalogue.ts'
import { openPieces } from '../catalogue/template-pieces.ts'
import { Fault } from '../fault.ts'
import { type Cell, makeCell } from '../notebook/cell.ts'
import { chooseFile } from '../notebook/chosen-file.ts'
import { placeNotebook, type WantedFile } from '../notebook/file-name.ts'
import { type Parameters, readParameters } from '../notebook/parameters.ts'
import { type Piece, renderNotebook } from '../notebook/render.ts'
import type { KeptRequest } from './request.ts'

/** What a request comes to, before anything is written: the same for the page that asks and for the write. */
export interface Planned {
  readonly template: Template
  readonly parameters: Parameters
  readonly cell: Cell
  readonly wanted: WantedFile
}

/** A finished notebook, ready to be streamed as often as it is asked for. */
export interface Finished {
  /** What `open` streams, in order. */
  readonly pieces: readonly Piece[]
  /** Exactly this many bytes come out of `open`. */
  readonly length: number
  open(): AsyncIterable<Uint8Array>
}

export interface Notebooks {
  /** Fault 2 when the pinned version is gone, 15, 16 and 20 as DESIGN 2.6. */
  plan(request: KeptRequest, parameters: string): Promise<Planned>
  finish(request: KeptRequest, parameters: string, planned: Planned): Finished
}

/**
 * @param target folder below the root of the user's server, as TARGET (DESIGN 2.8)
 * @param version of this service, for `made_from`
 */
export function createNotebooks(catalogue: Catalogue, target: string, version: string): Notebooks {
  return {
    async plan(request, text) {
      const template = await catalogue.pinned(request.template, request.sha256)
      if (template === undefined) throw new Fault(2, 'unknown')
      const parameters = readParameters(text)
      const { languages } = request
      return {
        template,
        parameters,
        cell: makeCell(parameters, template.compiled, languages),
        wanted: request.chosen
          ? chooseFile(request.chosen)
          : placeNotebook({ template: template.path, parameters, languages, target }),
      }
    },

    finish(request, parameters, { template, cell }) {
      const { pieces, length } = renderNotebook(template.compiled, cell, {
        request: request.id,
        template: template.path,
        sha256: template.sha256,
        version,
        // Kept at the first confirmation, so that a repeated download gives the same bytes.
        time: request.confirmed ?? request.received,
        sender: request.sender,
        parameters,
      })
      return { pieces, length, open: () => openPieces(template.file, pieces) }
    },
  }
}
