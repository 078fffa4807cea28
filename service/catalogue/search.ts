import { inLanguage } from './in-language.ts'
import type { Template } from './template.ts'

/** What somebody looks for; everything given must be met. */
export interface Wish {
  /** Words, in any order, anywhere; '' for all. */
  readonly words: string
  readonly language: string | undefined
  readonly tag: string | undefined
  /** The reader's, best first: titles and tags are given in the first that a template has. */
  readonly languages?: readonly string[]
}

/** A template with what is looked at in a search. */
export interface Indexed {
  readonly template: Template
  /** As people see it: the title, in English where it has several, else the file's name. */
  readonly title: string
  /** In the same language. */
  readonly tags: readonly string[]
  /** Its own, else that of its folder; '' at the top. */
  readonly category: string
  readonly language: string
  /** What words are looked for in, folded, in every language: the titles alone, and all of it. */
  readonly heads: readonly string[]
  readonly whole: string
}

/** A value of a filter and how many of the templates found have it. */
export interface FilterChoice {
  readonly value: string
  readonly count: number
}

export interface SearchResult {
  /** Best first; without words by category, then title. */
  readonly entries: readonly Indexed[]
  /** Most frequent first, of all that the words find, so that a choice can be changed. */
  readonly languages: readonly FilterChoice[]
  readonly tags: readonly FilterChoice[]
}

/** What a search looks at of each template: made once for each version, so that a request only compares. */
export function indexTemplate(template: Template, category: string | undefined): Indexed {
  const { path, compiled } = template
  const title = titleOf(template)
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
  const language = languageOf(template)
  const { tags, authors } = compiled.card
  const own = compiled.card.category ?? category ?? folder
  const titles = compiled.title === undefined ? [title] : Object.values(compiled.title)
  const descriptions = Object.values(compiled.description ?? {})
  const words = [...Object.values(tags).flat(), ...authors]
  const parts = [...titles, own, path, ...descriptions, language, compiled.kernel, ...words]
  const shown = { title, tags: tagsOf(template) }
  return {
    template,
    ...shown,
    category: own,
    language,
    heads: titles.map(fold),
    whole: fold(parts.join('\n')),
  }
}

/**
 * By its title, else by its file's name.
 *
 * @param languages the reader's, best first
 */
export function titleOf({ path, compiled }: Template, languages: readonly string[] = []): string {
  if (compiled.title !== undefined) return inLanguage(compiled.title, languages)
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.ipynb$/, '')
}

/** Its tags, in the reader's language where it has several. */
export function tagsOf({ compiled }: Template, languages: readonly string[] = []): readonly string[] {
  return inLanguage(compiled.card.tags, languages)
}

/** The name that its language has for people, whatever the notebook calls it (`python`, `ir`); '' if it says nothing. */
export function languageOf({ compiled }: Template): string {
  return compiled.notebookLanguage?.name ?? compiled.languageName
}

/** @param entries with the titles and tags that the reader sees, in the order of `byCategory` */
export function search(
  entries: readonly Indexed[],
  { words, language, tag }: Omit<Wish, 'languages'>,
): SearchResult {
  const wanted = [...new Set(fold(words.slice(0, 200)).split(/\s+/))].filter(Boolean)
  const found = entries.filter(({ whole }) => wanted.every((word) => whole.includes(word)))
  const chosen = found.filter(
    (entry) =>
      (language === undefined || entry.language === language) &&
      (tag === undefined || hasTag(entry.template, tag)),
  )
  return {
    entries: wanted.length === 0 ? chosen : ranked(chosen, wanted),
    languages: count(found, (entry) => [entry.language]),
    tags: count(found, ({ tags }) => tags),
  }
}

/** In any language: an address with a tag in it works for every reader. */
function hasTag({ compiled }: Template, tag: string): boolean {
  return Object.values(compiled.card.tags).some((tags) => tags.includes(tag))
}

/** The order of the catalogue: what lies at the top first, then by category, title and path. */
export function byCategory(a: Indexed, b: Indexed): number {
  return (
    collator.compare(a.category, b.category) ||
    collator.compare(a.title, b.title) ||
    (a.template.path < b.template.path ? -1 : 1)
  )
}

// Numbers in titles by their value: "Run 9" before "Run 10".
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Those first whose title begins with the words, then those that have them in their title; otherwise as before. */
function ranked(entries: readonly Indexed[], wanted: readonly string[]): readonly Indexed[] {
  const phrase = wanted.join(' ')
  const rank = ({ heads }: Indexed) => {
    if (heads.some((head) => head.startsWith(phrase))) return 0
    return heads.some((head) => wanted.every((word) => head.includes(word))) ? 1 : 2
  }
  const byRank: [Indexed[], Indexed[], Indexed[]] = [[], [], []]
  for (const entry of entries) byRank[rank(entry)].push(entry)
  return byRank.flat()
}

function count(
  entries: readonly Indexed[],
  of: (entry: Indexed) => readonly string[],
): readonly FilterChoice[] {
  const counts = new Map<string, number>()
  for (const entry of entries)
    for (const value of of(entry)) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || collator.compare(a.value, b.value))
}

/** Without case and accents, so that `grosse` finds `Größe`. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
}
