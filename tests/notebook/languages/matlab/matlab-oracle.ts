import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import { writeValue } from '../../../../service/notebook/parameters/write.ts'
import { binOf, inProject } from '../../../support/paths.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { firstDifference, run } from '../../support.ts'

const program = inProject('tests/notebook/languages/matlab/run_cells.m')
const options = ['--no-init-file', '--no-history', '--quiet']

/** GNU Octave itself, which runs each cell as xeus-octave has it run it. */
export const octaveOracle: Oracle = (cases) => {
  const folder = mkdtempSync(join(tmpdir(), 'octave-oracle-'))
  try {
    const file = join(folder, 'cells')
    writeFileSync(file, cases.map(({ source }) => `${source}\n\u0001\n`).join(''))
    return judge(cases, run('octave-cli', [...options, program, file], ''))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The same line for line, as octave_kernel sends it; a cell that Octave cannot read spoils those after it. */
export const octaveLinesOracle: Oracle = (cases) => {
  const lines = cases.map(({ source }) => `${source}\n__report__\n`).join('')
  return judge(cases, run('octave-cli', options, `source('${program}');\nclear\n${lines}`))
}

/** That a cell is nothing but assignments of literals to the variables that it must set, by MATLAB's grammar. */
export const matlabTreeOracle: Oracle = (cases) => {
  execFileSync(process.execPath, [inProject('tests/support/environments.mjs'), 'matlab'])
  const reader = inProject('tests/notebook/languages/matlab/read_cells_matlab.py')
  const faults = run(join(binOf('matlab'), 'python'), [reader], JSON.stringify(cases))
  return (JSON.parse(faults) as (string | null)[]).map((fault) => fault ?? undefined)
}

function judge(cases: readonly OracleCase[], printed: string): (string | undefined)[] {
  const set: string[][] = [[]]
  for (const line of printed.trimEnd().split('\n'))
    if (line === 'end') set.push([])
    else set.at(-1)!.push(line)
  return cases.map(({ params, names }, index) => {
    const wanted = readParameters(params).map(([name, value]) => `${names[name]} ${expected(value)}`)
    return firstDifference((set[index] ?? ['nothing']).sort(), wanted.sort())
  })
}

/** What run_cells.m must print for a value (docs/languages.md). */
function expected(value: Value, levels = 14): string {
  if (levels === 0 && (value.kind === 'list' || value.kind === 'object')) return char(writeValue(value))
  switch (value.kind) {
    case 'null':
      return 'double0x0:'
    case 'boolean':
      return `logical1x1:${Number(value.value)},`
    case 'text':
      return char(value.value)
    case 'number':
      return number(value.text)
    case 'list':
      return list(value.items, levels)
    case 'object':
      return object(value, levels)
  }
}

function char(text: string): string {
  const bytes = Buffer.from(text)
  return `char${bytes.length === 0 ? '0x0' : `1x${bytes.length}`}:${codes(text)}`
}

/** Octave's characters are bytes of UTF-8. */
function codes(text: string): string {
  return [...Buffer.from(text)].map((byte) => `${byte},`).join('')
}

const isInteger = (digits: string) => /^-?\d+$/.test(digits)

/** The class of a number, and its value as that class is printed. */
function numberOf(digits: string): { class: 'double' | 'int64' | 'uint64' | 'char'; shown: string } {
  if (isInteger(digits)) {
    const integer = BigInt(digits)
    if (integer < -(2n ** 53n) || integer > 2n ** 53n) {
      if (BigInt.asIntN(64, integer) === integer) return { class: 'int64', shown: `${integer},` }
      if (BigInt.asUintN(64, integer) === integer) return { class: 'uint64', shown: `${integer},` }
      return { class: 'char', shown: '' }
    }
    return { class: 'double', shown: hex(Number(integer)) }
  }
  return { class: 'double', shown: hex(Number(digits.replace('Infinity', '1e999'))) }
}

const view = new DataView(new ArrayBuffer(8))

function hex(value: number): string {
  view.setFloat64(0, value)
  return `${Number.isNaN(value) ? 'f'.repeat(16) : view.getBigUint64(0).toString(16).padStart(16, '0')},`
}

function number(digits: string): string {
  const { class: type, shown } = numberOf(digits)
  return type === 'char' ? char(digits) : `${type}1x1:${shown}`
}

function digitsOf(items: readonly Value[]): string[] | undefined {
  const all = items.flatMap((item) => (item.kind === 'number' ? [item.text] : []))
  return all.length === items.length && all.length > 0 ? all : undefined
}

/** Numbers of one class as a row, and rows of one length as a matrix; anything else is a cell array. */
function list(items: readonly Value[], levels: number): string {
  if (items.length === 0) return 'double1x0:'
  if (items.every(({ kind }) => kind === 'boolean'))
    return `logical1x${items.length}:${items.map((item) => `${Number((item as { value: boolean }).value)},`).join('')}`
  const row = digitsOf(items)
  const isRow = row?.every((digits) => numberOf(digits).class === 'double')
  if (row && isRow) return `double1x${row.length}:${row.map((digits) => numberOf(digits).shown).join('')}`
  if (row?.every((digits) => isInteger(digits) && BigInt.asIntN(64, BigInt(digits)) === BigInt(digits)))
    return `int64${`1x${row.length}`}:${row.map((digits) => `${BigInt(digits)},`).join('')}`
  const rows = items.map((item) => (item.kind === 'list' ? digitsOf(item.items) : undefined))
  const columns = rows[0]?.length
  const isMatrix = rows.every(
    (own) => own?.length === columns && own?.every((digits) => numberOf(digits).class === 'double'),
  )
  if (isMatrix && levels > 1)
    return `double${rows.length}x${columns}:${rows.flatMap((own) => own!.map((digits) => numberOf(digits).shown)).join('')}`
  return `cell1x${items.length}(${items.map((item) => expected(item, levels - 1)).join(' ')})`
}

const field = /^[A-Za-z]\w{0,62}$/
const keyword = /^(end|if|for|while|function|return|case|break|continue|else|global|try|switch)$/

function object(value: Value & { kind: 'object' }, levels: number): string {
  const { entries } = value
  if (entries.some(([name]) => name === '' || name.includes('\0'))) return char(writeValue(value))
  const fields = entries.map(([name]) => {
    if (name.startsWith('_')) return `x${name}`
    return keyword.test(name) ? `x${name[0]!.toUpperCase()}${name.slice(1)}` : name
  })
  const isStruct = fields.every((name) => field.test(name)) && new Set(fields).size === fields.length
  const parts = entries.map(([name, member], index) => ({
    name: isStruct ? fields[index]! : name,
    shown: expected(member, levels - 1),
  }))
  if (!isStruct) parts.sort((one, other) => Buffer.compare(Buffer.from(one.name), Buffer.from(other.name)))
  const inside = parts.map(({ name, shown }) => `${codes(name)}=${shown}`).join(' ')
  return isStruct ? `struct1x1(${inside})` : `map(${inside})`
}
