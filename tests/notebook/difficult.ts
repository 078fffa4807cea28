import {
  type Entry,
  type Parameters,
  type Value,
  writeParameters,
} from '../../service/notebook/parameters.ts'
import { seeded } from './support.ts'

/** JSON values that have broken something somewhere: one a line, what is unseen in escapes. */
const table = String.raw`
null
true
false
0
-0
1
-1
2147483647
2147483648
-2147483648
-2147483649
9007199254740991
9007199254740992
9007199254740993
9223372036854775807
-9223372036854775808
9223372036854775808
12345678901234567890
-170141183460469231731687303715884105728
1.0
-0.0
0.1
1e5
1E+05
1e-7
21.5
1.25e-8
86.95898854
838.123999546476
0.30000000000000004
5e-324
2.2250738585072014e-308
1.7976931348623157e308
1E400
-1e400
1e-400
-1e-400
0e999
NaN
Infinity
-Infinity
""
" "
"'"
"\""
"\\"
"\\\""
"'''"
"\"\"\""
"\n"
"\r\n"
"\t\b\f\u000b"
"µm"
"Größe \"M\""
"日本語"
"😀👨\u200d👩🏴\udb40\udc67\udb40\udc7f"
"e\u0301"
"\u200c\u200d"
"\u202eabc\u202c\u2066\u2069"
"\ufeff\u00ad\u00a0"
"\u0001\u001b[31m\u007f"
"\u0085\u2028\u2029"
"\uffff\ufffe\udbff\udfff\ue000"
"\u00011"
"\u001bA9"
"\u0085F"
"\u202eF"
"\udb40\udc67F"
"$(rm -rf /)"
"\u0024{x}"
"$x"
"\u0060x\u0060"
"%s %d"
"{x} #{x}"
"\\u0041 \\N{DASH} \\x41 \\101 \\"
"??/ ??= ???"
"*/ /* // --> </script>"
"; import os #"
"True"
[]
[[]]
[null]
[1]
[1, 2]
[1, 2.5]
[1, true]
[true]
[true, false]
["a"]
["a", 1]
[NaN, 1]
[1, 3000000000]
[1, 12345678901234567890]
[[1, 2], [3, 4]]
[[1], ["a"]]
[[1], []]
[[1.5], [2]]
[{}]
{}
{"a": 1}
{"": 1}
{"a b": {"": [null]}}
{"if": 1, "NULL": 2, "...": 3, "..1": 4, "\u0060": 5, "$x": 6, "2": 7, "1": 8}
{"__proto__": {"a": 1}}
{"en": "x", "de": "Ü"}
{"_type": "quantity", "magnitude": 90.0, "units": "min"}
{"names": 1, "class": 2, ".Data": 3, "recursive": 4}
`

/** Each as JSON text. */
export const difficultValues: readonly string[] = [
  ...table.trim().split('\n'),
  '9'.repeat(400),
  `0.${'3'.repeat(500)}`,
  `[${Array.from({ length: 300 }, (_, index) => index - 100)}]`,
  `[${Array.from({ length: 300 }, (_, index) => index / 7)}]`,
  `[${Array.from({ length: 99 }, (_, index) => `{"a": [${index}, "b"], "c": {"d": null}}`)}]`,
  `{${Array.from({ length: 99 }, (_, index) => `"key ${index}": "${'v'.repeat(index)}"`)}}`,
  `${'['.repeat(99)}${']'.repeat(99)}`,
  `${'{"a":'.repeat(98)}[1]${'}'.repeat(98)}`,
  `"${'long '.repeat(1000)}"`,
  `"${'line\\n'.repeat(100)}"`,
]

const pieces: readonly string[] = [
  ...'abZ09_ .,"\'\\\n\r\t$`{}()[]<>%#;:?/*!@=-+&|~^',
  ...'\u0001\u001b\u007f\u0085\u00ad\u200b\u200d\u2028\u202e\u2066\ufeff\uffffüµﬁａ日\u0301😀\u{e0041}\u{10ffff}',
  ...String.raw`""" ''' ??/ */ /* // \u0041 \x41 \" $(x) print class %%bash !ls system("x") NULL None`.split(
    ' ',
  ),
  '\n%%bash\n',
  '$\u007bx}',
]

/** Random parameters, the same for the same seed. `nul`: texts may hold NUL. */
export function randomParameters(seed: number, options: { nul: boolean }): Parameters {
  const random = seeded(seed)
  const text = (): string => {
    const all = options.nul ? [...pieces, '\0'] : pieces
    return Array.from({ length: random(random(4) === 0 ? 40 : 8) }, () => all[random(all.length)]).join('')
  }
  const number = (): string => {
    const digits = String(random(10 ** (1 + random(9))))
      .repeat(1 + random(random(5) === 0 ? 5 : 2))
      .replace(/^0+(?=.)/, '')
    const sign = random(3) === 0 ? '-' : ''
    if (random(12) === 0) return ['NaN', 'Infinity', '-Infinity'][random(3)]!
    if (random(2) === 0) return sign + digits
    const exponent = random(3) === 0 ? `e${random(2) ? '-' : ''}${random(random(8) === 0 ? 330 : 20)}` : ''
    return `${sign}${digits}.${random(1e6)}${exponent}`
  }
  const value = (depth: number): Value => {
    const kind = random(depth > 4 ? 6 : 9)
    if (kind === 0) return { kind: 'null' }
    if (kind === 1) return { kind: 'boolean', value: random(2) === 0 }
    if (kind <= 3) return { kind: 'number', text: number() }
    if (kind <= 5) return { kind: 'text', value: text() }
    if (kind <= 6) return { kind: 'object', entries: entries(depth + 1, random(5)) }
    if (random(2) === 0)
      return { kind: 'list', items: Array.from({ length: random(6) }, () => value(depth + 1)) }
    const same: () => Value =
      random(2) === 0 ? () => ({ kind: 'number', text: number() }) : () => ({ kind: 'text', value: text() })
    return { kind: 'list', items: Array.from({ length: random(random(5) === 0 ? 60 : 6) }, same) }
  }
  const entries = (depth: number, count: number): Entry[] => {
    const names = new Set(Array.from({ length: count }, text))
    return [...names].map((name) => [name, value(depth)] as const)
  }
  return entries(0, 1 + random(6))
}

/** Difficult values, each alone; then random parameters. All as JSON text. */
export function difficultParameters(options: { nul: boolean; random: number }): string[] {
  const values = options.nul ? [...difficultValues, '"\\u0000"', '{"\\u0000": "a\\u00001"}'] : difficultValues
  return [
    ...values.map((value) => `{"x": ${value}}`),
    ...Array.from({ length: options.random }, (_, seed) =>
      writeParameters(randomParameters(seed + 1, options)),
    ),
  ]
}
