import { isInteger } from '../shared/digits.ts'

// Every integer up to 2^53 is a double, and MATLAB reads any number as a double first.
const largestDouble = 2n ** 53n
const largestInt64 = 2n ** 63n - 1n
const largestUint64 = 2n ** 64n - 1n

// More digits than these tell no two doubles apart, and nobody promises that MATLAB reads them right.
const mostDigits = 24

const small = /^-?[0-9]{1,15}$/

/** Whether a number is a double, to the last digit of an integer. */
export function isDouble(digits: string): boolean {
  // A few digits, or a point, or no finite number.
  if (digits.length < 16 || !isInteger(digits)) return true
  return digits.length <= 17 && size(digits) <= largestDouble
}

/** Whether it is an integer that is exact as an int64. */
export function isInt64(digits: string): boolean {
  if (digits.length > 20 || !isInteger(digits)) return false
  const integer = BigInt(digits)
  return integer <= largestInt64 && integer >= -largestInt64 - 1n
}

/** A number as MATLAB and Octave write it; beyond all their integers it is a text. */
export function matlabNumber(digits: string, notes: Set<string>): string {
  if (small.test(digits)) return digits === '-0' ? '0' : digits
  if (digits === 'NaN') return 'NaN'
  if (digits.endsWith('Infinity')) return digits.replace('inity', '')
  if (!isInteger(digits)) return double(digits, notes)
  if (isDouble(digits)) return digits
  if (isInt64(digits)) return parts(digits, 'int64', 4, notes)
  if (!digits.startsWith('-') && digits.length <= 20 && BigInt(digits) <= largestUint64) {
    return parts(digits, 'uint64', 5, notes)
  }
  notes.add('an integer beyond uint64, as text')
  return `'${digits}'`
}

/** A multiple and a rest that are doubles each: int64(9007199254740993) would be even. */
function parts(digits: string, type: string, rest: number, notes: Set<string>): string {
  notes.add(digits)
  const high = `${type}(${digits.slice(0, -rest)}) * ${type}(1${'0'.repeat(rest)})`
  const low = digits.slice(-rest).replace(/^0+(?=.)/, '')
  return `(${high} ${digits.startsWith('-') ? '-' : '+'} ${type}(${low}))`
}

function double(digits: string, notes: Set<string>): string {
  const value = Number(digits)
  if (!Number.isFinite(value)) {
    notes.add('beyond the range of double')
    return value < 0 ? '-Inf' : 'Inf'
  }
  if (value !== 0) return digits.length > mostDigits ? withPoint(String(value)) : digits
  if (/^[^eE]*[1-9]/.test(digits)) notes.add('too small for double')
  return Object.is(value, -0) ? '-0.0' : '0.0'
}

function withPoint(digits: string): string {
  return isInteger(digits) ? `${digits}.0` : digits
}

function size(digits: string): bigint {
  const integer = BigInt(digits)
  return integer < 0n ? -integer : integer
}
