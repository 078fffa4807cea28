import t from 'tap'
import { go } from '../../../../service/notebook/languages/go/go.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases, type OracleCase } from '../../oracle.ts'
import { cellOf, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { run } from '../shared/compiled-oracle.ts'
import { goCompiler, goOracle } from './go-oracle.ts'

t.test('Go gets every difficult value with its type, and nothing but assignments of literals', async (t) => {
  const own = [
    `{"x": [-${'9'.repeat(30)}, ${'1'.repeat(400)}]}`,
    `{"x": 9007199254740993.${'0'.repeat(200)}1, "y": 0.${'0'.repeat(400)}1e399, "z": -0.0e5}`,
    '{"x": [[1, "a"], [{"b": [[1.5], [2]]}]], "y": [[{"a": 1}], []], "z": [[[]], [[{}]]]}',
  ]
  await checkCases(t, goOracle, casesOf('go', [...difficultParameters({ nul: true, random: 1000 }), ...own]))
})

t.test('Go gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  t.equal(all.length, 27)
  await checkCases(t, goOracle, casesOf('go', all))
})

t.test('Go takes every character of Unicode in texts and in names', async (t) => {
  const characters = everyCharacter({ nul: true })
  const texts = inPieces(characters, 20_000).map((piece) => JSON.stringify({ x: piece.join('') }))
  await checkCases(t, goOracle, casesOf('go', texts))
  const letters = characters.filter((character) => go.identifiers.valid.test(`x${character}`))
  t.ok(letters.length > 40_000)
  // Of the many Chinese and Korean ones every twentieth. The grammar lacks eighteen that Unicode has in no identifiers.
  const known = letters.filter((letter) => /\p{XID_Continue}/u.test(letter))
  t.equal(known.length, letters.length - 18)
  const names = known.filter((letter, index) => letter < '\u3000' || index % 20 === 0)
  const cells = inPieces(names, 2000).map((piece) =>
    JSON.stringify(Object.fromEntries(piece.map((character) => [`x${character}`, 1]))),
  )
  await checkCases(t, goOracle, casesOf('go', cells))
})

t.test('a cell stands at the top level as well, with nothing before it', async (t) => {
  const { source } = cellOf(
    'go',
    `{"a": NaN, "b": [1, null], "c": ${'9'.repeat(30)}, "d": {"e": [1.5]}, "f": null, "g": "x", "unused": true}`,
  )
  const show = 'func main() {\n\tfmt.Println("cell 0")\n\tfmt.Println(a, b, c, d, f, g)\n}'
  const { lines, fault } = run(goCompiler, `package main\n\nimport "fmt"\n\n${source}\n\n${show}\n`)
  t.equal(fault, undefined)
  t.strictSame(lines?.get(0), [`NaN [1 <nil>] ${'9'.repeat(30)} map[e:[1.5]] <nil> x`])
})

t.test('a variable keeps the type that the parameters cell declares', async (t) => {
  const parameters = `var a float64 = 20
var b = 1.5
var c []float64
var d = []string{"x"}
var e any = 5
var f int64 = 5
g := 1.5
var h []int64`
  const table: [params: string, printed: string[]][] = [
    [
      '{"a": 21, "b": 2, "c": [1, 2], "d": [], "g": 3, "e": 7}',
      [
        'float64 4035000000000000',
        'float64 4000000000000000',
        '[]float64( float64 3ff0000000000000 float64 4000000000000000)',
        '[]string()',
        'float64 4008000000000000',
        'int 7',
      ],
    ],
    ['{"a": "x", "b": null, "c": [1, "y"]}', ['string 78', 'nil', '[]interface {}( int 1 string 79)']],
  ]
  for (const [params, printed] of table) {
    const { lines, fault } = run(goCompiler, goCompiler.program(casesOf('go', [params], parameters)))
    t.equal(fault, undefined)
    t.strictSame(lines?.get(0), printed)
  }
  t.equal(
    cellOf('go', '{"f": 6, "h": [1], "e": [1]}', parameters).source,
    '// Parameters\nvar f int64 = 6\nvar h = []int64{1}\nvar e any = []int{1}',
  )
})

t.test('long lists are not too much for a compiler', async (t) => {
  const cases = casesOf('go', [
    JSON.stringify({ x: Array.from({ length: 20_000 }, (_, index) => index / 8) }),
    JSON.stringify({ x: Array.from({ length: 20_000 }, (_, index) => `name ${index}`) }),
    JSON.stringify({ x: Array.from({ length: 10_000 }, (_, index) => [index, index / 4]) }),
    JSON.stringify({
      x: Array.from({ length: 500 }, (_, index) => ({ a: index, b: [index / 2], c: null })),
    }),
  ])
  await checkCases(t, goOracle, cases)
})

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, right: boolean][] = [
    ['{"x": 1}', 'var x = 1', true],
    ['{"x": 1}', 'var x int64 = 1', false],
    ['{"x": 1}', 'var x = 1.0', false],
    ['{"x": 1}', 'var x = 2', false],
    ['{"x": 1}', 'var x = (', false],
    ['{"x": 1}', 'var x = "1"', false],
    ['{"x": 1}', 'var x = 1\nvar y = 2', false],
    ['{"x": 1}', 'var x = len("a")', false],
    ['{"x": 1}', 'var y = 1', false],
    ['{"x": 1}', 'var x int = "1"', false],
    ['{"x": 1}', 'x := 1', false],
    ['{"x": 1}', 'import "os/exec"\nvar x = 1', false],
    ['{"x": "a"}', 'var x = `a`', false],
    ['{"x": NaN}', 'import "math"\nvar x = math.Sqrt(-1)', false],
    ['{"x": -0.0}', 'var x = -0.0', false],
    ['{"x": [1, 2]}', 'var x = []int{2, 1}', false],
    ['{"x": [1, 2]}', 'var x = []any{1, 2}', false],
    ['{"x": [1, 2]}', 'var x = []int{1, int(2)}', false],
    ['{"x": {"a": 1}}', 'var x = map[string]int{"a": 1}', false],
    ['{"x": 1}', 'var x = 1', true],
  ]
  const cases = table.map(([params, source]): OracleCase => ({ params, source, names: { x: 'x' } }))
  const faults = await goOracle(cases)
  for (const [index, [, source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, source)
})
