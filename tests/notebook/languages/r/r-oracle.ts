import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import { writeValue } from '../../../../service/notebook/parameters/write.ts'
import { inProject } from '../../../support/paths.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { firstDifference, run } from '../../support.ts'

/** R itself, its values as docs/languages.md says. */
export const rOracle: Oracle = (cases) => judge(cases, (line) => line)

/** The same, but an integer may be a double and a vector a list: for cells that others make. */
export const rOracleLoosely: Oracle = (cases) =>
  judge(cases, (line) => {
    let plain = line.replaceAll('int:', 'double:').replace(/[({]/g, '[').replace(/[)}]/g, ']')
    // One value is a list of one value.
    for (let before = ''; before !== plain; plain = plain.replace(/\[([^[\] ]+)\]/g, '$1')) before = plain
    return plain
  })

function judge(cases: readonly OracleCase[], plain: (line: string) => string): (string | undefined)[] {
  const set = runCells(cases.map(({ source }) => source))
  return cases.map(({ params, names }, index) => {
    const wanted = readParameters(params).map(
      ([name, value]) => `${codes(names[name] ?? '')} ${expected(value)}`,
    )
    return firstDifference((set[index] ?? ['nothing']).map(plain), wanted.map(plain))
  })
}

/** What run_cells.R prints for each cell. */
function runCells(sources: readonly string[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'r-oracle-'))
  try {
    const file = join(folder, 'cells')
    writeFileSync(file, sources.map((source) => `${source}\n\u0001\n`).join(''))
    const program = inProject('tests/notebook/languages/r/run_cells.R')
    const cells: string[][] = [[]]
    for (const line of run('Rscript', ['--vanilla', program, file], '').trimEnd().split('\n'))
      if (line === 'end') cells.push([])
      else cells.at(-1)!.push(doubles(line))
    return cells
  } finally {
    rmSync(folder, { recursive: true })
  }
}

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
  if (!vector) return `(${parts.join(' ')})`
  const isDouble = parts.some((part) => part.startsWith('double:'))
  const all = isDouble ? parts.map((part) => part.replace('int:', 'double:')) : parts
  return all.length === 1 ? all[0]! : `[${all.join(' ')}]`
}

function numberLine(digits: string): string {
  const value = Number(digits.replace('Infinity', '1e999'))
  if (/^-?\d+$/.test(digits) && Math.abs(value) <= 2147483647) return `int:${value + 0}`
  return `double:${Number.isNaN(value) ? 'nan' : Object.is(value, -0) ? '-0' : value}`
}

/** Doubles as JavaScript writes them. */
function doubles(line: string): string {
  return line.replace(/double:([^ \])}]+)/g, (_, digits: string) => {
    const value = Number(digits.replace('Inf', 'Infinity'))
    return `double:${digits === 'nan' ? 'nan' : Object.is(value, -0) ? '-0' : value}`
  })
}
