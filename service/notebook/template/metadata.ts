import type { Walk } from '../json/walk.ts'
import { shorten } from '../parameters/short-name.ts'
import { TemplateFault } from '../template-fault.ts'
import { type ByLanguage, mostLanguages, readByLanguage } from './by-language.ts'
import { type Card, readCard } from './card.ts'
import { readFiles } from './files.ts'
import type { MetadataSpans } from './frame.ts'
import { cleanText, type LanguageSources, readLanguageSources } from './language-sources.ts'
import { readWanted, type WantedByTemplate } from './server.ts'

/** The members of `metadata.notebook_templates` that mean something (docs/schemas/metadata.json says what). */
export const ownMembers = [
  'title',
  'description',
  'category',
  'tags',
  'authors',
  'thumbnail',
  'groups',
  'translated',
  'on_null',
  'if_unset',
  'open_with',
  'server',
  'secrets',
  'files',
  'params',
  'made_from',
] as const

/** What `metadata.notebook_templates` may say about how a notebook is made and opened (docs/languages.md). */
export interface TemplateSettings extends WantedByTemplate {
  /** `plain`: every translated text is a plain text in the user's language. */
  readonly translated: 'as-sent' | 'plain'
  /** What a null does: it is set, the default of the `parameters` cell holds, or it is refused. */
  readonly on_null: 'value' | 'default' | 'refuse'
  /** What stands in the file name for a parameter that is null, empty or not sent, by the parameter's name in NFC. */
  readonly if_unset: readonly (readonly [name: string, text: string])[]
  readonly open_with: 'auto' | 'notebook' | 'lab' | undefined
  /** Parameters that are credentials, instead of those that are so by name (parameters/secrets.ts); `undefined`: no list. */
  readonly secrets: readonly string[] | undefined
  /** Files that go beside the notebook: paths from the template's own folder on. */
  readonly files: readonly string[]
}

/** What the notebook's metadata say, as far as it matters here. */
export interface Metadata {
  readonly sources: LanguageSources
  readonly title: ByLanguage<string> | undefined
  readonly description: ByLanguage<string> | undefined
  readonly settings: TemplateSettings
  readonly card: Card
  /** `notebook_templates.params`, as JSON text. */
  readonly params: string | undefined
}

/** @throws TemplateFault when a setting of ours has a value that nobody knows */
export function readMetadata(walk: Walk, found: MetadataSpans | undefined): Metadata {
  const member = (name: string, of = found?.members) => {
    const span = of?.get(name)
    return span === undefined ? undefined : walk.parse(span)
  }
  const own = (name: string) => member(name, found?.templates)
  return {
    sources: readLanguageSources(member),
    title: ownTexts('title', own('title')),
    description: ownTexts('description', own('description')),
    settings: {
      translated: oneOf('translated', own('translated'), ['as-sent', 'plain']) ?? 'as-sent',
      on_null: oneOf('on_null', own('on_null'), ['value', 'default', 'refuse']) ?? 'value',
      if_unset: textsByName('if_unset', own('if_unset')),
      open_with: oneOf('open_with', own('open_with'), ['auto', 'notebook', 'lab']),
      ...readWanted(own('server')),
      secrets: ownNames('secrets', own('secrets')),
      files: readFiles(own('files')),
    },
    card: readCard(own, (name) => found?.templates.get(name)),
    params: paramsOf(walk, found),
  }
}

function paramsOf(walk: Walk, found: MetadataSpans | undefined): string | undefined {
  const span = found?.templates.get('params')
  const text = span === undefined ? 'null' : walk.source(span)
  return text === 'null' ? undefined : text
}

/** A text, or one for each language; `undefined` where there is none, or an empty one. */
function ownTexts(name: string, value: unknown): ByLanguage<string> | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && cleanText(value) === '') return undefined
  const texts = readByLanguage(value, (one) => cleanText(one) || undefined)
  if (texts !== undefined) return texts
  throw new TemplateFault(
    `metadata.notebook_templates.${name} is neither a text nor a text for each of at most ${mostLanguages} languages`,
  )
}

function ownNames(name: string, value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  throw new TemplateFault(`metadata.notebook_templates.${name} is not a list of texts`)
}

function textsByName(name: string, value: unknown): TemplateSettings['if_unset'] {
  const entries =
    value === undefined || value === null ? [] : typeof value === 'object' ? Object.entries(value) : undefined
  if (
    entries?.every(([, text]) => typeof text === 'string' && cleanText(text) !== '') &&
    !Array.isArray(value)
  )
    return entries.map(([of, text]) => [of.normalize('NFC'), cleanText(text)])
  throw new TemplateFault(`metadata.notebook_templates.${name} is not an object of texts, none of them empty`)
}

function oneOf<T extends string>(name: string, value: unknown, known: readonly T[]): T | undefined {
  if (value === undefined || value === null) return undefined
  const match = known.find((one) => one === value)
  if (match !== undefined) return match
  throw new TemplateFault(
    `metadata.notebook_templates.${name} is ${shorten(JSON.stringify(value))}, not ${known.join(', ')}`,
  )
}
