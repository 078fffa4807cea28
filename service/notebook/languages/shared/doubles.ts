import { isPlainNumber } from './digits.ts'
import { holds, numberBit } from './shapes.ts'

/** How a language writes the doubles that have no digits. */
export interface Doubles {
  readonly notANumber: string
  readonly infinity: string
  readonly negativeInfinity: string
  readonly negativeZero: string
}

/**
 * The literal of a double: the digits sent, with `.0` after an integer.
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
