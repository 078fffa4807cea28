import fc from 'fast-check'
import type { CellReader, Declared } from '../../../../service/notebook/languages/shared/declared.ts'
import { writeValue } from '../../../../service/notebook/parameters/write.ts'

/** One declared parameter in a line: `name: type = default → value # help`, `!` after the name of a text. */
export function shown({ name, text, type, default: source, value, help }: Declared): string {
  const parts = [`${name}${text ? '!' : ''}`]
  if (type !== undefined) parts.push(`: ${type}`)
  if (source !== undefined) parts.push(` = ${source}`)
  if (value !== undefined) parts.push(` → ${writeValue(value)}`)
  if (help !== undefined) parts.push(` # ${help}`)
  return parts.join('')
}

/** What a cell declares, a line each, and then `line:column` of what cannot be read. */
export function readBy(reader: CellReader, source: string): string[] {
  const places = reader.unreadable(source).map(({ line, column }) => `✗ ${line}:${column}`)
  return [...reader.declared(source).map(shown), ...places]
}

/**
 * Cells made of these statements, some with a few characters put in or taken out: most of the latter are no longer of
 * their language.
 */
export function cellsOf(statements: readonly string[], fragments: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.tuple(fc.nat(200), fc.constantFrom(...fragments), fc.boolean())
  const cell = fc.array(fc.constantFrom(...statements), { maxLength: 6 })
  return fc.tuple(cell, fc.array(edit, { maxLength: 2 })).map(([lines, edits]) =>
    edits.reduce((source, [at, fragment, replaces]) => {
      const place = Math.min(at, source.length)
      return source.slice(0, place) + fragment + source.slice(place + (replaces ? 1 : 0))
    }, lines.join('\n')),
  )
}

/** The same cells at every run. */
export function sample(cells: fc.Arbitrary<string>, count: number): string[] {
  return fc.sample(cells, { numRuns: count, seed: 4 })
}
