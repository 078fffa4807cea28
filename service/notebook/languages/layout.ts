import type { Value } from '../parameters.ts'
import type { Brackets, Composite, Notation, Scalar } from './literals.ts'
import type { Sheet } from './sheet.ts'

export const width = 96
const step = '    '
// Deeper ones stay on one line, however long: indentation must not make megabytes of a few brackets.
const mostSteps = 6
const newLines = Array.from({ length: mostSteps + 1 }, (_, steps) => `\n${step.repeat(steps)}`)
// Shorter lists share a line, like numbers.
const tiny = 8
// Nor does a line that is to be short hold more levels than this: it is not tried in vain at each of them.
export const mostLevels = 4

/** A literal in the making. */
export interface Writing {
  readonly notation: Notation
  readonly separator: string
  readonly lines: NonNullable<Notation['lines']>
  readonly sheet: Sheet
}

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
    writeLead(brackets, value, index, sheet)
    const trail = trailOf(brackets, part)
    const rest = end - sheet.length - trail.length - brackets.close.length
    if (!onOneLine(part, writing, rest, levels - 1, brackets)) return false
    if (trail !== '') sheet.write(trail)
  }
  sheet.write(brackets.close)
  return sheet.length <= end
}

/** Whether a text is written with quotes around it that are in no string. */
function isPlainText(value: Scalar, { isPlain }: Notation): boolean {
  return isPlain !== undefined && value.kind === 'text' && isPlain(value.value)
}

/** A scalar as it is written, without the quotes of a plain text. */
function literalOf(value: Scalar, isPlain: boolean, notation: Notation, within?: Brackets): string {
  return isPlain ? (value as { value: string }).value : notation.scalar(value, within)
}

function widthOf(literal: string, isPlain: boolean): number {
  return isPlain ? literal.length + 2 : literal.length
}

function writeScalar(literal: string, isPlain: boolean, sheet: Sheet): void {
  if (isPlain) sheet.write('"')
  sheet.write(literal)
  if (isPlain) sheet.write('"')
}

function countOf(value: Composite): number {
  return value.kind === 'list' ? value.items.length : value.entries.length
}

function bracketsOf(value: Composite, notation: Notation, within: Brackets | undefined): Brackets {
  return value.kind === 'list' ? notation.list(value.items, within) : notation.object(value.entries, within)
}

function writeLead({ lead }: Brackets, value: Composite, index: number, sheet: Sheet): void {
  if (lead === undefined) return
  sheet.write(lead(value.kind === 'list' ? '' : value.entries[index]![0], partAt(value, index)))
}

function trailOf({ trail = '' }: Brackets, part: Value): string {
  return typeof trail === 'string' ? trail : trail(part)
}

function partAt(value: Composite, index: number): Value {
  return value.kind === 'list' ? value.items[index]! : value.entries[index]![1]
}

/** Behind each line but the last of a list or an object. */
function lineEnd({ separator: own, between }: Brackets, { separator, lines }: Writing): string {
  if (between !== undefined) return between
  return own === undefined ? lines.between : own.trimEnd() + lines.between.slice(separator.trimEnd().length)
}

/** A value that is too long for one line: each part on a line of its own, short items together. */
export function breakUp(value: Composite, writing: Writing, steps: number, within?: Brackets): void {
  const { notation, lines, sheet } = writing
  if (steps === mostSteps) {
    onOneLine(value, writing, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, within)
    return
  }
  const brackets = bracketsOf(value, notation, within)
  const newLine = newLines[steps + 1]!
  const nextLine = lineEnd(brackets, writing) + newLine
  const count = countOf(value)
  // Where the line begins, when the next part may stand on it too.
  let shared: number | undefined
  sheet.write(brackets.open)
  if (lines.first !== '') sheet.write(lines.first)
  for (let index = 0; index < count; index++) {
    const part = partAt(value, index)
    const isPlain = isScalar(part) && isPlainText(part, notation)
    const literal = isScalar(part) ? literalOf(part, isPlain, notation, brackets) : undefined
    if (shared !== undefined && follow(part, literal, isPlain, brackets, writing, shared)) continue
    sheet.write(index > 0 ? nextLine : newLine)
    const start = sheet.length - newLine.length + 1
    writeLead(brackets, value, index, sheet)
    const trail = trailOf(brackets, part)
    const mark = sheet.length
    let isShort = true
    if (literal !== undefined) writeScalar(literal, isPlain, sheet)
    else isShort = onOneLine(part, writing, width - (mark - start) - trail.length, mostLevels, brackets)
    const mayShare = value.kind === 'list' && (literal !== undefined || sheet.length - mark <= tiny)
    shared = isShort && mayShare ? start : undefined
    if (!isShort) {
      sheet.takeBack(mark)
      breakUp(part as Composite, writing, steps + 1, brackets)
    }
    if (trail !== '') sheet.write(trail)
  }
  if (count > 0) sheet.write(lines.last)
  sheet.write(newLines[steps]!)
  sheet.write(brackets.close)
}

/** One more item on a line that has room for it. */
function follow(
  part: Value,
  literal: string | undefined,
  isPlain: boolean,
  brackets: Brackets,
  writing: Writing,
  start: number,
): boolean {
  const { sheet } = writing
  const { separator = writing.separator } = brackets
  const lead = brackets.lead?.('', part) ?? ''
  const trail = trailOf(brackets, part)
  const mark = sheet.length
  const room = width - (mark - start) - 2 * separator.length - lead.length - trail.length
  if (literal !== undefined && widthOf(literal, isPlain) > room) return false
  sheet.write(separator)
  if (lead !== '') sheet.write(lead)
  if (literal !== undefined) writeScalar(literal, isPlain, sheet)
  else if (!onOneLine(part, writing, Math.min(tiny, room), mostLevels, brackets)) {
    sheet.takeBack(mark)
    return false
  }
  if (trail !== '') sheet.write(trail)
  return true
}
