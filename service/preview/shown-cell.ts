/** What a cell becomes. Apart from the readers of notebooks, which only the renderer's thread needs to load. */

import { type Child, type ElementContent, element, writeHtml } from './html/tree.ts'
import { type NoteName, type Notes, note, sentence } from './notes.ts'

/** One cell to be shown, and how. */
export interface CellToShow {
  /** Counted from 1. */
  readonly number: number
  /** True for the cell that holds the parameters. */
  readonly fresh: boolean
  /** Names of the notebook's language: as its metadata name it, then others. */
  readonly languages: readonly string[]
  readonly notes: Notes
}

export interface ShownCell {
  readonly html: string
  /** Style rules that its formulas need. */
  readonly rules: readonly string[]
  /** Whether it has any. */
  readonly hasFormulas: boolean
}

/** The anchor of the new cell. */
export const freshId = 'new-cell'

/** @param kind a class: the cell's type */
export function frameCell(
  kind: string,
  parts: readonly Child[],
  { number, fresh, notes }: CellToShow,
): ElementContent {
  const cell = { id: `cell-${number}`, className: ['cell', kind, ...(fresh ? ['fresh'] : [])] }
  if (!fresh) return element('div', cell, ...parts, '\n')
  const title = element('h2', { id: freshId, className: ['fresh-title'] }, sentence(notes, 'fresh'))
  return element('section', { ...cell, ariaLabelledBy: [freshId] }, title, ...parts, '\n')
}

/** A cell of which nothing is shown but why. */
export function renderNote(
  name: NoteName,
  values: Readonly<Record<string, string>>,
  asked: CellToShow,
): ShownCell {
  const html = writeHtml([frameCell('left-out', [note(asked.notes, name, values)], asked)])
  return { html, rules: [], hasFormulas: false }
}
