import { isDigit } from '../../json/characters.ts'
import type { Value } from '../../parameters/value.ts'

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
  /** A list that is deeper than anybody looks. */
  list: 1024,
} as const

/** Integers that fit in 64 bits. */
export const longs = holds.int | holds.exact | holds.long

/** Numbers that one list of doubles holds without loss. */
export const doubles = holds.int | holds.exact | holds.float

/** What a value consists of: all that languages with types need to choose one. */
export interface Shape {
  /**
   * What stands on each level, of `holds`: the value itself on the first, the items of its lists on the second, those of
   * lists in them on the third. So `5` is `[int]`, `[[1, 2.5], []]` is `[0, 0, int | float]`, and `[1, ["a"]]` is
   * `[0, int, text]`. A level on which nothing stands, or lists alone, is 0.
   */
  readonly kinds: readonly number[]
  /** Lists, those within lists included. */
  readonly lists: number
  /** Scalars and objects. */
  readonly parts: number
}

// Deeper lists are no matrices or cubes, and nobody reads a type with a hundred brackets.
const mostLevels = 3

/** The shape of a value, whose objects are not looked into. */
export function shapeOf(value: Value): Shape {
  const found: Found = { kinds: [0], lists: 0, parts: 0 }
  look(value, 0, found)
  return found
}

interface Found {
  readonly kinds: number[]
  lists: number
  parts: number
}

function look(value: Value, level: number, found: Found): void {
  if (value.kind !== 'list') {
    found.kinds[level]! |= bitOf(value)
    found.parts++
  } else if (level === mostLevels) found.kinds[level]! |= holds.list
  else {
    found.lists++
    if (found.kinds.length === level + 1) found.kinds.push(0)
    for (const item of value.items) look(item, level + 1, found)
  }
}

/** Whether everything in a shape is of these kinds. */
export function within(bits: number, kinds: number): boolean {
  return (bits & ~kinds) === 0
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
  if (Number.isSafeInteger(value) || /^-?9007199254740992$/.test(digits)) return holds.exact
  if (digits.length > 40) return holds.large
  const integer = BigInt(digits)
  if (integer === BigInt.asIntN(64, integer)) return holds.long
  return integer === BigInt.asIntN(128, integer) ? holds.wide : holds.large
}

/** The types of numbers in a language with 32-bit integers, 64-bit integers, big integers and doubles; `exact` is both. */
export type NumberType = 'int' | 'exact' | 'long' | 'big' | 'double'

/**
 * The narrowest type of all these numbers: integers among doubles are doubles, unless one of them would lose digits.
 *
 * @param bits of `holds`, those of numbers
 */
export function numberType(bits: number): NumberType | undefined {
  if (bits & holds.float) return within(bits, doubles) ? 'double' : undefined
  if (!within(bits, longs)) return 'big'
  if (bits & holds.long) return 'long'
  return bits & holds.exact ? 'exact' : 'int'
}
