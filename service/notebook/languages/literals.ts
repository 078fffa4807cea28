import type { Entry, Value } from '../parameters.ts'
import { Sheet } from './sheet.ts'

export type Scalar = Extract<Value, { kind: 'null' | 'boolean' | 'number' | 'text' }>
export type Composite = Extract<Value, { kind: 'list' | 'object' }>

/** What stands around the parts of a list or an object. */
export interface Brackets {
  readonly open: string
  readonly close: string
  /** Between two of its parts, where that is not as in all others: MATLAB's `; ` between rows. */
  readonly separator?: string
  /** Behind each line but the last, likewise; without it the separator, its space aside. */
  readonly between?: string
  /** What stands before a part, such as `"name": ` or F#'s `box `; the name of an item is ''. */
  lead?(name: string, part: Value): string
  /** What stands behind it, such as the `)` of `Map.entry("name", 1)`. */
  readonly trail?: string | ((part: Value) => string)
}

export interface MemberBrackets extends Brackets {
  lead(name: string, part: Value): string
}

/**
 * How a language writes values; brackets that are always the same are best given as one object. `within` is what was
 * given for the list or object that the value is a part of: it can carry the type that its parts are to have.
 */
export interface Notation {
  scalar(value: Scalar, within?: Brackets): string
  list(items: readonly Value[], within?: Brackets): Brackets
  object(entries: readonly Entry[], within?: Brackets): MemberBrackets
  /** Between two parts on one line; `, ` without it. */
  readonly separator?: string
  /** How a literal goes on over several lines, where that is not as in Python. */
  readonly lines?: {
    /** Behind the opening bracket: MATLAB's ` ...`. */
    readonly first: string
    /** Behind each line but the last; without `lines` the separator, its space aside. */
    readonly between: string
    /** Behind the last part: Go's `,`. */
    readonly last: string
  }
}

const width = 96
const step = '    '
// Deeper ones stay on one line, however long: indentation must not make megabytes of a few brackets.
const mostSteps = 6
// Shorter lists share a line, like numbers.
const tiny = 8
// Nor does a line that is to be short hold more levels than this: it is not tried in vain at each of them.
const mostLevels = 4

/**
 * A value as a literal: on one line when it is short, else each part on its own line, several short ones together.
 *
 * @param column how many columns stand before it on its line
 */
export function writeLiteral(value: Value, notation: Notation, column: number): string {
  if (isScalar(value)) return notation.scalar(value)
  const separator = notation.separator ?? ', '
  const lines = notation.lines ?? { first: '', between: separator.trimEnd(), last: '' }
  const writing: Writing = { notation, separator, lines, sheet: new Sheet() }
  if (!onOneLine(value, writing, width - column, mostLevels)) {
    writing.sheet.takeBack(0)
    breakUp(value, writing, 0)
  }
  return writing.sheet.text()
}

interface Writing {
  readonly notation: Notation
  readonly separator: string
  readonly lines: NonNullable<Notation['lines']>
  readonly sheet: Sheet
}

function isScalar(value: Value): value is Scalar {
  return value.kind !== 'list' && value.kind !== 'object'
}

/**
 * Writes a value that takes at most `room` columns; otherwise false, with what was written so far left to be taken
 * back: as soon as it is known to take more, and never after more work than that.
 */
function onOneLine(value: Value, writing: Writing, room: number, levels: number, within?: Brackets): boolean {
  const { notation, separator, sheet } = writing
  if (isScalar(value)) {
    if (value.kind === 'text' && value.value.length > room) return false
    const text = notation.scalar(value, within)
    if (text.length > room) return false
    sheet.write(text)
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
    sheet.write(leadOf(brackets, value, index))
    const trail = trailOf(brackets, part)
    const rest = end - sheet.length - trail.length - brackets.close.length
    if (!onOneLine(part, writing, rest, levels - 1, brackets)) return false
    sheet.write(trail)
  }
  sheet.write(brackets.close)
  return sheet.length <= end
}

function countOf(value: Composite): number {
  return value.kind === 'list' ? value.items.length : value.entries.length
}

function bracketsOf(value: Composite, notation: Notation, within: Brackets | undefined): Brackets {
  return value.kind === 'list' ? notation.list(value.items, within) : notation.object(value.entries, within)
}

function leadOf(brackets: Brackets, value: Composite, index: number): string {
  if (brackets.lead === undefined) return ''
  return brackets.lead(value.kind === 'list' ? '' : value.entries[index]![0], partAt(value, index))
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

function breakUp(value: Composite, writing: Writing, steps: number, within?: Brackets): void {
  const { notation, lines, sheet } = writing
  if (steps === mostSteps) {
    onOneLine(value, writing, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, within)
    return
  }
  const brackets = bracketsOf(value, notation, within)
  const between = lineEnd(brackets, writing)
  const newLine = `\n${step.repeat(steps + 1)}`
  const count = countOf(value)
  // Where the line begins, when the next part may stand on it too.
  let shared: number | undefined
  sheet.write(brackets.open)
  sheet.write(lines.first)
  for (let index = 0; index < count; index++) {
    const part = partAt(value, index)
    const literal = isScalar(part) ? notation.scalar(part, brackets) : undefined
    if (shared !== undefined && follow(part, literal, brackets, writing, shared)) continue
    if (index > 0) sheet.write(between)
    sheet.write(newLine)
    const start = sheet.length - newLine.length + 1
    sheet.write(leadOf(brackets, value, index))
    const trail = trailOf(brackets, part)
    const mark = sheet.length
    let isShort = true
    if (literal !== undefined) sheet.write(literal)
    else isShort = onOneLine(part, writing, width - (mark - start) - trail.length, mostLevels, brackets)
    const mayShare = value.kind === 'list' && (literal !== undefined || sheet.length - mark <= tiny)
    shared = isShort && mayShare ? start : undefined
    if (!isShort) {
      sheet.takeBack(mark)
      breakUp(part as Composite, writing, steps + 1, brackets)
    }
    sheet.write(trail)
  }
  if (count > 0) sheet.write(lines.last)
  sheet.write(`\n${step.repeat(steps)}${brackets.close}`)
}

/** One more item on a line that has room for it. */
function follow(
  part: Value,
  literal: string | undefined,
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
  if (literal !== undefined && literal.length > room) return false
  sheet.write(separator)
  sheet.write(lead)
  if (literal !== undefined) sheet.write(literal)
  else if (!onOneLine(part, writing, Math.min(tiny, room), mostLevels, brackets)) {
    sheet.takeBack(mark)
    return false
  }
  sheet.write(trail)
  return true
}

/** Whether the digits sent are those of an integer. */
export function isInteger(digits: string): boolean {
  return /^-?[0-9]+$/.test(digits)
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
  const parts = value.kind === 'list' ? value.items : value.entries.map(([, member]) => member)
  for (const part of parts) if (!isScalar(part)) deepest = Math.max(deepest, depthOf(part))
  return 1 + deepest
}
