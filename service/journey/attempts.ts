import { asFault, type Fault } from '../fault.ts'
import { createHeld } from './kept/held.ts'

/**
 * Work that fails without being able to keep why (a store that is full, or away) stays under way, and is begun again by
 * whoever looks at it: ever more rarely, and after some attempts they are told.
 */
export interface Attempts {
  /** Whether it is time to begin it. */
  isDue(id: string): boolean
  failed(id: string, error: unknown): void
  /** It has ended, and its result is kept. */
  ended(id: string): void
  /** What the last attempt failed with, after several in a row; undefined before. */
  fault(id: string): Fault | undefined
}

/** After the first failure; twice as long after each further one. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 60_000
/** In a row, before who waits is told: some 8 s. */
const TOLD_AFTER = 5
/** Nobody has looked at it for so long. */
const FORGOTTEN_MS = 600_000

export function createAttempts(): Attempts {
  const failures = new Map<string, { readonly times: number; readonly due: number; readonly fault: Fault }>()
  const held = createHeld()
  return {
    isDue: (id) => (failures.get(id)?.due ?? 0) <= performance.now(),
    failed(id, error) {
      const times = (failures.get(id)?.times ?? 0) + 1
      const pause_ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (times - 1))
      held.hold(id, () => failures.delete(id), Date.now() + FORGOTTEN_MS)
      failures.set(id, { times, due: performance.now() + pause_ms, fault: asFault(error) })
    },
    ended: (id) => void held.giveBack(id),
    fault(id) {
      const { times = 0, fault } = failures.get(id) ?? {}
      return times >= TOLD_AFTER ? fault : undefined
    },
  }
}
