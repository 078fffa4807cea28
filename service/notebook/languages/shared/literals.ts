import type { Value } from '../../parameters/value.ts'
import { Sheet } from '../../sheet.ts'
import { breakUp, width } from './layout.ts'
import type { Writing } from './lines.ts'
import { evenNotation, type Notation } from './notation.ts'
import { isScalar, mostLevels, onOneLine } from './one-line.ts'

/**
 * A value as a literal: on one line when it is short, else each part on its own line, several short ones together.
 *
 * @param column how many columns stand before it on its line
 */
export function writeLiteral(value: Value, notation: Notation, column: number): string {
  if (isScalar(value)) return notation.scalar(value)
  const separator = notation.separator ?? ', '
  const lines = notation.lines ?? { first: '', between: separator.trimEnd(), last: '' }
  const sheet = new Sheet()
  const writing: Writing = {
    notation: evenNotation(notation),
    separator,
    lines,
    sheet,
    linesBefore: [],
    wasLong: [],
  }
  if (!onOneLine(value, writing, width - column, mostLevels)) {
    sheet.takeBack(0)
    breakUp(value, writing, 0)
  }
  return sheet.text()
}

/** A value in which lists and objects below `levels` levels are JSON text. */
export function flatten(value: Value, levels: number, json: (value: Value) => string): Value {
  if (isScalar(value)) return value
  if (levels === 0) return { kind: 'text', value: json(value) }
  if (value.kind === 'list')
    return { kind: 'list', items: value.items.map((item) => flatten(item, levels - 1, json)) }
  return {
    kind: 'object',
    entries: value.entries.map(([name, member]) => [name, flatten(member, levels - 1, json)] as const),
  }
}

/** Levels of lists and objects within each other; 0 for a scalar. */
export function depthOf(value: Value): number {
  if (isScalar(value)) return 0
  let deepest = 0
  if (value.kind === 'list') {
    for (const item of value.items) if (!isScalar(item)) deepest = Math.max(deepest, depthOf(item))
  } else {
    for (const entry of value.entries) if (!isScalar(entry[1])) deepest = Math.max(deepest, depthOf(entry[1]))
  }
  return 1 + deepest
}
