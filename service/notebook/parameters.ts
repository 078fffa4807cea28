import { Fault } from '../fault.ts'
import { placeOf } from './json-place.ts'
import { readJson } from './json-reader.ts'
import { Sheet } from './languages/sheet.ts'

/** A JSON value that has lost nothing: numbers are the characters sent, objects keep the order of their names. */
export type Value =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }
/** A member of an object. No two entries of one object have the same name. */
export type Entry = readonly [name: string, value: Value]
/** What a button sent, in the order sent. */
export type Parameters = readonly Entry[]

/** Levels of lists and objects that parameters may have, the object of them all included (DESIGN 2.2). */
export const deepest = 100

/**
 * Reads the JSON object of `params` (DESIGN 2.2): strict JSON, and `NaN`, `Infinity` and `-Infinity` as Python's
 * `json` writes them. An empty text is `{}`.
 *
 * @param levels how many lists and objects may lie within each other
 * @throws Fault 20 `not-json`, `not-an-object`, `duplicate-name`, `lone-surrogate`, `too-deep` with `line` and
 *   `column` from 1; `duplicate-name` also with `name`, `too-deep` with `limit`
 */
export function readParameters(text: string, levels = deepest): Parameters {
  if (/^[ \t\r\n]*$/.test(text)) return []
  const value = readJson(text, levels, (reason, offset, name) => {
    const values: Record<string, string> = {}
    if (name !== undefined) values.name = shorten(name)
    if (reason === 'too-deep') values.limit = String(levels)
    return new Fault(20, reason, { ...values, ...placeOf(text, offset) })
  })
  if (value.kind !== 'object') throw new Fault(20, 'not-an-object', { line: 1, column: 1 })
  return value.entries
}

/**
 * Plain form fields as parameters, each a text.
 *
 * @throws Fault 20 `repeated-field` or `lone-surrogate`, with `name`
 */
export function parametersFromFields(fields: readonly (readonly [string, string])[]): Parameters {
  const names = new Set<string>()
  return fields.map(([name, value]): Entry => {
    if (names.has(name)) throw new Fault(20, 'repeated-field', { name: shorten(name) })
    if (hasLoneSurrogate(name) || hasLoneSurrogate(value)) {
      throw new Fault(20, 'lone-surrogate', { name: shorten(name) })
    }
    names.add(name)
    return [name, { kind: 'text', value }]
  })
}

/** The parameters as one line of JSON text: `readParameters` gives back the same. */
export function writeParameters(parameters: Parameters): string {
  return writeValue({ kind: 'object', entries: parameters })
}

/** One value as one line of JSON text, numbers with the characters sent. */
export function writeValue(value: Value): string {
  const sheet = new Sheet()
  write(value, sheet)
  return sheet.text()
}

function write(value: Value, sheet: Sheet): void {
  if (value.kind === 'list') {
    let before = '['
    for (const item of value.items) {
      sheet.settle()
      sheet.write(before)
      write(item, sheet)
      before = ','
    }
    sheet.write(before === '[' ? '[]' : ']')
  } else if (value.kind === 'object') {
    let before = '{'
    for (const [name, member] of value.entries) {
      sheet.settle()
      sheet.write(before)
      sheet.write(JSON.stringify(name))
      sheet.write(':')
      write(member, sheet)
      before = ','
    }
    sheet.write(before === '{' ? '{}' : '}')
  } else sheet.write(writeScalar(value))
}

function writeScalar(value: Exclude<Value, { kind: 'list' | 'object' }>): string {
  if (value.kind === 'text') return JSON.stringify(value.value)
  if (value.kind === 'number') return value.text
  return value.kind === 'null' ? 'null' : String(value.value)
}

/** A name short enough to be told to a person. */
export function shorten(name: string): string {
  const characters = [...name.slice(0, 200)]
  return characters.length > 80 || name.length > 200 ? `${characters.slice(0, 79).join('')}…` : name
}

function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text)
}

export { asTranslated, translate } from './translated.ts'
