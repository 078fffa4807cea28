import { minus, point as pointCode, zero } from '../../json/characters.ts'
import { isInteger } from '../shared/digits.ts'

const largestInteger = 2147483647

/**
 * A number as R writes it: `5L` in the range of its integers, else a double. R itself reads about one decimal in
 * 5000 a last digit wrong (it scales in its long double); those are written in hexadecimal, which is exact.
 *
 * @param note takes in a few words what is not exact about it, or what hexadecimal hides
 */
export function rNumber(digits: string, note: (text: string) => void): string {
  if (isInteger(digits)) return integer(digits, note)
  return decimal(digits, note) ?? double(digits, Number(digits), note)
}

function integer(digits: string, note: (text: string) => void): string {
  const value = Number(digits)
  if (Math.abs(value) <= largestInteger) return digits === '-0' ? '0L' : `${digits}L`
  if (Number.isSafeInteger(value)) return digits
  if (Number.isFinite(value) && (digits.length > 400 || BigInt(digits) !== BigInt(value))) {
    note(`nearest double to ${short(digits)}`)
    return readsRight(digits, Math.abs(value)) ? digits : hexadecimal(value)
  }
  return double(digits, value, note)
}

function double(digits: string, value: number, note: (text: string) => void): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) {
    if (!digits.endsWith('y')) note('beyond the range of double')
    return value < 0 ? '-Inf' : 'Inf'
  }
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  if (readsRight(digits, Math.abs(value))) return digits
  note(short(digits))
  return hexadecimal(value)
}

function short(digits: string): string {
  return digits.length > 40 ? `${digits.slice(0, 40)}...` : digits
}

/** In C's hexadecimal notation, `0x1.8p+1`, sign and all. */
function hexadecimal(value: number): string {
  const bits = bitsOf(Math.abs(value))
  const exponent = Number(bits >> 52n)
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0').replace(/0+$/, '')
  const power = exponent === 0 ? -1022 : exponent - 1023
  return `${value < 0 ? '-' : ''}0x${exponent === 0 ? 0 : 1}${fraction && '.'}${fraction}p${power < 0 ? '' : '+'}${power}`
}

const view = new DataView(new ArrayBuffer(8))

function bitsOf(value: number): bigint {
  view.setFloat64(0, value)
  return view.getBigUint64(0)
}

/**
 * Whether a decimal is so far from the middle between two doubles that no reader that is off by a few units of an
 * 80-bit long double takes the wrong one: nearer to its double than this part of half the way to the next.
 */
const near = 255 / 256

function readsRight(digits: string, value: number): boolean {
  return Math.abs(offExactly(digits, value)) < near / 2
}

// All that a double holds.
const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))
const pointDigit = pointCode - zero
const splitter = 134217729 // 2^27 + 1

/**
 * What labs send by the million, an R literal of it: no exponent, at most 17 digits, at most 22 of them after the point.
 * How far it is from its double comes from error-free products of doubles (Dekker 1971). `undefined` for anything else.
 */
function decimal(digits: string, note: (text: string) => void): string | undefined {
  let high = 0 // the first nine digits, then eight more
  let low = 0
  let count = 0
  let point = digits.length
  for (let at = digits.charCodeAt(0) === minus ? 1 : 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(at) - zero
    if (digit >= 0 && digit <= 9) {
      if (count < 9) high = high * 10 + digit
      else low = low * 10 + digit
      if (digit > 0 || count > 0) count++
    } else if (at < point && digit === pointDigit) point = at
    else return undefined
  }
  const places = digits.length - 1 - point
  if (count === 0 || count > 17 || places > 22) return undefined
  const scale = powersOfTen[places]!
  const first = high * powersOfTen[Math.max(count - 9, 0)]! // exact: at most 2^30 times 2^8 * 390625
  // The quotient of two doubles that are exact is the nearest to the decimal.
  const value = count < 16 ? (first + low) / scale : Math.abs(Number(digits))
  const off = offBy(value, scale, first, low)
  if (value + off / near === value) return digits
  note(short(digits))
  return hexadecimal(digits.charCodeAt(0) === minus ? -value : value)
}

/** (first + low) / scale − value */
function offBy(value: number, scale: number, first: number, low: number): number {
  const product = value * scale
  const a = value * splitter - (value * splitter - value)
  const b = value - a
  const c = scale * splitter - (scale * splitter - scale)
  const d = scale - c
  const error = a * c - product + a * d + b * c + b * d
  return (first - product + (low - error)) / scale
}

function offExactly(decimal: string, value: number): number {
  const [, whole, part = '', tens = '0'] = /^-?([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(decimal)!
  const exponent = Number(tens) - part.length
  // Too many digits to be worth the work: as if it were in the middle.
  if (whole!.length + part.length > 60 || Math.abs(exponent) > 400) return 0.5
  const mantissa = BigInt(whole! + part)
  const bits = bitsOf(value)
  const biased = Number(bits >> 52n)
  const digits = (bits & 0xfffffffffffffn) | (biased === 0 ? 0n : 1n << 52n)
  const power = Math.max(biased, 1) - 1075
  // decimal / 2^power − digits, with a thousand steps to the unit
  const ten = 10n ** BigInt(Math.abs(exponent))
  const two = 1n << BigInt(Math.abs(power))
  const above = mantissa * (exponent > 0 ? ten : 1n) * (power < 0 ? two : 1n)
  const below = (exponent < 0 ? ten : 1n) * (power > 0 ? two : 1n)
  return Number(((above - digits * below) * 65536n) / below) / 65536
}
