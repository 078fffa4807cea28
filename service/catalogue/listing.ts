import { createOrders } from './by-language.ts'
import { placesBeside } from './files-beside.ts'
import type { Rules } from './rules/rule.ts'
import { rulesFor } from './rules/rules.ts'
import { byCategory, type Indexed, indexTemplate, type SearchResult, search, type Wish } from './search.ts'
import type { Shelf } from './shelf.ts'
import type { Template } from './template.ts'

export interface Listing {
  /** Among the templates that somebody in these Hub groups may use. */
  search(wish: Wish, groups: readonly string[]): SearchResult
  /** Whether somebody in these Hub groups may use a template, by any version of it. */
  allows(template: Template, groups: readonly string[]): boolean
  /** Makes the index of what there is now, so that no request has to. */
  prepare(): void
}

/** While every moment brings more templates, all are put in order so often: many visitors must not keep the reading from its end. */
const orderEvery_ms = 1000

/**
 * Who may see which templates, and finding them: an index that is made again only for what has changed.
 *
 * @param isComplete false while the folder is looked through for the first time
 */
export function createListing(
  shelf: Pick<Shelf, 'list' | 'limiting'>,
  rulesNow: () => Rules,
  isComplete: () => boolean = () => true,
): Listing {
  let rules = rulesNow()
  let templates: readonly Template[] | undefined
  let index: readonly Indexed[] = []
  let inOrder = createOrders(index)
  let made = new Map<Template, Indexed>()
  let orderedAt = Number.NEGATIVE_INFINITY

  function update(): void {
    const now = rulesNow()
    if (now === rules && !isComplete() && performance.now() - orderedAt < orderEvery_ms) return
    if (shelf.list() === templates && now === rules) return
    orderedAt = performance.now()
    const before = now === rules ? made : new Map<Template, Indexed>()
    rules = now
    templates = shelf.list()
    made = new Map(templates.map((template) => [template, before.get(template) ?? indexOne(template)]))
    // Those of before are in order already, and sorting sees that.
    const kept = index.filter(({ template }) => before.has(template) && made.has(template))
    const fresh = [...made.values()].filter(({ template }) => !before.has(template))
    index = [...kept, ...fresh].sort(byCategory)
    inOrder = createOrders(index)
  }

  function indexOne(template: Template): Indexed {
    const category = rulesFor(template.path, rules).findLast((rule) => rule.category !== undefined)?.category
    return indexTemplate(template, category)
  }

  /**
   * Each limit on the way to a template, and to a file or picture that goes with it, must let its user in: a template cannot open what
   * its folder closes, or that of its file.
   */
  function allows(template: Template, groups: readonly string[]): boolean {
    const rules = rulesNow()
    const letsIn = (limit: readonly string[] | undefined) =>
      limit === undefined || limit.some((group) => groups.includes(group))
    // Asked of ten thousand templates for one page, most of which nothing limits.
    const isOpen = (version: Template) =>
      letsIn(version.compiled.card.groups) &&
      (rules.size === 0 ||
        [version.path, ...placesBeside(version)].every((place) =>
          rulesFor(place, rules).every((rule) => letsIn(rule.groups)),
        ))
    // A request may be pinned to a version from before the template was limited.
    const limiting = shelf.limiting(template.path) ?? template
    return isOpen(template) && (limiting === template || isOpen(limiting))
  }

  return {
    allows,
    prepare: update,
    search(wish, groups) {
      update()
      const entries = inOrder(wish.languages ?? [])
      return search(
        entries.filter(({ template }) => allows(template, groups)),
        wish,
      )
    },
  }
}
