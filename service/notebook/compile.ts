import { isUtf8 } from 'node:buffer'
import type { Card } from './card.ts'
import { readCells } from './cells.ts'
import type { Declared } from './declared/declared.ts'
import { mergeDeclared } from './declared/merge.ts'
import { readFrame } from './frame.ts'
import { createWalk } from './json-walk.ts'
import { keep } from './keep.ts'
import { findLanguage } from './languages/index.ts'
import type { Language } from './languages/language.ts'
import { readMetadata, type TemplateSettings } from './metadata.ts'
import { findPlaces, type Places } from './places.ts'
import { readSchema } from './schema/read-schema.ts'
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
  /** The parameters that its schema or its `parameters` cell names: those of the schema first. */
  readonly declared: readonly Declared[]
  /** The JSON Schema of all parameters as JSON text, where the template has one: what is sent must be valid by it. */
  readonly schema: string | undefined
  readonly places: Places
  /** Byte offsets of every cell: `from`, `to`, `from`, `to`, … */
  readonly cellBounds: readonly number[]
}

/**
 * Checks and reads a notebook, in time linear in its size, and keeps where the new cell and `made_from` belong.
 *
 * @param bytes the file: nbformat 4, UTF-8, with or without a byte-order mark
 * @throws TemplateFault when it cannot be a template
 */
export function compileTemplate(bytes: Uint8Array): CompiledTemplate {
  if (!isUtf8(bytes)) throw new TemplateFault('it is not UTF-8 text')
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  let cell: number | undefined
  const walk = createWalk(bytes, start, () => cell)
  const atCell = (number: number | undefined) => {
    cell = number
  }
  const frame = readFrame(walk, atCell)
  const metadata = readMetadata(walk, frame.metadata)
  const cells = readCells(walk, frame, atCell)
  const language = findLanguage(metadata)
  const schema = metadata.params === undefined ? undefined : readSchema(metadata.params)
  const inCell = language?.declared(cells.parametersSource) ?? []
  return {
    size: bytes.byteLength,
    nbformat: keep({ major: 4, minor: frame.minor }),
    language,
    languageName: keep(metadata.language),
    kernel: keep(metadata.kernel),
    title: keep(metadata.title ?? cells.heading?.title),
    description: keep(metadata.description ?? cells.heading?.paragraph),
    settings: keep(metadata.settings),
    card: keep(metadata.card),
    declared: mergeDeclared(schema, inCell).map(keep),
    schema: keep(schema?.text),
    places: findPlaces({
      bytes,
      start,
      top: frame.top,
      cells,
      metadata: frame.metadata,
      code: language !== undefined,
      minor: frame.minor,
    }),
    cellBounds: cells.bounds.slice(),
  }
}
