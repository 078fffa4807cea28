/** The template folder as the service sees it: watched, looked at when asked, every template compiled once per version. */
import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { errorName } from '../error-name.ts'
import { openCopies } from './copies.ts'
import { createListing, type Listing } from './listing.ts'
import type { CatalogueFault } from './load.ts'
import { createPins } from './pins.ts'
import { openRules, rulesFile, unmatchedRules } from './rules.ts'
import { isTemplatePath } from './scan.ts'
import { createShelf, type Template } from './shelf.ts'
import { watchFolder } from './watch.ts'

export type { CatalogueFault } from './load.ts'
export type { Choice, Found, Indexed, Wish } from './search.ts'
export type { Template } from './shelf.ts'
export { readThumbnail } from './thumbnail.ts'

export interface Catalogue extends Listing {
  /** The valid ones, by path. */
  list(): readonly Template[]
  faults(): readonly CatalogueFault[]
  /** Looks at the folder again, unless that was done within the last 10 s: for file systems that report no changes. */
  refresh(): Promise<void>
  /** Looks at the file again: a changed one is read anew, a broken one is not there until it is good again. */
  find(path: string): Promise<Template | undefined>
  /** The very version a request was kept with, also when the template has changed or gone since. */
  pinned(path: string, sha256: string): Promise<Template | undefined>
  /** Reads `templates.yaml` again if it is not what it was; `find` does so, `pinned` does not. */
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
  /** Called when so many templates have been read, or such large ones, that their garbage is worth collecting. */
  afterMany?(): void
}

const removeOldEvery_ms = 3600 * 1000

/** @throws RulesFault, and when the template folder or the state folder cannot be used */
export async function openCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const { log, stateDir, keepFor_s = 3600, refreshEvery_ms = 10_000 } = options
  const folder = await realpath(options.dir)
  const copies = await openCopies(join(stateDir, 'templates'), Math.max(24 * 3600, 3 * keepFor_s))
  const rules = await openRules(folder)
  const shelf = createShelf(folder, copies, log, options.afterMany)
  const listing = createListing(shelf, rules.current)
  const pinnedCopy = createPins(copies)
  let told: string | undefined
  let refreshed = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined
  let waiting: Promise<void> | undefined

  const removeOld = () =>
    copies.removeOld(shelf.current()).catch((error) => {
      log.warn({ why: errorName(error) }, 'old copies of templates could not be removed')
    })

  async function lookAtAll(): Promise<void> {
    await rules.refresh()
    tellOfRules(rules.fault())
    await shelf.lookAtAll()
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
      .catch((error) => log.warn({ why: errorName(error) }, 'the template folder could not be read'))
      .finally(() => {
        refreshed = performance.now()
        looking = undefined
      })
    return looking
  }

  await lookAtAll()
  refreshed = performance.now()
  await removeOld()
  const timer = setInterval(removeOld, removeOldEvery_ms).unref()
  const watcher = watchFolder(
    folder,
    () => void look(),
    (error) => log.warn({ why: errorName(error) }, 'the template folder cannot be watched'),
  )

  return {
    ...listing,
    list: shelf.list,
    faults() {
      const reasons = [rules.fault() ?? [], unmatchedRules(rules.current(), shelf.paths())].flat()
      return [...reasons.map((reason) => ({ path: rulesFile, reason })), ...shelf.faults()]
    },
    async refresh() {
      if (performance.now() - refreshed < refreshEvery_ms) return
      await look()
    },
    async find(path) {
      if (!isTemplatePath(path)) return undefined
      // Who may use it is as old as what it is.
      await rules.refresh()
      return shelf.look(path)
    },
    async pinned(path, sha256) {
      if (!isTemplatePath(path)) return undefined
      const current = shelf.get(path)
      if (current?.sha256 === sha256 && (await copies.use(sha256))) return current
      return pinnedCopy(path, sha256)
    },
    refreshRules: rules.refresh,
    async close() {
      clearInterval(timer)
      await watcher.close()
      await (waiting ?? looking)
    },
  }
}
