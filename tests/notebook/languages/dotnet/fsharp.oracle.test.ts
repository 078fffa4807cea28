import t from 'tap'
import { fsharp } from '../../../../service/notebook/languages/dotnet/fsharp.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases } from '../../oracle.ts'
import { label, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { fsharpOracle } from './fsharp-oracle.ts'
import { fsharpTreeOracle } from './fsharp-tree.ts'

t.test('F# Interactive gets every difficult value as the table in the docs says', async (t) => {
  const numbers = Array.from({ length: 2000 }, (_, index) => index)
  const members = Object.fromEntries(numbers.map((number) => [`name ${number}`, number]))
  // Lists of more than 500 items are no lists to the compiler.
  const long = { a: numbers, b: [numbers, [1]], c: { d: numbers }, e: members, f: [1, numbers, members] }
  const all = [
    ...difficultParameters({ nul: true, random: 120 }),
    ...posts().map((post) => post.params_text),
    JSON.stringify(long),
  ]
  await checkCases(t, fsharpOracle, casesOf('F#', all))
})

t.test('a cell of F# is nothing but assignments of literals', async (t) => {
  await checkCases(t, fsharpTreeOracle, casesOf('F#', difficultParameters({ nul: true, random: 1000 })))
})

t.test(
  'F# takes every character of Unicode in texts, and in names those that this service takes',
  async (t) => {
    const texts = inPieces(everyCharacter({ nul: true }), 20_000).map((piece) => ({ x: piece.join('') }))
    // Of the many Chinese and Korean letters some are looked at.
    const some = everyCharacter({ nul: false }).filter((_, code) => code < 0x3400 || code % 97 === 0)
    const valid = some.filter((character) => fsharp.identifiers.valid.test(`a${character}`))
    const names = valid.map((character) =>
      fsharp.identifiers.valid.test(character) ? `${character}_${character}` : `a${character}`,
    )
    t.ok(names.length > 4000)
    const cells = inPieces(names, 500).map((piece) => Object.fromEntries(piece.map((name) => [name, 1])))
    const all = [...texts, ...cells].map((params) => JSON.stringify(params))
    await checkCases(t, fsharpOracle, casesOf('F#', all))
  },
)

t.test('the oracles find what is wrong, and judge the others all the same', async (t) => {
  const table: [params: string, source: string, runs: boolean, isPlain: boolean][] = [
    ['{"x": 1}', 'let x = 1', true, true],
    ['{"x": 1}', 'let x = 1L', false, true],
    ['{"x": 1}', 'let x = (', false, false],
    ['{"x": 1}', 'let x = int "1"', true, false],
    ['{"x": 1}', 'let x = 1\nlet y = 2', true, false],
    ['{"x": 1}', 'let x = 1 // a\nprintfn "x"', true, false],
    ['{"x": 1}', 'let x = (fun () -> 1) ()', true, false],
    ['{"x": "a"}', 'let x = sprintf "a"', true, false],
    ['{"x": -0.0}', 'let x = 0.0', false, true],
    ['{"x": [1]}', 'let x = [1.0]', false, true],
    ['{"x": [1]}', 'let x = [| 1 |]', false, true],
    ['{"x": [1]}', 'let x = [\n  1\n ]', true, true],
    ['{"x": {"a": 1}}', 'let x = dict ["a", 1]', false, true],
    ['{"x": {"a": 1, "b": 2}}', 'let x = dict ["b", box 2; "a", box 1]', false, true],
    ['{"x": 1}', 'let x = 1', true, true],
  ]
  const cases = table.map(([params, source]) => ({ params, source, names: { x: 'x' } }))
  const [run, plain] = [await fsharpOracle(cases), await fsharpTreeOracle(cases)]
  for (const [index, [params, source, ...right]] of table.entries())
    t.strictSame(
      [run[index] === undefined, plain[index] === undefined],
      right,
      label(`${source} for ${params}: ${run[index]}, ${plain[index]}`),
    )
})
