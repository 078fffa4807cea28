/**
 * Marks of the processes that have an LMDB folder open: a small file each, renewed while its process lives. Whoever finds a
 * mark asks whether it still lives; a killed process cannot take its own away.
 */
import { randomUUID } from 'node:crypto'
import { readdir, readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const PREFIX = 'in-use-'
/** How often a mark is renewed. */
const RENEW_MS = 2000
/** A mark of a machine that cannot be looked at is dead when it was not renewed for this long while it was watched. */
const WATCH_MS = 8000
/** Older than this needs no watching, however far two clocks are apart. */
const OLD_MS = 600_000

export interface Mark {
  /** The process has closed the folder. */
  remove(): Promise<void>
}

/** Who made a mark. Empty in marks of the first release. */
interface Maker {
  /** The system's boot and namespace of process ids: where `pid` means something. */
  readonly machine?: string
  readonly pid?: number
  /** Field 22 of proc(5)'s stat: an id of a process is given again, this with it never. */
  readonly started?: string
}

/** @param lost told once when the mark cannot be renewed any more, because the folder is gone */
export async function setMark(folder: string, lost: (error: unknown) => void): Promise<Mark> {
  const path = join(folder, PREFIX + randomUUID())
  const maker: Maker = {
    ...(await machine()),
    pid: process.pid,
    ...(await startOf(process.pid)),
  }
  await writeFile(path, JSON.stringify(maker), { mode: 0o600 })
  const timer = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch((error) => {
      if (error.code !== 'ENOENT') return
      clearInterval(timer)
      lost(error)
    })
  }, RENEW_MS)
  timer.unref()
  return {
    remove() {
      clearInterval(timer)
      return rm(path, { force: true })
    },
  }
}

/** The marks of a folder whose processes live. Those of dead ones are removed. */
export async function livingMarks(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(PREFIX))
  const living = await Promise.all(names.map((name) => isLiving(join(folder, name))))
  await Promise.all(
    names.filter((_, at) => !living[at]).map((name) => rm(join(folder, name), { force: true })),
  )
  return names.filter((_, at) => living[at])
}

async function isLiving(path: string): Promise<boolean> {
  const { machine: where, pid, started } = parse(await readFile(path, 'utf8').catch(() => ''))
  const here = await machine()
  if (where !== undefined && where === here.machine && pid !== undefined) {
    return started !== undefined && (await startOf(pid)).started === started
  }
  return await isRenewed(path)
}

/** By its changes alone: the clocks of two machines, and of a file server, differ. */
async function isRenewed(path: string): Promise<boolean> {
  const timeOf = () =>
    stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    )
  const first = await timeOf()
  if (first === undefined || Math.abs(Date.now() - first) > OLD_MS) return false
  for (
    const end = performance.now() + WATCH_MS;
    performance.now() < end;
    await pause(250, undefined, { ref: false })
  ) {
    const now = await timeOf()
    if (now !== first) return now !== undefined
  }
  return false
}

function parse(text: string): Maker {
  try {
    const maker = JSON.parse(text) as Maker | null
    return typeof maker === 'object' && maker !== null ? maker : {}
  } catch {
    return {}
  }
}

/** Nothing where the system has no proc(5). */
async function machine(): Promise<{ machine?: string }> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined)
  const namespace = await readlink('/proc/self/ns/pid').catch(() => undefined)
  return boot === undefined || namespace === undefined ? {} : { machine: `${boot.trim()} ${namespace}` }
}

async function startOf(pid: number): Promise<{ started?: string }> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The second field is the program's name in parentheses and may hold anything.
  const started = text?.slice(text.lastIndexOf(')') + 2).split(' ')[19]
  return started === undefined ? {} : { started }
}
