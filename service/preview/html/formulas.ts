import 'katex/contrib/mhchem'
import katex from 'katex'
import { limits } from '../limits.ts'
import { createLooks, faultColour } from '../looks.ts'
import { type ElementContent, element, trusted } from './tree.ts'

/** Mathematics of one cell. */
export interface Formulas {
  /** @param display on a line of its own */
  show(tex: string, display: boolean): ElementContent
  /** Style rules that what was shown needs. */
  rules(): readonly string[]
  /** How many were set as mathematics. */
  count(): number
}

/** As long as they fit the limits, formulas are set; what is no formula, or too long, is shown as it was written. */
export function createFormulas(): Formulas {
  const looks = createLooks()
  // What one formula defines, the later ones of its cell know, as in Jupyter.
  const macros = {}
  const { most, characters } = limits.formulas
  let length = 0
  let count = 0
  return {
    show(tex, display) {
      length += tex.length
      if (tex.length > limits.formula || length > characters || count >= most) return element('code', {}, tex)
      count++
      const formula = trusted(looks.take(typeset(tex, display, macros)))
      return display ? element('span', { className: ['wide'], tabIndex: 0 }, formula) : formula
    },
    rules: () => looks.rules(),
    count: () => count,
  }
}

function typeset(tex: string, displayMode: boolean, macros: Record<string, string>): string {
  return katex.renderToString(tex, {
    displayMode,
    output: 'htmlAndMathml',
    throwOnError: false,
    errorColor: faultColour,
    strict: 'ignore',
    trust: false,
    maxSize: 20,
    maxExpand: 500,
    globalGroup: true,
    macros,
  })
}
