import t from 'tap'
import { makeCell } from '../../service/notebook/cell.ts'
import { readParameters } from '../../service/notebook/parameters.ts'
import { inProject } from '../support/paths.ts'
import { difficultParameters } from './difficult.ts'
import { posts, run, templateOf } from './support.ts'

/** What is wrong with the cells for these parameters, as Python sees it: one process for all of them. */
function faults(all: readonly string[]): string[] {
  const template = templateOf('python')
  const cases = all.map((params) => {
    const { source, names } = makeCell(readParameters(params), template, ['en'])
    return {
      params: params === '' ? '{}' : params,
      source,
      names: Object.fromEntries(names.map(({ sent, variable }) => [sent, variable])),
    }
  })
  return JSON.parse(run('python3', [inProject('tests/notebook/run_cells.py')], JSON.stringify(cases)))
}

t.test(
  'Python gets every difficult value with its type, and nothing but assignments of literals',
  async (t) => {
    const all = difficultParameters({ nul: true, random: 3000 })
    t.ok(all.length > 3100)
    t.strictSame(faults([...all, `{"x": ${'9'.repeat(20_000)}, "y": -${'1'.repeat(4301)}}`]), [])
  },
)

t.test('Python takes every character of Unicode in texts and in names', async (t) => {
  const characters: string[] = []
  for (let code = 0; code <= 0x10ffff; code++)
    if (code < 0xd800 || code > 0xdfff) characters.push(String.fromCodePoint(code))
  const texts: string[] = []
  for (let from = 0; from < characters.length; from += 20_000)
    texts.push(JSON.stringify({ x: characters.slice(from, from + 20_000).join('') }))
  t.strictSame(faults(texts), [])
  const basic = characters.filter((character) => character.codePointAt(0)! < 0x30000)
  const names: string[] = []
  for (let from = 0; from < basic.length; from += 5000)
    names.push(
      JSON.stringify(
        Object.fromEntries(
          basic.slice(from, from + 5000).map((character) => [`${character}a${character}`, 1]),
        ),
      ),
    )
  t.strictSame(faults(names), [])
})

t.test('Python gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  t.equal(all.length, 27)
  t.strictSame(faults(all), [])
})

t.test('the oracle finds what is wrong', async (t) => {
  const wrong = [
    { params: '{"x": 1.0}', source: 'x = 1', names: { x: 'x' } },
    { params: '{"x": 1}', source: 'x = print(1)', names: { x: 'x' } },
    { params: '{"x": 1}', source: 'x = 1; y = 2', names: { x: 'x' } },
    { params: '{"x": 1}', source: 'x = (', names: { x: 'x' } },
    { params: '{"x": -0.0}', source: 'x = 0.0', names: { x: 'x' } },
  ]
  const found = JSON.parse(run('python3', [inProject('tests/notebook/run_cells.py')], JSON.stringify(wrong)))
  t.equal(found.length, wrong.length)
})
