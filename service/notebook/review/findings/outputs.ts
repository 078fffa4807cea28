import type { Review } from '../reviewed.ts'

export const outputs: Review<'outputs'> = {
  codes: { outputs: 'warning' },
  find({ cells }) {
    return cells
      .filter(({ type, hasOutputs }) => type === 'code' && hasOutputs)
      .map(({ number }) => ({
        code: 'outputs',
        cell: number,
        message: 'it has outputs, which are copied into every notebook that is made',
        remedy: 'Clear the outputs of all cells in Jupyter, and save it.',
      }))
  },
}
