/**
 * A store in a folder of one host, for any number of processes there (LMDB has one writer at a time among all of them,
 * and a killed writer leaves nothing behind). Survives the end of the processes.
 */
import { constants, statSync } from 'node:fs'
import { access, chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { errorName } from '../error-name.ts'
import { openBootFolder } from './lmdb-folder.ts'
import { openTable, type Table } from './lmdb-table.ts'
import { type Backend, type BackendOptions, limitOf } from './store.ts'

/** @param where a folder, made with mode 0700 when it is missing */
export async function openLmdb(where: string, options: BackendOptions): Promise<Backend> {
  const folder = await openBootFolder(where, options.log)
  await access(folder.path, constants.R_OK | constants.W_OK | constants.X_OK)
  // Address space only. Set once for all, since a map that grows is a thing the other processes have to notice.
  const mapSize = Math.min(4 * limitOf('work', options) + 2 ** 26, 2 ** 42)
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
    const stillThere = watchFile(join(folder.path, 'data.mdb'))
    return createBackend(root, openTable(root, options), options, stillThere, close)
  } catch (error) {
    await close()
    throw error
  }
}

/** What is at the path is the file that was opened: what is written into one that is gone would be lost. */
function watchFile(path: string): () => void {
  // On a disk of this host, as LMDB needs it: to wait for a thread that asks took longer than the write.
  const inode = () => statSync(path).ino
  const opened = inode()
  return () => {
    if (inode() !== opened) throw new Error('the file of the store was replaced by another one')
  }
}

function createBackend(
  root: RootDatabase,
  table: Table,
  options: BackendOptions,
  stillThere: () => void,
  close: () => Promise<void>,
): Backend {
  // All that the action writes, or nothing of it when it throws. Thirty microseconds in this thread, where nothing is flushed: to give
  // it to another one, and to be called back by that, took twenty times as much of the processors, and held the one writer as long.
  const atomically = async <T>(action: () => T): Promise<T> => root.transactionSync(action)
  /** What is kept for somebody: it must not be lost with a file that was removed while it was open. */
  const lasting = async <T>(action: () => T): Promise<T> => {
    const done = await atomically(action)
    stillThere()
    return done
  }
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
    put: (key, bytes, ttl_ms, room) => lasting(() => table.write(value(key), bytes, ttl_ms, room)),
    compareAndSet: (key, expected, bytes, ttl_ms) =>
      lasting(() => {
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
