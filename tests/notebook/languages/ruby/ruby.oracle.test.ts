import t from 'tap'
import { ruby } from '../../../../service/notebook/languages/ruby.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases, type OracleCase } from '../../oracle.ts'
import { label, posts, run, seeded } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { rubyOracle } from './ruby-oracle.ts'

t.test('Ruby gets every difficult value with its type, and warns of nothing', async (t) => {
  const all = difficultParameters({ nul: true, random: 2000 })
  const own = [
    `{"x": -${'9'.repeat(20_000)}}`,
    '{"x": "#@x #$x #{x} #@@x # @ \\\\#{x}", "#{y}": {"#@z": "#"}}',
    '{"Temperature": 1, "ÄnderungX": 2, "ǅ": 3, "1": 4, "-*- coding: utf-7 -*-": 5, "it": 6, "puts": 7}',
  ]
  await checkCases(t, rubyOracle, casesOf('ruby', [...all, ...own]))
})

t.test('Ruby gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  t.equal(all.length, 27)
  await checkCases(t, rubyOracle, casesOf('ruby', all))
})

t.test('Ruby takes every character of Unicode in texts and in names', async (t) => {
  const characters = everyCharacter({ nul: true })
  const texts = inPieces(characters, 20_000).map((piece) => JSON.stringify({ x: piece.join('') }))
  await checkCases(t, rubyOracle, casesOf('ruby', texts))
  const letters = characters.filter((character) => ruby.identifiers.valid.test(`x${character}`))
  t.ok(letters.length > 100_000)
  const names = inPieces(letters, 5000).map((piece) =>
    JSON.stringify(Object.fromEntries(piece.map((character) => [`${character}a${character}`, 1]))),
  )
  // Its time grows with the square of the number of variables in one scope.
  await checkCases(t, rubyOracle, casesOf('ruby', names.slice(0, 6)))
})

t.test('Ruby reads every double to the last bit', async (t) => {
  const random = seeded(7)
  const view = new DataView(new ArrayBuffer(8))
  const numbers: string[] = []
  for (let index = 0; index < 20_000; index++) {
    view.setUint32(0, random(2 ** 32))
    view.setUint32(4, random(2 ** 32))
    const any = view.getFloat64(0)
    if (Number.isFinite(any)) numbers.push(any.toExponential())
    numbers.push((random(1e9) / 10 ** (1 + random(8)) + random(2) / 3).toFixed(1 + random(14)))
    numbers.push(`${random(1e9)}.${random(1e9)}${random(1e9)}e${random(40) - 20}`)
  }
  await checkCases(t, rubyOracle, casesOf('ruby', [`{"x": [${numbers.join(',')}]}`]))
})

t.test(
  'methods that are called with an argument can be called beside variables of their names',
  async (t) => {
    const [{ source, names }] = casesOf('ruby', [
      '{"format": 1, "method": 2, "system": 3, "sleep": 4, "puts": 5}',
    ]) as [OracleCase]
    t.strictSame(names, {
      format: 'format',
      method: 'method',
      system: 'system',
      sleep: 'sleep',
      puts: 'puts_',
    })
    const code = 'sleep 0\nsystem "true"\nmethod(:puts)\nputs [format("%03d", format), puts_]'
    t.equal(run('ruby', ['-e', `${source}\n${code}`], ''), '001\n5\n')
  },
)

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, right: boolean][] = [
    ['{"x": 1}', 'x = 1', true],
    ['{"x": 1}', 'x = 1.0', false],
    ['{"x": 1}', 'x = "1"', false],
    ['{"x": 1}', 'x = (', false],
    ['{"x": 1}', 'x = 1; y = 2', false],
    ['{"x": 1}', 'x = Integer(1)', false],
    ['{"x": 1}', 'x = `echo 1`', false],
    ['{"x": 1}', 'exit', false],
    ['{"x": "a"}', 'x = :a', false],
    ['{"x": "a"}', 'x = "#{"a"}"', false],
    ['{"x": "µ"}', 'x = "\\xb5"', false],
    ['{"x": -0.0}', 'x = 0.0', false],
    ['{"x": 0.1}', 'x = 0.10000000000000002', false],
    ['{"x": 1E400}', 'x = 1E400', false],
    ['{"x": {"a": 1}}', 'x = {"a": 1}', false],
    ['{"x": {"a": 1, "b": 2}}', 'x = {"b" => 2, "a" => 1}', false],
    ['{"x": 1}', 'x = 1', true],
  ]
  const faults = await rubyOracle(table.map(([params, source]) => ({ params, source, names: { x: 'x' } })))
  for (const [index, [params, source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, label(`${source} for ${params}: ${faults[index]}`))
})
