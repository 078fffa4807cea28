import type { Entry, Value } from '../parameters.ts'

export type Scalar = Extract<Value, { kind: 'null' | 'boolean' | 'number' | 'text' }>
export type Composite = Extract<Value, { kind: 'list' | 'object' }>

/** What stands around the parts of a list or an object. */
export interface Brackets {
  readonly open: string
  readonly close: string
  /** Between two of its parts, where that is not as in all others: MATLAB's `; ` between rows. */
  readonly separator?: string
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
  const short = onOneLine(value, notation, separator, width - column, mostLevels)
  if (short !== undefined) return short
  const out: string[] = []
  breakUp(value, { notation, separator, lines, out }, 0)
  return out.join('')
}

function isScalar(value: Value): value is Scalar {
  return value.kind !== 'list' && value.kind !== 'object'
}

/** `undefined` as soon as it is known to take more than `room` columns: never more work than that. */
function onOneLine(
  value: Value,
  notation: Notation,
  separator: string,
  room: number,
  levels: number,
  within?: Brackets,
): string | undefined {
  if (isScalar(value)) {
    if (value.kind === 'text' && value.value.length > room) return undefined
    const text = notation.scalar(value, within)
    return text.length <= room ? text : undefined
  }
  if (levels === 0) return undefined
  const count = countOf(value)
  // Each part takes a character and the separator at least.
  if (count * (1 + separator.length) > room + separator.length) return undefined
  const brackets = bracketsOf(value, notation, within)
  const { close, separator: between = separator } = brackets
  let text = brackets.open
  for (let index = 0; index < count; index++) {
    const part = partAt(value, index)
    if (index > 0) text += between
    text += leadOf(brackets, value, index)
    const trail = trailOf(brackets, part)
    const rest = room - text.length - trail.length - close.length
    const literal = onOneLine(part, notation, separator, rest, levels - 1, brackets)
    if (literal === undefined) return undefined
    text += literal + trail
  }
  text += close
  return text.length <= room ? text : undefined
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

interface Writing {
  readonly notation: Notation
  readonly separator: string
  readonly lines: NonNullable<Notation['lines']>
  readonly out: string[]
}

// Megabytes come through here: each line is joined for itself, so that little is alive at a time.
function breakUp(value: Composite, writing: Writing, steps: number, within?: Brackets): void {
  const { notation, separator, lines, out } = writing
  if (steps === mostSteps) {
    const all = Number.POSITIVE_INFINITY
    out.push(onOneLine(value, notation, separator, all, all, within)!)
    return
  }
  const brackets = bracketsOf(value, notation, within)
  const own = brackets.separator ?? separator
  const between = own === separator ? lines.between : lineEnd(own, writing)
  const newLine = `\n${step.repeat(steps + 1)}`
  const room = width - newLine.length + 1
  const count = countOf(value)
  let row = ''
  out.push(brackets.open, lines.first)
  for (let index = 0; index < count; index++) {
    const part = partAt(value, index)
    const before = leadOf(brackets, value, index)
    const trail = trailOf(brackets, part)
    const scalar = isScalar(part)
    const short = scalar
      ? notation.scalar(part, brackets)
      : onOneLine(part, notation, separator, room - before.length - trail.length, mostLevels, brackets)
    if (short !== undefined && value.kind === 'list' && (scalar || short.length <= tiny)) {
      const whole = before + short + trail
      if (row !== '' && row.length + own.length + whole.length > width) {
        out.push(row, between)
        row = ''
      }
      row += (row === '' ? newLine : own) + whole
      continue
    }
    if (row !== '') out.push(row, between)
    row = ''
    out.push(newLine + before)
    if (short !== undefined) out.push(short)
    else breakUp(part as Composite, writing, steps + 1, brackets)
    out.push(trail, index === count - 1 ? lines.last : between)
  }
  if (row !== '') out.push(row, lines.last)
  out.push(`\n${step.repeat(steps)}${brackets.close}`)
}

/** Behind each line of a list whose parts have a separator of their own. */
function lineEnd(own: string, { separator, lines }: Writing): string {
  return own.trimEnd() + lines.between.slice(separator.trimEnd().length)
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
