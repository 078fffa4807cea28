/**
 * A number as JSON and Python write it, exact whatever its size: `sign` × 0.`digits` × 10^`power`. Digits have no zero at
 * either end; zero has none at all. The infinities have an infinite power.
 */
export interface Decimal {
  readonly sign: -1 | 0 | 1
  readonly digits: string
  readonly power: number | bigint
}

// Beyond as many digits all exponents count as one: the time to read such a number grows with the square of them.
const mostExponentDigits = 1000
const notation = /^(-?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?)([0-9]+))?$/

/** `undefined` of `NaN`, which is no number. */
export function readDecimal(text: string): Decimal | undefined {
  if (text.endsWith('Infinity'))
    return { sign: text.startsWith('-') ? -1 : 1, digits: '1', power: Number.POSITIVE_INFINITY }
  const [matched, minus, whole = '', part = '', minusPower, exponent = '0'] = notation.exec(text) ?? []
  if (matched === undefined) return undefined
  const all = whole + part
  let start = 0
  while (all[start] === '0') start++
  let end = all.length
  while (end > start && all[end - 1] === '0') end--
  if (start === end) return { sign: 0, digits: '', power: 0 }
  const moved = whole.length - start
  return {
    sign: minus === '-' ? -1 : 1,
    digits: all.slice(start, end),
    power: powerOf(exponent.replace(/^0+/, ''), minusPower === '-', moved),
  }
}

function powerOf(exponent: string, isNegative: boolean, moved: number): number | bigint {
  if (exponent.length <= 15) return (isNegative ? -1 : 1) * Number(exponent) + moved
  const large = exponent.length > mostExponentDigits ? 10n ** BigInt(mostExponentDigits) : BigInt(exponent)
  return (isNegative ? -large : large) + BigInt(moved)
}

/**
 * The double of a number of at most fifteen digits and no exponent, `NaN` of any other. Two of them are equal, or one is
 * less than the other, just as the numbers are; and one is whole when the number is.
 */
export function shortNumber(text: string): number {
  if (text.length > 15) return Number.NaN
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if ((code < 48 || code > 57) && code !== 46 && code !== 45) return Number.NaN
  }
  return Number(text)
}

/** Negative, 0 or positive as the first number is less than, equal to or greater than the second. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  if (one.sign !== other.sign) return one.sign - other.sign
  if (one.power !== other.power) {
    // A number and a bigint may be the same.
    if (one.power < other.power) return -one.sign
    if (one.power > other.power) return one.sign
  }
  if (one.digits === other.digits) return 0
  return one.digits < other.digits ? -one.sign : one.sign
}

/** Whether nothing comes after the point, however it is written: `1.0` is a whole number to JSON Schema. */
export function isWhole({ digits, power }: Decimal): boolean {
  return power !== Number.POSITIVE_INFINITY && power >= digits.length
}

/** Whether the first is the second times a whole number. */
export function isMultiple(value: Decimal, of: Decimal): boolean {
  if (value.sign === 0) return true
  if (of.sign === 0 || value.power === Number.POSITIVE_INFINITY || of.power === Number.POSITIVE_INFINITY)
    return false
  // Of two whole numbers without a zero at their end: value = one × 10^more, of = other.
  const more =
    BigInt(value.power) - BigInt(value.digits.length) - (BigInt(of.power) - BigInt(of.digits.length))
  if (more < 0n) return false
  const divisor = BigInt(of.digits)
  // Beyond that, ten to that power has every factor of two and five that the divisor can have.
  const enough = BigInt(4 * of.digits.length)
  return (remainder(value.digits, divisor) * 10n ** (more < enough ? more : enough)) % divisor === 0n
}

/** In pieces: the time for one large BigInt grows with the square of its digits. */
function remainder(digits: string, divisor: bigint): bigint {
  const piece = 1000
  const shift = 10n ** BigInt(piece)
  const first = digits.length % piece
  let rest = BigInt(digits.slice(0, first)) % divisor
  for (let at = first; at < digits.length; at += piece) {
    rest = (rest * shift + BigInt(digits.slice(at, at + piece))) % divisor
  }
  return rest
}

/** One text for all ways to write a number. */
export function decimalKey(text: string): string {
  const short = shortNumber(text)
  if (!Number.isNaN(short)) return String(short)
  const decimal = readDecimal(text)
  if (decimal === undefined) return 'NaN'
  const { sign, digits, power } = decimal
  const isShort = digits.length <= 15 && power > -300 && power < 300
  return isShort ? String(sign * Number(`0.${digits}e${power}`)) : `${sign}e${power}:${digits}`
}
