import { thumbnailBytes } from '../../images/thumbnail.ts'
import { TemplateFault } from '../template-fault.ts'
import { type ByLanguage, mostLanguages, readByLanguage } from './by-language.ts'
import { type ImagePlace, readImage } from './thumbnail.ts'

/** What `metadata.notebook_templates` says of a template for those who look for one (docs/writing-templates.md). */
export interface Card {
  /** The heading it stands under; without it, its folder. */
  readonly category: string | undefined
  readonly tags: ByLanguage<readonly string[]>
  readonly authors: readonly string[]
  /** Hub groups that may see and use it; `undefined`: no limit of its own. */
  readonly groups: readonly string[] | undefined
  readonly thumbnail: OwnThumbnail | undefined
}

/** The image of a template's card: a file, by its path from the template's folder on, or a data URI in the template. */
export type OwnThumbnail = { readonly file: string } | { readonly image: ImagePlace }

const mostItems = 50
const longestItem = 200
const listOfTexts = `a list of at most ${mostItems} texts`
const imageFile = /\.(?:png|jpe?g|gif|webp|svg)$/i

/**
 * @param member gives a member of `metadata.notebook_templates` as JSON.parse reads it
 * @param place where its JSON is in the file
 * @throws TemplateFault when one is not what it should be
 */
export function readCard(
  member: (name: string) => unknown,
  place: (name: string) => ImagePlace | undefined,
): Card {
  return {
    category: readText('category', member('category')),
    tags: readTags(member('tags')),
    authors: readAuthors(member('authors')),
    groups: readTexts('groups', member('groups')),
    thumbnail: readThumbnail(member('thumbnail'), place('thumbnail')),
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
  const texts = asTexts(value)
  if (texts === undefined) throw fault(name, listOfTexts)
  return texts
}

function asTexts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > mostItems) return undefined
  if (!value.every((item) => typeof item === 'string')) return undefined
  return [...new Set(value.map(clean))].filter((text) => text !== '')
}

function readTags(value: unknown): ByLanguage<readonly string[]> {
  const tags = readByLanguage(value ?? [], asTexts)
  if (tags !== undefined) return tags
  throw fault('tags', `${listOfTexts}, nor one for each of at most ${mostLanguages} languages`)
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

function readThumbnail(value: unknown, place: ImagePlace | undefined): OwnThumbnail | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && isFileBeside(value)) return { file: value }
  // Where it is, and not what it is: ten thousand of them would fill the memory.
  if (typeof value === 'string' && value.startsWith('data:') && readImage(JSON.stringify(value)) && place) {
    return { image: { from: place.from, to: place.to } }
  }
  throw fault(
    'thumbnail',
    `a file next to the template (.png, .jpg, .gif, .webp, .svg), and no such image as a data URI in base64 of at most ${thumbnailBytes} bytes`,
  )
}

/** Beside it or in a folder below, nothing hidden: never a way up. */
function isFileBeside(path: string): boolean {
  if (!imageFile.test(path) || path.length > longestItem || /[\p{Cc}\p{Surrogate}\\:]/u.test(path))
    return false
  return path.split('/').every((part) => part !== '' && !part.startsWith('.'))
}

function clean(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\u{fffd}')
    .trim()
    .slice(0, longestItem)
}
