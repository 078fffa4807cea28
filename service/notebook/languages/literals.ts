import { isDigit, minus, nine, zero } from '../json-characters.ts'
import type { Entry, Value } from '../parameters.ts'
import { breakUp, width } from './layout.ts'
import { isScalar, mostLevels, onOneLine, type Writing } from './one-line.ts'
import { Sheet } from './sheet.ts'

export type Scalar = Extract<Value, { kind: 'null' | 'boolean' | 'number' | 'text' }>
export type Composite = Extract<Value, { kind: 'list' | 'object' }>

/** What stands around the parts of a list or an object. */
export interface Brackets {
  readonly open: string
  readonly close: string
  /** Between two of its parts, where that is not as in all others: MATLAB's `; ` between rows. */
  readonly separator?: string | undefined
  /** Behind each line but the last, likewise; without it the separator, its space aside. */
  readonly between?: string | undefined
  /** What stands before a part, such as `"name": ` or F#'s `box `; the name of an item is ''. */
  readonly lead?: ((name: string, part: Value) => string) | undefined
  /** What stands behind it, such as the `)` of `Map.entry("name", 1)`. */
  readonly trail?: string | ((part: Value) => string) | undefined
}

export interface MemberBrackets extends Brackets {
  readonly lead: (name: string, part: Value) => string
}

/**
 * How a language writes values; brackets that are always the same are best given as one object. `within` is what was
 * given for the list or object that the value is a part of: it can carry the type that its parts are to have.
 */
export interface Notation {
  scalar(value: Scalar, within?: Brackets): string
  /**
   * Whether a text stands as it is between double quotes, wherever it is a part: those are written without a string for
   * each of them.
   */
  readonly isPlain?: ((text: string) => boolean) | undefined
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
    notation: sameShape(notation),
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

// What is read for each of a million parts has one shape in memory for all languages: of several, V8 must look each up.

function sameShape({ scalar, isPlain, list, object }: Notation): Notation {
  return { scalar, isPlain, list, object }
}

/** The same brackets in that one shape, for languages whose lists and objects may be megabytes. */
export function evenly<Own extends Brackets>({ open, close, separator, between, lead, trail }: Own): Own {
  return { open, close, separator, between, lead, trail } as Own
}

/** Whether the digits sent are those of an integer: without a point, an exponent or the letters of `NaN`. */
export function isInteger(digits: string): boolean {
  for (let at = digits.length - 1; at > 0; at--) if (!isDigit(digits.charCodeAt(at))) return false
  return isDigit(digits.charCodeAt(0)) || (digits.length > 1 && digits.charCodeAt(0) === minus)
}

/**
 * Whether the digits sent are short, unlike zero and without an exponent: most numbers, which every type of doubles holds,
 * told apart without reading them.
 */
export function isPlainNumber(digits: string): boolean {
  if (digits.length > 40) return false
  let isZero = true
  for (let at = 0; at < digits.length; at++) {
    const code = digits.charCodeAt(at)
    // The letters of an exponent, of NaN and of Infinity stand above the digits, the sign and the point below.
    if (code > nine) return false
    if (code > zero) isZero = false
  }
  return !isZero
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
