/**
 * Where an LMDB file lies, so that it need not be flushed at each write (DESIGN 2.5 asks for many small ones, and each
 * flush costs milliseconds). What a process has written lives in the system's cache, whatever becomes of the process; only
 * the end of the system loses it, and may leave a file that cannot be read. So each boot of the system has a folder of
 * its own. The next boot takes the old one over after it was read whole in a child process; what cannot be read is set
 * aside. Nothing is ever deleted.
 */
import { constants } from 'node:fs'
import { access, mkdir, open, readdir, readFile, rename, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isReadable } from './lmdb-check.ts'
import { livingMarks, setMark } from './lmdb-mark.ts'
import type { StoreLog } from './store.ts'

export interface BootFolder {
  readonly path: string
  /** False where the system does not tell its boots apart: then each write has to be flushed. */
  readonly outlivesProcesses: boolean
  /** After the file was closed. */
  close(): Promise<void>
}

/** Why the folder cannot be used: a sentence for the admin. */
export class StoreFolderError extends Error {
  override readonly name = 'StoreFolderError'
}

const FOLDER = 'boot-'
const ASIDE = 'damaged-'
const FILE = 'data.mdb'
/** Another process may be writing the first pages of a new file. */
const CHECKS = 10
const LEAST_ROOM = 1 << 20

/**
 * @param where folder of the store, made with mode 0700 when it is missing
 * @throws StoreFolderError when another machine uses it, when its file is damaged while others have it open, and when
 *   the disk is full
 */
export async function openBootFolder(where: string, log: StoreLog, boot = bootId()): Promise<BootFolder> {
  const id = await boot
  const path = join(where, FOLDER + (id ?? 'unknown'))
  await mkdir(where, { recursive: true, mode: 0o700 })
  if (id !== undefined) await takeOver(where, path, log)
  await mkdir(path, { recursive: true, mode: 0o700 })
  await checkFile(where, path, log)
  await mkdir(path, { recursive: true, mode: 0o700 })
  const mark = await setMark(path, () =>
    log.warn(
      { store: 'lmdb' },
      'the folder of the store is gone: clicks are refused until the service is started again',
    ),
  ).catch((error) => {
    throw error.code === 'ENOSPC' || error.code === 'EDQUOT' ? noRoom(error) : error
  })
  // Nobody waits for that: a mark of another container is watched for some seconds.
  livingMarks(path).catch(() => {})
  return {
    path,
    outlivesProcesses: id !== undefined,
    async close() {
      await flush(join(path, FILE))
      await mark.remove()
    },
  }
}

/** A file that somebody has taken away needs none. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+').catch((error) => {
    if (error.code !== 'ENOENT') throw error
  })
  await file?.sync().finally(() => file.close())
}

/** Linux's name for this run of the system (random(4)); undefined elsewhere. */
export async function bootId(): Promise<string | undefined> {
  const text = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return /^[0-9a-f-]{36}$/.test(text.trim()) ? text.trim() : undefined
}

/**
 * The newest folder of an earlier boot becomes this one's. Another process may do the same at the same time: a rename
 * works once, and what has gone is no matter.
 */
async function takeOver(where: string, path: string, log: StoreLog): Promise<void> {
  const names = (await readdir(where)).filter((name) => name.startsWith(FOLDER))
  const old = names.map((name) => join(where, name)).filter((folder) => folder !== path)
  const dated = await Promise.all(old.map(async (folder) => ({ folder, time: await timeOf(folder) })))
  for (const { folder } of dated.sort((a, b) => b.time - a.time)) {
    const living = await livingMarks(folder).catch(() => [])
    if (living.length > 0) {
      throw new StoreFolderError(
        'a service on another machine uses this state folder: each machine requires its own (NOTEBOOK_TEMPLATES_STATE_DIR)',
      )
    }
    // It stays where it is when there is a newer one already.
    if (await isSound(folder)) await rename(folder, path).catch(() => undefined)
    else await setAside(where, folder, log)
  }
}

/** Before this process opens it: lmdb would end it by a signal. */
async function checkFile(where: string, path: string, log: StoreLog): Promise<void> {
  for (let check = 1; !(await isSound(path)); check++) {
    // A mark is older than the file, so who has no mark writes nothing.
    const living = await livingMarks(path)
    if (living.length === 0) return await setAside(where, path, log)
    if (check === CHECKS) {
      throw new StoreFolderError(
        `${FILE} is damaged, and ${living.length} more ${living.length === 1 ? 'process has' : 'processes have'} it open: end them, and start the service again`,
      )
    }
    await pause(100)
  }
}

/**
 * True also for a folder without a file, or with an empty one, which becomes a new store; and for one that another process has
 * taken over meanwhile.
 *
 * @throws StoreFolderError when nothing can be said, because the disk is full; what access(2) throws
 */
async function isSound(folder: string): Promise<boolean> {
  const path = join(folder, FILE)
  const isEmpty = async () => {
    const file = await stat(path).catch(unlessGone)
    return file === undefined || file.size === 0
  }
  if (await isEmpty()) return true
  await access(path, constants.R_OK | constants.W_OK).catch(unlessGone)
  if ((await isReadable(folder)) || (await isEmpty())) return true
  const { bavail, bsize } = await statfs(dirname(folder))
  // To open a file takes some room, too: one that is whole must not be set aside.
  if (bavail * bsize < LEAST_ROOM) throw noRoom()
  return false
}

function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}

function noRoom(cause?: Error): StoreFolderError {
  const sentence =
    'no space is left on the disk of the state folder: free some space, then start the service again'
  return new StoreFolderError(sentence, { cause })
}

/** Kept for whoever wants to look into it, and named in the log, since only an admin may delete it. */
async function setAside(where: string, folder: string, log: StoreLog): Promise<void> {
  const name = `${ASIDE}${new Date().toISOString().replaceAll(':', '-')}`
  const moved = await rename(folder, join(where, name)).then(
    () => true,
    () => false,
  )
  if (moved) {
    log.warn({ folder: name }, 'the store was damaged and begins empty; this folder in it may be deleted')
  }
}

async function timeOf(folder: string): Promise<number> {
  return await stat(join(folder, FILE)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}
