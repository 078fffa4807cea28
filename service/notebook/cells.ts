import type { Span, Walk } from './json-walk.ts'
import { TemplateFault } from './template-fault.ts'

/** What placing a cell needs to know of a notebook's cells. */
export interface Cells {
  readonly list: Span
  /** Byte offsets of every cell: `from`, `to`, `from`, `to`, … */
  readonly bounds: Uint32Array
  /** The first cell of all. */
  readonly first: Span | undefined
  /** The first cells with these tags, as papermill looks for them: of any cell type. */
  readonly parameters: Span | undefined
  readonly injected: Span | undefined
  /** The source of the cell tagged `parameters`; '' without one. */
  readonly parametersSource: string
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

interface OneCell {
  readonly span: Span
  readonly type: unknown
  readonly id: unknown
  readonly tags: readonly unknown[]
  readonly source: Span | undefined
}

/**
 * Reads the list of cells; of each only what is needed, so that outputs cost a scan and nothing else.
 *
 * @throws TemplateFault with the number of the cell
 */
export function readCells(walk: Walk, atCell: (number: number | undefined) => void): Cells {
  let first: Span | undefined
  let parameters: OneCell | undefined
  let injected: OneCell | undefined
  let heading: Heading | undefined
  const ids = new Map<string, Span>()
  const bounds: number[] = []
  const list = walk.list((index) => {
    atCell(index + 1)
    const cell = readCell(walk, index + 1)
    bounds.push(cell.span.from, cell.span.to)
    first ??= cell.span
    if (cell.tags.includes('parameters')) parameters ??= cell
    if (cell.tags.includes('injected-parameters')) injected ??= cell
    if (cell.type === 'markdown') heading ??= headingOf(sourceText(walk, cell.source))
    if (typeof cell.id === 'string' && cell.id.startsWith(cellId)) ids.set(cell.id, cell.span)
  })
  atCell(undefined)
  if (list.kind !== '[') throw new TemplateFault('its cells are not a list')
  return {
    list,
    bounds: Uint32Array.from(bounds),
    first,
    parameters: parameters?.span,
    injected: injected?.span,
    parametersSource: sourceText(walk, parameters?.source),
    heading,
    ids: new Set([...ids].filter(([, span]) => span !== injected?.span).map(([id]) => id)),
  }
}

function readCell(walk: Walk, number: number): OneCell {
  let type: unknown
  let id: unknown
  let tags: unknown
  let source: Span | undefined
  const span = walk.object((name) => {
    if (name === 'cell_type') type = walk.parse(walk.skip())
    else if (name === 'id') id = walk.parse(walk.skip())
    else if (name === 'source') source = walk.skip()
    else if (name === 'metadata') {
      walk.object((member) => {
        const value = walk.skip()
        if (member === 'tags') tags = walk.parse(value)
      })
    } else walk.skip()
  })
  if (span.kind !== '{') throw new TemplateFault('it is not an object', number)
  if (type !== 'code' && type !== 'markdown' && type !== 'raw') {
    throw new TemplateFault(
      `its cell_type is ${JSON.stringify(type) ?? 'missing'}, not code, markdown or raw`,
      number,
    )
  }
  return { span, type, id, tags: Array.isArray(tags) ? tags : [], source }
}

/** `source` is a text or a list of texts (nbformat's multiline_string). */
function sourceText(walk: Walk, span: Span | undefined): string {
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
