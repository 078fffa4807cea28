import t from 'tap'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases } from '../../oracle.ts'
import { posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { pythonOracle } from './python-oracle.ts'

t.test(
  'Python gets every difficult value with its type, and nothing but assignments of literals',
  async (t) => {
    const all = difficultParameters({ nul: true, random: 3000 })
    t.ok(all.length > 3100)
    const long = `{"x": ${'9'.repeat(20_000)}, "y": -${'1'.repeat(4301)}}`
    await checkCases(t, pythonOracle, casesOf('python', [...all, long]))
  },
)

t.test('Python takes every character of Unicode in texts and in names', async (t) => {
  const characters = everyCharacter({ nul: true })
  const texts = inPieces(characters, 20_000).map((piece) => JSON.stringify({ x: piece.join('') }))
  await checkCases(t, pythonOracle, casesOf('python', texts))
  const basic = characters.filter((character) => character.codePointAt(0)! < 0x30000)
  const names = inPieces(basic, 5000).map((piece) =>
    JSON.stringify(Object.fromEntries(piece.map((character) => [`${character}a${character}`, 1]))),
  )
  await checkCases(t, pythonOracle, casesOf('python', names))
})

t.test('Python gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  t.equal(all.length, 27)
  await checkCases(t, pythonOracle, casesOf('python', all))
})

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, fault: RegExp | undefined][] = [
    ['{"x": 1.0}', 'x = 1', /'x' is int 1/],
    ['{"x": 1}', 'x = 1', undefined],
    ['{"x": 1}', 'x = print(1)', /more than assignments/],
    ['{"x": 1}', 'x = 1; y = 2', /1 sent, 2 set/],
    ['{"x": 1}', 'x = (', /SyntaxError/],
    ['{"x": 1}', 'x = "\0"', /null bytes/],
    ['{"x": -0.0}', 'x = 0.0', /'x' is float 0.0/],
    ['{"x": -0.0}', 'x = -0.0', undefined],
  ]
  const faults = await pythonOracle(table.map(([params, source]) => ({ params, source, names: { x: 'x' } })))
  for (const [index, [, source, fault]] of table.entries())
    t.match(faults[index] ?? 'nothing', fault ?? /^nothing$/, source)
})
