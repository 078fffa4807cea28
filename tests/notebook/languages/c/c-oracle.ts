import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import { writeValue } from '../../../../service/notebook/parameters/write.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { firstDifference, run } from '../../support.ts'
import { namedNodes, parseTree } from '../shared/tree.ts'

/** gcc, each cell in a function of its own. */
export const cOracle: Oracle = (cases) => judge(cases, false)

/** gcc, each cell at file scope, without any header before it. */
export const cOracleAtFileScope: Oracle = (cases) => judge(cases, true)

async function judge(cases: readonly OracleCase[], atFileScope: boolean): Promise<(string | undefined)[]> {
  const faults: (string | undefined)[] = []
  const sound: Judged[] = []
  for (const [index, one] of cases.entries()) {
    faults.push(await foreign(one.source))
    if (faults[index] === undefined) sound.push({ ...one, index })
  }
  const set = compileAndRun(sound, atFileScope)
  for (const one of sound) {
    const wanted = parametersOf(one).flatMap(({ line }) => line.split('\n'))
    faults[one.index] = firstDifference(set.get(one.index) ?? ['it does not compile'], wanted)
  }
  return faults
}

interface Judged extends OracleCase {
  readonly index: number
}

const allowed = new Set(
  `translation_unit declaration init_declarator array_declarator pointer_declarator identifier type_qualifier
   primitive_type sized_type_specifier number_literal string_literal string_content escape_sequence initializer_list
   parenthesized_expression binary_expression unary_expression comment`.split(/\s+/),
)
const expressions =
  /^(-?\d[\w.+-]*|-1\.0 \/ 0\.0|[01]\.0 \/ 0\.0|-2147483647 - 1|-9223372036854775807LL - 1)$/

/** What in a cell is no assignment of a literal. */
async function foreign(source: string): Promise<string | undefined> {
  const tree = await parseTree('c', source)
  try {
    for (const node of namedNodes(tree)) {
      const isFine = /^(bin|un)ary_expression$/.test(node.type)
        ? expressions.test(node.text)
        : allowed.has(node.type)
      if (!isFine) return `${node.type} ${node.text.slice(0, 100)}`
    }
    return undefined
  } finally {
    tree.delete()
  }
}

// Names that C reserves: no cell has them.
const head = `
#include <stdio.h>
static void _P_int(int x) { printf("int %d\\n", x); }
static void _P_long(long long x) { printf("long %lld\\n", x); }
static void _P_double(double x) { if (x != x) printf("double nan\\n"); else printf("double %.17g\\n", x); }
static void _P_text(const char *x) { printf("text "); for (; *x; x++) printf("%02x", (unsigned char)*x); printf("\\n"); }
#define _PRINT(x) _Generic((x), int: _P_int, long long: _P_long, double: _P_double, const char *: _P_text)(x)
`

/** What each cell's variables are; a cell that does not compile is found by halves and left out. */
function compileAndRun(cases: readonly Judged[], atFileScope: boolean): Map<number, string[]> {
  if (cases.length === 0) return new Map()
  try {
    const cells = runProgram(programOf(cases, atFileScope))
    return new Map(cases.map(({ index }, at) => [index, cells[at]!]))
  } catch {
    if (cases.length === 1) return new Map()
    const half = Math.ceil(cases.length / 2)
    return new Map([
      ...compileAndRun(cases.slice(0, half), atFileScope),
      ...compileAndRun(cases.slice(half), atFileScope),
    ])
  }
}

function programOf(cases: readonly Judged[], atFileScope: boolean): string {
  const bodies = cases.map((one) => {
    const name = `void _F${one.index}(void)`
    const prints = [...parametersOf(one).map(({ print }) => print), 'printf("end\\n");'].join('\n')
    return atFileScope ? `${one.source}\n${name} {\n${prints}\n}` : `${name} {\n${one.source}\n${prints}\n}`
  })
  const calls = cases.map(({ index }) => `_F${index}();`)
  return [head, ...bodies, `int main(void) {\n${calls.join('\n')}\nreturn 0;\n}\n`].join('\n')
}

