/** A map of limited size: it forgets what was not used for longest. */
export interface LastUsed<Key, Value> {
  /** Counts as a use. */
  get(key: Key): Value | undefined
  /** @returns the value */
  set(key: Key, value: Value): Value
  delete(key: Key): void
}

/** @param most entries that are remembered */
export function createLastUsed<Key, Value>(most: number): LastUsed<Key, Value> {
  // In the order of their last use: a Map goes through its entries in the order in which they were set.
  const entries = new Map<Key, Value>()
  const set = (key: Key, value: Value) => {
    entries.delete(key)
    entries.set(key, value)
    const [oldest] = entries.keys()
    if (entries.size > most) entries.delete(oldest as Key)
    return value
  }
  return {
    get(key) {
      const value = entries.get(key)
      return value === undefined ? undefined : set(key, value)
    },
    set,
    delete: (key) => void entries.delete(key),
  }
}
