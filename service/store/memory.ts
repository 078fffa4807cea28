/** A store for one process that forgets everything at its end. */
import { Fault } from '../fault.ts'
import { type Backend, type BackendOptions, hasRoom, type Room } from './store.ts'

interface Entry {
  readonly value: Buffer
  readonly expires: number
}

export async function openMemory(_where: string, options: BackendOptions): Promise<Backend> {
  const { now } = options
  const entries = new Map<string, Entry>()
  const leases = new Map<string, { readonly holder: string; readonly expires: number }>()
  let kept = 0

  function remove(key: string): void {
    const entry = entries.get(key)
    if (entry) kept -= cost(key, entry.value)
    entries.delete(key)
  }

  function sweep(): void {
    for (const [key, { expires }] of entries) if (expires <= now()) remove(key)
    for (const [key, { expires }] of leases) if (expires <= now()) leases.delete(key)
  }

  function current(key: string): Buffer | undefined {
    const entry = entries.get(key)
    return entry && entry.expires > now() ? entry.value : undefined
  }

  function set(key: string, value: Uint8Array, ttl_ms: number, room: Room): void {
    const fits = () => {
      const entry = entries.get(key)
      const old = entry ? cost(key, entry.value) : 0
      return hasRoom({ kept, old, size: cost(key, value) }, room, options)
    }
    if (!fits()) sweep()
    if (!fits()) throw new Fault(25, 'store-full')
    remove(key)
    entries.set(key, { value: Buffer.from(value), expires: now() + ttl_ms })
    kept += cost(key, value)
  }

  function holds(key: string, holder: string): boolean {
    return leases.get(key)?.holder === holder
  }

  const timer = setInterval(sweep, options.sweepEvery_s * 1000).unref()
  return {
    async get(key) {
      const value = current(key)
      return value && Buffer.from(value)
    },
    async put(key, value, ttl_ms, room) {
      set(key, value, ttl_ms, room)
    },
    async compareAndSet(key, expected, value, ttl_ms) {
      const found = current(key)
      if (expected ? !found?.equals(expected) : found) return false
      set(key, value, ttl_ms, 'work')
      return true
    },
    async delete(key) {
      remove(key)
    },
    async takeLease(key, holder, ttl_ms) {
      const lease = leases.get(key)
      if (lease && lease.holder !== holder && lease.expires > now()) return false
      leases.set(key, { holder, expires: now() + ttl_ms })
      return true
    },
    async renewLease(key, holder, ttl_ms) {
      if (!holds(key, holder)) return false
      leases.set(key, { holder, expires: now() + ttl_ms })
      return true
    },
    async dropLease(key, holder) {
      if (holds(key, holder)) leases.delete(key)
    },
    async close() {
      clearInterval(timer)
      entries.clear()
      leases.clear()
    },
  }
}

function cost(key: string, value: Uint8Array): number {
  return Buffer.byteLength(key) + value.length
}
