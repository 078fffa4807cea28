/** Mathematics in Markdown, by the marks that Jupyter knows: `$…$`, `$$…$$`, `\\(…\\)`, `\\[…\\]`, `\begin{…}…\end{…}`. */
import type { MarkdownIt, RendererRule, StateBlock, StateInline } from 'markdown-it'
import { limits } from '../limits.ts'

export interface Formula {
  readonly tex: string
  readonly display: boolean
}

/** markdown-it's environment of one text: formulas are put here, and their number into the HTML. */
export interface FormulaEnvironment {
  readonly formulas: Formula[]
  [other: string | symbol]: unknown
}

interface Found extends Formula {
  /** After the closing mark. */
  readonly end: number
}

/**
 * Adds the marks to a parser. Each formula becomes an empty `<span data-formula="…">`.
 *
 * @param escaped whether the brackets need two backslashes, because Markdown takes one away
 */
export function markMath(parser: MarkdownIt, escaped: boolean): void {
  const find = (text: string, at: number) => findFormula(text, at, escaped ? '\\\\' : '\\')
  parser.inline.ruler.before('escape', 'formula', (state: StateInline, silent: boolean) => {
    const found = find(state.src, state.pos)
    if (found === undefined || found.end > state.posMax) return false
    if (!silent) state.push('formula', '', 0).meta = { number: keep(state.env, found) }
    state.pos = found.end
    return true
  })
  const block = (state: StateBlock, first: number, last: number, silent: boolean) => {
    const start = state.bMarks[first]! + state.tShift[first]!
    if (state.sCount[first]! - state.blkIndent >= 4) return false
    const found = find(state.src, start)
    if (!found?.display) return false
    let line = first
    while (line < last && state.eMarks[line]! < found.end) line++
    if (line >= last || state.src.slice(found.end, state.eMarks[line]).trim() !== '') return false
    if (silent) return true
    state.line = line + 1
    const token = state.push('formula_block', '', 0)
    token.meta = { number: keep(state.env, found) }
    token.map = [first, state.line]
    return true
  }
  parser.block.ruler.before('fence', 'formula', block, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  })
  const place: RendererRule = (tokens, index) => `<span data-formula="${tokens[index]!.meta?.number}"></span>`
  parser.renderer.rules.formula = place
  parser.renderer.rules.formula_block = (...token) => `<div>${place(...token)}</div>\n`
}

function keep(environment: unknown, { tex, display }: Found): number {
  return (environment as FormulaEnvironment).formulas.push({ tex, display }) - 1
}

function findFormula(text: string, at: number, backslash: string): Found | undefined {
  if (text[at] === '$') {
    const mark = text[at + 1] === '$' ? '$$' : '$'
    return between(text, at, mark, mark, mark === '$$')
  }
  if (text[at] !== '\\') return undefined
  if (text.startsWith(`${backslash}(`, at)) return between(text, at, `${backslash}(`, `${backslash})`, false)
  if (text.startsWith(`${backslash}[`, at)) return between(text, at, `${backslash}[`, `${backslash}]`, true)
  const name = /^\\begin\{([a-zA-Z]{1,20}\*?)\}/.exec(text.slice(at, at + 40))?.[1]
  if (name === undefined) return undefined
  const found = between(text, at, `\\begin{${name}}`, `\\end{${name}}`, true)
  return found && { ...found, tex: text.slice(at, found.end) }
}

/** Up to the closing mark outside of braces, in one paragraph; nothing when there is none near enough. */
function between(text: string, at: number, open: string, close: string, display: boolean): Found | undefined {
  const start = at + open.length
  const last = Math.min(text.length, start + limits.formula + 1)
  let braces = 0
  for (let index = start; index < last; index++) {
    if (braces <= 0 && text.startsWith(close, index)) {
      const tex = text.slice(start, index)
      return tex.trim() === '' ? undefined : { tex, display, end: index + close.length }
    }
    switch (text[index]) {
      case '\\':
        index++
        break
      case '{':
        braces++
        break
      case '}':
        braces--
        break
      case '\n':
        if (/^\n[ \t]*\n/.test(text.slice(index, index + 100))) return undefined
    }
  }
  return undefined
}
