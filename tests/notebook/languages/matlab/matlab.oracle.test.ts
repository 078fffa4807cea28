import t from 'tap'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases } from '../../oracle.ts'
import { label, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { matlabTreeOracle, octaveLinesOracle, octaveOracle } from './matlab-oracle.ts'

t.test('Octave gets every difficult value as the table in the docs says', async (t) => {
  await checkCases(t, octaveOracle, casesOf('octave', difficultParameters({ nul: true, random: 1000 })))
})

t.test('and the same when it reads line for line, as octave_kernel sends a cell', async (t) => {
  await checkCases(t, octaveLinesOracle, casesOf('octave', difficultParameters({ nul: true, random: 200 })))
})

t.test('what the cell declares as strings is to Octave what it is without that', async (t) => {
  const texts = ['', 'a', `it's "x" %d, ...`, 'a\\nb', 'a\n\0b', 'Größe µm 😀', 'long '.repeat(200)]
  const cases = texts.flatMap((text) => [
    { one: text, many: [text, '', 'b;c'] },
    { one: null, many: [text] },
    { one: 1.5, many: [text, 1] },
  ])
  const lists = [[], ['a,b', 'c;d|e'], [',;|~^#@!$&*+=?/', 'a']]
  const all = [...cases, ...lists.map((many) => ({ many }))].map((one) => JSON.stringify(one))
  const declared = 'one = "x";\nmany = ["a", "b"];'
  await checkCases(t, octaveOracle, casesOf('octave', all, declared))
  await checkCases(t, octaveLinesOracle, casesOf('octave', all, declared))
  await checkCases(t, matlabTreeOracle, casesOf('matlab', all, declared))
})

t.test('a cell of MATLAB is nothing but assignments of literals', async (t) => {
  await checkCases(t, matlabTreeOracle, casesOf('matlab', difficultParameters({ nul: true, random: 1000 })))
})

t.test('Octave gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  await checkCases(t, octaveOracle, casesOf('octave', all))
})

t.test('Octave takes every character of Unicode in texts', async (t) => {
  const texts = inPieces(everyCharacter({ nul: true }), 8000).map((piece) =>
    JSON.stringify({ x: piece.join('') }),
  )
  await checkCases(t, octaveOracle, casesOf('octave', texts))
  await checkCases(t, octaveLinesOracle, casesOf('octave', texts.slice(0, 20)))
})

t.test('Octave reads every double to the last bit', async (t) => {
  const view = new DataView(new ArrayBuffer(8))
  const numbers: string[] = []
  for (let index = 1; index <= 20_000; index++) {
    view.setBigUint64(0, BigInt.asUintN(64, BigInt(index) * 0x9e3779b97f4a7c15n))
    const any = view.getFloat64(0)
    if (Number.isFinite(any)) numbers.push(/[.e]/.test(String(any)) ? String(any) : `${any}.0`)
    numbers.push(`${index}.${index * 7919}e${(index % 40) - 20}`)
  }
  await checkCases(t, octaveOracle, casesOf('octave', [`{"x": [${numbers}]}`]))
})

t.test('the tree of MATLAB shows what is more than that', async (t) => {
  const table: [source: string, right: boolean][] = [
    ["x = {1, 'a'};", true],
    ["x = [ ...  % a\n    'a', ...\n    char(10) ...\n];", true],
    ['x = run(1);', false],
    ["x = 'a'; run", false],
    ["x = 'a'\n!ls", false],
    ["x = ['a' run];", false],
    ['x = 1; y = 2;', false],
    ['x(2) = 1;', false],
    ['x = @() 1;', false],
    ["x = 'a", false],
    ['if 1\nx = 1;\nend', false],
  ]
  const faults = await matlabTreeOracle(
    table.map(([source]) => ({ params: '{"x": 1}', source, names: { x: 'x' } })),
  )
  for (const [index, [source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, label(`${source}: ${faults[index]}`))
})

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, right: boolean][] = [
    ['{"x": 1}', 'x = 1;', true],
    ['{"x": 1}', 'x = int8(1);', false],
    ['{"x": 1}', 'x = [1', false],
    ['{"x": 1}', 'x = 1', false],
    ['{"x": 1}', 'x = 1; y = 2;', false],
    ['{"x": -0.0}', 'x = 0.0;', false],
    ['{"x": 0.1}', 'x = 0.10000000000000002;', false],
    ['{"x": 9223372036854775807}', 'x = int64(9223372036854775806);', false],
    ['{"x": "µ"}', "x = '\\xb5';", false],
    ['{"x": []}', 'x = [];', false],
    ['{"x": ["a"]}', "x = 'a';", false],
    ['{"x": [[1, 2]]}', 'x = {[1, 2]};', false],
    ['{"x": {"a": [1, "b"]}}', "x = struct('a', {1, 'b'});", false],
    ['{"x": {"a": 1, "b": 2}}', "x = struct('b', 2, 'a', 1);", false],
    ['{"x": 1}', 'x = 1;', true],
  ]
  const faults = await octaveOracle(table.map(([params, source]) => ({ params, source, names: { x: 'x' } })))
  for (const [index, [params, source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, label(`${source} for ${params}: ${faults[index]}`))
})
