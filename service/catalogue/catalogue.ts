/** The template folder as the service sees it: watched, looked at when asked, every template compiled once per version. */
import { realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { errorName } from '../error-name.ts'
import { placesBeside } from './files-beside.ts'
import { createListing, type Listing } from './listing.ts'
import { rulesFile } from './rules/rule.ts'
import { openRules, parametersCellFor, unmatchedRules } from './rules/rules.ts'
import type { CatalogueFault } from './scan/load.ts'
import { createPins } from './scan/pinned-versions.ts'
import { isTemplatePath } from './scan/scan.ts'
import { openVersions } from './scan/versions.ts'
import { type Watcher, watchFolder } from './scan/watch.ts'
import type { SearchResult, Wish } from './search.ts'
import { createShelf } from './shelf.ts'
import { pinOf, type Template } from './template.ts'

export type { CatalogueFault } from './scan/load.ts'
export type { FilterChoice, Indexed, SearchResult, Wish } from './search.ts'
export { type FileBeside, pinOf, type Template } from './template.ts'
export { readThumbnail } from './thumbnail.ts'

export interface Catalogue extends Omit<Listing, 'search'> {
  /** Among the templates that somebody in these Hub groups may use. Looks at `templates.yaml` again first, at most once a second. */
  search(wish: Wish, groups: readonly string[]): Promise<SearchResult>
  /**
   * Whether the folder has been looked through once. Until then `list`, `search` and `faults` know only what has been read so far,
   * while `find` and `pinned` find everything that is there.
   */
  isComplete(): boolean
  /** Resolves when that is so, or when the catalogue is closed. */
  readonly completed: Promise<void>
  /** The valid ones, by path. */
  list(): readonly Template[]
  faults(): readonly CatalogueFault[]
  /** Of those that are offered: where one is not valid by its version of nbformat; the first of these, and how many there are. */
  warnings(most?: number): { readonly first: readonly CatalogueFault[]; readonly total: number }
  /** Looks at the folder again, unless that was done within the last 10 s: for file systems that report no changes. */
  refresh(): Promise<void>
  /** Looks at the file again, at most once a second: a changed one is read again, a broken one is not there until it is good. */
  find(path: string): Promise<Template | undefined>
  /** The very version a request was kept with, also when the template has changed or gone since. */
  pinned(path: string, pin: string): Promise<Template | undefined>
  /** Looks at `templates.yaml` again, at most once a second; `find` and `search` do so, `pinned` does not. */
  refreshRules(): Promise<void>
  close(): Promise<void>
}

export interface CatalogueOptions {
  readonly dir: string
  readonly stateDir: string
  readonly log: { warn(details: object, message: string): void }
  /** The longest time that a request which pins a version may live: versions outlast it (and a day). */
  readonly keepFor_s?: number
  readonly refreshEvery_ms?: number
  /** So long a look at one template, and at the rules, is good; default a second. */
  readonly lookEvery_ms?: number
  /** Called when so many templates have been read, or such large ones, that their garbage is worth collecting. */
  afterMany?(): void
}

const removeOldEvery_ms = 3600 * 1000

/**
 * Opens it at once: its folder is looked through in the background, since ten thousand templates take long.
 *
 * @throws when the state folder cannot be used; a template folder that cannot be read is empty until it can
 */
export async function openCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const { log, stateDir, keepFor_s = 3600, refreshEvery_ms = 10_000 } = options
  const folder = await realpathOf(resolve(options.dir))
  const versions = await openVersions(stateDir, Math.max(24 * 3600, 3 * keepFor_s))
  const rules = await openRules(folder, options.lookEvery_ms)
  const shelf = createShelf(folder, versions, log, {
    ...options,
    parametersCell: (path) => parametersCellFor(path, rules.current()),
  })
  let isComplete = false
  const listing = createListing(shelf, rules.current, () => isComplete)
  const pinnedCopy = createPins(versions)
  let told: string | undefined
  /** Why the folder could not be read when that was last tried. */
  let unreadable: string | undefined
  let refreshed = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined
  let waiting: Promise<void> | undefined
  let watcher: Watcher | undefined
  let removing: NodeJS.Timeout | undefined
  const closed = new AbortController()

  const removeOld = () =>
    versions.removeOld(shelf.list()).catch((error) => {
      log.warn({ why: errorName(error) }, 'old copies of templates could not be removed')
    })

  async function lookAtAll(): Promise<void> {
    await rules.refresh()
    tellOfRules(rules.fault())
    await shelf.lookAtAll(closed.signal)
    if (closed.signal.aborted) return
    unreadable = undefined
    // Before the index is made, which then has all.
    isComplete = true
    listing.prepare()
  }

  function tellOfRules(reason: string | undefined): void {
    if (reason !== undefined && reason !== told) log.warn({ reason }, `${rulesFile} cannot be followed`)
    told = reason
  }

  /** A look that begins after this call: one that is under way may have passed what has changed since. */
  function look(): Promise<void> {
    if (looking !== undefined) {
      waiting ??= looking.then(() => {
        waiting = undefined
        return look()
      })
      return waiting
    }
    looking = lookAtAll()
      .catch((error) => {
        unreadable = errorName(error)
        log.warn({ why: unreadable }, 'the template folder could not be read')
      })
      .finally(() => {
        refreshed = performance.now()
        looking = undefined
      })
    return looking
  }

  /** What needs to know all templates begins after the first look. */
  async function complete(): Promise<void> {
    await look()
    if (closed.signal.aborted) return
    isComplete = true
    removing = setInterval(removeOld, removeOldEvery_ms).unref()
    // What has changed since the first look began is noticed when the watching begins.
    watcher = watchFolder(
      folder,
      () => void look(),
      (error) => log.warn({ why: errorName(error) }, 'the template folder cannot be watched'),
    )
    await removeOld()
  }

  const completed = complete()
  return {
    ...listing,
    completed,
    isComplete: () => isComplete,
    async search(wish, groups) {
      // Nobody watches the folder during the first look.
      await rules.refreshNowAndThen()
      return listing.search(wish, groups)
    },
    list: shelf.list,
    faults() {
      const ofFiles = shelf.list().flatMap(placesBeside)
      const unmatched = isComplete ? unmatchedRules(rules.current(), [...shelf.paths(), ...ofFiles]) : []
      const reasons = [
        rules.fault() ?? [],
        unmatched.map(({ line, reason }) => `line ${line}: ${reason}`),
      ].flat()
      const folderFault = { path: './', reason: `the template folder could not be read: ${unreadable}` }
      return [
        ...(unreadable === undefined ? [] : [folderFault]),
        ...reasons.map((reason) => ({ path: rulesFile, reason })),
        ...shelf.faults(),
      ]
    },
    warnings(most = 200) {
      const first: CatalogueFault[] = []
      let total = 0
      for (const { path, compiled } of shelf.list()) {
        total += compiled.deviations.length
        const room = most - first.length
        if (room === 0) continue
        const some = compiled.deviations.slice(0, room).map(({ cell, reason, remedy }) => ({
          path,
          reason: `${reason}. ${remedy}`,
          ...(cell !== undefined && { cell }),
        }))
        first.push(...some)
      }
      return { first, total }
    },
    async refresh() {
      if (!isComplete) return completed
      if (performance.now() - refreshed < refreshEvery_ms) return
      await look()
    },
    async find(path) {
      if (!isTemplatePath(path)) return undefined
      // Who may use it is as old as what it is.
      await rules.refreshNowAndThen()
      return shelf.look(path)
    },
    async pinned(path, pin) {
      if (!isTemplatePath(path)) return undefined
      // Whom the current version is limited to holds for the earlier ones as well.
      if (!isComplete) await shelf.look(path)
      const current = shelf.get(path)
      if (current !== undefined && pinOf(current) === pin && (await versions.use(current))) return current
      return pinnedCopy(path, pin)
    },
    refreshRules: rules.refreshNowAndThen,
    async close() {
      closed.abort()
      await completed
      clearInterval(removing)
      await watcher?.close()
      await (waiting ?? looking)
    },
  }
}

/** Of a folder that is not there yet, say of a disk that is mounted later, as far as its path is there. */
async function realpathOf(path: string): Promise<string> {
  return await realpath(path).catch(async (error) => {
    if (dirname(path) === path) throw error
    return join(await realpathOf(dirname(path)), basename(path))
  })
}
