import { TemplateFault } from './template-fault.ts'

/** What `metadata.notebook_templates` says of a template for those who look for one (docs/writing-templates.md). */
export interface Card {
  /** The heading it stands under; without it, its folder. */
  readonly category: string | undefined
  readonly tags: readonly string[]
  readonly authors: readonly string[]
  /** Hub groups that may see and use it; `undefined`: no limit of its own. */
  readonly groups: readonly string[] | undefined
  /** An image as a data URI. */
  readonly thumbnail: string | undefined
}

const mostItems = 50
const longestItem = 200
// It is kept in memory, unlike the images among the outputs.
const longestThumbnail = 64 * 1024
const image = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/

/**
 * @param member gives a member of `metadata.notebook_templates` as JSON.parse reads it
 * @throws TemplateFault when one is not what it should be
 */
export function readCard(member: (name: string) => unknown): Card {
  return {
    category: readText('category', member('category')),
    tags: readTexts('tags', member('tags')) ?? [],
    authors: readAuthors(member('authors')),
    groups: readTexts('groups', member('groups')),
    thumbnail: readThumbnail(member('thumbnail')),
  }
}

function fault(name: string, what: string): TemplateFault {
  return new TemplateFault(`metadata.notebook_templates.${name} is not ${what}`)
}

function readText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw fault(name, 'a text')
  return clean(value) || undefined
}

function readTexts(name: string, value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  const what = `a list of at most ${mostItems} texts`
  if (!Array.isArray(value) || value.length > mostItems) throw fault(name, what)
  if (!value.every((item) => typeof item === 'string')) throw fault(name, what)
  return [...new Set(value.map(clean))].filter((text) => text !== '')
}

/** Texts, or objects with a `name` as nbformat's own `metadata.authors` has them. */
function readAuthors(value: unknown): readonly string[] {
  const names = Array.isArray(value)
    ? value.map((item: unknown) => (isNamed(item) ? item.name : item))
    : value
  return readTexts('authors', names) ?? []
}

function isNamed(item: unknown): item is { readonly name: unknown } {
  return typeof item === 'object' && item !== null && 'name' in item
}

function readThumbnail(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || value.length > longestThumbnail || !image.test(value)) {
    throw fault(
      'thumbnail',
      `a data URI of a PNG, JPEG, GIF or WebP image in base64, at most ${longestThumbnail} characters long`,
    )
  }
  return value
}

function clean(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\u{fffd}')
    .trim()
    .slice(0, longestItem)
}
