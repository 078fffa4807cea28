import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import { writeValue } from '../../../../service/notebook/parameters/write.ts'
import { type Compiler, jarsOf } from '../../../support/jars.ts'
import { inProject } from '../../../support/paths.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { run } from '../../support.ts'
import { type JvmTree, strangeInCell } from './jvm-tree.ts'

export interface JvmRun {
  /** Which compiler JvmCells.java is to use. */
  readonly by: 'jshell' | 'java' | 'kotlin' | 'scala2' | 'scala3'
  /** The compiler that it needs beside Java's own. */
  readonly compiler?: Compiler
  readonly tree: JvmTree
  /** From how many levels of lists and objects on there is JSON text. */
  readonly levels: number
  /** How many values and names may be JSON text in any case. */
  readonly parts: number
}

/** Cells are read by a grammar first: only those that hold nothing but assignments of literals are run. */
export function jvmOracle(jvm: JvmRun): Oracle {
  return async (cases) => {
    const strange = await Promise.all(
      cases.map(({ source, names }) => strangeInCell(source, Object.values(names), jvm.tree)),
    )
    const harmless = cases.filter((_, index) => strange[index] === undefined)
    const printed = harmless.length === 0 ? [] : runCells(harmless, jvm)
    const faults = new Map(harmless.map((one, index) => [one, difference(one, printed[index], jvm)]))
    return cases.map((one, index) => strange[index] ?? faults.get(one))
  }
}

function runCells(cases: readonly OracleCase[], { by, compiler }: JvmRun): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'jvm-oracle-'))
  try {
    const program = inProject('tests/notebook/languages/jvm/JvmCells.java')
    const jars = compiler === undefined ? [] : jarsOf(compiler)
    const args = [
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-cp',
      ['.', ...jars].join(':'),
      program,
      by,
      folder,
    ]
    const input = cases.map(({ source }) => `${source.length}\n${source}`).join('')
    const cells = run('java', args, input).split('end\n').slice(0, -1)
    return cells.map((lines) => lines.split('\n').slice(0, -1))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function difference(
  { params, names, source }: OracleCase,
  lines: readonly string[] | undefined,
  jvm: JvmRun,
): string | undefined {
  if (lines === undefined) return 'nothing was printed'
  if (lines[0]?.startsWith('wrong ')) return lines[0]
  const sent = readParameters(params)
  const saysJson = source.includes('// JSON text: too many values')
  if (sent.length !== lines.length) return `${sent.length} sent, ${lines.length} set`
  const set = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  )
  for (const [name, value] of sent) {
    const got = set.get(names[name]!)
    const wanted = wantedOf(value, saysJson, jvm)
    if (got !== wanted) return `${name} is ${got?.slice(0, 200)}, wanted ${wanted.slice(0, 200)}`
  }
  return undefined
}

/** @param saysJson whether a comment says that it is JSON text */
function wantedOf(value: Value, saysJson: boolean, { levels, parts }: JvmRun): string {
  return saysJson && partsOf(value) > parts ? textLine(writeValue(value)) : print(value, own, levels)
}

function partsOf(value: Value): number {
  if (value.kind === 'list') return value.items.reduce((sum, item) => sum + partsOf(item), 1)
  if (value.kind === 'object') return value.entries.reduce((sum, [, member]) => sum + 1 + partsOf(member), 1)
  return 1
}

/** What the items of a list are to be, all of one type where there is one; `own`: each as it is by itself. */
type Type = 'own' | 'int' | 'long' | 'big' | 'double' | { readonly list: Type }
const own: Type = 'own'

/** A value as JvmCells.java prints it (docs/languages.md). */
function print(value: Value, type: Type, levels: number): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return `boolean:${value.value}`
    case 'text':
      return textLine(value.value)
    case 'number':
      return numberLine(value.text, type)
    case 'list': {
      if (levels === 0) return textLine(writeValue(value))
      const cut = (item: Value): Value => (levels === 1 ? asText(item) : item)
      const items = value.items.map(cut)
      const each = typeof type === 'object' ? type.list : typeOf(items, 2)
      return `[${items.map((item) => ` ${print(item, each, levels - 1)}`).join('')}]`
    }
    case 'object': {
      if (levels === 0) return textLine(writeValue(value))
      const members = value.entries.map(
        ([name, member]) => ` ${textLine(name)}=${print(member, own, levels - 1)}`,
      )
      return `{${members.join('')}}`
    }
  }
}

function asText(value: Value): Value {
  return value.kind === 'list' || value.kind === 'object' ? { kind: 'text', value: writeValue(value) } : value
}

/** @param levels how many more lists within each other share one type */
function typeOf(items: readonly Value[], levels: number): Type {
  const set = items.filter(({ kind }) => kind !== 'null')
  if (
    set.length > 0 &&
    set.length === items.length &&
    levels > 0 &&
    items.every(({ kind }) => kind === 'list')
  )
    return {
      list: typeOf(
        items.flatMap((item) => (item as { items: readonly Value[] }).items),
        levels - 1,
      ),
    }
  if (set.length === 0 || !set.every(({ kind }) => kind === 'number')) return own
  const digits = set.map((item) => (item as { text: string }).text)
  const integers = digits.filter(isInteger)
  if (integers.length < digits.length) {
    const exact = integers.every(
      (text) => Math.abs(Number(text)) <= 2 ** 53 && BigInt(Number(text)) === BigInt(text),
    )
    return exact ? 'double' : own
  }
  const types = new Set(integers.map(integerType))
  return types.has('big') ? 'big' : types.has('long') ? 'long' : 'int'
}

function isInteger(digits: string): boolean {
  return /^-?\d+$/.test(digits)
}

function integerType(digits: string): 'int' | 'long' | 'big' {
  const value = BigInt(digits)
  if (BigInt.asIntN(32, value) === value) return 'int'
  return BigInt.asIntN(64, value) === value ? 'long' : 'big'
}

function numberLine(digits: string, type: Type): string {
  if (isInteger(digits) && type !== 'double')
    return `${typeof type !== 'string' || type === 'own' ? integerType(digits) : type}:${BigInt(digits)}`
  const bits = new DataView(new ArrayBuffer(8))
  const value = isInteger(digits) ? Number(BigInt(digits)) : Number(digits)
  bits.setFloat64(0, value)
  return `double:${bits.getBigUint64(0).toString(16).padStart(16, '0')}`
}

function textLine(text: string): string {
  let units = ''
  for (let index = 0; index < text.length; index++)
    units += text.charCodeAt(index).toString(16).padStart(4, '0')
  return `text:${units}`
}
