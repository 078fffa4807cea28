import fc from 'fast-check'
import t from 'tap'
import {
  compareDecimals,
  decimalKey,
  isMultiple,
  isWhole,
  readDecimal,
  shortNumber,
} from '../../../service/notebook/schema/decimal.ts'

/** A fraction with a divisor above zero: exact, and slow. */
type Rational = readonly [above: bigint, below: bigint]

function rationalOf(text: string): Rational {
  const [, minus, whole = '', part = '', exponent = '0'] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(text)!
  const power = Number(exponent) - part.length
  const digits = BigInt(whole + part) * (minus === '-' ? -1n : 1n)
  return power < 0 ? [digits, 10n ** BigInt(-power)] : [digits * 10n ** BigInt(power), 1n]
}

const digits = (least: number, most: number) =>
  fc.array(fc.constantFrom(...'0000123459'), { minLength: least, maxLength: most }).map((all) => all.join(''))

/** Numbers as JSON writes them: many zeros, so that many are equal or whole. */
const number = fc
  .tuple(fc.boolean(), digits(1, 20), digits(0, 20), fc.option(fc.integer({ min: -40, max: 40 })))
  .map(([minus, whole, part, exponent]) => {
    const integer = whole.replace(/^0+(?=[0-9])/, '')
    return `${minus ? '-' : ''}${integer}${part && `.${part}`}${exponent === null ? '' : `e${exponent}`}`
  })

/** The same number, written in another way. */
function otherwise(text: string): string {
  const [, digits = '', exponent = '0'] = /^([^eE]*)(?:[eE](.*))?$/.exec(text)!
  const [whole = '', part = ''] = digits.split('.')
  return `${whole}${part}000E${Number(exponent) - part.length - 3}`
}

const sign = (value: bigint) => (value < 0n ? -1 : value > 0n ? 1 : 0)

t.test('numbers are compared as the fractions that they are', async (t) => {
  fc.assert(
    fc.property(number, fc.oneof(number, fc.constant('')), (one, maybe) => {
      const other = maybe === '' ? otherwise(one) : maybe
      const [a, b] = rationalOf(one)
      const [c, d] = rationalOf(other)
      const order = sign(a * d - c * b)
      const [x, y] = [readDecimal(one)!, readDecimal(other)!]
      const difference = shortNumber(one) - shortNumber(other)
      return (
        Math.sign(compareDecimals(x, y)) === order &&
        (decimalKey(one) === decimalKey(other)) === (order === 0) &&
        (Number.isNaN(difference) || Math.sign(difference) === order)
      )
    }),
    { numRuns: 20_000 },
  )
  t.pass()
})

t.test('a number is whole, and a multiple of another, just when the fraction is', async (t) => {
  fc.assert(
    fc.property(number, number, (one, other) => {
      const [a, b] = rationalOf(one)
      const [c, d] = rationalOf(other)
      const whole = shortNumber(one)
      return (
        isWhole(readDecimal(one)!) === (a % b === 0n) &&
        (Number.isNaN(whole) || Number.isInteger(whole) === (a % b === 0n)) &&
        (c === 0n || isMultiple(readDecimal(one)!, readDecimal(other)!) === ((a * d) % (b * c) === 0n))
      )
    }),
    { numRuns: 20_000 },
  )
  t.pass()
})

t.test('products are multiples', async (t) => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), number, (factor, step) => {
      const [, minus, mantissa = '', exponent = ''] = /^(-?)([0-9.]+)(.*)$/.exec(step)!
      const [whole = '', part = ''] = mantissa.split('.')
      if (BigInt(whole + part) === 0n) return true
      const product = BigInt(whole + part) * factor
      const power = Number(exponent.slice(1) || 0) - part.length
      const text = `${minus === '-' ? -product : product}e${power}`
      return isMultiple(readDecimal(text)!, readDecimal(step)!)
    }),
  )
  t.pass()
})

t.test('what no double holds', async (t) => {
  const table: [one: string, other: string, order: number][] = [
    ['12345678901234567890', '12345678901234567891', -1],
    ['0.1', '0.1000000000000000000001', -1],
    ['1.0', '1', 0],
    ['-0', '0.0e5', 0],
    ['1e400', '1e401', -1],
    ['-1e400', '-1e401', 1],
    ['1e-400', '0', 1],
    ['1E+2', '100', 0],
    ['1e99999999999999999999', '1e99999999999999999998', 1],
    ['1e-99999999999999999999', '1e-99999999999999999998', -1],
    ['Infinity', '1e99999999999999999999', 1],
    ['-Infinity', '-1', -1],
    ['Infinity', 'Infinity', 0],
  ]
  for (const [one, other, order] of table) {
    t.equal(Math.sign(compareDecimals(readDecimal(one)!, readDecimal(other)!)), order, `${one} and ${other}`)
    t.equal(decimalKey(one) === decimalKey(other), order === 0)
  }
  t.equal(readDecimal('NaN'), undefined)
  t.ok(
    isMultiple(readDecimal('19.99')!, readDecimal('0.01')!),
    '19.99 is a multiple of 0.01, which doubles deny',
  )
  t.notOk(isMultiple(readDecimal('1e-400')!, readDecimal('1')!))
  t.ok(isMultiple(readDecimal('1e99999999999999999999')!, readDecimal('1024')!))
  t.notOk(isMultiple(readDecimal('1e99999999999999999999')!, readDecimal('3')!))
  t.notOk(isMultiple(readDecimal('Infinity')!, readDecimal('1')!))
})

t.test('numbers of megabytes are read in a moment', async (t) => {
  const start = process.cpuUsage().user
  const long = '9'.repeat(4e6)
  const step = readDecimal('7')!
  for (const text of [long, `1e${long}`, `1e-${long}`, `0.${long}`, `${'0'.repeat(4e6)}1`]) {
    const decimal = readDecimal(text)!
    compareDecimals(decimal, step)
    isMultiple(decimal, step)
    isWhole(decimal)
    decimalKey(text)
  }
  t.ok((process.cpuUsage().user - start) / 1e6 < 10)
})
