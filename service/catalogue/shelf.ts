/** The templates as last seen: each is read when its file is not what it was, and once however many ask for it. */
import { stat } from 'node:fs/promises'
import { byPath } from './by-path.ts'
import { createReading, type Known } from './scan/known.ts'
import { createLimit } from './scan/limit.ts'
import { type CatalogueFault, misnamedFault } from './scan/load.ts'
import { isListed, resolveInside, scanFolder } from './scan/scan.ts'
import type { Versions } from './scan/versions.ts'
import type { Template } from './template.ts'
import { versionOf } from './template-file.ts'

export interface Shelf {
  /** The valid ones, by path. */
  list(): readonly Template[]
  faults(): readonly CatalogueFault[]
  /** As last seen. */
  get(path: string): Template | undefined
  /** Its last valid version where that can limit who may use it, also while it is broken or gone. */
  limiting(path: string): Template | undefined
  /** Paths of all files that are templates, or should be. */
  paths(): Iterable<string>
  /** As it is now, or was within the last moment: a page and its images ask for the same template again and again. */
  look(path: string): Promise<Template | undefined>
  /**
   * @param closed ends it before the next file
   * @throws when the folder cannot be read; then all stays as last seen
   */
  lookAtAll(closed: AbortSignal): Promise<void>
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

export interface ShelfOptions {
  /** So long a look at a file is good; default a second. */
  readonly lookEvery_ms?: number | undefined
  /** The cell that `templates.yaml` names for a template now. */
  parametersCell?(path: string): number | undefined
  /** Called when so many templates have been read, or such large ones, that their garbage is worth collecting. */
  readonly afterMany?: (() => void) | undefined
}

/** @param folder real path of the template folder */
export function createShelf(folder: string, versions: Versions, log: Log, options: ShelfOptions = {}): Shelf {
  const { lookEvery_ms = 1000, afterMany, parametersCell: cellFor = () => undefined } = options
  const reading = createReading(folder, versions)
  const known = new Map<string, Known>()
  const limiting = new Map<string, Template>()
  const loading = new Map<string, Promise<Known | undefined>>()
  const lookedAt = new Map<string, number>()
  const small = createLimit(smallAtOnce)
  const large = createLimit(largeAtOnce)
  let misnamed: readonly CatalogueFault[] = []
  let listed: readonly Template[] | undefined
  let left = 0

  function learn(path: string, now: Known | undefined): Known | undefined {
    const before = known.get(path)
    if (now) known.set(path, now)
    else {
      known.delete(path)
      lookedAt.delete(path)
    }
    const template = now?.template
    if (template?.compiled.card.groups || template?.bundle) limiting.set(path, template)
    else if (template) limiting.delete(path)
    if (before?.template !== template) listed = undefined
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
    const cell = cellFor(path)
    const seen = known.get(path)
    // What was compiled by another rule is another template.
    const before = seen?.parametersCell === cell ? seen : undefined
    if (before?.settled && before.signature === signature && (await reading.hasSameOthers(before)))
      return before
    const others = loading.get(path)
    if (others) {
      const found = await others
      // It was perhaps read before the change that this look has seen.
      return found?.signature === signature && found.parametersCell === cell ? found : check(path)
    }
    const inTurn = size <= smallBytes ? small : large
    const own = inTurn(async () => {
      const same = before && (await reading.confirm(before, real))
      if (same !== undefined) return learn(path, same)
      const now = await reading.read(path, real, before?.template, cell)
      countRead(size)
      return learn(path, now)
    })
    loading.set(path, own)
    return own.finally(() => loading.delete(path))
  }

  /** As `check`, of a file that has been at rest when it was last seen at most once a moment. */
  async function checkNowAndThen(path: string): Promise<Known | undefined> {
    const before = known.get(path)
    const since_ms = performance.now() - (lookedAt.get(path) ?? Number.NEGATIVE_INFINITY)
    if (before?.settled && before.parametersCell === cellFor(path) && since_ms < lookEvery_ms) return before
    lookedAt.set(path, performance.now())
    return check(path)
  }

  /** Of a path not seen before: few are, so that this may list folders. */
  async function isThere(path: string): Promise<boolean> {
    return (await resolveInside(folder, path)) !== undefined && (await isListed(folder, path))
  }

  return {
    get: (path: string) => known.get(path)?.template,
    limiting: (path: string) => limiting.get(path),
    paths: () => [...known.keys(), ...misnamed.map(({ path }) => path)],
    async look(path: string): Promise<Template | undefined> {
      if (!known.has(path) && !(await isThere(path))) return undefined
      const template = (await checkNowAndThen(path))?.template
      if (!template || (await versions.use(template))) return template
      // The copy was taken away: forget what was known, so that it is made again.
      learn(path, undefined)
      return (await check(path))?.template
    },
    async lookAtAll(closed: AbortSignal): Promise<void> {
      const found = await scanFolder(folder, closed)
      if (closed.aborted) return
      misnamed = found.misnamed.map(misnamedFault)
      const listed = new Set(found.paths)
      const paths = new Set([...known.keys(), ...listed]).values()
      const work = async () => {
        // What has come since is there; what has another name now is not, even where the file system finds it by this one.
        for (const path of paths) {
          if (closed.aborted) return
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
