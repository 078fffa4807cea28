import type { Store } from '../../service/store/store.ts'

/** What was asked of a store, in order: reads and writes by the kind of their keys, and leases. */
export interface Counted {
  readonly reads: string[]
  readonly writes: string[]
  readonly leases: string[]
}

/** Lets everything through, and writes down what it was. */
export function countStore(store: Store, counted: Counted): Store {
  const note = (list: string[], key: string) =>
    void list.push(/^[a-z-]+(:history|:starts)?/.exec(key)?.[0] ?? key)
  return {
    ...store,
    get(key) {
      note(counted.reads, key)
      return store.get(key)
    },
    put(key, ...rest) {
      note(counted.writes, key)
      return store.put(key, ...rest)
    },
    compareAndSet(key, ...rest) {
      note(counted.writes, key)
      return store.compareAndSet(key, ...rest)
    },
    delete(key) {
      note(counted.writes, key)
      return store.delete(key)
    },
    lease(key, ttl_s) {
      note(counted.leases, key)
      return store.lease(key, ttl_s)
    },
    waitForLease(key, ...rest) {
      note(counted.leases, key)
      return store.waitForLease(key, ...rest)
    },
  }
}
