/** The templates as last seen: each is read when its file is not what it was, and once however many ask for it. */
import { stat } from 'node:fs/promises'
import { byPath } from './by-path.ts'
import type { Copies } from './copies.ts'
import { createReading, type Known, type Template } from './known.ts'
import { createLimit } from './limit.ts'
import { type CatalogueFault, misnamedFault } from './load.ts'
import { isListed, resolveInside, scanFolder } from './scan.ts'
import { versionOf } from './template-file.ts'

export type { Template } from './known.ts'

export interface Shelf {
  /** The valid ones, by path. */
  list(): readonly Template[]
  faults(): readonly CatalogueFault[]
  /** As last seen. */
  get(path: string): Template | undefined
  /** The groups that its last valid version is limited to, also while it is broken or gone. */
  groupsOf(path: string): readonly string[] | undefined
  /** Paths of all files that are templates, or should be. */
  paths(): Iterable<string>
  /** As it is now. */
  look(path: string): Promise<Template | undefined>
  /** @throws when the folder cannot be read; then all stays as last seen */
  lookAtAll(): Promise<void>
  /** Hashes of all valid ones. */
  current(): ReadonlySet<string>
}

interface Log {
  warn(details: object, message: string): void
}

/** Files that are looked at at a time; that are read, hence in memory, at a time: those up to `smallBytes`, larger ones. */
const lookingAtOnce = 8
const smallAtOnce = 4
const largeAtOnce = 2
const smallBytes = 2 ** 20
/** What reading a template leaves behind, its bytes aside, and how much of all that is collected at a time. */
const leftBytes = 16 * 1024
const muchBytes = 16 * 2 ** 20

/**
 * @param folder real path of the template folder
 * @param afterMany called when so many templates have been read, or such large ones, that their garbage is worth collecting
 */
export function createShelf(folder: string, copies: Copies, log: Log, afterMany?: () => void): Shelf {
  const reading = createReading(folder, copies)
  const known = new Map<string, Known>()
  const limited = new Map<string, readonly string[]>()
  const loading = new Map<string, Promise<Known | undefined>>()
  const small = createLimit(smallAtOnce)
  const large = createLimit(largeAtOnce)
  let misnamed: readonly CatalogueFault[] = []
  let listed: readonly Template[] | undefined
  let left = 0

  function learn(path: string, now: Known | undefined): Known | undefined {
    const before = known.get(path)
    if (now) known.set(path, now)
    else known.delete(path)
    const groups = now?.template?.compiled.card.groups
    if (groups) limited.set(path, groups)
    else if (now?.template) limited.delete(path)
    if (before?.template !== now?.template) listed = undefined
    if (now?.fault && now.fault.reason !== before?.fault?.reason) {
      log.warn({ template: path, cell: now.fault.cell, reason: now.fault.reason }, 'a template has a fault')
    }
    return now
  }

  function countRead(size: number): void {
    left += leftBytes + size
    if (left < muchBytes) return
    left = 0
    afterMany?.()
  }

  /** What the path is now; the file is read only when it is not as it was. */
  async function check(path: string): Promise<Known | undefined> {
    const real = await resolveInside(folder, path)
    const stats = real === undefined ? undefined : await stat(real, { bigint: true }).catch(() => undefined)
    if (real === undefined || !stats?.isFile()) return learn(path, undefined)
    const { signature, size } = versionOf(stats)
    const before = known.get(path)
    if (before?.settled && before.signature === signature && (await reading.hasSameImage(before)))
      return before
    const others = loading.get(path)
    if (others) {
      const found = await others
      // It was perhaps read before the change that this look has seen.
      return found?.signature === signature ? found : check(path)
    }
    const inTurn = size <= smallBytes ? small : large
    const own = inTurn(async () => {
      const same = before && (await reading.confirm(before, real))
      if (same !== undefined) return learn(path, same)
      const now = await reading.read(path, real, before?.template)
      countRead(size)
      return learn(path, now)
    })
    loading.set(path, own)
    return own.finally(() => loading.delete(path))
  }

  /** Of a path not seen before: few are, so that this may list folders. */
  async function isThere(path: string): Promise<boolean> {
    return (await resolveInside(folder, path)) !== undefined && (await isListed(folder, path))
  }

  return {
    get: (path: string) => known.get(path)?.template,
    groupsOf: (path: string) => limited.get(path),
    paths: () => [...known.keys(), ...misnamed.map(({ path }) => path)],
    current: () => new Set(Array.from(known.values(), ({ template }) => template?.sha256 ?? '')),
    async look(path: string): Promise<Template | undefined> {
      if (!known.has(path) && !(await isThere(path))) return undefined
      const template = (await check(path))?.template
      if (!template || (await copies.use(template.sha256))) return template
      // The copy was taken away: forget what was known, so that it is made again.
      learn(path, undefined)
      return (await check(path))?.template
    },
    async lookAtAll(): Promise<void> {
      const found = await scanFolder(folder)
      misnamed = found.misnamed.map(misnamedFault)
      const listed = new Set(found.paths)
      const paths = new Set([...known.keys(), ...listed]).values()
      const work = async () => {
        // What has come since is there; what has another name now is not, even where the file system finds it by this one.
        for (const path of paths) {
          if (listed.has(path) || (await isListed(folder, path))) await check(path)
          else learn(path, undefined)
        }
      }
      await Promise.all(Array.from({ length: lookingAtOnce }, work))
    },
    list(): readonly Template[] {
      listed ??= Array.from(known.values(), ({ template }) => template)
        .filter((template) => template !== undefined)
        .sort(byPath)
      return listed
    },
    faults(): readonly CatalogueFault[] {
      const faults = Array.from(known.values(), ({ fault }) => fault).filter((fault) => fault !== undefined)
      return [...faults, ...misnamed].sort(byPath)
    },
  }
}
