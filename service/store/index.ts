/** Where requests and leases are kept: opening a store by its setting. */
import { Fault } from '../fault.ts'
import type { Sealer } from '../seal.ts'
import { createLeases } from './leases.ts'
import { openLmdb } from './lmdb.ts'
import { openMemory } from './memory.ts'
import { sealBackend } from './sealed.ts'
import type { Backend, BackendOptions, Store, StoreLog } from './store.ts'

export type { Lease, Room, Store, StoreLog } from './store.ts'

/** For logins and the states of some ten thousand requests. */
const RESERVED = 64 << 20

/** By scheme: what stands before the first colon of `NOTEBOOK_TEMPLATES_STORE`. */
const kinds: Readonly<Record<string, (where: string, options: BackendOptions) => Promise<Backend>>> = {
  memory: openMemory,
  lmdb: openLmdb,
}

export interface StoreOptions {
  readonly maxKeptBytes: number
  /** Beside that, for what is under way; default 64 MiB. */
  readonly reservedBytes?: number
  /** undefined: kept as it is (tests). */
  readonly sealer: Sealer | undefined
  readonly log?: StoreLog
  readonly now?: () => number
  readonly sweepEvery_s?: number
}

/**
 * @param where `memory:` or `lmdb:<path of a folder>`
 * @throws {Fault} 24 store when it cannot be opened
 */
export async function openStore(where: string, options: StoreOptions): Promise<Store> {
  const { maxKeptBytes, reservedBytes = RESERVED, sealer, log = { warn() {} }, now = Date.now } = options
  const { sweepEvery_s = 30 } = options
  const colon = where.indexOf(':')
  const kind = where.slice(0, colon)
  const open = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (!open) throw new Fault(24, 'store', {}, { cause: new Error('there is no store of this kind') })
  const path = where.slice(colon + 1)
  const backend = await faulty(() => open(path, { maxKeptBytes, reservedBytes, log, now, sweepEvery_s }))
  return storeOver(sealer ? sealBackend(backend, sealer, log) : backend, log)
}

function storeOver(backend: Backend, log: StoreLog): Store {
  let closed: Promise<void> | undefined
  let gone = false
  const whileOpen = <T>(action: () => Promise<T>): Promise<T> =>
    faulty(async () => {
      if (closed) throw new Error('the store is closed')
      return action()
    })
  const leases = createLeases(
    {
      takeLease: (...lease) => whileOpen(() => backend.takeLease(...lease)),
      renewLease: (...lease) => whileOpen(() => backend.renewLease(...lease)),
      // Also while closing: what is given up then must be free at once. Later it runs out by itself.
      dropLease: (...lease) => faulty(async () => (gone ? undefined : backend.dropLease(...lease))),
    },
    log,
  )
  return {
    get: (key) => whileOpen(() => backend.get(key)),
    put: (key, value, ttl_s, room = 'work') => whileOpen(() => backend.put(key, value, ttl_s * 1000, room)),
    compareAndSet: (key, expected, value, ttl_s) =>
      whileOpen(() => backend.compareAndSet(key, expected, value, ttl_s * 1000)),
    delete: (key) => whileOpen(() => backend.delete(key)),
    lease: leases.lease,
    waitForLease: leases.waitForLease,
    close() {
      closed ??= leases.releaseAll().finally(() => {
        gone = true
        return faulty(() => backend.close())
      })
      return closed
    },
  }
}

/** Whatever a store throws is a fault of code 24 with its cause, unless it is a fault already. */
async function faulty<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(24, 'store', {}, { cause: error })
  }
}
