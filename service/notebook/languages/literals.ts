import { type Value, writeValue } from '../parameters.ts'
import { visibleJson } from './texts.ts'

export type Scalar = Extract<Value, { kind: 'null' | 'boolean' | 'number' | 'text' }>
export type Composite = Extract<Value, { kind: 'list' | 'object' }>

/** How a language writes a list or an object: what opens and closes it, and its parts between commas. */
export interface Shape {
  readonly open: string
  readonly close: string
  readonly values: readonly Value[]
  /** What stands before each value, such as `"name": `. */
  readonly leads?: readonly string[]
}
export interface Notation {
  scalar(value: Scalar): string
  shape(value: Composite): Shape
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
  const short = onOneLine(value, notation, width - column)
  if (short !== undefined) return short
  const out: string[] = []
  breakUp(value, notation, 0, out)
  return out.join('')
}

function isScalar(value: Value): value is Scalar {
  return value.kind !== 'list' && value.kind !== 'object'
}

/** `undefined` as soon as it is known to take more than `room` columns: never more work than that. */
function onOneLine(value: Value, notation: Notation, room: number, levels = mostLevels): string | undefined {
  if (isScalar(value)) {
    if (value.kind === 'text' && value.value.length > room) return undefined
    const text = notation.scalar(value)
    return text.length <= room ? text : undefined
  }
  if (levels === 0) return undefined
  // Each part takes a character, a comma and a space at least.
  if ((value.kind === 'list' ? value.items : value.entries).length * 3 > room + 2) return undefined
  const { open, close, values, leads } = notation.shape(value)
  let text = open
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ', '
    if (leads !== undefined) text += leads[index]
    const part = onOneLine(values[index]!, notation, room - text.length - close.length, levels - 1)
    if (part === undefined) return undefined
    text += part
  }
  text += close
  return text.length <= room ? text : undefined
}

// Megabytes come through here: each line is joined for itself, so that little is alive at a time.
function breakUp(value: Composite, notation: Notation, steps: number, out: string[]): void {
  if (steps === mostSteps) {
    out.push(onOneLine(value, notation, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)!)
    return
  }
  const { open, close, values, leads } = notation.shape(value)
  const newLine = `\n${step.repeat(steps + 1)}`
  const room = width - newLine.length + 1
  const last = values.length - 1
  let row: string[] = []
  let column = 0
  const endRow = (ending: string) => {
    if (row.length === 0) return
    out.push(newLine + row.join(', ') + ending)
    row = []
    column = 0
  }
  out.push(open)
  for (let index = 0; index <= last; index++) {
    const part = values[index]!
    const scalar = isScalar(part)
    const lead = leads === undefined ? '' : leads[index]!
    const short = scalar ? notation.scalar(part) : onOneLine(part, notation, room - lead.length)
    const comma = index < last ? ',' : ''
    if (short !== undefined && lead === '' && (scalar || short.length <= tiny)) {
      if (column + short.length + 2 > room) endRow(',')
      row.push(short)
      column += short.length + 2
      continue
    }
    endRow(',')
    if (short !== undefined) out.push(newLine + lead + short + comma)
    else {
      out.push(newLine + lead)
      breakUp(part as Composite, notation, steps + 1, out)
      if (comma !== '') out.push(comma)
    }
  }
  endRow('')
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

const json: Notation = {
  scalar: (value) => visibleJson(writeValue(value)),
  shape: (value) =>
    value.kind === 'list'
      ? { open: '[', close: ']', values: value.items }
      : {
          open: '{',
          close: '}',
          values: value.entries.map(([, member]) => member),
          leads: value.entries.map(([name]) => `${visibleJson(JSON.stringify(name))}: `),
        },
}

/** A value as JSON text laid out for people, without characters that deceive the eye. */
export function jsonText(value: Value): string {
  return writeLiteral(value, json, 0)
}
