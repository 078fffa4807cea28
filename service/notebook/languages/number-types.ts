import { isInteger } from './literals.ts'

/**
 * The narrowest type of a language with 32-bit integers, 64-bit integers, big integers and doubles. `long53` are the
 * 64-bit integers that a double holds as well.
 */
export type NumberType = 'int' | 'long53' | 'long' | 'big' | 'double'

const small = /^-?[0-9]{1,9}$/
const widths = ['int', 'long53', 'long', 'big'] as const

export function numberType(digits: string): NumberType {
  if (small.test(digits)) return 'int'
  if (!isInteger(digits)) return 'double'
  if (digits.length > 20) return 'big'
  const value = BigInt(digits)
  if (value >= -(2n ** 31n) && value < 2n ** 31n) return 'int'
  if (value >= -(2n ** 53n) && value <= 2n ** 53n) return 'long53'
  return value >= -(2n ** 63n) && value < 2n ** 63n ? 'long' : 'big'
}

/** The type that holds the numbers of both; `undefined` when one would lose digits. */
export function widerType(one: NumberType, other: NumberType): NumberType | undefined {
  if (one === other) return one
  if (one === 'double' || other === 'double') {
    const integer = one === 'double' ? other : one
    return integer === 'int' || integer === 'long53' ? 'double' : undefined
  }
  return widths[Math.max(widths.indexOf(one), widths.indexOf(other))]
}

/** What a language calls the doubles that have no digits. */
export interface DoubleNames {
  readonly notANumber: string
  readonly infinity: string
  readonly minusInfinity: string
}

// No more tell two doubles apart; of longer decimals older .NET read the last bit wrong.
const mostDigits = 24
// .NET Core 3.1 takes zeros behind so many digits for more than nothing, and rounds the middle of two doubles up.
const zerosBehindMany = /^(?=.{16}).*0(?:[eE]|$)/

/** A number as a literal with a point or an exponent: the digits sent where a double holds what they say. */
export function doubleLiteral(digits: string, names: DoubleNames, notes: Set<string>): string {
  if (digits === 'NaN') return names.notANumber
  const value = Number(digits)
  if (!Number.isFinite(value)) {
    if (!digits.endsWith('y')) notes.add('beyond the range of double')
    return value < 0 ? names.minusInfinity : names.infinity
  }
  if (isInteger(digits)) return digits === '-0' ? '0.0' : `${digits}.0`
  if (value !== 0)
    return digits.length > mostDigits || zerosBehindMany.test(digits) ? shortest(value) : digits
  if (/^[^eE]*[1-9]/.test(digits)) notes.add('too small for double')
  return Object.is(value, -0) ? '-0.0' : '0.0'
}

function shortest(value: number): string {
  const digits = String(value)
  if (!isInteger(digits)) return digits
  return digits.length > 15 ? value.toExponential() : `${digits}.0`
}
