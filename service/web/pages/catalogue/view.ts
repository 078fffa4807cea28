import type { FilterChoice, Indexed, SearchResult, Wish } from '../../../catalogue/catalogue.ts'
import { inLanguage } from '../../../catalogue/in-language.ts'
import { encodePath } from '../../../hub/paths.ts'
import { legible, legibleName } from '../../values/display-json.ts'
import type { CatalogueEntry, CatalogueView, CategoryView } from '../view-models.ts'

/** What the address of the catalogue may say. */
export interface CatalogueQuery {
  readonly q?: string
  readonly language?: string
  readonly tag?: string
  /** From 1. */
  readonly page?: string
}

/** Templates on one page: a screenful or four, and well below a hundred kilobytes. */
const pageSize = 60

/** What page a reader sees, and how its links are made. */
interface Page {
  readonly query: CatalogueQuery
  readonly prefix: string
  readonly languages: readonly string[]
  /** By `caseless`: as the first template writes it. */
  readonly spelling: ReadonlyMap<string, string>
  hrefOf(more: CatalogueQuery): string
}

/**
 * An empty field of the form is no wish.
 *
 * @param languages the reader's, best first
 */
export function readWish({ q = '', language, tag }: CatalogueQuery, languages: readonly string[] = []): Wish {
  return { words: q, language: language || undefined, tag: tag || undefined, languages }
}

/** The page of the templates found that the query asks for; beyond the last one, the last. */
export function viewOfPage(
  found: SearchResult,
  query: CatalogueQuery,
  prefix: string,
  languages: readonly string[] = [],
): Omit<CatalogueView, 'user' | 'faults' | 'faultCount' | 'warnings' | 'warningCount' | 'isComplete'> {
  const total = found.entries.length
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(Math.max(1, Number(query.page ?? 1)), pages)
  const from = (page - 1) * pageSize
  const shown = found.entries.slice(from, from + pageSize)
  const hrefOf = (more: CatalogueQuery) => catalogueHref(prefix, { ...query, ...more })
  return {
    words: query.q ?? '',
    language: filter(query.language, found.languages),
    tag: filter(query.tag, found.tags),
    categories: categoriesOf(shown, {
      query,
      prefix,
      languages,
      hrefOf,
      spelling: spellingIn(found.entries, from, from + pageSize),
    }),
    total,
    first: total === 0 ? 0 : from + 1,
    last: from + shown.length,
    previousHref: page > 1 ? hrefOf({ page: String(page - 1) }) : undefined,
    nextHref: page < pages ? hrefOf({ page: String(page + 1) }) : undefined,
  }
}

/** The address of the catalogue, or of what is found in it; empty fields are left out. */
export function catalogueHref(prefix: string, query: CatalogueQuery): string {
  const fields = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  return fields.length === 0 ? prefix : `${prefix}?${new URLSearchParams(fields)}`
}

/** What is chosen stays among the choices, also where the words find nothing of it. */
function filter(chosen = '', choices: readonly FilterChoice[]) {
  const missing = chosen !== '' && !choices.some(({ value }) => value === chosen)
  return { chosen, choices: missing ? [{ value: chosen, count: 0 }, ...choices] : choices }
}

const caseless = (category: string) => category.normalize('NFC').toLowerCase()

/** Names that differ by case alone are one. Without words its templates stand in a row, of which the page before may have the first. */
function spellingIn(entries: readonly Indexed[], from: number, end: number): ReadonlyMap<string, string> {
  const keyOf = (index: number) => caseless(entries[index]?.category ?? '')
  let first = from
  while (first > 0 && keyOf(first - 1) === keyOf(from)) first--
  const near = entries.slice(first, end).reverse()
  return new Map(near.map(({ category }) => [caseless(category), category]))
}

function categoriesOf(entries: readonly Indexed[], page: Page): CategoryView[] {
  const byCategory = new Map<string, CatalogueEntry[]>()
  for (const entry of entries) {
    // Those that fit best come first, whatever their category.
    const name = page.query.q?.trim() ? '' : spellingOf(entry, page)
    const group = byCategory.get(name) ?? []
    byCategory.set(name, group)
    group.push(showEntry(entry, page))
  }
  return [...byCategory].map(([name, entries]) => ({ name: legibleName(name), entries }))
}

function spellingOf({ category }: Indexed, { spelling }: Page): string {
  return spelling.get(caseless(category)) ?? category
}

function showEntry(entry: Indexed, page: Page): CatalogueEntry {
  const { template, title, tags, language } = entry
  const { prefix, languages, hrefOf } = page
  const { path, compiled, thumbnail } = template
  const { description, card } = compiled
  return {
    title: legibleName(title),
    path: legibleName(path),
    href: `${prefix}t/${encodePath(path)}`,
    description: description && legible(inLanguage(description, languages)),
    category: legibleName(spellingOf(entry, page)),
    language,
    kernel: compiled.kernel,
    authors: card.authors.map(legibleName),
    thumbnailHref: thumbnail && `${prefix}thumbnails/${encodePath(path)}?v=${thumbnail.version}`,
    tags: tags.map((name) => ({
      name: legibleName(name),
      href: hrefOf({ tag: name, page: '' }),
    })),
  }
}
