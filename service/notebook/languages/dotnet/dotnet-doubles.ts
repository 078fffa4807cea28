import { isInteger } from '../shared/digits.ts'

/** What a language calls the doubles that have no digits. */
export interface DoubleNames {
  readonly notANumber: string
  readonly infinity: string
  readonly minusInfinity: string
}

// No more tell two doubles apart; of longer decimals older .NET read the last bit wrong.
const mostDigits = 24
// .NET Core 3.1 takes zeros after so many digits for more than nothing, and rounds the middle of two doubles up.
const zerosBehindMany = /^(?=.{16}).*0(?:[eE]|$)/

/** A number as a literal with a point or an exponent: the digits sent where a double holds what they say. */
export function dotnetDouble(digits: string, names: DoubleNames, notes: Set<string>): string {
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
