import t from 'tap'
import { r } from '../../../../service/notebook/languages/r/r.ts'
import { rNumber } from '../../../../service/notebook/languages/r/r-numbers.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases } from '../../oracle.ts'
import { label, posts, seeded } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { rOracle, rOracleLoosely } from './r-oracle.ts'

t.test(
  'R gets every difficult value as the table in the docs says, and nothing but assignments of literals',
  async (t) => {
    await checkCases(t, rOracle, casesOf('R', difficultParameters({ nul: false, random: 1000 })))
  },
)

t.test('R gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  await checkCases(t, rOracle, casesOf('R', all))
})

t.test('R takes every character of Unicode in texts', async (t) => {
  const texts = inPieces(everyCharacter({ nul: false }), 8000).map((piece) =>
    JSON.stringify({ x: piece.join('') }),
  )
  await checkCases(t, rOracle, casesOf('R', texts))
})

t.test('R reads every double to the last bit', async (t) => {
  const random = seeded(7)
  const view = new DataView(new ArrayBuffer(8))
  const numbers: string[] = []
  for (let index = 0; index < 20_000; index++) {
    view.setUint32(0, random(2 ** 32))
    view.setUint32(4, random(2 ** 32))
    const any = view.getFloat64(0)
    if (Number.isFinite(any)) numbers.push(String(any).includes('.') ? String(any) : any.toExponential())
    numbers.push((random(1e9) / 10 ** (1 + random(8)) + random(2) / 3).toFixed(1 + random(14)))
    numbers.push(`${random(1e9)}.${random(1e9)}e${random(40) - 20}`)
  }
  const list = numbers.map((digits) => digits.replace(/^(-?\d+)e/, '$1.0e')).join(',')
  await checkCases(t, rOracle, casesOf('R', [`{"x": [${list}]}`]))
  const rewritten = numbers.filter((digits) => rNumber(digits, () => {}) !== digits).length
  t.ok(rewritten > 0 && rewritten < numbers.length / 50, `${rewritten} of ${numbers.length} are hexadecimal`)
})

t.test('every name that this service takes for a name of R is one', async (t) => {
  const names: string[] = []
  for (let code = 1; code <= 0x2ffff; code++) {
    const character = String.fromCodePoint(code)
    // The others all become the same `_`: of them the first are enough.
    // Of the many Chinese and Korean ones every seventh is.
    const looked = code < 0x2000 || ((code < 0x3400 || code % 7 === 0) && r.identifiers.valid.test(character))
    if (looked) names.push(`${character}a${character}`)
  }
  const all = inPieces(names, 2000).map((piece) =>
    JSON.stringify(Object.fromEntries(piece.map((name) => [name, 1]))),
  )
  await checkCases(t, rOracle, casesOf('R', all))
})

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, strictly: boolean, loosely: boolean][] = [
    ['{"x": 1}', 'x <- 1L', true, true],
    ['{"x": 1}', 'x = 1L', true, true],
    ['{"x": 1}', 'x <- 1', false, true],
    ['{"x": 1}', 'x <- 2L', false, false],
    ['{"x": 1}', 'x <- (', false, false],
    ['{"x": 1}', 'x <- 1L; y <- 2L', false, false],
    ['{"x": 1}', 'x <- print(1L)', false, false],
    ['{"x": 1}', 'y <- 1L', false, false],
    ['{"x": [1, 2]}', 'x <- c(1L, 2L)', true, true],
    ['{"x": [1, 2]}', 'x <- list(1, 2)', false, true],
    ['{"x": [1, 2]}', 'x <- list(1)', false, false],
    ['{"x": [[1]]}', 'x <- list(list(1))', false, true],
    ['{"x": {}}', 'x <- list()', false, true],
    ['{"x": "µ"}', 'x <- "\\xb5"', false, false],
    ['{"x": "µ"}', 'x <- "µ"', true, true],
  ]
  const cases = table.map(([params, source]) => ({ params, source, names: { x: 'x' } }))
  const [strictly, loosely] = [await rOracle(cases), await rOracleLoosely(cases)]
  for (const [index, [params, source, ...right]] of table.entries())
    t.strictSame(
      [strictly[index] === undefined, loosely[index] === undefined],
      right,
      label(`${source} for ${params}`),
    )
})
