import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common'
import type { LRParser } from '@lezer/lr'
import { placeOf } from '../json-place.ts'
import type { Value } from '../parameters.ts'
import { commentsOf, findComment, isComment } from './comments.ts'
import type { CellReader, Declared, Place } from './declared.ts'

/** One name that a statement sets. */
export interface Assigned {
  readonly name: string
  readonly text: boolean
  readonly type?: string | undefined
  /** Source text of what it is set to. */
  readonly default?: string | undefined
  /** The same as JSON has it, where it is a literal. */
  readonly value?: Value | undefined
}

/** The source of a node. */
export type Source = (node: SyntaxNode) => string

/** What is particular to one language. */
export interface Dialect {
  readonly parser: LRParser
  /** What one statement at the top level sets by plain assignment; nothing when it is anything else. */
  assigned(statement: SyntaxNode, source: Source): readonly Assigned[]
  /** Nodes whose children are statements of the top level, too. */
  readonly groups?: readonly string[]
  /** A comment without its marks; a type that it gives instead of help. */
  comment(text: string): { readonly help: string; readonly type?: string }
  /** The same source, character by character, with what the grammar misreads written otherwise. */
  prepare?(source: string): string
  /** Whether a node is wrong that the grammar lets pass, such as a text that is not closed. */
  isFlawed?(node: SyntaxNodeRef, source: string): boolean
  /** A line that is no code but means something to the kernel; it is passed over. */
  readonly foreign?: RegExp
}

/** A part of the source that the grammar took, at least up to the line that begins at `broken`. */
interface Chunk {
  readonly text: string
  readonly tree: Tree
  readonly broken: number
  /** Offsets of what is wrong before that. */
  readonly flaws: readonly number[]
}

interface Reading {
  readonly chunks: readonly Chunk[]
  readonly unreadable: readonly Place[]
}

// A parameters cell is a screenful. The time for a hostile one grows with the square of its size.
const longest = 20_000
const mostFaults = 10
const mostChunks = 50

/** The reader of a language: by its grammar, strictly, and on behind each line that it does not take. */
export function createCellReader(dialect: Dialect): CellReader {
  const strict = dialect.parser.configure({ strict: true })
  return {
    declared: (source) => {
      const found = new Map<string, Declared>()
      for (const chunk of readChunks(source, dialect, strict).chunks) {
        unlessTooDeep(() => collect(chunk, dialect, found))
      }
      return [...found.values()]
    },
    unreadable: (source) => readChunks(source, dialect, strict).unreadable,
  }
}

function readChunks(whole: string, dialect: Dialect, strict: LRParser): Reading {
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
  return { chunks, unreadable: placesOf(whole, faults) }
}

/** Trees are built and read by recursion: brackets in thousands exhaust the stack. */
function unlessTooDeep<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The first on each line. */
function placesOf(source: string, offsets: readonly number[]): Place[] {
  const places = offsets.slice(0, mostFaults).map((offset) => placeOf(source, offset))
  return places.filter(({ line }, index) => line !== places[index - 1]?.line)
}

function readChunk(text: string, dialect: Dialect, strict: LRParser): Chunk {
  const legible = dialect.prepare?.(text) ?? text
  const { tree, at } = parseStrictly(strict, legible)
  if (tree !== undefined) return { text, tree, broken: text.length + 1, flaws: flawsOf(tree, text, dialect) }
  // Without strictness, but with nothing to recover from except an end: else a hostile source takes all memory.
  const taken = text.slice(0, at)
  const beginning = dialect.parser.parse(legible.slice(0, at))
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

/** The tree, or the offset of the first character that does not fit. */
function parseStrictly(parser: LRParser, text: string): { tree?: Tree; at: number } {
  const parse = parser.startParse(text)
  try {
    for (;;) {
      const tree = parse.advance()
      if (tree !== null) return { tree, at: text.length }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const space = /[ \t]*/y
    space.lastIndex = parse.parsedPos
    return { at: Math.min(text.length, parse.parsedPos + (space.exec(text)?.[0].length ?? 0)) }
  }
}

function collect(chunk: Chunk, dialect: Dialect, found: Map<string, Declared>): void {
  const { text, tree } = chunk
  const source: Source = (node) => text.slice(node.from, node.to)
  const comments = commentsOf(tree)
  for (const statement of statementsOf(tree.topNode, dialect.groups ?? [])) {
    if (isBroken(statement, chunk)) continue
    for (const assigned of dialect.assigned(statement, source)) {
      const comment = findComment(text, statement, comments)
      const { help, type } = comment === '' ? { help: '' } : dialect.comment(comment)
      add(found, { ...assigned, type: assigned.type ?? type, help: help || undefined })
    }
  }
}

function statementsOf(top: SyntaxNode, groups: readonly string[]): SyntaxNode[] {
  return childrenOf(top).flatMap((node) => (groups.includes(node.name) ? statementsOf(node, groups) : [node]))
}

/** The children of a node, comments aside. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!isComment(child.name)) children.push(child)
  }
  return children
}

/** Whether it stands on a line at fault, or has something wrong in it. */
function isBroken(statement: SyntaxNode, { broken, flaws }: Chunk): boolean {
  if (statement.to > broken || flaws.some((at) => at >= statement.from && at <= statement.to)) return true
  let hasError = false
  statement.toTree().iterate({
    enter: ({ type }) => {
      hasError ||= type.isError
    },
  })
  return hasError
}

/** The last assignment is the one that holds; what earlier ones said of the parameter stays true of it. */
function add(found: Map<string, Declared>, last: Assigned & { help: string | undefined }): void {
  const before = found.get(last.name)
  const type = last.type ?? before?.type
  const help = last.help ?? before?.help
  found.set(last.name, {
    name: last.name,
    text: last.text || before?.text === true,
    ...(type !== undefined && { type }),
    ...(last.default !== undefined && { default: last.default }),
    ...(last.value !== undefined && { value: last.value }),
    ...(help !== undefined && { help }),
  })
}
