import { setMember } from '../json/outline.ts'
import { outlineOf, type Span, type Walk } from '../json/walk.ts'
import { TemplateFault } from '../template-fault.ts'
import type { CellMarks } from './cell-language.ts'
import type { Frame } from './frame.ts'

/** What placing a cell needs to know of a notebook's cells. */
export interface Cells {
  readonly list: Span
  /** Byte offsets of every cell: `from`, `to`, `from`, `to`, … */
  readonly bounds: readonly number[]
  /** The first cell of all. */
  readonly first: Span | undefined
  /** The first cells with these tags, as papermill looks for them: of any cell type. */
  readonly parameters: Span | undefined
  readonly injected: Span | undefined
  /** The number of that tagged `parameters`, from 1. */
  readonly parametersNumber: number | undefined
  /** The source of the cell tagged `parameters`; '' without one. */
  readonly parametersSource: string
  readonly parametersMarks: CellMarks
  readonly heading: Heading | undefined
  /** Ids that begin like the one a new cell gets; not that of the cell that is replaced. */
  readonly ids: ReadonlySet<string>
}
/** The first heading of the notebook and the paragraph below it. */
export interface Heading {
  readonly title: string
  readonly paragraph: string | undefined
}

/** The id of the new cell, or how it begins. */
export const cellId = 'injected-parameters'

/** What is kept of one cell while the next is read. */
export interface OneCell {
  readonly span: Span
  readonly type: unknown
  readonly id: unknown
  readonly tags: readonly unknown[]
  readonly source: Span | undefined
  readonly hasOutputs: boolean
  readonly marks: CellMarks
}

const noMarks: CellMarks = { kernel: undefined, polyglot: undefined, dotnet: undefined }

/**
 * Checks the cells one by one and keeps of each only what is needed, so that outputs cost a scan and nothing else.
 *
 * @param atCell told the number of the cell that is read, from 1
 * @param named the number of the cell that counts as the one tagged `parameters`, whatever tags there are
 * @throws TemplateFault with the number of the cell
 */
export function readCells(
  walk: Walk,
  frame: Frame,
  atCell: (number: number | undefined) => void,
  named?: number,
): Cells {
  let first: Span | undefined
  let parameters: OneCell | undefined
  let parametersNumber: number | undefined
  let injected: OneCell | undefined
  let heading: Heading | undefined
  const ids = new Map<string, Span>()
  const bounds: number[] = []
  walk.goTo(frame.cells)
  walk.list((index) => {
    atCell(index + 1)
    const cell = checkCell(walk, frame, index + 1)
    bounds.push(cell.span.from, cell.span.to)
    first ??= cell.span
    if (named === undefined ? cell.tags.includes('parameters') : named === index + 1) {
      parametersNumber ??= index + 1
      parameters ??= cell
    }
    if (cell.tags.includes('injected-parameters')) injected ??= cell
    if (cell.type === 'markdown') heading ??= headingOf(sourceText(walk, cell.source))
    if (typeof cell.id === 'string' && cell.id.startsWith(cellId)) ids.set(cell.id, cell.span)
  })
  atCell(undefined)
  if (named !== undefined && parameters?.type !== 'code') {
    const what = parameters === undefined ? `it has ${bounds.length / 2} cells` : 'that is no code cell'
    throw new TemplateFault(`templates.yaml says parameters_cell: ${named}, and ${what}`)
  }
  return {
    list: frame.cells,
    bounds,
    first,
    parameters: parameters?.span,
    injected: injected?.span,
    parametersNumber,
    parametersSource: sourceText(walk, parameters?.source),
    parametersMarks: parameters?.marks ?? noMarks,
    heading,
    ids: new Set([...ids].filter(([, span]) => span !== injected?.span).map(([id]) => id)),
  }
}

/** How deep the format looks into a cell's members (json/outline.ts). */
const levels: ReadonlyMap<string, number> = new Map([
  ['source', 1],
  ['attachments', 3],
  ['outputs', 4],
])

