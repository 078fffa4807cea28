import { createLastUsed } from '../last-used.ts'
import { pickLanguage } from '../notebook/index.ts'
import { byCategory, type Indexed, tagsOf, titleOf } from './search.ts'

/** The orders asked for last: one of ten thousand templates takes a megabyte, and comparing their titles some fifty milliseconds. */
const mostOrders = 8

/**
 * The index as readers of each language see it: with titles and tags in that language, in the order of the titles. Each order is made once.
 *
 * @param entries in the order of `byCategory`
 * @returns takes the reader's languages, best first
 */
export function createOrders(
  entries: readonly Indexed[],
): (languages: readonly string[]) => readonly Indexed[] {
  const orders = createLastUsed<string, readonly Indexed[]>(mostOrders)
  // What is there in the same languages, a reader gets in the same one.
  const sets = new Map<string, readonly string[]>()
  for (const { template } of entries) {
    const { title = {}, card } = template.compiled
    for (const said of [title, card.tags]) {
      const languages = Object.keys(said)
      if (languages.length > 1) sets.set(languages.join(), languages)
    }
  }
  return (languages) => {
    // Not what readers ask for, of which there is no end, but what they get.
    const key = Array.from(sets.values(), (set) => pickLanguage(set, languages)).join()
    return orders.get(key) ?? orders.set(key, inOrder(entries, languages))
  }
}

function inOrder(entries: readonly Indexed[], languages: readonly string[]): readonly Indexed[] {
  let isOther = false
  const named = entries.map((entry) => {
    const title = titleOf(entry.template, languages)
    const tags = tagsOf(entry.template, languages)
    if (title === entry.title && tags === entry.tags) return entry
    isOther = true
    return { ...entry, title, tags }
  })
  return isOther ? named.sort(byCategory) : entries
}
