import { TemplateFault } from '../template-fault.ts'
import type { Misfit } from './nbformat.ts'

/** Where a notebook is not valid by its own version of the format, though Jupyter opens and saves it. */
export interface Deviation {
  /** The number of the first cell that has it, from 1; none for the notebook itself. */
  readonly cell?: number
  /** In how many other cells it is as well. */
  readonly others: number
  /** English sentence part: `it has no execution_count`. */
  readonly reason: string
  /** English sentence: `Clear the outputs in Jupyter, and save it.` */
  readonly remedy: string
}

const most = 20

/** Collects the deviations of one notebook: each reason once, and only the first twenty. */
export function createDeviations() {
  const found = new Map<string, { cell: number | undefined; others: number; remedy: string }>()
  return {
    /** @throws TemplateFault when Jupyter would not open and save it */
    add(misfit: Misfit | undefined, cell?: number): void {
      if (misfit === undefined) return
      const { opens, reason, remedy } = misfit
      if (!opens) throw new TemplateFault(reason, cell)
      const before = found.get(reason)
      if (before !== undefined) before.others++
      else if (found.size < most) found.set(reason, { cell, others: 0, remedy })
    },
    all(): readonly Deviation[] {
      return Array.from(found, ([reason, { cell, others, remedy }]) => {
        return { ...(cell !== undefined && { cell }), others, reason, remedy }
      })
    },
  }
}
