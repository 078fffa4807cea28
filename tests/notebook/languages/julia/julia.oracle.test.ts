import t from 'tap'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases } from '../../oracle.ts'
import { label, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { juliaOracle, juliaOracleLoosely } from './julia-oracle.ts'

t.test(
  'Julia gets every difficult value with its type, and nothing but assignments of literals',
  async (t) => {
    await checkCases(t, juliaOracle, casesOf('julia', difficultParameters({ nul: true, random: 2000 })))
  },
)

t.test('Julia gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  await checkCases(t, juliaOracle, casesOf('julia', all))
})

t.test('Julia takes every character of Unicode in texts', async (t) => {
  const texts = inPieces(everyCharacter({ nul: true }), 8000).map((piece) =>
    JSON.stringify({ x: piece.join('') }),
  )
  await checkCases(t, juliaOracle, casesOf('julia', texts))
})

t.test('the oracle takes nothing else', async (t) => {
  const table: [params: string, source: string, loosely: boolean][] = [
    ['{"x": 1}', 'x = 1; y = 2', false],
    ['{"x": "a"}', 'x = "$(run)"', false],
    ['{"x": "a"}', 'x = "$a"', false],
    ['{"x": 1}', 'x = f(1)', false],
    ['{"x": [1, 2.5]}', 'x = [1, 2.5]', true],
    ['{"x": [1.0, 2.5]}', 'x = [1, 2.5]', true],
    ['{"x": [1, true]}', 'x = [1, true]', true],
    ['{"x": []}', 'x = []', true],
    ['{"x": {"a": 1}}', 'x = Dict("a" => 1)', true],
    ['{"x": 1}', 'x = 1.0', true],
    ['{"x": 1E400}', 'x = 1e400', false],
    ['{"x": "\\u202e"}', 'x = "\u202e"', false],
    ['{"x": "µ"}', 'x = "\\xb5"', false],
    ['{"x": 1}', 'x = 1\nrun()', false],
    ['{"x": [1]}', 'x = Any[1', false],
    ['{"x": [1, 2]}', 'x = Any[1; 2]', false],
    ['{"x": 1}', 'println(1)', false],
    ['{"x": 1}', 'x = 2', false],
    ['{"x": 1}', 'y = 1', false],
    ['{"x": 1}', 'x += 1', false],
    ['{"x": 1}', 'x = 1 #= =#', false],
    ['{"x": -0.0}', 'x = 0.0', false],
  ]
  const cases = table.map(([params, source]) => ({ params, source, names: { x: 'x' } }))
  const [strictly, loosely] = [await juliaOracle(cases), await juliaOracleLoosely(cases)]
  for (const [index, [params, source, right]] of table.entries()) {
    t.ok(strictly[index], label(`${source} for ${params}`))
    t.equal(loosely[index] === undefined, right, label(`loosely: ${source} for ${params}`))
  }
  const fine = { params: '{"x": Infinity}', source: 'x = Inf  # "x"', names: { x: 'x' } }
  const [before, between, after] = await juliaOracle([cases[0]!, fine, cases[1]!])
  t.strictSame(
    [Boolean(before), between, Boolean(after)],
    [true, undefined, true],
    'each is judged for itself',
  )
})
