import type { Entry, Value } from '../../parameters/value.ts'
import { type Lines, linesOf, mostSteps, type Writing } from './lines.ts'
import type { Brackets, Composite } from './notation.ts'
import {
  bracketsOf,
  countOf,
  isPlainText,
  isScalar,
  literalOf,
  mostLevels,
  onOneLine,
  trailOf,
  widthOf,
  writeLead,
  writeScalar,
} from './one-line.ts'

export const width = 96
// Shorter lists share a line, like numbers.
const tiny = 8
// An object with more members is on no line.
const mostFlat = width / 2

/** Writes a value that is too long for one line: each part on a line of its own, short items together. */
export function breakUp(value: Composite, writing: Writing, steps: number, within?: Brackets): void {
  const { notation, sheet } = writing
  if (steps === mostSteps) {
    onOneLine(value, writing, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, within)
    return
  }
  const brackets = bracketsOf(value, notation, within)
  if (countOf(value) === 0) {
    sheet.write(brackets.open + brackets.close)
    return
  }
  const lines = linesOf(brackets, writing, steps + 1)
  if (value.kind === 'list') writeItems(value.items, lines, writing)
  else writeMembers(value.entries, lines, writing)
  sheet.write(lines.end)
}

function writeItems(items: readonly Value[], lines: Lines, writing: Writing): void {
  const { notation, sheet } = writing
  // Where the line begins, when the next item may stand on it too.
  let shared: number | undefined
  for (let index = 0; index < items.length; index++) {
    const item = items[index]!
    const isPlain = isScalar(item) && isPlainText(item, notation)
    const literal = isScalar(item) ? literalOf(item, isPlain, notation, lines.brackets) : undefined
    if (shared !== undefined && follow(item, literal, isPlain, lines.brackets, writing, shared)) continue
    sheet.settle()
    sheet.write(index > 0 ? lines.next : lines.first)
    const start = sheet.length - lines.feed.length + 1
    const columns = writePart('', item, literal, isPlain, lines, writing)
    shared = literal !== undefined || columns <= tiny ? start : undefined
  }
}

function writeMembers(entries: readonly Entry[], lines: Lines, writing: Writing): void {
  const { notation, sheet } = writing
  const mayBeTakenBack = entries.length <= mostFlat
  for (let index = 0; index < entries.length; index++) {
    const [name, member] = entries[index]!
    const isPlain = isScalar(member) && isPlainText(member, notation)
    const literal = isScalar(member) ? literalOf(member, isPlain, notation, lines.brackets) : undefined
    if (!mayBeTakenBack) sheet.settle()
    sheet.write(index > 0 ? lines.next : lines.first)
    writePart(name, member, literal, isPlain, lines, writing)
  }
}

/** A part at the beginning of its line; gives its columns, without what stands around it, or Infinity for several lines. */
function writePart(
  name: string,
  part: Value,
  literal: string | undefined,
  isPlain: boolean,
  { brackets, feed, steps }: Lines,
  writing: Writing,
): number {
  const { sheet } = writing
  const start = sheet.length
  writeLead(brackets, name, part, sheet)
  const trail = trailOf(brackets, part)
  const mark = sheet.length
  let columns = Number.POSITIVE_INFINITY
  if (literal !== undefined) writeScalar(literal, isPlain, sheet)
  else {
    const room = width - (feed.length - 1) - (mark - start) - trail.length
    if (writeShort(part as Composite, writing, steps, room, brackets)) columns = sheet.length - mark
  }
  if (trail !== '') sheet.write(trail)
  return columns
}

/**
 * Writes a list or an object, on one line if there is room; gives whether there was. Rows of a table are alike: when the
 * last was too long, this one is broken up at once, and taken back only if it proves to be short.
 */
function writeShort(
  value: Composite,
  writing: Writing,
  steps: number,
  room: number,
  within: Brackets,
): boolean {
  const { sheet, wasLong } = writing
  const mark = sheet.length
  const isRecord = steps < mostSteps && isFlat(value)
  if (isRecord && wasLong[steps] === true) {
    breakUp(value, writing, steps, within)
    if (columnsInOne(sheet.length - mark, countOf(value), writing, steps + 1) > room) return false
    sheet.takeBack(mark)
  }
  const isShort = onOneLine(value, writing, room, mostLevels, within)
  if (!isShort) {
    sheet.takeBack(mark)
    breakUp(value, writing, steps, within)
  }
  wasLong[steps] = isRecord && !isShort
  return isShort
}

/** Whether a value is an object of a few scalars. */
function isFlat(value: Composite): boolean {
  if (value.kind === 'list' || value.entries.length > mostFlat) return false
  for (const entry of value.entries) if (!isScalar(entry[1])) return false
  return true
}

/** How many columns the object has on one line that has just been broken up, all of them scalars. */
function columnsInOne(written: number, count: number, writing: Writing, steps: number): number {
  if (count === 0) return written
  const { brackets, first, next, end } = writing.linesBefore[steps]!
  const { open, close, separator = writing.separator } = brackets
  const around = first.length - open.length + end.length - close.length
  return written - around - (count - 1) * (next.length - separator.length)
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
