import t from 'tap'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases } from '../../oracle.ts'
import { label, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { compileModules, typescriptOracle } from './typescript-oracle.ts'

t.test('TypeScript compiles every difficult value, and gets it with its type', async (t) => {
  await checkCases(
    t,
    typescriptOracle,
    casesOf('typescript', difficultParameters({ nul: true, random: 1000 })),
  )
})

t.test('TypeScript gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  await checkCases(
    t,
    typescriptOracle,
    casesOf(
      'typescript',
      all.filter((text) => text !== '{}'),
    ),
  )
})

t.test('TypeScript takes every character of Unicode in texts and in names', async (t) => {
  const characters = everyCharacter({ nul: true })
  const texts = inPieces(characters, 20_000).map((piece) => JSON.stringify({ x: piece.join('') }))
  const basic = characters.filter((character) => character.codePointAt(0)! < 0x3000)
  const names = inPieces(basic, 5000).map((piece) =>
    JSON.stringify(Object.fromEntries(piece.map((character) => [`${character}a${character}`, 1]))),
  )
  await checkCases(t, typescriptOracle, casesOf('typescript', [...texts, ...names]))
})

t.test('code that expects another case compiles all the same', async (t) => {
  const table: [params: string, code: string][] = [
    ['{"x": null}', 'const y: string = x; x.length; x?.[0]'],
    ['{"x": []}', 'x.push(1); x.push("a"); const y: number = x[0]'],
    ['{"x": [1]}', 'const y: number = x[0]!; x.push(2.5)'],
    ['{"x": ["a"]}', 'const y: string = x[0]!.toUpperCase()'],
    ['{"x": [[1, 2], [3]]}', 'const y: number[][] = x; x.push([4])'],
    ['{"x": [1, 9007199254740993]}', 'x.push(5n); x.push(5)'],
    ['{"x": [1, null]}', 'x.push("a"); x[0].length'],
    ['{"x": {"a": 1}}', 'x.other; x.a.b.c; x.added = 5; for (const [k, v] of Object.entries(x)) v.length'],
    ['{"x": [{"a": 1}]}', 'x[0]!.other; x.push({ b: 2 })'],
    ['{"x": 5}', 'x = 2.5; x.toFixed()'],
    ['{"x": true}', 'x = false'],
    ['{"x": "a"}', 'x = "b"; x.length'],
  ]
  const { faults } = compileModules(
    table.map(([params, code]) => `${casesOf('typescript', [params])[0]!.source}\n${code};`),
  )
  for (const [index, [params, code]] of table.entries())
    t.equal(faults[index], undefined, label(params + code))
})

t.test('long lists of objects of all shapes, which the compiler gives up on, compile', async (t) => {
  const objects = Array.from(
    { length: 3000 },
    (_, index) => `{"a${index}": ${index}, "b": [{"c${index}": null}]}`,
  )
  const params = [`{"x": [${objects}], "y": {"z": [1, ${objects}]}}`, `{"x": [[${objects}], [{"a": 1}]]}`]
  await checkCases(t, typescriptOracle, casesOf('typescript', params))
  const { faults } = compileModules([`var x: any[] = [${objects}];`])
  t.match(faults[0], /too complex/, 'it does give up')
})

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, right: boolean][] = [
    ['{"x": 1}', 'var x = 1;', true],
    ['{"x": 1}', 'var x: string = 1;', false],
    ['{"x": 1}', 'var x = (', false],
    ['{"x": 1}', 'var x = Number(1);', false],
    ['{"x": 1}', 'var x = 1; var y = 2;', false],
    ['{"x": 1}', 'var x = 1n;', false],
    ['{"x": [1]}', 'var x: number[] = [...[1]];', false],
    ['{"x": 1}', 'var x: any = 1;', true],
  ]
  const faults = await typescriptOracle(
    table.map(([params, source]) => ({ params, source, names: { x: 'x' } })),
  )
  for (const [index, [params, source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, label(`${source} for ${params}: ${faults[index]}`))
})
