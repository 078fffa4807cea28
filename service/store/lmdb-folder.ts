/**
 * Where an LMDB file lies, so that it need not be flushed at each write (DESIGN 2.5 asks for many small ones, and each
 * flush costs milliseconds). What a process has written lives in the system's cache, whatever becomes of the process; only
 * the end of the system loses it, and may leave a file that cannot be read. So each boot of the system has a folder
 * of its own. At the next boot the old one is taken over when all its processes had closed it, which flushes; else
 * the clicks of the last hour are gone, and nothing broken is ever opened.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface BootFolder {
  readonly path: string
  /** False where the system does not tell its boots apart: then each write has to be flushed. */
  readonly outlivesProcesses: boolean
  /** After the file was closed. */
  close(): Promise<void>
}

const FOLDER = 'boot-'
const IN_USE = 'in-use-'

/** @param where folder of the store, made with mode 0700 when it is missing */
export async function openBootFolder(where: string, boot = bootId()): Promise<BootFolder> {
  const id = await boot
  const path = join(where, FOLDER + (id ?? 'unknown'))
  await mkdir(where, { recursive: true, mode: 0o700 })
  if (id !== undefined) await takeOver(where, path)
  await mkdir(path, { recursive: true, mode: 0o700 })
  const mark = join(path, IN_USE + randomUUID())
  await writeFile(mark, '', { mode: 0o600 })
  return {
    path,
    outlivesProcesses: id !== undefined,
    async close() {
      await flush(join(path, 'data.mdb'))
      await rm(mark, { force: true })
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

/** Another process may do the same at the same time: a rename works once, and what has gone is no matter. */
async function takeOver(where: string, path: string): Promise<void> {
  for (const name of await readdir(where)) {
    const old = join(where, name)
    if (!name.startsWith(FOLDER) || old === path) continue
    const files = await readdir(old).catch(() => [])
    const closed = files.length > 0 && !files.some((file) => file.startsWith(IN_USE))
    if (closed) await rename(old, path).catch(() => undefined)
    await rm(old, { recursive: true, force: true })
  }
}
