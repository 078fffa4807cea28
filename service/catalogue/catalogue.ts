/** The template folder as the service sees it: looked at when asked, every template compiled once per version. */
import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errorName } from '../error-name.ts'
import type { CompiledTemplate } from '../notebook/compile.ts'
import { byPath } from './check.ts'
import { type Copies, openCopies } from './copies.ts'
import { createLimit } from './limit.ts'
import { type CatalogueFault, faultOf, loadTemplate, misnamedFault } from './load.ts'
import { createPins } from './pins.ts'
import { isTemplatePath, resolveInside, scanFolder } from './scan.ts'
import { type Version, versionOf } from './template-file.ts'

export type { CatalogueFault } from './load.ts'

export interface Template {
  /** Below the template folder, `/` between its parts. */
  readonly path: string
  readonly sha256: string
  readonly compiled: CompiledTemplate
  /** The immutable copy. */
  readonly file: string
}

export interface Catalogue {
  /** The valid ones, by path. */
  list(): readonly Template[]
  faults(): readonly CatalogueFault[]
  /** Looks at the folder again, unless that was done within the last 2 s. */
  refresh(): Promise<void>
  /** Looks at the file again: a changed one is read anew, a broken one is not there until it is good again. */
  find(path: string): Promise<Template | undefined>
  /** The very version a request was kept with, also when the template has changed or gone since. */
  pinned(path: string, sha256: string): Promise<Template | undefined>
  close(): Promise<void>
}

export interface CatalogueOptions {
  readonly dir: string
  readonly stateDir: string
  readonly log: { warn(details: object, message: string): void }
  /** The longest time that a request which pins a version may live: versions outlast it (and a day). */
  readonly keepFor_s?: number
  readonly refreshEvery_ms?: number
}

/** What a path was found to be. */
interface Known extends Version {
  readonly template?: Template
  readonly fault?: CatalogueFault
}

const removeOldEvery_ms = 3600 * 1000
/** Files that are looked at at a time; and that are held in memory, because each may be large. */
const lookingAtOnce = 32
const loadingAtOnce = 2

/** @throws when the template folder or the state folder cannot be used */
export async function openCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const { log, stateDir, keepFor_s = 3600, refreshEvery_ms = 2000 } = options
  const folder = await realpath(options.dir)
  const copies = await openCopies(join(stateDir, 'templates'), Math.max(24 * 3600, 3 * keepFor_s))
  const shelf = createShelf(folder, copies, log)
  const pinnedCopy = createPins(copies)
  let refreshed = Number.NEGATIVE_INFINITY
  let refreshing: Promise<void> | undefined

  const removeOld = () =>
    copies.removeOld(shelf.current()).catch((error) => {
      log.warn({ why: errorName(error) }, 'old copies of templates could not be removed')
    })
  await shelf.lookAtAll()
  refreshed = performance.now()
  await removeOld()
  const timer = setInterval(removeOld, removeOldEvery_ms).unref()

  return {
    list: shelf.list,
    faults: shelf.faults,
    async refresh() {
      if (performance.now() - refreshed < refreshEvery_ms) return
      refreshing ??= shelf
        .lookAtAll()
        .catch((error) => log.warn({ why: errorName(error) }, 'the template folder could not be read'))
        .finally(() => {
          refreshed = performance.now()
          refreshing = undefined
        })
      await refreshing
    },
    async find(path) {
      return isTemplatePath(path) ? shelf.look(path) : undefined
    },
    async pinned(path, sha256) {
      if (!isTemplatePath(path)) return undefined
      const current = shelf.get(path)
      if (current?.sha256 === sha256 && (await copies.use(sha256))) return current
      return pinnedCopy(path, sha256)
    },
    async close() {
      clearInterval(timer)
      await refreshing
    },
  }
}

/** The templates as last seen. */
function createShelf(folder: string, copies: Copies, log: CatalogueOptions['log']) {
  const known = new Map<string, Known>()
  const loading = new Map<string, Promise<Known | undefined>>()
  const limited = createLimit(loadingAtOnce)
  let misnamed: readonly CatalogueFault[] = []
  let listed: readonly Template[] | undefined

  function learn(path: string, now: Known | undefined): Known | undefined {
    const before = known.get(path)
    if (now) known.set(path, now)
    else known.delete(path)
    if (before?.template !== now?.template) listed = undefined
    if (now?.fault && now.fault.reason !== before?.fault?.reason) {
      log.warn({ template: path, cell: now.fault.cell, reason: now.fault.reason }, 'a template has a fault')
    }
    return now
  }

  /** Reads the file and makes its copy. */
  async function load(path: string, real: string): Promise<Known | undefined> {
    const before = known.get(path)?.template
    const loaded = await loadTemplate(path, real, before)
    if (!loaded) return undefined
    if (loaded.fault) return { ...loaded.version, fault: loaded.fault }
    const { signature, settled, bytes } = loaded.file
    const { sha256, compiled } = loaded
    try {
      const file = await copies.keep(bytes, sha256)
      const template = before?.sha256 === sha256 ? before : { path, sha256, compiled, file }
      return { signature, settled, template }
    } catch (error) {
      return { signature, settled: false, fault: faultOf(path, error) }
    }
  }

  /** What the path is now; the file is read only when it is not as it was. */
  async function check(path: string): Promise<Known | undefined> {
    const real = await resolveInside(folder, path)
    const stats = real === undefined ? undefined : await stat(real, { bigint: true }).catch(() => undefined)
    if (real === undefined || !stats?.isFile()) return learn(path, undefined)
    const { signature } = versionOf(stats)
    const before = known.get(path)
    if (before?.settled && before.signature === signature) return before
    const others = loading.get(path)
    if (others) {
      const found = await others
      // It was perhaps read before the change that this look has seen.
      return found?.signature === signature ? found : check(path)
    }
    const own = limited(() => load(path, real)).then((now) => learn(path, now))
    loading.set(path, own)
    return own.finally(() => loading.delete(path))
  }

  return {
    check,
    get: (path: string) => known.get(path)?.template,
    current: () => new Set(Array.from(known.values(), ({ template }) => template?.sha256 ?? '')),
    async look(path: string): Promise<Template | undefined> {
      const template = (await check(path))?.template
      if (!template || (await copies.use(template.sha256))) return template
      // The copy was taken away: forget what was known, so that it is made again.
      known.delete(path)
      return (await check(path))?.template
    },
    async lookAtAll(): Promise<void> {
      const found = await scanFolder(folder)
      misnamed = found.misnamed.map(misnamedFault)
      const paths = new Set([...known.keys(), ...found.paths]).values()
      const work = async () => {
        for (const path of paths) await check(path)
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
