import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { makeCell } from '../../service/notebook/cell.ts'
import { r } from '../../service/notebook/languages/r.ts'
import { rNumber } from '../../service/notebook/languages/r-numbers.ts'
import { readParameters, type Value, writeValue } from '../../service/notebook/parameters.ts'
import { inProject } from '../support/paths.ts'
import { difficultParameters } from './difficult.ts'
import { firstDifference, posts, run, seeded, templateOf } from './support.ts'

const codes = (text: string) => [...text].map((character) => character.codePointAt(0)).join(',')

/** What run_cells.R must print for a value (docs/languages.md). */
function expected(value: Value, levels = 40): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(value.value)
    case 'number':
      return numberLine(value.text)
    case 'text':
      return `text:${codes(value.value)}`
    case 'list': {
      if (levels === 0) return `text:${codes(writeValue(value))}`
      const kinds = value.items.map(({ kind }) => (levels === 1 && /list|object/.test(kind) ? 'text' : kind))
      return list(
        kinds,
        value.items.map((item) => expected(item, levels - 1)),
      )
    }
    case 'object': {
      if (levels === 0) return `text:${codes(writeValue(value))}`
      return `{${value.entries.map(([name, member]) => `${codes(name)}=${expected(member, levels - 1)}`).join(' ')}}`
    }
  }
}

/** Vectors: one value is that value; integers among doubles are doubles. */
function list(kinds: readonly string[], parts: readonly string[]): string {
  const vector = new Set(kinds).size === 1 && /number|boolean|text/.test(kinds[0]!)
  const doubles = vector && parts.some((part) => part.startsWith('double:'))
  const all = doubles ? parts.map((part) => part.replace('int:', 'double:')) : parts
  return vector && all.length === 1 ? all[0]! : `[${all.join(' ')}]`
}

function numberLine(digits: string): string {
  const value = Number(digits.replace('Infinity', '1e999'))
  if (/^-?\d+$/.test(digits) && Math.abs(value) <= 2147483647) return `int:${value + 0}`
  return `double:${Number.isNaN(value) ? 'nan' : Object.is(value, -0) ? '-0' : value}`
}

/** Doubles as JavaScript writes them. */
const plain = (line: string) =>
  line.trimEnd().replace(/double:([^ \]}]+)/g, (_, digits: string) => {
    const value = Number(digits.replace('Inf', 'Infinity'))
    return `double:${digits === 'nan' ? 'nan' : Object.is(value, -0) ? '-0' : value}`
  })

function runCells(t: Test, sources: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'r-oracle-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'cells'), sources.map((source) => `${source}\n\u0001\n`).join(''))
  return run('Rscript', ['--vanilla', inProject('tests/notebook/run_cells.R'), join(folder, 'cells')], '')
    .trimEnd()
    .split('\n')
    .map(plain)
}

function check(t: Test, all: readonly string[]): void {
  const template = templateOf('R')
  const wanted: string[] = []
  const sources = all.map((params) => {
    const parameters = readParameters(params)
    const { source, names } = makeCell(parameters, template, ['en'])
    parameters.forEach(
      ([, value], index) => void wanted.push(`${codes(names[index]!.variable!)} ${expected(value)}`),
    )
    wanted.push('end')
    return source === '' ? '# Parameters' : source
  })
  t.equal(firstDifference(runCells(t, sources), wanted), undefined)
}

t.test(
  'R gets every difficult value as the table in the docs says, and nothing but assignments of literals',
  async (t) => {
    check(t, difficultParameters({ nul: false, random: 700 }))
  },
)

t.test('R gets what every button of the real SampleDB sent', async (t) => {
  check(
    t,
    posts().map((post) => post.params_text),
  )
})

t.test('R takes every character of Unicode in texts', async (t) => {
  const texts: string[] = []
  let text = ''
  for (let code = 1; code <= 0x10ffff; code++) {
    if (code < 0xd800 || code > 0xdfff) text += String.fromCodePoint(code)
    if (text.length < 8000 && code < 0x10ffff) continue
    texts.push(JSON.stringify({ x: text }))
    text = ''
  }
  check(t, texts)
})

t.test('R reads every double to the last bit', async (t) => {
  const random = seeded(7)
  const view = new DataView(new ArrayBuffer(8))
  const numbers: string[] = []
  for (let index = 0; index < 20_000; index++) {
    view.setUint32(0, random(2 ** 32))
    view.setUint32(4, random(2 ** 32))
    const any = view.getFloat64(0)
    if (Number.isFinite(any)) numbers.push(String(any).includes('.') ? String(any) : any.toExponential())
    numbers.push((random(1e9) / 10 ** (1 + random(8)) + random(2) / 3).toFixed(1 + random(14)))
    numbers.push(`${random(1e9)}.${random(1e9)}e${random(40) - 20}`)
  }
  check(t, [`{"x": [${numbers.map((digits) => digits.replace(/^(-?\d+)e/, '$1.0e')).join(',')}]}`])
  const rewritten = numbers.filter((digits) => rNumber(digits).literal !== digits).length
  t.ok(rewritten > 0 && rewritten < numbers.length / 50, `${rewritten} of ${numbers.length} are hexadecimal`)
})

t.test('every name that this service takes for a name of R is one', async (t) => {
  const all: string[] = []
  let names: [string, number][] = []
  for (let code = 1; code <= 0x2ffff; code++) {
    const character = String.fromCodePoint(code)
    // The others all become the same `_`: of them the first are enough.
    // Of the many Chinese and Korean ones every seventh is.
    const looked = code < 0x2000 || ((code < 0x3400 || code % 7 === 0) && r.identifiers.valid.test(character))
    if (looked) names.push([`${character}a${character}`, 1])
    if (names.length < 2000 && code < 0x2ffff) continue
    all.push(JSON.stringify(Object.fromEntries(names)))
    names = []
  }
  check(t, all)
})
