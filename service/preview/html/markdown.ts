import createParser, { type MarkdownIt } from 'markdown-it'
import type { Images } from '../images.ts'
import type { Notes } from '../notes.ts'
import { adaptHtml } from './adapt-html.ts'
import type { Formulas } from './formulas.ts'
import { type Formula, type FormulaEnvironment, markMath } from './math-marks.ts'
import { readHarmless } from './sanitize.ts'
import type { ElementContent } from './tree.ts'

/** What texts of one cell have in common. */
export interface TextContext {
  readonly notes: Notes
  readonly formulas: Formulas
  readonly images: Images
  /** How much of its texts has been shown so far. */
  readonly shown: { characters: number }
}

const markdownParser = createParser({ html: true, linkify: true })
// Words such as `file.py` are no links.
markdownParser.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
markMath(markdownParser, true)
// It writes the alignment of a column as a style, which no style sheet of ours allows.
markdownParser.core.ruler.push('aligned', ({ tokens }) => {
  for (const token of tokens) {
    const align = /^text-align:(left|center|right)$/.exec(String(token.attrGet('style') ?? ''))?.[1]
    if (align !== undefined) token.attrs = [['align', align]]
  }
})
// Its own check would leave such a link in the text; here all addresses are checked where HTML is (sanitize.ts).
markdownParser.validateLink = () => true

/** Text and formulas, nothing else, as MathJax reads `text/latex`. */
const latexParser = createParser('zero')
markMath(latexParser, false)

/** Markdown as Jupyter knows it: CommonMark, tables, mathematics, HTML, attachments. */
export function showMarkdown(source: string, context: TextContext): ElementContent[] {
  return showParsed(markdownParser, source, context)
}

export function showLatex(source: string, context: TextContext): ElementContent[] {
  return showParsed(latexParser, source, context)
}

/** HTML with what could do anything left out. */
export function showHtml(html: string, context: TextContext): ElementContent[] {
  return showTree(html, [], context)
}

function showParsed(parser: MarkdownIt, source: string, context: TextContext): ElementContent[] {
  const environment: FormulaEnvironment = { formulas: [] }
  return showTree(parser.render(source, environment), environment.formulas, context)
}

function showTree(
  html: string,
  formulas: readonly Formula[],
  { formulas: cell, images }: TextContext,
): ElementContent[] {
  const left = new Map(formulas.entries())
  return adaptHtml(readHarmless(html), {
    image: images.linked,
    formula(number) {
      // Each once: HTML in the text can name one as well, and a thousand times.
      const formula = left.get(number)
      left.delete(number)
      return formula && cell.show(formula.tex, formula.display)
    },
  })
}