/**
 * Checks one cell.
 *
 * @throws TemplateFault
 */
export function checkCell(walk: Walk, frame: Frame, number: number): OneCell {
  const outline: Record<string, unknown> = {}
  let source: Span | undefined
  const span = walk.object((name) => {
    if (name === 'metadata') {
      outline.metadata = readCellMetadata(walk)
      return
    }
    const member = walk.outline(levels.get(name) ?? 0)
    if (name === 'source') source = member
    setMember(outline, name, member.value)
  })
  frame.deviations.add(frame.format.cell(span.kind === 'object' ? outline : outlineOf(walk, span)), number)
  const { cell_type: type, id, outputs } = outline
  const { tags } = outline.metadata as { tags?: unknown }
  const hasOutputs = Array.isArray(outputs) && outputs.length > 0
  const marks = readMarks(outline.metadata as Record<string, unknown>)
  return { span, type, id, tags: Array.isArray(tags) ? tags : [], source, hasOutputs, marks }
}

const metadataLevels: ReadonlyMap<string, number> = new Map([
  ['execution', 2],
  ['polyglot_notebook', 2],
  ['dotnet_interactive', 2],
])

function readMarks({ kernel, polyglot_notebook, dotnet_interactive }: Record<string, unknown>): CellMarks {
  const member = (of: unknown, name: string) => (of as Record<string, unknown> | null | undefined)?.[name]
  return {
    kernel,
    polyglot: member(polyglot_notebook, 'kernelName'),
    dotnet: member(dotnet_interactive, 'language'),
  }
}

/** Anything but an object as its outline. */
function readCellMetadata(walk: Walk): unknown {
  const metadata: Record<string, unknown> = {}
  const span = walk.object((name) => {
    if (name === 'tags') metadata.tags = readTags(walk)
    else if (name === 'name') metadata.name = readWhole(walk)
    else setMember(metadata, name, walk.outline(metadataLevels.get(name) ?? 0).value)
  })
  return span.kind === 'object' ? metadata : outlineOf(walk, span)
}

/** All of them, and whole: they are looked at themselves, not only at what they are. */
function readTags(walk: Walk): unknown {
  const tags: unknown[] = []
  const span = walk.list(() => tags.push(readWhole(walk)))
  return span.kind === 'list' ? tags : walk.parse(span)
}

function readWhole(walk: Walk): unknown {
  const { value, from, to } = walk.outline(0)
  return typeof value === 'string' ? walk.text(from, to) : value
}

/** `source` is a text or a list of texts (nbformat's multiline_string). */
export function sourceText(walk: Walk, span: Span | undefined): string {
  if (span === undefined) return ''
  const source = walk.parse(span)
  if (Array.isArray(source)) return source.filter((line) => typeof line === 'string').join('')
  return typeof source === 'string' ? source : ''
}

function headingOf(markdown: string): Heading | undefined {
  const lines = markdown.slice(0, 20_000).split(/\r\n|\r|\n/)
  const at = lines.findIndex((line) => /^ {0,3}#{1,6}[ \t]+\S/.test(line))
  if (at < 0) return undefined
  const title = plainText(lines[at]!.replace(/^[ \t]*#+/, '').replace(/[ \t]#+[ \t]*$/, ''))
  const rest = lines
    .slice(at + 1)
    .join('\n')
    .trim()
  const paragraph = plainText(rest.split(/\n[ \t]*\n|\n(?=#)/)[0]!)
  return { title, paragraph: paragraph === '' || /^[#>`|<]/.test(paragraph) ? undefined : paragraph }
}

/** Markdown without its marks, in one line, short enough for a card. */
function plainText(markdown: string): string {
  const text = markdown
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\p{Surrogate}/gu, '\u{fffd}')
    .trim()
  const characters = [...text]
  return characters.length > 300 ? `${characters.slice(0, 299).join('')}…` : text
}
