/** Numbers as people type them: with a decimal point everywhere, and with a decimal comma where the reader's country writes one. */
import { pickLocale } from '../texts/index.ts'
import type { DecimalSign } from './control.ts'

/** As the country of the page's reader writes numbers. */
export function decimalFor(acceptLanguage: string | undefined): DecimalSign {
  const parts = new Intl.NumberFormat(pickLocale(acceptLanguage)).formatToParts(1.5)
  return parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.'
}

const exact = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$|^(?:NaN|-?Infinity)$/
/** Nothing but digits, and signs that somewhere stand between thousands or before decimals. */
const separated = /^-?[0-9]+(?:[.,'’_\s][0-9]+)+$/
const plainComma = /^-?[0-9]+,[0-9]+$/

/**
 * The digits of a number as JSON has them. Nothing is taken for a thousands separator: `1.234` is less than two, and what has
 * a comma and a dot, or several of them, is refused.
 */
export function readNumber(
  text: string,
  decimal: DecimalSign,
): { readonly number: string } | { readonly problem: 'digits' | 'separators' } {
  const hasOneComma = /^[^.,]*,[^.,]*$/.test(text)
  const number = hasOneComma && decimal === ',' ? text.replace(',', '.') : text
  if (exact.test(number)) return { number }
  // One comma alone is rather meant for decimals: what it should be, an example shows.
  return { problem: separated.test(text) && !plainComma.test(text) ? 'separators' : 'digits' }
}

/** A number that could have been meant otherwise, in both notations; undefined where there is but one. */
export function readBack(
  text: string,
  decimal: DecimalSign,
): { readonly number: string; readonly literal: string } | undefined {
  if (decimal === '.' || !/[.,]/.test(text)) return undefined
  const read = readNumber(text.trim(), decimal)
  return 'number' in read ? { number: read.number.replace('.', decimal), literal: read.number } : undefined
}

/** Numbers for hints: one to be copied, with an exponent, and with thousands. */
export function exampleNumbers(decimal: DecimalSign, isWhole: boolean) {
  return {
    fraction: `21${decimal}5`,
    power: `6${decimal}02e23`,
    long: isWhole ? '12345' : `12345${decimal}6`,
  }
}
