import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { makeCell } from '../../service/notebook/cell.ts'
import { readParameters, type Value, writeValue } from '../../service/notebook/parameters.ts'
import { difficultParameters } from './difficult.ts'
import { posts, run, templateOf } from './support.ts'

const isInteger = (digits: string) => /^-?\d+$/.test(digits)
const fits = (digits: string, bits: bigint) => BigInt.asIntN(Number(bits), BigInt(digits)) === BigInt(digits)

/** What a value is to be in C: a C expression that prints it, and the line it must print (docs/languages.md). */
interface Expected {
  readonly print: string
  readonly line: string
}

const hex = (text: string) => `text ${Buffer.from(text).toString('hex')}`
const double = (digits: string) => {
  const value = Number(digits.replace('Infinity', '1e999'))
  return `double ${Number.isNaN(value) ? 'nan' : Object.is(value, -0) ? '-0' : value}`
}

function expected(value: Value, name: string, length: string): Expected {
  switch (value.kind) {
    case 'null':
      return { print: `PRINT(${name});`, line: 'int 0' }
    case 'boolean':
      return { print: `PRINT(${name});`, line: `int ${Number(value.value)}` }
    case 'text':
      return { print: `PRINT(${name});`, line: hex(value.value) }
    case 'number':
      return { print: `PRINT(${name});`, line: numberLine(value.text) }
    case 'object':
      return { print: `PRINT(${name});`, line: hex(writeValue(value)) }
    case 'list':
      return list(value, name, length)
  }
}

function numberLine(digits: string): string {
  if (!isInteger(digits)) return double(digits)
  if (fits(digits, 32n)) return `int ${BigInt(digits)}`
  return fits(digits, 64n) ? `long ${BigInt(digits)}` : hex(digits)
}

function list(value: Value & { kind: 'list' }, name: string, length: string): Expected {
  const { items } = value
  const each = { print: `PRINT(${length}); for (int i = 0; i < ${length}; i++) PRINT(${name}[i]);`, line: '' }
  const lines = (own: readonly string[]) => ({ ...each, line: [`int ${items.length}`, ...own].join('\n') })
  const json = { print: `PRINT(${name});`, line: hex(writeValue(value)) }
  if (items.every((item) => item.kind === 'text'))
    return lines(items.map((item) => hex((item as { value: string }).value)))
  if (items.every((item) => item.kind === 'boolean'))
    return lines(items.map((item) => `int ${Number((item as { value: boolean }).value)}`))
  if (!items.every((item) => item.kind === 'number')) return json
  const digits = items.map((item) => (item as { text: string }).text)
  if (digits.some((text) => isInteger(text) && !fits(text, 64n))) return json
  if (digits.some((text) => !isInteger(text)))
    return lines(digits.map((text) => double(isInteger(text) ? `${BigInt(text)}` : text)))
  const type = digits.every((text) => fits(text, 32n)) ? 'int' : 'long'
  return lines(digits.map((text) => `${type} ${BigInt(text)}`))
}

const head = `
#include <stdio.h>
static void print_int(int x) { printf("int %d\\n", x); }
static void print_long(long long x) { printf("long %lld\\n", x); }
static void print_double(double x) { if (x != x) printf("double nan\\n"); else printf("double %.17g\\n", x); }
static void print_text(const char *x) { printf("text "); for (; *x; x++) printf("%02x", (unsigned char)*x); printf("\\n"); }
#define PRINT(x) _Generic((x), int: print_int, long long: print_long, double: print_double, const char *: print_text)(x)
`

/** Doubles as JavaScript writes them. */
const plain = (line: string) =>
  line.replace(/^double (.*)$/, (_, digits: string) =>
    digits === 'nan' ? 'double nan' : double(digits.replace('inf', 'Infinity')),
  )

function compileAndRun(t: Test, program: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'c-oracle-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'cells.c'), program)
  // C11 to the letter: with trigraphs, without GNU's extensions.
  run(
    'gcc',
    [
      '-std=c11',
      '-pedantic-errors',
      '-Wno-overlength-strings',
      '-Wno-overflow',
      '-w',
      '-o',
      join(folder, 'cells'),
      join(folder, 'cells.c'),
    ],
    '',
  )
  return run(join(folder, 'cells'), [], '').trimEnd().split('\n').map(plain)
}

/** Cells one after the other, each in a function of its own, and what they must print. */
function check(t: Test, all: readonly string[], atFileScope = false): void {
  const template = templateOf('c')
  const bodies: string[] = []
  const wanted: string[] = []
  for (const [index, params] of all.entries()) {
    const parameters = readParameters(params)
    const { source, names } = makeCell(parameters, template, ['en'])
    const prints = parameters.map(([, value], at) => {
      const variable = names[at]!.variable!
      const length =
        new RegExp(`\\b${variable}(\\[\\] = \\{[^]*?|  *= 0; .*)\\nint (\\w+)`).exec(source)?.[2] ?? 'none'
      const { print, line } = expected(value, variable, length)
      wanted.push(...`${line}`.split('\n'))
      return print
    })
    bodies.push(
      atFileScope
        ? `${source}\nvoid f${index}(void) {\n${prints.join('\n')}\n}`
        : `void f${index}(void) {\n${source}\n${prints.join('\n')}\n}`,
    )
  }
  const main = `int main(void) {\n${all.map((_, index) => `f${index}();`).join('\n')}\nreturn 0;\n}`
  t.strictSame(compileAndRun(t, `${head}${bodies.join('\n')}\n${main}\n`), wanted)
}

t.test('C gets every difficult value as the table in the docs says', async (t) => {
  check(t, difficultParameters({ nul: false, random: 500 }))
})

t.test('C gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  check(
    t,
    all.filter((text) => text !== '{}'),
  )
})

t.test('a cell stands at file scope as well, without any header before it', async (t) => {
  const params =
    '{"a": NaN, "b": -Infinity, "c": [1.5, NaN], "d": [], "e": -9223372036854775808, "f": ["x??/", "µ"], "g": {"h": null}}'
  check(t, [params], true)
})
