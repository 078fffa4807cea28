import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common'
import type { LRParser } from '@lezer/lr'
import type { Value } from '../parameters.ts'
import { type Chunk, readChunks, unlessTooDeep } from './chunks.ts'
import { commentsOf, findComment, isComment } from './comments.ts'
import type { CellReader, Declared } from './declared.ts'

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
  parser(): LRParser
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

/** The reader of a language: by its grammar, strictly, and on behind each line that it does not take. */
export function createCellReader(dialect: Dialect): CellReader {
  let strict: LRParser | undefined
  const read = (source: string) => {
    strict ??= dialect.parser().configure({ strict: true })
    return readChunks(source, dialect, strict)
  }
  return {
    declared: (source) => {
      if (source.trim() === '') return []
      const found = new Map<string, Declared>()
      for (const chunk of read(source).chunks) {
        unlessTooDeep(() => collect(chunk, dialect, found))
      }
      return [...found.values()]
    },
    unreadable: (source) => (source.trim() === '' ? [] : read(source).unreadable),
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
