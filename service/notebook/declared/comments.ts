import type { SyntaxNode, Tree } from '@lezer/common'

interface Span {
  readonly from: number
  readonly to: number
}

/** Whether a grammar calls a comment so. */
export function isComment(name: string): boolean {
  return name.endsWith('Comment')
}

/** Where the comments of a source are, in order. */
export function commentsOf(tree: Tree): readonly Span[] {
  const comments: Span[] = []
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (isComment(name)) comments.push({ from, to })
    },
  })
  return comments
}

/**
 * The comment that says what a statement is about, with its marks: behind its last line, as papermill reads it; else
 * behind its first line; else the lines above it, where they stand above this statement alone. '' without one.
 */
export function findComment(source: string, statement: SyntaxNode, comments: readonly Span[]): string {
  const next = comments.findIndex(({ from }) => from >= statement.to)
  const behind = next < 0 ? undefined : comments[next]!
  if (behind !== undefined && /^[ \t;,]*$/.test(source.slice(statement.to, behind.from)))
    return textOf(source, behind)
  const first = comments.find(({ from }) => from > statement.from)
  if (first !== undefined && first.to <= statement.to && isFirstLine(source, statement, first))
    return textOf(source, first)
  if (!standsAlone(source, statement, behind)) return ''
  const lines: string[] = []
  let below = statement.from
  for (let index = (next < 0 ? comments.length : next) - 1; index >= 0; index--) {
    const above = comments[index]!
    if (above.from > statement.from) continue
    if (!/^[ \t]*\r?\n[ \t]*$/.test(source.slice(above.to, below)) || !beginsLine(source, above)) break
    lines.unshift(textOf(source, above))
    below = above.from
  }
  return lines.join('\n')
}

function textOf(source: string, { from, to }: Span): string {
  return source.slice(from, to)
}

function isFirstLine(source: string, statement: Span, comment: Span): boolean {
  return !source.slice(statement.from, comment.from).includes('\n')
}

function beginsLine(source: string, { from }: Span): boolean {
  return source.slice(source.lastIndexOf('\n', from - 1) + 1, from).trim() === ''
}

/** Whether the line below is empty or a comment: a comment above several statements is a heading of them all. */
function standsAlone(source: string, statement: Span, next: Span | undefined): boolean {
  const end = source.indexOf('\n', statement.to)
  if (end < 0) return true
  const line = /^[ \t]*/.exec(source.slice(end + 1))![0].length + end + 1
  return /^(\r?\n|$)/.test(source.slice(line)) || next?.from === line
}
