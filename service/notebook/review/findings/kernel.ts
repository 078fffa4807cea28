import type { Review } from '../reviewed.ts'

/** The kernel that the notebook names, beside those of the hub. */
export const kernel: Review<'no-kernel' | 'unknown-kernel'> = {
  codes: { 'no-kernel': 'warning', 'unknown-kernel': 'fault' },
  find({ compiled, kernels }) {
    if (compiled.kernel === '') {
      const message = 'it names no kernel, so that Jupyter asks for one'
      return [{ code: 'no-kernel', message, remedy: 'Open it in Jupyter, choose a kernel, and save it.' }]
    }
    if (kernels === undefined || kernels.has(compiled.kernel)) return []
    const message = `its kernel is ${JSON.stringify(compiled.kernel)}, which is not among those of the hub`
    const remedy = 'Choose one of the kernels of the hub in Jupyter, or install this one there.'
    return [{ code: 'unknown-kernel', message, remedy }]
  },
}
