import { createWalk, type Span } from '../json/walk.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import type { Found } from './finding.ts'

/**
 * Where found in cells are in the notebook's file, for programs that show files and know no cells.
 *
 * @returns for each its line in the file, from 1: that of its cell's beginning, where it has no line in the source;
 *   `undefined` for one without a cell
 */
export function fileLines(
  bytes: Uint8Array,
  { cellBounds, places: { start } }: Pick<CompiledTemplate, 'cellBounds' | 'places'>,
  found: readonly Pick<Found, 'cell' | 'line'>[],
): readonly (number | undefined)[] {
  const known = new Map<number, readonly number[]>()
  const offsetOf = (cell: number, line: number | undefined) => {
    const from = cellBounds[2 * (cell - 1)] ?? start
    if (line === undefined) return from
    const lines = known.get(cell) ?? sourceLines(bytes, start, from)
    known.set(cell, lines)
    return lines[line - 1] ?? lines.at(-1) ?? from
  }
  return linesOf(
    bytes,
    found.map(({ cell, line }) => (cell === undefined ? undefined : offsetOf(cell, line))),
  )
}

/** For each line of a cell's source the offset of the JSON text that it begins in. */
function sourceLines(bytes: Uint8Array, start: number, cellFrom: number): readonly number[] {
  const walk = createWalk(bytes, start, () => undefined)
  const texts: Span[] = []
  walk.goTo({ kind: 'object', from: cellFrom, to: cellFrom })
  walk.object((name) => {
    if (name !== 'source') {
      walk.skip()
      return
    }
    const source = walk.list(() => texts.push(walk.skip()))
    if (source.kind === 'scalar') texts.push(source)
  })
  const lines: number[] = []
  let isNew = true
  for (const text of texts) {
    const value = walk.parse(text)
    for (const [index, line] of String(value)
      .split(/\r\n|\r|\n/)
      .entries()) {
      if (index > 0 && isNew) lines.push(text.from)
      if (index > 0) isNew = true
      if (line === '' || !isNew) continue
      lines.push(text.from)
      isNew = false
    }
  }
  return lines
}

function linesOf(
  bytes: Uint8Array,
  offsets: readonly (number | undefined)[],
): readonly (number | undefined)[] {
  const lines = new Map<number, number>()
  let line = 1
  let at = 0
  for (const offset of offsets.filter((one) => one !== undefined).sort((a, b) => a - b)) {
    for (; at < offset; at++) if (bytes[at] === 0x0a) line++
    lines.set(offset, line)
  }
  return offsets.map((offset) => (offset === undefined ? undefined : lines.get(offset)))
}
