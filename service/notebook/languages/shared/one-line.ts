import type { Value } from '../../parameters/value.ts'
import type { Sheet } from '../../sheet.ts'
import type { Writing } from './lines.ts'
import type { Brackets, Composite, Notation, Scalar } from './notation.ts'

// A line that is to be short holds no more levels than this: it is not tried at each of them.
export const mostLevels = 4

/** Whether a value has no parts. */
export function isScalar(value: Value): value is Scalar {
  return value.kind !== 'list' && value.kind !== 'object'
}

/**
 * Writes a value that takes at most `room` columns; otherwise false, with what was written so far left to be taken
 * back: as soon as it is known to take more, and never after more work than that.
 */
export function onOneLine(
  value: Value,
  writing: Writing,
  room: number,
  levels: number,
  within?: Brackets,
): boolean {
  const { notation, separator, sheet } = writing
  if (isScalar(value)) {
    if (value.kind === 'text' && value.value.length > room) return false
    const isPlain = isPlainText(value, notation)
    const literal = literalOf(value, isPlain, notation, within)
    if (widthOf(literal, isPlain) > room) return false
    writeScalar(literal, isPlain, sheet)
    return true
  }
  if (levels === 0) return false
  const count = countOf(value)
  // Each part takes a character and the separator at least.
  if (count * (1 + separator.length) > room + separator.length) return false
  const brackets = bracketsOf(value, notation, within)
  const between = brackets.separator ?? separator
  const end = sheet.length + room
  sheet.write(brackets.open)
  for (let index = 0; index < count; index++) {
    const part = partAt(value, index)
    if (index > 0) sheet.write(between)
    writeLead(brackets, value.kind === 'list' ? '' : value.entries[index]![0], part, sheet)
    const trail = trailOf(brackets, part)
    const rest = end - sheet.length - trail.length - brackets.close.length
    if (!onOneLine(part, writing, rest, levels - 1, brackets)) return false
    if (trail !== '') sheet.write(trail)
  }
  sheet.write(brackets.close)
  return sheet.length <= end
}

/** Whether a text is written with quotes around it that are in no string. */
export function isPlainText(value: Scalar, { isPlain }: Notation): boolean {
  return isPlain !== undefined && value.kind === 'text' && isPlain(value.value)
}

/** A scalar as it is written, without the quotes of a plain text. */
export function literalOf(value: Scalar, isPlain: boolean, notation: Notation, within?: Brackets): string {
  return isPlain ? (value as { value: string }).value : notation.scalar(value, within)
}

export function widthOf(literal: string, isPlain: boolean): number {
  return isPlain ? literal.length + 2 : literal.length
}

export function writeScalar(literal: string, isPlain: boolean, sheet: Sheet): void {
  if (isPlain) sheet.write('"')
  sheet.write(literal)
  if (isPlain) sheet.write('"')
}

export function countOf(value: Composite): number {
  return value.kind === 'list' ? value.items.length : value.entries.length
}

export function bracketsOf(value: Composite, notation: Notation, within: Brackets | undefined): Brackets {
  return value.kind === 'list' ? notation.list(value.items, within) : notation.object(value.entries, within)
}

/** @param name '' of an item */
export function writeLead({ lead }: Brackets, name: string, part: Value, sheet: Sheet): void {
  if (lead !== undefined) sheet.write(lead(name, part))
}

export function trailOf({ trail = '' }: Brackets, part: Value): string {
  return typeof trail === 'string' ? trail : trail(part)
}

function partAt(value: Composite, index: number): Value {
  return value.kind === 'list' ? value.items[index]! : value.entries[index]![1]
}
