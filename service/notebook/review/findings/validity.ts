import type { Review } from '../reviewed.ts'

/** Where a notebook is not what its version of the format asks for, though Jupyter opens and saves it. */
export const validity: Review<'not-valid'> = {
  codes: { 'not-valid': 'warning' },
  find({ compiled: { deviations } }) {
    return deviations.map(({ cell, others, reason, remedy }) => ({
      code: 'not-valid',
      ...(cell !== undefined && { cell }),
      message: others === 0 ? reason : `${reason} (and so in ${others} more)`,
      remedy,
    }))
  },
}
