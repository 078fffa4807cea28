import type { Store } from '../../store/store.ts'
import { createFormat } from '../kept/format.ts'
import { keptList } from '../kept/kept-list.ts'

/** How long starts of servers have taken, so that who waits can be told. */
export interface Starts {
  /** The middle one of the last starts, in seconds; `undefined` before there was one. */
  typical_s(): Promise<number | undefined>
  add(seconds: number): Promise<void>
}

const mostStarts = 20
const keptFor_s = 90 * 24 * 3600

export function createStarts(store: Store, format = createFormat()): Starts {
  const list = keptList<number>(store, format, 'starts')

  return {
    async typical_s() {
      const sorted = (await list.read()).toSorted((a, b) => a - b)
      return sorted[Math.floor(sorted.length / 2)]
    },

    add: (seconds) => list.change((before) => [seconds, ...before].slice(0, mostStarts), keptFor_s),
  }
}
