import type { CompiledTemplate, Piece } from '../notebook/index.ts'

/** Bytes of a finished notebook, `from` ≤ byte < `to`. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/** Where the cells of a finished notebook lie among its bytes. */
export interface FinishedCells {
  readonly count: number
  /** Index of the cell that holds the parameters; undefined when there is none. */
  readonly fresh: number | undefined
  /** @param index counted from 0, below `count` */
  range(index: number): ByteRange
}

/** Where a stretch of the template, or a new piece, stands in the finished notebook. */
interface Stretch extends ByteRange {
  readonly at: number
}

/**
 * Finds the cells without reading the notebook: those of the template by the offsets found when it was compiled, the
 * new one by the place it was put in. What is shown is cut from the same pieces as what is written.
 *
 * @param pieces of `renderNotebook`, or the whole template as one range
 */
export function findCells(
  template: Pick<CompiledTemplate, 'cellBounds' | 'places'>,
  pieces: readonly Piece[],
): FinishedCells {
  const { cellBounds: bounds, places } = template
  const { kept, fresh } = lookThrough(pieces, places)
  const old = bounds.length / 2
  if (fresh === undefined) return { count: old, fresh, range: (index) => keptCell(index) }

  const replaces = places.cell.to > places.cell.from && old > 0
  const index = cellsBefore(bounds, places.cell.from)
  return {
    count: replaces ? old : old + 1,
    fresh: index,
    range: (at) => {
      if (at === index) return fresh
      return keptCell(at < index || replaces ? at : at - 1)
    },
  }

  function keptCell(at: number): ByteRange {
    const [from, to] = [bounds[2 * at]!, bounds[2 * at + 1]!]
    const stretch = kept.find((one) => one.from <= from && to <= one.to)!
    return { from: from - stretch.from + stretch.at, to: to - stretch.from + stretch.at }
  }
}

function lookThrough(
  pieces: readonly Piece[],
  { start, cell }: CompiledTemplate['places'],
): { kept: readonly Stretch[]; fresh: ByteRange | undefined } {
  const kept: Stretch[] = []
  let fresh: ByteRange | undefined
  let at = 0
  let inTemplate = start
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) {
      if (inTemplate === cell.from) fresh = objectIn(piece, at, fresh)
      at += piece.length
      continue
    }
    kept.push({ ...piece, at })
    at += piece.to - piece.from
    inTemplate = piece.to
  }
  return { kept, fresh }
}

/**
 * What is put in, in one piece or in several, is the cell and, around it, white space and the comma that parts it from its
 * neighbour: from the first brace to the last.
 */
function objectIn(piece: Uint8Array, at: number, before: ByteRange | undefined): ByteRange {
  const last = piece.lastIndexOf(0x7d)
  return {
    from: before?.from ?? at + piece.indexOf(0x7b),
    to: last < 0 ? (before?.to ?? at) : at + last + 1,
  }
}

/**
 * Where the new cell of a finished notebook comes to stand.
 *
 * @returns its index, and the bytes of the template's cells before it
 */
export function placeOfNew({ cellBounds, places }: Pick<CompiledTemplate, 'cellBounds' | 'places'>): {
  readonly index: number
  readonly bytes: number
} {
  const bytes = places.cell.from - (cellBounds[0] ?? places.cell.from)
  return { index: cellsBefore(cellBounds, places.cell.from), bytes: Math.max(0, bytes) }
}

/** How many cells end at or before this offset. */
function cellsBefore(bounds: readonly number[], offset: number): number {
  let [low, high] = [0, bounds.length / 2]
  while (low < high) {
    const middle = (low + high) >> 1
    if (bounds[2 * middle + 1]! <= offset) low = middle + 1
    else high = middle
  }
  return low
}
