import t from 'tap'
import { sage } from '../../../../service/notebook/languages/python/sage.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases } from '../../oracle.ts'
import { label, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { sageOracle } from './sage-oracle.ts'

t.test('Sage gets every difficult value as its own, and nothing but assignments of literals', async (t) => {
  const all = [
    ...difficultParameters({ nul: true, random: 2000 }),
    ...posts().map((post) => post.params_text),
    `{"x": ${'9'.repeat(20_000)}, "y": -${'1'.repeat(4301)}}`,
  ]
  await checkCases(t, sageOracle, casesOf('sage', all))
})

t.test(
  'Sage takes every character of Unicode in texts, and in names those that this service takes',
  async (t) => {
    const texts = inPieces(everyCharacter({ nul: true }), 20_000).map((piece) => ({ x: piece.join('') }))
    const valid = everyCharacter({ nul: false }).filter((character) =>
      sage.identifiers.valid.test(`a${character}1`),
    )
    t.ok(valid.length > 100_000)
    const cells = inPieces(valid, 5000).map((piece) =>
      Object.fromEntries(piece.map((character) => [`a${character}1`, 1])),
    )
    const all = [...texts, ...cells].map((params) => JSON.stringify(params))
    await checkCases(t, sageOracle, casesOf('sage', all))
  },
)

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, right: boolean][] = [
    ['{"x": 1}', 'x = 1', true],
    ['{"x": 1}', 'x = 1r', false],
    ['{"x": 1}', 'x = 1.0', false],
    ['{"x": 1}', 'x = 2^0', false],
    ['{"x": 1}', 'x = (', false],
    ['{"x": 1}', 'x = 1; y = 2', false],
    ['{"x": 1.0}', 'x = 1.00000000000000000000000000000', false],
    ['{"x": 0.1}', 'x = 0.10000000000000002', false],
    ['{"x": -0.0}', 'x = 0.0', false],
    ['{"x": NaN}', 'x = float("nan")', false],
    ['{"x": "a"}', 'x = str("a")', false],
    ['{"x": [1]}', 'x = [1]', true],
  ]
  const faults = await sageOracle(table.map(([params, source]) => ({ params, source, names: { x: 'x' } })))
  for (const [index, [params, source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, label(`${source} for ${params}: ${faults[index]}`))
})
