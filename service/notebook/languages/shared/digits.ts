import { isDigit, minus, nine, zero } from '../../json/characters.ts'

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
