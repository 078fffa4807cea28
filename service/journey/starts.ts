import type { Store } from '../store/store.ts'

/** How long starts of servers have taken, so that who waits can be told. */
export interface Starts {
  /** The middle one of the last starts, in seconds; `undefined` before there was one. */
  typical_s(): Promise<number | undefined>
  add(seconds: number): Promise<void>
}

const key = 'starts'
const mostStarts = 20
const keptFor_s = 90 * 24 * 3600

export function createStarts(store: Store): Starts {
  const read = (bytes: Buffer | undefined): readonly number[] =>
    bytes === undefined ? [] : (JSON.parse(bytes.toString()) as number[])

  return {
    async typical_s() {
      const sorted = read(await store.get(key)).toSorted((a, b) => a - b)
      return sorted[Math.floor(sorted.length / 2)]
    },

    async add(seconds) {
      for (;;) {
        const before = await store.get(key)
        const last = Buffer.from(JSON.stringify([seconds, ...read(before)].slice(0, mostStarts)))
        if (await store.compareAndSet(key, before, last, keptFor_s)) return
      }
    },
  }
}
