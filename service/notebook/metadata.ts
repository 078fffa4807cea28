import { type Card, readCard } from './card.ts'
import type { Walk } from './json-walk.ts'
import type { Found } from './places.ts'
import { TemplateFault } from './template-fault.ts'

/** What `metadata.notebook_templates` may say about how a notebook is made and opened (docs/languages.md). */
export interface TemplateSettings {
  /** `plain`: every translated text is a plain text in the user's language. */
  readonly translated: 'as-sent' | 'plain'
  /** What a null does: it is set, the default of the `parameters` cell holds, or it is refused. */
  readonly on_null: 'value' | 'default' | 'refuse'
  readonly open_with: 'auto' | 'notebook' | 'lab' | undefined
  /** The named server to open it on; '' is the default one. */
  readonly server: string | undefined
}

/** What the notebook's metadata say, as far as it matters here. */
export interface Metadata {
  /** `kernelspec.language`, else `language_info.name`, else the kernel's name, else ''. */
  readonly language: string
  /** `language` is only the name of a kernel. */
  readonly byKernel: boolean
  readonly kernel: string
  readonly title: string | undefined
  readonly description: string | undefined
  readonly settings: TemplateSettings
  readonly card: Card
  /** `notebook_templates.params`, as JSON text. */
  readonly params: string | undefined
}

/** @throws TemplateFault when a setting of ours has a value that nobody knows */
export function readMetadata(walk: Walk, found: Found | undefined): Metadata {
  const member = (name: string, of = found?.members) => {
    const span = of?.get(name)
    return span === undefined ? undefined : walk.parse(span)
  }
  const kernelspec = asObject(member('kernelspec'))
  const kernel = textOf(kernelspec.name)
  const language = textOf(kernelspec.language) || textOf(asObject(member('language_info')).name)
  const own = (name: string) => member(name, found?.templates)
  return {
    language: language || kernel,
    byKernel: language === '',
    kernel,
    title: ownText('title', own('title')) || undefined,
    description: ownText('description', own('description')) || undefined,
    settings: {
      translated: oneOf('translated', own('translated'), ['as-sent', 'plain']) ?? 'as-sent',
      on_null: oneOf('on_null', own('on_null'), ['value', 'default', 'refuse']) ?? 'value',
      open_with: oneOf('open_with', own('open_with'), ['auto', 'notebook', 'lab']),
      server: ownText('server', own('server')),
    },
    card: readCard(own, (name) => found?.templates.get(name)),
    params: paramsOf(walk, found),
  }
}

function paramsOf(walk: Walk, found: Found | undefined): string | undefined {
  const span = found?.templates.get('params')
  const text = span === undefined ? 'null' : walk.source(span)
  return text === 'null' ? undefined : text
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\u{fffd}').trim() : ''
}

function ownText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw new TemplateFault(`metadata.notebook_templates.${name} is not a text`)
  return textOf(value)
}

function oneOf<T extends string>(name: string, value: unknown, known: readonly T[]): T | undefined {
  if (value === undefined || value === null) return undefined
  const match = known.find((one) => one === value)
  if (match !== undefined) return match
  throw new TemplateFault(
    `metadata.notebook_templates.${name} is ${JSON.stringify(value)}, not ${known.join(', ')}`,
  )
}
