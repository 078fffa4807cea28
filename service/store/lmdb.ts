/**
 * A store in a folder of one host, for any number of processes there (LMDB has one writer at a time among all of them,
 * and a killed writer leaves nothing behind). Survives the end of the processes.
 *
 * `entries`: key → [expiry in ms, 8 bytes][value]; a key begins with `v` for a value, `l` for a lease (its holder).
 * `expiries`: [expiry, key] → nothing, so that a sweep touches only what has expired.
 * `counts`: `kept` → bytes of all keys and values, changed in the same transaction as they are.
 */
import { constants } from 'node:fs'
import { access, chmod, mkdir, open as openFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Database, open, type RootDatabase } from 'lmdb'
import { errorName } from '../error-name.ts'
import { Fault } from '../fault.ts'
import type { Backend, BackendOptions } from './store.ts'

/** @param where a folder, made with mode 0700 when it is missing */
export async function openLmdb(where: string, options: BackendOptions): Promise<Backend> {
  await mkdir(where, { recursive: true, mode: 0o700 })
  await checkFiles(where)
  // Address space only. Set once for all, since a map that grows is a thing the other processes have to notice.
  const mapSize = Math.min(4 * options.maxKeptBytes + 2 ** 26, 2 ** 42)
  const root = open({ path: where, noSubdir: false, maxDbs: 4, mapSize })
  try {
    await Promise.all(['data.mdb', 'lock.mdb'].map((name) => chmod(join(where, name), 0o600)))
    return createBackend(root, openTable(root, options), options)
  } catch (error) {
    await root.close()
    throw error
  }
}

/** What lmdb-js cannot open ends the process (a fault in its native part), so it must not be tried. */
async function checkFiles(where: string): Promise<void> {
  await access(where, constants.R_OK | constants.W_OK | constants.X_OK)
  // Another process may be about to write the first pages.
  for (let attempt = 0; attempt < 10; attempt++) {
    if (await isEmptyOrLmdb(join(where, 'data.mdb'))) return
    await pause(50)
  }
  throw new Error('data.mdb is not an LMDB file')
}

/** The first page holds its own header, then LMDB's magic number and the version of its format. */
async function isEmptyOrLmdb(path: string): Promise<boolean> {
  const file = await openFile(path, 'r+').catch((error) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (!file) return true
  try {
    const { size } = await file.stat()
    const { buffer } = await file.read(Buffer.alloc(32), 0, 32, 0)
    const isLmdb = buffer.readUInt32LE(24) === 0xbeefc0de && buffer.readUInt32LE(28) === 2
    return size === 0 || (size >= 8192 && isLmdb)
  } finally {
    await file.close()
  }
}

function createBackend(root: RootDatabase, table: Table, options: BackendOptions): Backend {
  // A child transaction is rolled back when its action throws; a plain one of lmdb-js is not.
  const atomically = <T>(action: () => T): Promise<T> => root.childTransaction(action)
  const stopSweeping = sweepNowAndThen(() => atomically(() => table.sweep(200)), options)
  const value = (key: string) => `v${key}`
  const lease = (key: string) => `l${key}`
  const isHeldBy = (key: string, holder: string) => table.read(lease(key))?.value.toString() === holder
  const hold = (key: string, holder: string, ttl_ms: number) =>
    table.write(lease(key), Buffer.from(holder), ttl_ms)
  return {
    async get(key) {
      // Reads share a snapshot for a moment; what another process has committed since must be seen.
      root.resetReadTxn()
      return table.current(value(key))
    },
    put: (key, bytes, ttl_ms) => atomically(() => table.write(value(key), bytes, ttl_ms)),
    compareAndSet: (key, expected, bytes, ttl_ms) =>
      atomically(() => {
        const found = table.current(value(key))
        if (expected ? !found?.equals(expected) : found) return false
        table.write(value(key), bytes, ttl_ms)
        return true
      }),
    delete: (key) => atomically(() => table.remove(value(key))),
    async takeLease(key, holder, ttl_ms) {
      root.resetReadTxn()
      const isOthers = () => (table.current(lease(key)) ?? holder).toString() !== holder
      // Whoever waits for a lease asks often: the asking must not queue up for the one writer.
      if (isOthers()) return false
      return atomically(() => {
        if (isOthers()) return false
        hold(key, holder, ttl_ms)
        return true
      })
    },
    renewLease: (key, holder, ttl_ms) =>
      atomically(() => {
        if (!isHeldBy(key, holder)) return false
        hold(key, holder, ttl_ms)
        return true
      }),
    dropLease: (key, holder) =>
      atomically(() => {
        if (isHeldBy(key, holder)) table.remove(lease(key))
      }),
    async close() {
      await stopSweeping()
      await root.close()
    },
  }
}

interface Entry {
  readonly expires: number
  readonly value: Buffer
}

/** The three databases as one; writing needs a transaction around it. */
interface Table {
  /** Also what has expired but was not yet swept. */
  read(key: string): Entry | undefined
  current(key: string): Buffer | undefined
  write(key: string, value: Uint8Array, ttl_ms: number): void
  remove(key: string): void
  /** Removes at most `most` expired entries and says how many it found. */
  sweep(most: number): number
}

function openTable(root: RootDatabase, options: BackendOptions): Table {
  const { now, maxKeptBytes, log } = options
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
    log.warn({ entry: key.slice(0, 8) }, 'the store holds an entry that cannot be read; it counts as missing')
    return undefined
  }

  function current(key: string): Buffer | undefined {
    const entry = read(key)
    return entry && entry.expires > now() ? entry.value : undefined
  }

  function write(key: string, value: Uint8Array, ttl_ms: number): void {
    const bytes = Buffer.allocUnsafe(8 + value.length)
    const expires = now() + ttl_ms
    bytes.writeDoubleBE(expires)
    bytes.set(value, 8)
    const after = () => kept() - cost(key, entries.get(key)) + cost(key, bytes)
    if (cost(key, bytes) > 0 && after() > maxKeptBytes) {
      sweep(Number.POSITIVE_INFINITY)
      if (after() > maxKeptBytes) throw new Fault(25, 'store-full')
    }
    remove(key)
    count(cost(key, bytes))
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

/** In small portions, so that no writer waits long. Gives the function that ends it. */
function sweepNowAndThen(sweep: () => Promise<number>, options: BackendOptions): () => Promise<void> {
  let stopped = false
  let sweeping: Promise<void> = Promise.resolve()
  const sweepAll = async () => {
    while (!stopped && (await sweep()) > 0);
  }
  const timer = setInterval(() => {
    sweeping = sweepAll().catch((error) =>
      options.log.warn({ why: errorName(error) }, 'the store could not be swept'),
    )
  }, options.sweepEvery_s * 1000)
  timer.unref()
  return async () => {
    stopped = true
    clearInterval(timer)
    await sweeping
  }
}
