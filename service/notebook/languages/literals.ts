import { type Entry, type Value, writeValue } from '../parameters.ts'
import { visibleJson } from './texts.ts'

export type Scalar = Extract<Value, { kind: 'null' | 'boolean' | 'number' | 'text' }>
export type Composite = Extract<Value, { kind: 'list' | 'object' }>

/** What stands around the parts of a list or an object. */
export interface Brackets {
  readonly open: string
  readonly close: string
  /** Between two parts on one line, where that is not as in the rest of the language. */
  readonly separator?: string
  /** Behind each line but the last, likewise. */
  readonly between?: string
}

export interface MemberBrackets extends Brackets {
  /** What stands before the value of a member, such as `"name": `. */
  lead(name: string): string
  /** What stands behind it, such as the `)` of `Map.entry("name", 1)`. */
  readonly trail?: string
}

/** How a language writes values; brackets that are always the same are best given as one object. */
export interface Notation {
  scalar(value: Scalar): string
  list(items: readonly Value[]): Brackets
  object(entries: readonly Entry[]): MemberBrackets
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
): string | undefined {
  if (isScalar(value)) {
    if (value.kind === 'text' && value.value.length > room) return undefined
    const text = notation.scalar(value)
    return text.length <= room ? text : undefined
  }
  if (levels === 0) return undefined
  const count = countOf(value)
  // Each part takes a character and the separator at least.
  if (count * (1 + separator.length) > room + separator.length) return undefined
  const brackets = bracketsOf(value, notation)
  const { lead, trail = '', close } = brackets
  const by = brackets.separator ?? separator
  let text = brackets.open
  for (let index = 0; index < count; index++) {
    if (index > 0) text += by
    if (lead !== undefined) text += lead(nameAt(value, index))
    const rest = room - text.length - trail.length - close.length
    const literal = onOneLine(partAt(value, index), notation, separator, rest, levels - 1)
    if (literal === undefined) return undefined
    text += literal + trail
  }
  text += close
  return text.length <= room ? text : undefined
}

function countOf(value: Composite): number {
  return value.kind === 'list' ? value.items.length : value.entries.length
}

function bracketsOf(value: Composite, notation: Notation): Brackets & Partial<MemberBrackets> {
  return value.kind === 'list' ? notation.list(value.items) : notation.object(value.entries)
}

function partAt(value: Composite, index: number): Value {
  return value.kind === 'list' ? value.items[index]! : value.entries[index]![1]
}

function nameAt(value: Composite, index: number): string {
  return value.kind === 'list' ? '' : value.entries[index]![0]
}

interface Writing {
  readonly notation: Notation
  readonly separator: string
  readonly lines: NonNullable<Notation['lines']>
  readonly out: string[]
}

// Megabytes come through here: each line is joined for itself, so that little is alive at a time.
function breakUp(value: Composite, writing: Writing, steps: number): void {
  const { notation, separator, lines, out } = writing
  if (steps === mostSteps) {
    const all = Number.POSITIVE_INFINITY
    out.push(onOneLine(value, notation, separator, all, all)!)
    return
  }
  const brackets = bracketsOf(value, notation)
  const { open, close, lead, trail = '', between = lines.between } = brackets
  const by = brackets.separator ?? separator
  const newLine = `\n${step.repeat(steps + 1)}`
  const room = width - newLine.length + 1
  const count = countOf(value)
  let row = ''
  out.push(open, lines.first)
  for (let index = 0; index < count; index++) {
    const part = partAt(value, index)
    const before = lead === undefined ? '' : lead(nameAt(value, index))
    const scalar = isScalar(part)
    const short = scalar
      ? notation.scalar(part)
      : onOneLine(part, notation, separator, room - before.length - trail.length, mostLevels)
    if (short !== undefined && lead === undefined && (scalar || short.length <= tiny)) {
      if (row !== '' && row.length + by.length + short.length > width) {
        out.push(row, between)
        row = ''
      }
      row += (row === '' ? newLine : by) + short
      continue
    }
    if (row !== '') out.push(row, between)
    row = ''
    out.push(newLine + before)
    if (short !== undefined) out.push(short)
    else breakUp(part as Composite, writing, steps + 1)
    out.push(trail, index === count - 1 ? lines.last : between)
  }
  if (row !== '') out.push(row, lines.last)
  out.push(`\n${step.repeat(steps)}${close}`)
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

const jsonList: Brackets = { open: '[', close: ']' }
const jsonObject: MemberBrackets = {
  open: '{',
  close: '}',
  lead: (name) => `${visibleJson(JSON.stringify(name))}: `,
}
const json: Notation = {
  scalar: (value) => visibleJson(writeValue(value)),
  list: () => jsonList,
  object: () => jsonObject,
}

/** A value as JSON text laid out for people, without characters that deceive the eye. */
export function jsonText(value: Value): string {
  return writeLiteral(value, json, 0)
}
