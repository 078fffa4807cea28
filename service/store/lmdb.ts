/**
 * A store in a folder of one host, for any number of processes there (LMDB has one writer at a time among all of them,
 * and a killed writer leaves nothing behind). Survives the end of the processes.
 */
import { constants } from 'node:fs'
import { access, chmod, open as openFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { open, type RootDatabase } from 'lmdb'
import { errorName } from '../error-name.ts'
import { openBootFolder } from './lmdb-folder.ts'
import { openTable, type Table } from './lmdb-table.ts'
import type { Backend, BackendOptions } from './store.ts'

/** @param where a folder, made with mode 0700 when it is missing */
export async function openLmdb(where: string, options: BackendOptions): Promise<Backend> {
  const folder = await openBootFolder(where)
  await checkFiles(folder.path)
  // Address space only. Set once for all, since a map that grows is a thing the other processes have to notice.
  const mapSize = Math.min(4 * options.maxKeptBytes + 2 ** 26, 2 ** 42)
  const root = open({
    path: folder.path,
    noSubdir: false,
    maxDbs: 4,
    mapSize,
    noSync: folder.outlivesProcesses,
  })
  const close = async () => {
    await root.close()
    await folder.close()
  }
  try {
    await Promise.all(['data.mdb', 'lock.mdb'].map((name) => chmod(join(folder.path, name), 0o600)))
    return createBackend(root, openTable(root, options), options, close)
  } catch (error) {
    await close()
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

function createBackend(
  root: RootDatabase,
  table: Table,
  options: BackendOptions,
  close: () => Promise<void>,
): Backend {
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
      await close()
    },
  }
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
