import type { CompiledTemplate } from '../template/compile.ts'
import type { Cell } from './cell.ts'
import { jsonBytes, sourceLines } from './source-lines.ts'

/** Bytes, or a range of the template's file. */
export type Piece = Uint8Array | { readonly from: number; readonly to: number }

/** A notebook to be sent: its pieces in order, and their length in bytes. */
export interface Rendered {
  readonly pieces: readonly Piece[]
  readonly length: number
}

/** Where a notebook comes from: `metadata.notebook_templates.made_from`. */
export interface MadeFrom {
  readonly request: string
  readonly template: string
  readonly sha256: string
  readonly version: string
  /** ISO 8601, UTC. */
  readonly time: string
  readonly sender: string | null
  /** Address of the object that the parameters are of. */
  readonly source: string | null
  /** The JSON text received, as one text: a raw `NaN` in the metadata would break the notebook in Jupyter. */
  readonly parameters: string
}

/**
 * The notebook as splices into the template's file. The cost is that of the cell, whatever the template's size, and
 * every byte outside the inserted places stays as it is; only a byte-order mark goes.
 */
export function renderNotebook(template: CompiledTemplate, cell: Cell, madeFrom: MadeFrom): Rendered {
  const { places } = template
  const insertions = [{ place: places.madeFrom, bytes: madeFromBytes(template, madeFrom) }]
  if (!cell.isEmpty) insertions.push({ place: places.cell, bytes: [cellBytes(template, cell.source)] })
  insertions.sort((one, other) => one.place.from - other.place.from)

  const pieces: Piece[] = []
  let length = 0
  let at = places.start
  const keep = (to: number) => {
    if (to > at) pieces.push({ from: at, to })
    length += to - at
  }
  for (const { place, bytes } of insertions) {
    keep(place.from)
    for (const piece of [Buffer.from(place.before), ...bytes, Buffer.from(place.after)]) {
      if (piece.length > 0) pieces.push(piece)
      length += piece.length
    }
    at = place.to
  }
  keep(places.end)
  return { pieces, length }
}

// From here on it is quicker to write a text's bytes alone than to look through it for line ends.
const largeText = 2 ** 14

/** The object as it is laid out three levels deep in the file. The parameters, its last member, may be megabytes. */
function madeFromBytes({ places }: CompiledTemplate, madeFrom: MadeFrom): Uint8Array[] {
  const { unit, lineEnd } = places
  const { request, template, sha256, version, time, sender, source, parameters } = madeFrom
  const isLarge = parameters.length > largeText
  const shown = {
    request,
    template,
    sha256,
    version,
    time,
    sender,
    source,
    parameters: isLarge ? '' : parameters,
  }
  const laidOut = JSON.stringify(shown, null, unit).replaceAll('\n', lineEnd + unit.repeat(3))
  if (!isLarge) return [Buffer.from(laidOut)]
  const place = laidOut.lastIndexOf('""')
  return [
    Buffer.from(laidOut.slice(0, place)),
    jsonBytes(parameters),
    Buffer.from(laidOut.slice(place + '""'.length)),
  ]
}

/** The items of the list of lines, each on a line of its own four levels deep where the file has lines. */
function cellBytes({ places: { unit, lineEnd } }: CompiledTemplate, source: string): Uint8Array {
  return sourceLines(source, `,${lineEnd}${unit.repeat(4)}`)
}
