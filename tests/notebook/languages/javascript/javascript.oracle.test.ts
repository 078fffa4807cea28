import { createContext, runInContext } from 'node:vm'
import t from 'tap'
import { javascript } from '../../../../service/notebook/languages/javascript/javascript.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases, type OracleCase } from '../../oracle.ts'
import { label, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { javascriptOracle } from './javascript-oracle.ts'

t.test('JavaScript gets every difficult value with its type', async (t) => {
  const all = difficultParameters({ nul: true, random: 2000 })
  const own = [
    '{"x": {"b": 1, "10": 2, "9": 3, "4294967295": 4, "01": 5, "-1": 6}}',
    `{"x": -${'9'.repeat(20_000)}}`,
  ]
  await checkCases(t, javascriptOracle, casesOf('javascript', [...all, ...own]))
})

t.test(
  'and behind a cell that declares the same names with var or let, as IJavascript runs it',
  async (t) => {
    const params = '{"a": 1, "b": "text", "c": null, "d": [1], "e": 2.5}'
    const parameters = 'var a = "x", b = 5\nlet c = "x", d\nlet e = [1, 2]'
    const [{ source }] = casesOf('javascript', [params], parameters) as [OracleCase]
    const scope = createContext()
    for (const cell of [parameters, source, source]) runInContext(cell, scope)
    t.equal(runInContext('JSON.stringify({ a, b, c, d, e })', scope), JSON.stringify(JSON.parse(params)))
  },
)

t.test('JavaScript gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  t.equal(all.length, 27)
  await checkCases(t, javascriptOracle, casesOf('javascript', all))
})

t.test('JavaScript takes every character of Unicode in texts and in names', async (t) => {
  const characters = everyCharacter({ nul: true })
  const texts = inPieces(characters, 20_000).map((piece) => JSON.stringify({ x: piece.join('') }))
  await checkCases(t, javascriptOracle, casesOf('javascript', texts))
  const letters = characters.filter((character) => javascript.identifiers.valid.test(`x${character}`))
  t.ok(letters.length > 100_000)
  const names = inPieces(letters, 5000).map((piece) =>
    JSON.stringify(Object.fromEntries(piece.map((character) => [`${character}a${character}`, 1]))),
  )
  await checkCases(t, javascriptOracle, casesOf('javascript', names))
})

t.test(
  'no name that may be set is a global one of JavaScript, or a function or object of Node.js',
  async (t) => {
    const own: string[] = runInContext('Object.getOwnPropertyNames(globalThis)', createContext())
    const node = Object.getOwnPropertyNames(globalThis).filter((name) => /^[a-z]/.test(name))
    t.ok(own.length > 50 && node.length > 20)
    const { keywords, avoided } = javascript.identifiers
    t.strictSame(
      [...own, ...node].filter((name) => !keywords.has(name) && !avoided(name)),
      [],
    )
  },
)

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, right: boolean][] = [
    ['{"x": 1}', 'var x = 1;', true],
    ['{"x": 1}', 'let x = 1;', false],
    ['{"x": 1}', 'var x = 1n;', false],
    ['{"x": 1}', 'var x = "1";', false],
    ['{"x": 1}', 'var x = (', false],
    ['{"x": 1}', 'var x = 1; var y = 2;', false],
    ['{"x": 1}', 'var x = Number(1);', false],
    ['{"x": 1}', 'var y = 1;', false],
    ['{"x": "a"}', 'var x = `a`;', false],
    ['{"x": -0.0}', 'var x = 0.0;', false],
    ['{"x": -0}', 'var x = -0;', false],
    ['{"x": 9007199254740993}', 'var x = 9007199254740993;', false],
    ['{"x": {"__proto__": {"a": 1}}}', 'var x = {"__proto__": {"a": 1}};', false],
    ['{"x": {"a": 1, "b": 2}}', 'var x = {"b": 2, "a": 1};', false],
    ['{"x": null}', 'var x = undefined;', false],
    ['{"x": 1}', 'var x = 1;', true],
  ]
  const faults = await javascriptOracle(
    table.map(([params, source]) => ({ params, source, names: { x: 'x' } })),
  )
  for (const [index, [params, source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, label(`${source} for ${params}: ${faults[index]}`))
})
