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
 * The comment that says what a statement is about, with its marks: after its last line, as papermill reads it; else
 * after its first line; else the lines above it, without those that are only a heading. '' without one.
 */
export function findComment(source: string, statement: SyntaxNode, comments: readonly Span[]): string {
  const next = comments.findIndex(({ from }) => from >= statement.to)
  const behind = next < 0 ? undefined : comments[next]!
  if (behind !== undefined && /^[ \t;,]*$/.test(source.slice(statement.to, behind.from)))
    return textIn(source, behind)
  const first = comments.find(({ from }) => from > statement.from)
  if (first !== undefined && first.to <= statement.to && isFirstLine(source, statement, first))
    return textIn(source, first)
  const lines: string[] = []
  let below = statement.from
  for (let index = (next < 0 ? comments.length : next) - 1; index >= 0; index--) {
    const above = comments[index]!
    if (above.from > statement.from) continue
    if (!/^[ \t]*\r?\n[ \t]*$/.test(source.slice(above.to, below)) || !beginsLine(source, above)) break
    lines.push(textIn(source, above))
    below = above.from
  }
  lines.reverse()
  return lines.slice(lines.findLastIndex(isHeading) + 1).join('\n')
}

function textIn(source: string, { from, to }: Span): string {
  return source.slice(from, to)
}

function isFirstLine(source: string, statement: Span, comment: Span): boolean {
  return !source.slice(statement.from, comment.from).includes('\n')
}

function beginsLine(source: string, { from }: Span): boolean {
  return source.slice(source.lastIndexOf('\n', from - 1) + 1, from).trim() === ''
}

const marks = /^\s*(?:#=?|\/\/|\/\*|%|--)[*!/]?|\*\/\s*$|=#\s*$/g
/** `# ---- Sample ----`, `## Sample`, `# %% Sample` */
const decorated = /^#|^\s?[-=#*~_%]{2,}|[-=#*~_]{3,}\s*$/
const ofAll =
  /^(?:(?:the|your|user|input|default|example|notebook|template|papermill|analysis)\s+)*(?:params?|parameters?|settings?|options?|inputs?|config(?:uration)?|defaults|values|variables|constants|Einstellungen|Eingaben|Vorgaben|Beispielwerte)(?:\s+(?:cell|section|block|here|below|for papermill|(?:of|for) (?:this|the) (?:notebook|template)))?\s*[:.]?$/i

/** Whether a comment is about all that follows: a line that is drawn, or a word such as *Parameters* alone. */
function isHeading(comment: string): boolean {
  if (comment.length > 200) return false
  const text = comment.replace(marks, '')
  return decorated.test(text) || ofAll.test(text.trim())
}
