/**
 * How entries lie in LMDB: three databases that are changed together.
 *
 * `entries`: key → [expiry in ms, 8 bytes][value]; a key begins with `v` for a value, `l` for a lease (its holder).
 * `expiries`: [expiry, key] → nothing, so that a sweep touches only what has expired.
 * `counts`: `kept` → bytes of all keys and values, changed in the same transaction as they are.
 */
import type { Database, RootDatabase } from 'lmdb'
import { Fault } from '../fault.ts'
import { type BackendOptions, hasRoom, type Room } from './store.ts'

interface Entry {
  readonly expires: number
  readonly value: Buffer
}

/** The three databases as one; writing needs a transaction around it. */
export interface Table {
  /** Also what has expired but was not yet swept. */
  read(key: string): Entry | undefined
  current(key: string): Buffer | undefined
  /** @throws {Fault} 25 store-full */
  write(key: string, value: Uint8Array, ttl_ms: number, room?: Room): void
  remove(key: string): void
  /** Removes at most `most` expired entries and says how many it found. */
  sweep(most: number): number
}

export function openTable(root: RootDatabase, options: BackendOptions): Table {
  const { now, log } = options
  const entries: Database<Buffer, string> = root.openDB({ name: 'entries', encoding: 'binary' })
  const expiries: Database<Buffer, [number, string]> = root.openDB({ name: 'expiries', encoding: 'binary' })
  const counts: Database<Buffer, string> = root.openDB({ name: 'counts', encoding: 'binary' })

  function kept(): number {
    const bytes = counts.get('kept')
    if (bytes?.length === 8) return bytes.readDoubleBE()
    let sum = 0
    for (const { key, value } of entries.getRange()) sum += cost(key, value)
    return sum
  }

  function read(key: string): Entry | undefined {
    const bytes = entries.get(key)
    if (!bytes) return undefined
    const expires = bytes.length >= 8 ? bytes.readDoubleBE() : Number.NaN
    if (Number.isFinite(expires)) return { expires, value: bytes.subarray(8) }
    log.warn({ entry: key.slice(0, 8) }, 'the store has an entry that cannot be read; it is ignored')
    return undefined
  }

  function current(key: string): Buffer | undefined {
    const entry = read(key)
    return entry && entry.expires > now() ? entry.value : undefined
  }

  function write(key: string, value: Uint8Array, ttl_ms: number, room: Room = 'work'): void {
    const bytes = Buffer.allocUnsafe(8 + value.length)
    const expires = now() + ttl_ms
    bytes.writeDoubleBE(expires)
    bytes.set(value, 8)
    const size = cost(key, bytes)
    const fits = () => hasRoom({ kept: kept(), old: cost(key, entries.get(key)), size }, room, options)
    if (size > 0 && !fits()) {
      sweep(Number.POSITIVE_INFINITY)
      if (!fits()) throw new Fault(25, 'store-full')
    }
    remove(key)
    count(size)
    entries.put(key, bytes)
    expiries.put([expires, key], Buffer.of(0))
  }

  function remove(key: string): void {
    const bytes = entries.get(key)
    if (!bytes) return
    count(-cost(key, bytes))
    if (bytes.length >= 8) expiries.remove([bytes.readDoubleBE(), key])
    entries.remove(key)
  }

  function count(change: number): void {
    if (change === 0) return
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleBE(kept() + change)
    counts.put('kept', bytes)
  }

  function sweep(most: number): number {
    const limit = Number.isFinite(most) ? { limit: most } : {}
    const found = Array.from(expiries.getKeys({ end: [now(), '\uffff'], ...limit }))
    for (const [expires, key] of found) {
      expiries.remove([expires, key])
      if ((read(key)?.expires ?? 0) <= now()) remove(key)
    }
    return found.length
  }

  return { read, current, write, remove, sweep }
}

/** Leases are not kept requests: a full store must not stop what is under way. */
function cost(key: string, bytes: Uint8Array | undefined): number {
  return bytes && key.startsWith('v') ? key.length - 1 + Math.max(0, bytes.length - 8) : 0
}
