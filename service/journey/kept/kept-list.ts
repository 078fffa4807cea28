import type { Store } from '../../store/store.ts'
import type { RecordFormat } from './format.ts'

export interface KeptList<T> {
  /** [] where there is none, or it cannot be read. */
  read(): Promise<readonly T[]>
  /** Replaces the list by what `change` makes of it, which is asked again when another was faster. */
  change(change: (entries: readonly T[]) => readonly T[], ttl_s: number): Promise<void>
  /** Also one that cannot be read. */
  remove(): Promise<void>
}

/** A list in the store. One that cannot be read is never written over. */
export function keptList<T>(store: Store, format: RecordFormat, key: string): KeptList<T> {
  // Code without numbers expects the list itself under the bare key and would fail on this: after a rollback it finds
  // the old list there, or none.
  const numbered = `list:${key}`
  const find = async () => {
    const bytes = await store.get(numbered)
    const found = bytes ?? (await store.get(key))
    const entries = found ? format.read<{ entries: readonly T[] }>(key.split(':')[0]!, found)?.entries : []
    return { bytes, entries: Array.isArray(entries) ? (entries as readonly T[]) : undefined }
  }

  return {
    read: async () => (await find()).entries ?? [],
    async change(change, ttl_s) {
      for (;;) {
        const { bytes, entries } = await find()
        if (entries === undefined) return
        const changed = format.write({ entries: change(entries) })
        if (await store.compareAndSet(numbered, bytes, changed, ttl_s)) return
      }
    },
    async remove() {
      // The older one first: alone it would count.
      await store.delete(key)
      await store.delete(numbered)
    },
  }
}
