import type { Found } from '../finding.ts'
import type { Review } from '../reviewed.ts'

type Code = 'no-parameters-cell' | 'several-parameters-cells' | 'misspelled-tag'

const remedy =
  'In Jupyter, give the cell with the example values the tag parameters (Property Inspector, Cell Tags).'

/** Whether there is one cell that says where the values go. */
export const tags: Review<Code> = {
  codes: {
    'no-parameters-cell': 'warning',
    'several-parameters-cells': 'warning',
    'misspelled-tag': 'warning',
  },
  find({ cells, compiled: { parametersCell } }) {
    const having = (isTag: (tag: unknown) => boolean) => cells.filter((cell) => cell.tags.some(isTag))
    const alike = having(isAlike).map(({ number, tags }): Found<Code> => {
      const tag = JSON.stringify(tags.find(isAlike))
      return {
        code: 'misspelled-tag',
        cell: number,
        message: `its tag ${tag} is not the tag parameters`,
        remedy,
      }
    })
    const [, second] = having((tag) => tag === 'parameters')
    if (second !== undefined) {
      alike.push({
        code: 'several-parameters-cells',
        cell: second.number,
        message: 'it is the second cell with the tag parameters; the values go after the first',
        remedy: 'Leave the tag on one cell.',
      })
    }
    const isRun = cells.some(({ type }) => type === 'code')
    const isReplaced = having((tag) => tag === 'injected-parameters').length > 0
    if (parametersCell !== undefined || isReplaced || !isRun || alike.length > 0) return alike
    const message =
      'no cell has the tag parameters: the values go after the first cell, and what follows may set them again'
    return [{ code: 'no-parameters-cell', message, remedy }]
  },
}

/** Any case, singular, with spaces. Jupyter and papermill know `parameters` alone. */
function isAlike(tag: unknown): boolean {
  return typeof tag === 'string' && tag !== 'parameters' && /^\s*parameters?\s*$/i.test(tag)
}
