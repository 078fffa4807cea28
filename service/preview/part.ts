import type { CompiledTemplate, Piece } from '../notebook/index.ts'
import { type ByteRange, findCells } from './finished-cells.ts'
import { limits } from './limits.ts'
import { type Notes, sizeText } from './notes.ts'
import type { Renderer } from './renderer.ts'
import { type CellToShow, renderNote, type ShownCell } from './shown-cell.ts'

/** A notebook that is written, or could be. */
export interface NotebookToShow {
  readonly template: Pick<CompiledTemplate, 'cellBounds' | 'places' | 'notebookLanguage' | 'languageName'>
  readonly pieces: readonly Piece[]
  /** Reads bytes of the notebook that the pieces are. */
  read(range: ByteRange): Promise<Uint8Array<ArrayBuffer>>
}

/** Some cells of a notebook as HTML. */
export interface RenderedPart {
  readonly html: string
  /** A style sheet for its formulas; '' without any. */
  readonly rules: string
  readonly hasFormulas: boolean
  /** Cells counted from 1: the first and the last one shown, and all there are. */
  readonly first: number
  readonly last: number
  readonly total: number
  /** Number of the cell with the parameters, wherever it is. */
  readonly fresh: number | undefined
}

export interface PartOptions {
  /** Number of the first cell, counted from 1. */
  readonly from: number
  readonly notes: Notes
  /** Milliseconds of a clock that does not go back. */
  readonly now?: () => number
  /** Nobody waits for it any more. */
  readonly signal?: AbortSignal
}

/**
 * Renders the cells from one on, as many as fit a part: by number, bytes, what they became, and time. Only their bytes are
 * read, wherever in the notebook they are.
 *
 * @returns undefined when there is no such cell (the first part of a notebook without cells is empty)
 * @throws Fault 25 too-many
 */
export async function renderPart(
  notebook: NotebookToShow,
  renderer: Renderer,
  { from, notes, signal, now = () => performance.now() }: PartOptions,
): Promise<RenderedPart | undefined> {
  const { template } = notebook
  const cells = findCells(template, notebook.pieces)
  if (from > Math.max(1, cells.count)) return undefined
  const { notebookLanguage: language, languageName } = template
  const languages = [languageName, ...(language ? [language.name, ...language.aliases] : [])]
  const size = from === 1 ? limits.firstPart : limits.furtherPart
  const until = now() + limits.part_ms
  const shown: ShownCell[] = []
  let [bytes, characters] = [0, 0]
  for (let index = from - 1; index < cells.count && shown.length < size.cells; index++) {
    const range = cells.range(index)
    bytes += range.to - range.from
    const full = bytes > size.bytes || characters > limits.partHtml || now() > until
    if (signal?.aborted || (full && shown.length > 0)) break
    const asked = { number: index + 1, fresh: index === cells.fresh, languages, notes }
    const cell = await renderRange(range, notebook, renderer, asked)
    characters += cell.html.length
    shown.push(cell)
  }
  return {
    html: shown.map(({ html }) => html).join('\n'),
    rules: [...new Set(shown.flatMap(({ rules }) => rules))].join('\n'),
    hasFormulas: shown.some(({ hasFormulas }) => hasFormulas),
    first: Math.min(from, cells.count),
    last: from - 1 + shown.length,
    total: cells.count,
    fresh: cells.fresh === undefined ? undefined : cells.fresh + 1,
  }
}

async function renderRange(
  range: ByteRange,
  notebook: NotebookToShow,
  renderer: Renderer,
  asked: CellToShow,
): Promise<ShownCell> {
  const bytes = range.to - range.from
  if (bytes > limits.cellBytes) {
    return renderNote('cellTooLarge', { size: sizeText(bytes, asked.notes.language) }, asked)
  }
  return renderer.render(() => notebook.read(range), asked)
}
