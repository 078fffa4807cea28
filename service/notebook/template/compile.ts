import { isUtf8 } from 'node:buffer'
import { createWalk } from '../json/walk.ts'
import type { Language } from '../languages/language.ts'
import type { Declared } from '../languages/shared/declared.ts'
import { readSchema } from '../schema/read-schema.ts'
import { TemplateFault } from '../template-fault.ts'
import type { ByLanguage } from './by-language.ts'
import type { Card } from './card.ts'
import { cellLanguage, type MagicLine } from './cell-language.ts'
import { readCells } from './cells.ts'
import type { Deviation } from './deviations.ts'
import { readFrame } from './frame.ts'
import { intern } from './intern.ts'
import { mergeDeclared } from './merge-declared.ts'
import { readMetadata, type TemplateSettings } from './metadata.ts'
import { findPlaces, type Places } from './places.ts'

/** What is kept of a template: offsets into its file, never its bytes. */
export interface CompiledTemplate {
  /** Bytes of the file. */
  readonly size: number
  readonly nbformat: { readonly major: 4; readonly minor: number }
  /** Of the new cell. `undefined`: not in the table; the parameters become JSON text in a raw cell. */
  readonly language: Language | undefined
  /** Of its other cells: that of its kernel. */
  readonly notebookLanguage: Language | undefined
  /** As the file says, for people; '' if it says nothing. */
  readonly languageName: string
  /** The magic line of the `parameters` cell. */
  readonly magic: MagicLine | undefined
  /** By what the `parameters` cell sets nothing that reaches other cells: `%%bash`. */
  readonly withoutValues: string | undefined
  /** `kernelspec.name`, or ''. */
  readonly kernel: string
  /** `metadata.notebook_templates.title`, else the first heading. */
  readonly title: ByLanguage<string> | undefined
  readonly description: ByLanguage<string> | undefined
  readonly settings: TemplateSettings
  readonly card: Card
  /** The parameters that its schema or its `parameters` cell names: those of the schema first. */
  readonly declared: readonly Declared[]
  /** The JSON Schema of all parameters as JSON text, where the template has one: what is sent must be valid by it. */
  readonly schema: string | undefined
  /** Where it is not valid by its own version of nbformat. */
  readonly deviations: readonly Deviation[]
  readonly places: Places
  /** The number of the `parameters` cell, from 1: by its tag, or as `templates.yaml` names it. */
  readonly parametersCell: number | undefined
  /** Byte offsets of every cell: `from`, `to`, `from`, `to`, … */
  readonly cellBounds: readonly number[]
}

/**
 * Checks and reads a notebook, in time linear in its size, and keeps where the new cell and `made_from` belong.
 *
 * @param bytes the file: nbformat 4, UTF-8, with or without a byte-order mark
 * @param parametersCell the number of the cell, from 1, that counts as the one tagged `parameters` (DESIGN 2.3)
 * @throws TemplateFault when it cannot be a template
 */
export function compileTemplate(bytes: Uint8Array, parametersCell?: number): CompiledTemplate {
  if (!isUtf8(bytes)) throw new TemplateFault('it is not UTF-8 text')
  if (bytes.length === 0) throw new TemplateFault('the file is empty')
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  let cell: number | undefined
  const walk = createWalk(bytes, start, () => cell)
  const atCell = (number: number | undefined) => {
    cell = number
  }
  const frame = readFrame(walk, atCell)
  const metadata = readMetadata(walk, frame.metadata)
  const cells = readCells(walk, frame, atCell, parametersCell)
  const { sources } = metadata
  const own = cellLanguage(cells.parametersSource, cells.parametersMarks, sources)
  const { language } = own
  const schema = metadata.params === undefined ? undefined : readSchema(metadata.params)
  const inCell = language?.declared(own.body) ?? []
  return {
    size: bytes.byteLength,
    nbformat: intern({ major: 4, minor: frame.minor }),
    language,
    notebookLanguage: sources.language,
    languageName: intern(sources.name),
    magic: intern(own.magic),
    withoutValues: intern(own.withoutValues),
    kernel: intern(sources.kernel),
    title: intern(metadata.title ?? toEverybody(cells.heading?.title)),
    description: intern(metadata.description ?? toEverybody(cells.heading?.paragraph)),
    settings: intern(metadata.settings),
    card: intern(metadata.card),
    declared: mergeDeclared(schema, inCell).map(intern),
    schema: intern(schema?.text),
    deviations: intern(frame.deviations.all()),
    places: findPlaces({
      bytes,
      start,
      top: frame.top,
      cells,
      metadata: frame.metadata,
      code: language !== undefined,
      marks: own.metadata,
      minor: frame.minor,
    }),
    parametersCell: cells.parametersNumber,
    cellBounds: cells.bounds.slice(),
  }
}

function toEverybody(text: string | undefined): ByLanguage<string> | undefined {
  return text === undefined ? undefined : { '': text }
}
