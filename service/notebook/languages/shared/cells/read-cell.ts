import type { SyntaxNode } from '@lezer/common'
import type { LRParser } from '@lezer/lr'
import type { CellReader, Declared } from '../declared.ts'
import type { Assigned, Dialect, SourceOf } from '../dialect.ts'
import { type Chunk, readChunks, unlessTooDeep } from './cell-chunks.ts'
import { commentsOf, findComment, isComment } from './cell-comments.ts'

/** The reader of a language: by its grammar, strictly, and on after each line that it does not take. */
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
  const source: SourceOf = (node) => text.slice(node.from, node.to)
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

/** What is between the brackets of a tuple, a list or a pair of parentheses, without the commas. */
export function itemsOf(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter(({ name }) => !/^[()[\],]$/.test(name))
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
