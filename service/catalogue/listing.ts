import { type Rules, rulesFor } from './rules.ts'
import { byCategory, type Found, type Indexed, indexTemplate, search, type Wish } from './search.ts'
import type { Shelf, Template } from './shelf.ts'

export interface Listing {
  /** Among the templates that somebody in these Hub groups may use. */
  search(wish: Wish, groups: readonly string[]): Found
  /** Whether somebody in these Hub groups may use a template, by any version of it. */
  allows(template: Template, groups: readonly string[]): boolean
  /** Makes the index of what there is now, so that no request has to. */
  prepare(): void
}

/** Who may see which templates, and finding them: an index that is made again only for what has changed. */
export function createListing(shelf: Pick<Shelf, 'list' | 'groupsOf'>, rulesNow: () => Rules): Listing {
  let rules = rulesNow()
  let templates: readonly Template[] | undefined
  let index: readonly Indexed[] = []
  let made = new Map<Template, Indexed>()

  function entries(): readonly Indexed[] {
    const now = rulesNow()
    if (shelf.list() === templates && now === rules) return index
    const before = now === rules ? made : new Map<Template, Indexed>()
    rules = now
    templates = shelf.list()
    made = new Map(templates.map((template) => [template, before.get(template) ?? indexOne(template)]))
    // Those of before are in order already, and sorting sees that.
    const kept = index.filter(({ template }) => before.has(template) && made.has(template))
    const fresh = [...made.values()].filter(({ template }) => !before.has(template))
    index = [...kept, ...fresh].sort(byCategory)
    return index
  }

  function indexOne(template: Template): Indexed {
    const category = rulesFor(template.path, rules).findLast((rule) => rule.category !== undefined)?.category
    return indexTemplate(template, category)
  }

  /** Each limit on the way to a template must let its user in: a template cannot open what its folder closes. */
  function allows(template: Template, groups: readonly string[]): boolean {
    const limits = [
      ...rulesFor(template.path, rulesNow()).map((rule) => rule.groups),
      template.compiled.card.groups,
      // A request may be pinned to a version from before the template was limited.
      shelf.groupsOf(template.path),
    ]
    return limits.every((limit) => limit === undefined || limit.some((group) => groups.includes(group)))
  }

  return {
    allows,
    prepare: () => void entries(),
    search: (wish, groups) =>
      search(
        entries().filter(({ template }) => allows(template, groups)),
        wish,
      ),
  }
}
