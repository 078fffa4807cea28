import type { Found } from '../finding.ts'
import { parametersCellOf, type Review } from '../reviewed.ts'

type Code = 'parameters-not-code' | 'parameters-not-valid' | 'parameters-without-values' | 'parameters-empty'

/** Whether the cell tagged `parameters` can be run, and read. */
export const parametersCell: Review<Code> = {
  codes: {
    'parameters-not-code': 'fault',
    'parameters-not-valid': 'fault',
    'parameters-without-values': 'warning',
    'parameters-empty': 'warning',
  },
  find(notebook): Found<Code>[] {
    const { declared, language, withoutValues, magic } = notebook.compiled
    const tagged = parametersCellOf(notebook)
    if (tagged === undefined) return []
    const { number: cell, type, source } = tagged
    if (type !== 'code') {
      const message = 'it has the tag parameters and is no code cell, so that nothing in it is run'
      return [{ code: 'parameters-not-code', cell, message, remedy: 'Make it a code cell.' }]
    }
    if (withoutValues !== undefined) {
      const message = `it is of ${withoutValues}: what it sets reaches no other cell, and so do no values that are sent`
      const remedy =
        'Set the parameters in a cell of the language of the cells that use them, and tag that one.'
      return [{ code: 'parameters-without-values', cell, message, remedy }]
    }
    const unreadable = (
      language?.unreadable?.(magic === undefined ? source : source.replace(magic.line, '')) ?? []
    ).map(
      ({ line, column }): Found<Code> => ({
        code: 'parameters-not-valid',
        cell,
        line,
        message: `it is not ${language?.name} (column ${column})`,
        remedy: 'Correct the line: it ends in an error, and nothing is read from it.',
      }),
    )
    if (unreadable.length > 0 || language === undefined || declared.length > 0) return unreadable
    const message = 'it sets no parameter: the page has no field for one, and a later cell that sets it wins'
    return [
      { code: 'parameters-empty', cell, message, remedy: 'Set the parameters in it, each to an example.' },
    ]
  },
}
