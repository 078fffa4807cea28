import { type Value, writeValue } from '../parameters.ts'

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
  breakUp(value, notation, '', out)
  return out.join('')
}

function isScalar(value: Value): value is Scalar {
  return value.kind !== 'list' && value.kind !== 'object'
}

/** `undefined` as soon as it is known to take more than `room` columns: never more work than that. */
function onOneLine(value: Value, notation: Notation, room: number): string | undefined {
  if (isScalar(value)) {
    if (value.kind === 'text' && value.value.length > room) return undefined
    const text = notation.scalar(value)
    return text.length <= room ? text : undefined
  }
  // Each part takes a character and a comma at least.
  if (length(value) * 3 > room + 2) return undefined
  const { open, close, values, leads } = notation.shape(value)
  let text = open
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ', '
    if (leads !== undefined) text += leads[index]
    const part = onOneLine(values[index]!, notation, room - text.length)
    if (part === undefined) return undefined
    text += part
  }
  text += close
  return text.length <= room ? text : undefined
}

function length(value: Composite): number {
  return value.kind === 'list' ? value.items.length : value.entries.length
}

function breakUp(value: Composite, notation: Notation, indent: string, out: string[]): void {
  const { open, close, values, leads } = notation.shape(value)
  const inner = indent + step
  const room = width - inner.length
  out.push(open)
  let line = ''
  const flush = () => {
    if (line !== '') out.push('\n', inner, line)
    line = ''
  }
  for (let index = 0; index < values.length; index++) {
    const part = values[index]!
    const lead = leads?.[index] ?? ''
    const comma = index < values.length - 1 ? ',' : ''
    const short = isScalar(part) ? notation.scalar(part) : onOneLine(part, notation, room - lead.length)
    if (short === undefined) {
      flush()
      out.push('\n', inner, lead)
      breakUp(part as Composite, notation, inner, out)
      out.push(comma)
    } else {
      const together = lead === '' && isScalar(part) && line.length + short.length + 2 <= room
      if (!together) flush()
      line += `${line === '' ? '' : ' '}${lead}${short}${comma}`
      if (lead !== '' || !isScalar(part)) flush()
    }
  }
  flush()
  out.push('\n', indent, close)
}

/** Whether the digits sent are those of an integer. */
export function isInteger(digits: string): boolean {
  return /^-?[0-9]+$/.test(digits)
}

/**
 * Control characters and those that can deceive the eye: bidirectional and other format characters, line and
 * paragraph separators. The joiners U+200C and U+200D stay: Persian and many emoji are written with them.
 */
export const unseen = /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu

/** A double-quoted text: what `special` matches goes through `replace`, everything else stands as it is. */
export function quote(text: string, special: RegExp, replace: (character: string) => string): string {
  return `"${text.replace(special, replace)}"`
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
  scalar: (value) => asciiUnseen(writeValue(value)),
  shape: (value) =>
    value.kind === 'list'
      ? { open: '[', close: ']', values: value.items }
      : {
          open: '{',
          close: '}',
          values: value.entries.map(([, member]) => member),
          leads: value.entries.map(([name]) => `${asciiUnseen(JSON.stringify(name))}: `),
        },
}

/** A value as JSON text laid out for people, without characters that deceive the eye. */
export function jsonText(value: Value): string {
  return writeLiteral(value, json, 0)
}

function asciiUnseen(text: string): string {
  return text.replace(unseen, (character) =>
    character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
