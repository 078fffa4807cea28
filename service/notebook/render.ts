import type { Cell } from './cell.ts'
import type { CompiledTemplate } from './compile.ts'
import type { Places } from './places.ts'

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
  /** The JSON text received, as one text: a raw `NaN` in the metadata would break the notebook in Jupyter. */
  readonly parameters: string
}

/**
 * The notebook as splices into the template's file. The cost is that of the cell, whatever the template's size, and
 * every byte outside the inserted places stays as it is; only a byte-order mark goes.
 */
export function renderNotebook(template: CompiledTemplate, cell: Cell, madeFrom: MadeFrom): Rendered {
  const { places } = template
  const insertions = [{ place: places.madeFrom, text: madeFromText(template, madeFrom) }]
  if (cell.source !== '') insertions.push({ place: places.cell, text: sourceText(template, cell.source) })
  insertions.sort((one, other) => one.place.from - other.place.from)

  const pieces: Piece[] = []
  let length = 0
  let at = places.start
  const keep = (to: number) => {
    if (to > at) pieces.push({ from: at, to })
    length += to - at
  }
  for (const { place, text } of insertions) {
    keep(place.from)
    const bytes = Buffer.from(place.before + text + place.after)
    pieces.push(bytes)
    length += bytes.length
    at = place.to
  }
  keep(places.end)
  return { pieces, length }
}

function madeFromText(template: CompiledTemplate, madeFrom: MadeFrom): string {
  const { request, template: path, sha256, version, time, sender, parameters } = madeFrom
  return nestedJson({ request, template: path, sha256, version, time, sender, parameters }, template.places)
}

/** The items of nbformat's `source`: one text a line, each with its line feed. */
function sourceText(template: CompiledTemplate, source: string): string {
  const lines = source.split('\n')
  for (let index = 0; index < lines.length - 1; index++) lines[index] += '\n'
  return nestedJson(lines, template.places).slice(1, -1).trim()
}

/** An object or a list as it is laid out three levels deep in the file. */
function nestedJson(value: object, { unit, lineEnd }: Places): string {
  if (unit === '') return JSON.stringify(value)
  const json = JSON.stringify([[[value]]], null, unit)
  // Three brackets, each on its line and deeper by one unit; then, behind the value, the same without a first one.
  const inner = json.slice(6 + 6 * unit.length, -6 - 3 * unit.length)
  return lineEnd === '\n' ? inner : inner.replaceAll('\n', lineEnd)
}
