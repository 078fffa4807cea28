import type { Value } from '../parameters.ts'
import { isPlainNumber } from './literals.ts'

/** The kinds of scalars that a value holds, a bit for each. */
export const holds = {
  null: 1,
  boolean: 2,
  /** An integer of 32 bits. */
  int: 4,
  /** A larger integer that is exact as a double, too. */
  exact: 8,
  /** Any other integer of 64 bits. */
  long: 16,
  /** An integer of more than 64 bits and at most 128. */
  wide: 32,
  /** An integer of more than 128 bits. */
  large: 64,
  float: 128,
  text: 256,
  object: 512,
} as const

/** Integers that fit in 64 bits. */
export const longs = holds.int | holds.exact | holds.long

/** Numbers that one list of doubles holds without loss. */
export const doubles = holds.int | holds.exact | holds.float

/** Lists that are alike on each level, and what they hold. */
export interface Shape {
  /** 0 for a scalar or an object, 1 for a list of such, 2 for a list of lists of such. */
  readonly levels: number
  /** Of `holds`; 0 for lists that hold nothing. */
  readonly bits: number
  /** Lists, those within lists included. */
  readonly lists: number
  /** Scalars and objects. */
  readonly parts: number
}

// Deeper ones are no matrices or cubes.
const mostLevels = 3

/** The shape of a value; `undefined` when its scalars do not all lie on one level, or on a fourth. */
export function shapeOf(value: Value): Shape | undefined {
  if (value.kind !== 'list') return { levels: 0, bits: bitOf(value), lists: 0, parts: 1 }
  const found: Found = { leaves: 0, empty: 0, bits: 0, lists: 0, parts: 0 }
  if (!look(value.items, 1, found)) return undefined
  const { leaves, empty, bits, lists, parts } = found
  return { levels: Math.max(leaves, empty), bits, lists, parts }
}

/** Whether everything in a shape is of these kinds. */
export function within(bits: number, kinds: number): boolean {
  return (bits & ~kinds) === 0
}

interface Found {
  /** The level of the lists that hold scalars; 0 as long as there is none. */
  leaves: number
  /** The deepest level of a list that holds nothing. */
  empty: number
  bits: number
  lists: number
  parts: number
}

/** False when the levels differ; a list that holds nothing may stand for lists of lists. */
function look(items: readonly Value[], level: number, found: Found): boolean {
  if (level > mostLevels) return false
  found.lists++
  if (items.length === 0) found.empty = Math.max(found.empty, level)
  for (const item of items) {
    if (item.kind === 'list') {
      if (!look(item.items, level + 1, found) || found.leaves === level) return false
    } else {
      if (found.leaves !== level && found.leaves !== 0) return false
      found.leaves = level
      found.bits |= bitOf(item)
      found.parts++
    }
  }
  return found.leaves === 0 || found.empty <= found.leaves
}

function bitOf(value: Exclude<Value, { kind: 'list' }>): number {
  return value.kind === 'number' ? numberBit(value.text) : holds[value.kind]
}

/** Which of `holds` a number is, by the characters sent. */
export function numberBit(digits: string): number {
  for (let at = digits.length - 1; at > 0; at--) {
    // A point, an exponent, or a letter of NaN or Infinity.
    if (!isDigit(digits.charCodeAt(at))) return holds.float
  }
  if (digits.length < 10) return holds.int
  const value = Number(digits)
  if (value >= -(2 ** 31) && value < 2 ** 31) return holds.int
  if (Number.isSafeInteger(value)) return holds.exact
  if (digits.length > 40) return holds.large
  const integer = BigInt(digits)
  if (integer === BigInt.asIntN(64, integer)) return holds.long
  return integer === BigInt.asIntN(128, integer) ? holds.wide : holds.large
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** How a language writes the doubles that have no digits. */
export interface Doubles {
  readonly notANumber: string
  readonly infinity: string
  readonly negativeInfinity: string
  readonly negativeZero: string
}

/**
 * The literal of a double: the digits sent, with `.0` behind an integer.
 *
 * @param note takes what is not as it was sent
 */
export function doubleLiteral(digits: string, doubles: Doubles, note: (text: string) => void): string {
  if (numberBit(digits) !== holds.float) return digits === '-0' ? '0.0' : `${digits}.0`
  if (isPlainNumber(digits)) return digits
  const value = Number(digits)
  if (Number.isNaN(value)) return doubles.notANumber
  if (!Number.isFinite(value)) {
    if (!digits.endsWith('y')) note('beyond the range of a double')
    return value < 0 ? doubles.negativeInfinity : doubles.infinity
  }
  if (value === 0) {
    if (/^[^eE]*[1-9]/.test(digits)) note('too small for a double')
    return Object.is(value, -0) ? doubles.negativeZero : '0.0'
  }
  if (digits.length <= 40) return digits
  // Compilers that round such long ones first to some more bits than a double has could take the neighbour.
  const short = String(value)
  return /[.e]/.test(short) ? short : `${short}.0`
}
