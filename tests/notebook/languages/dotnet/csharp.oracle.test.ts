import t from 'tap'
import { csharp } from '../../../../service/notebook/languages/dotnet/csharp.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases } from '../../oracle.ts'
import { label, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { csharpOracle } from './csharp-oracle.ts'

t.test(
  'Roslyn gets every difficult value as the docs say, and nothing but assignments of literals',
  async (t) => {
    const all = [
      ...difficultParameters({ nul: true, random: 400 }),
      ...posts().map((post) => post.params_text),
    ]
    await checkCases(t, csharpOracle, casesOf('C#', all))
  },
)

t.test(
  'C# takes every character of Unicode in texts, and in names those that this service takes',
  async (t) => {
    const texts = inPieces(everyCharacter({ nul: true }), 20_000).map((piece) => ({ x: piece.join('') }))
    const valid = everyCharacter({ nul: false }).filter((character) =>
      csharp.identifiers.valid.test(`a${character}`),
    )
    const names = valid.map((character) =>
      csharp.identifiers.valid.test(character) ? `${character}_${character}` : `a${character}`,
    )
    t.ok(names.length > 10_000)
    const cells = inPieces(names, 2000).map((piece) => Object.fromEntries(piece.map((name) => [name, 1])))
    const all = [...texts, ...cells].map((params) => JSON.stringify(params))
    await checkCases(t, csharpOracle, casesOf('C#', all))
  },
)

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, right: boolean][] = [
    ['{"x": 1}', 'var x = 1;', true],
    ['{"x": 1}', 'var x = 1L;', false],
    ['{"x": 1}', 'var x = (;', false],
    ['{"x": 1}', 'var x = int.Parse("1");', false],
    ['{"x": 1}', 'var x = 1; var y = 2;', false],
    ['{"x": 1}', 'var x = 1; System.Console.Write(1);', false],
    ['{"x": 1}', 'using System.IO;\nvar x = 1;', false],
    ['{"x": "a"}', 'var x = $"a";', false],
    ['{"x": -0.0}', 'var x = 0.0;', false],
    ['{"x": 0.1}', 'var x = 0.10000000000000002;', false],
    ['{"x": [1]}', 'var x = new double[] {1};', false],
    ['{"x": [1]}', 'var x = new int[] {1};', true],
    ['{"x": [1]}', 'var x = new int[] {System.Environment.Exit(1)};', false],
    [
      '{"x": {"a": 1}}',
      'var x = new System.Collections.Generic.Dictionary<string, int> { ["a"] = 1 };',
      false,
    ],
    ['{"x": 1}', 'var x = 1;', true],
  ]
  const faults = await csharpOracle(table.map(([params, source]) => ({ params, source, names: { x: 'x' } })))
  for (const [index, [params, source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, label(`${source} for ${params}: ${faults[index]}`))
})
