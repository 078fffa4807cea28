import type { Tree } from '@lezer/common'
import type { LRParser } from '@lezer/lr'
import { type Position, positionOf } from '../../../json/position.ts'
import type { Dialect } from '../dialect.ts'

/** A part of the source that the grammar took, at least up to the line that begins at `broken`. */
export interface Chunk {
  readonly text: string
  readonly tree: Tree
  readonly broken: number
  /** Offsets of what is wrong before that. */
  readonly flaws: readonly number[]
}

/** A source in parts, and what is wrong with it. */
export interface Reading {
  readonly chunks: readonly Chunk[]
  readonly unreadable: readonly Position[]
}

// A parameters cell is a screenful. The time for a hostile one grows with the square of its size.
const longest = 20_000
const mostFaults = 10
const mostChunks = 50

/** Reads a source strictly, and goes on after each line that is rejected. */
export function readChunks(whole: string, dialect: Dialect, strict: LRParser): Reading {
  // Some grammars do not know the end of a source for the end of a line.
  const source = `${whole.slice(0, longest)}\n`
  const chunks: Chunk[] = []
  const faults: number[] = []
  let from = 0
  while (from < source.length && faults.length < mostFaults) {
    const text = source.slice(from)
    const chunk = unlessTooDeep(() => readChunk(text, dialect, strict))
    if (chunk === undefined) {
      faults.push(from)
      break
    }
    chunks.push(chunk)
    faults.push(...chunk.flaws.map((offset) => from + offset))
    const at = chunk.text.length
    if (chunk.broken > text.length) break
    const end = text.indexOf('\n', at)
    const line = text.slice(chunk.broken, end < 0 ? undefined : end)
    if (dialect.foreign?.test(line) !== true || chunks.length === mostChunks) faults.push(from + at)
    if (end < 0 || chunks.length === mostChunks) break
    from += end + 1
  }
  if (whole.length > longest) faults.push(longest)
  return { chunks, unreadable: positionsOf(whole, faults) }
}

/** Trees are built and read by recursion: brackets in thousands exhaust the stack. */
export function unlessTooDeep<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The first on each line. */
function positionsOf(source: string, offsets: readonly number[]): Position[] {
  const positions = offsets.slice(0, mostFaults).map((offset) => positionOf(source, offset))
  return positions.filter(({ line }, index) => line !== positions[index - 1]?.line)
}

function readChunk(text: string, dialect: Dialect, strict: LRParser): Chunk {
  const legible = dialect.prepare?.(text) ?? text
  const { tree, at } = parseStrictly(strict, legible)
  if (tree !== undefined) return { text, tree, broken: text.length + 1, flaws: flawsOf(tree, text, dialect) }
  // Without strictness, but with nothing to recover from except an end: else a hostile source takes all memory.
  const taken = text.slice(0, at)
  const beginning = dialect.parser().parse(legible.slice(0, at))
  const broken = text.lastIndexOf('\n', at - 1) + 1
  const flaws = flawsOf(beginning, taken, dialect).filter((offset) => offset < broken)
  return { text: taken, tree: beginning, broken, flaws }
}

function flawsOf(tree: Tree, text: string, dialect: Dialect): number[] {
  const flaws: number[] = []
  tree.iterate({
    enter: (node) => {
      if (dialect.isFlawed?.(node, text)) flaws.push(node.from)
    },
  })
  return flaws
}

/**
 * The tree, or the offset of the first character that does not fit. Nothing is recovered from.
 *
 * @param mayGoOn asked at each step; when it says no, there is no tree
 */
export function parseStrictly(
  parser: LRParser,
  text: string,
  mayGoOn: () => boolean = () => true,
): { tree?: Tree; at: number } {
  const parse = parser.startParse(text)
  try {
    while (mayGoOn()) {
      const tree = parse.advance()
      if (tree !== null) return { tree, at: text.length }
    }
    return { at: parse.parsedPos }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const space = /[ \t]*/y
    space.lastIndex = parse.parsedPos
    return { at: Math.min(text.length, parse.parsedPos + (space.exec(text)?.[0].length ?? 0)) }
  }
}