// C11 to the letter: with trigraphs, without GNU's extensions. Numbers too large or too small are meant.
const strict = ['-std=c11', '-pedantic-errors', '-Werror', '-Wno-overlength-strings', '-Wno-overflow']

/** What the program prints for each cell. */
function runProgram(program: string): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'c-oracle-'))
  try {
    const source = join(folder, 'cells.c')
    const binary = join(folder, 'cells')
    writeFileSync(source, program)
    run('gcc', [...strict, '-o', binary, source], '')
    const cells: string[][] = [[]]
    for (const line of run(binary, [], '').trimEnd().split('\n'))
      if (line === 'end') cells.push([])
      else cells.at(-1)!.push(plain(line))
    return cells
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Doubles as JavaScript writes them. */
const plain = (line: string) =>
  line.replace(/^double (.*)$/, (_, digits: string) =>
    digits === 'nan' ? 'double nan' : double(digits.replace('inf', 'Infinity')),
  )

/** What a value is to be in C: a C expression that prints it, and the line it must print (docs/languages.md). */
interface Expected {
  readonly print: string
  readonly line: string
}

function parametersOf({ params, source, names }: OracleCase): Expected[] {
  return readParameters(params).map(([name, value]) => {
    const variable = names[name] ?? 'none'
    const length = new RegExp(`\\b${variable}(\\[\\] = \\{[^]*?|  *= 0; .*)\\nint (\\w+)`).exec(source)?.[2]
    return expected(value, variable, length ?? 'none')
  })
}

function expected(value: Value, name: string, length: string): Expected {
  switch (value.kind) {
    case 'null':
      return { print: `_PRINT(${name});`, line: 'int 0' }
    case 'boolean':
      return { print: `_PRINT(${name});`, line: `int ${Number(value.value)}` }
    case 'text':
      return { print: `_PRINT(${name});`, line: hex(value.value) }
    case 'number':
      return { print: `_PRINT(${name});`, line: numberLine(value.text) }
    case 'object':
      return { print: `_PRINT(${name});`, line: hex(writeValue(value)) }
    case 'list':
      return list(value, name, length)
  }
}

const isInteger = (digits: string) => /^-?\d+$/.test(digits)
const fits = (digits: string, bits: number) => BigInt.asIntN(bits, BigInt(digits)) === BigInt(digits)
const hex = (text: string) => `text ${Buffer.from(text).toString('hex')}`
const double = (digits: string) => {
  const value = Number(digits.replace('Infinity', '1e999'))
  return `double ${Number.isNaN(value) ? 'nan' : Object.is(value, -0) ? '-0' : value}`
}

function numberLine(digits: string): string {
  if (!isInteger(digits)) return double(digits)
  if (fits(digits, 32)) return `int ${BigInt(digits)}`
  return fits(digits, 64) ? `long ${BigInt(digits)}` : hex(digits)
}

function list(value: Value & { kind: 'list' }, name: string, length: string): Expected {
  const { items } = value
  const each = {
    print: `_PRINT(${length}); for (int _I = 0; _I < ${length}; _I++) _PRINT(${name}[_I]);`,
    line: '',
  }
  const lines = (own: readonly string[]) => ({ ...each, line: [`int ${items.length}`, ...own].join('\n') })
  const json = { print: `_PRINT(${name});`, line: hex(writeValue(value)) }
  if (items.every((item) => item.kind === 'text')) return lines(items.map(({ value: text }) => hex(text)))
  if (items.every((item) => item.kind === 'boolean'))
    return lines(items.map(({ value: truth }) => `int ${Number(truth)}`))
  if (!items.every((item) => item.kind === 'number')) return json
  const digits = items.map(({ text }) => text)
  if (digits.some((text) => isInteger(text) && !fits(text, 64))) return json
  if (digits.some((text) => !isInteger(text)))
    return lines(digits.map((text) => double(isInteger(text) ? `${BigInt(text)}` : text)))
  const type = digits.every((text) => fits(text, 32)) ? 'int' : 'long'
  return lines(digits.map((text) => `${type} ${BigInt(text)}`))
}
