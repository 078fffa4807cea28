import { isUtf8 } from 'node:buffer'
import type { Card } from './card.ts'
import { readCells } from './cells.ts'
import { createWalk, type Span, type Walk } from './json-walk.ts'
import { findLanguage } from './languages/index.ts'
import type { Declared, Language } from './languages/language.ts'
import { readMetadata, type TemplateSettings } from './metadata.ts'
import { type Found, findPlaces, type Places } from './places.ts'
import { TemplateFault } from './template-fault.ts'

/** What is kept of a template: offsets into its file, never its bytes. */
export interface CompiledTemplate {
  /** Bytes of the file. */
  readonly size: number
  readonly nbformat: { readonly major: 4; readonly minor: number }
  /** `undefined`: not in the table; the parameters become JSON text in a raw cell. */
  readonly language: Language | undefined
  /** As the file says, for people; '' if it says nothing. */
  readonly languageName: string
  /** `kernelspec.name`, or ''. */
  readonly kernel: string
  /** `metadata.notebook_templates.title`, else the first heading. */
  readonly title: string | undefined
  readonly description: string | undefined
  readonly settings: TemplateSettings
  readonly card: Card
  /** What the parameters cell sets. */
  readonly declared: readonly Declared[]
  readonly places: Places
}

/**
 * Reads a notebook once, in time linear in its size, and keeps where the new cell and `made_from` belong.
 *
 * @param bytes the file: nbformat 4, UTF-8, with or without a byte-order mark
 * @throws TemplateFault when it cannot be a template
 */
export function compileTemplate(bytes: Uint8Array): CompiledTemplate {
  if (!isUtf8(bytes)) throw new TemplateFault('it is not UTF-8 text')
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  let cell: number | undefined
  const walk = createWalk(bytes, start, () => cell)
  const found = readTop(walk, (number) => {
    cell = number
  })
  walk.end()
  const minor = checkFormat(walk, found)
  if (found.cells === undefined) throw new TemplateFault('it has no list of cells')
  const cells = found.cells
  const metadata = readMetadata(walk, found.metadata)
  const language = findLanguage(metadata)
  return {
    size: bytes.byteLength,
    nbformat: { major: 4, minor },
    language,
    languageName: metadata.language,
    kernel: metadata.kernel,
    title: metadata.title ?? cells.heading?.title,
    description: metadata.description ?? cells.heading?.paragraph,
    settings: metadata.settings,
    card: metadata.card,
    declared: language?.declared(cells.parametersSource) ?? [],
    places: findPlaces({
      bytes,
      start,
      top: found.top,
      cells,
      metadata: found.metadata,
      code: language !== undefined,
      minor,
    }),
  }
}

interface Top {
  readonly top: Span
  cells?: ReturnType<typeof readCells>
  metadata?: Found
  major?: Span
  minor?: Span
  worksheets?: Span
}

function readTop(walk: Walk, atCell: (number: number | undefined) => void): Top {
  const found: Partial<{ -readonly [K in keyof Top]: Top[K] }> = {}
  const top = walk.object((name) => {
    switch (name) {
      case 'cells':
        found.cells = readCells(walk, atCell)
        break
      case 'metadata':
        found.metadata = readMetadataSpans(walk)
        break
      case 'nbformat':
        found.major = walk.skip()
        break
      case 'nbformat_minor':
        found.minor = walk.skip()
        break
      case 'worksheets':
        found.worksheets = walk.skip()
        break
      default:
        walk.skip()
    }
  })
  if (top.kind !== '{') throw new TemplateFault('it is not a notebook: not a JSON object')
  return { ...found, top }
}

function readMetadataSpans(walk: Walk): Found {
  const members = new Map<string, Span>()
  const templates = new Map<string, Span>()
  const whole = walk.object((name) => {
    if (name !== 'notebook_templates') members.set(name, walk.skip())
    else
      members.set(
        name,
        walk.object((inner) => templates.set(inner, walk.skip())),
      )
  })
  if (whole.kind !== '{') throw new TemplateFault('its metadata are not an object')
  const own = members.get('notebook_templates')
  if (own !== undefined && own.kind !== '{') {
    throw new TemplateFault('metadata.notebook_templates is not an object')
  }
  return { whole, members, templates }
}

/** nbformat 4 with any minor version; everything else is told apart for people. */
function checkFormat(walk: Walk, found: Top): number {
  const major = found.major && walk.parse(found.major)
  if (major === undefined && found.cells === undefined && found.worksheets === undefined) {
    throw new TemplateFault('it is not a notebook: it says no nbformat')
  }
  if (typeof major === 'number' && major < 4) {
    throw new TemplateFault(
      `it is nbformat ${major}; only nbformat 4 is taken: open it in Jupyter and save it again`,
    )
  }
  if (major !== 4) throw new TemplateFault(`its nbformat is ${JSON.stringify(major) ?? 'missing'}, not 4`)
  const minor = found.minor && walk.parse(found.minor)
  if (typeof minor !== 'number' || !Number.isInteger(minor) || minor < 0) {
    throw new TemplateFault(`its nbformat_minor is ${JSON.stringify(minor) ?? 'missing'}, not a whole number`)
  }
  return minor
}
