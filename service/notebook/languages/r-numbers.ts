import { isInteger } from './literals.ts'

/** A number of R, and in a few words what is not exact about it. */
export interface RNumber {
  readonly literal: string
  readonly note?: string
}

const largestInteger = 2147483647

/**
 * A number as R writes it: `5L` in the range of its integers, else a double. R itself reads about one decimal in
 * 5000 a last digit wrong (it scales in its long double); those are written in hexadecimal, which is exact.
 */
export function rNumber(digits: string): RNumber {
  if (digits === 'NaN') return { literal: 'NaN' }
  if (digits.endsWith('Infinity')) return { literal: digits.replace('inity', '') }
  const value = Number(digits)
  const integer = isInteger(digits)
  if (integer && Math.abs(value) <= largestInteger) return { literal: `${value + 0}L`.replace('-0L', '0L') }
  if (!Number.isFinite(value)) {
    return { literal: value < 0 ? '-Inf' : 'Inf', note: 'beyond the range of double' }
  }
  if (integer && Number.isSafeInteger(value)) return { literal: digits }
  const inexact = integer && (digits.length > 400 || BigInt(digits) !== BigInt(value))
  if (inexact) return { literal: literalOf(digits, value), note: `nearest double to ${short(digits)}` }
  const literal = literalOf(digits, value)
  return literal.includes('x') ? { literal, note: short(digits) } : { literal }
}

function literalOf(digits: string, value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  return readsRight(digits, Math.abs(value)) ? digits : hexadecimal(value)
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

/** Distance between doubles of this size. */
function spacing(value: number): number {
  view.setFloat64(0, value)
  const exponent = (view.getUint16(0) >> 4) & 0x7ff
  return 2 ** (Math.max(exponent, 1) - 1075)
}

/**
 * Whether a decimal is so far from the middle between two doubles that no reader that is off by a few units of an
 * 80-bit long double takes the wrong one.
 */
function readsRight(digits: string, value: number): boolean {
  const off = offQuickly(digits, value) ?? offExactly(digits, value)
  return Math.abs(off) < 0.5 - 1 / 512
}

/**
 * (decimal − value) in units of the spacing, by error-free products of doubles (Dekker 1971), for what labs send: no
 * exponent, at most 17 digits, at most 22 of them behind the point. `undefined` for anything else.
 */
function offQuickly(digits: string, value: number): number | undefined {
  let high = 0 // the first nine digits, then eight more
  let low = 0
  let count = 0
  let point = digits.length - 1
  for (let at = digits.startsWith('-') ? 1 : 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(at) - 0x30
    if (digit === -2) point = at
    else if (digit < 0 || digit > 9) return undefined
    else if (count < 9) high = high * 10 + digit
    else low = low * 10 + digit
    if (digit > 0 || (count > 0 && digit === 0)) count++
  }
  const places = digits.length - 1 - point
  if (count > 17 || places > 22) return undefined
  const scale = 10 ** places
  const first = high * 10 ** Math.max(count - 9, 0) // exact: at most 2^30 times 2^8 * 390625
  const product = value * scale
  const [a, b] = split(value)
  const [c, d] = split(scale)
  const error = a * c - product + a * d + b * c + b * d
  return (first - product + (low - error)) / scale / spacing(value)
}

function split(value: number): [number, number] {
  const scaled = value * 134217729 // 2^27 + 1
  const high = scaled - (scaled - value)
  return [high, value - high]
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
