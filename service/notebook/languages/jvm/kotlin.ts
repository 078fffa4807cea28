import type { Value } from '../../parameters/value.ts'
import { type Assignment, type Declared, type Language, nfkc, words } from '../language.ts'
import type { Lexis } from '../shared/cells/statements.ts'
import { namesOf } from '../shared/letters.ts'
import { textWriter, unitEscapes } from '../shared/texts.ts'
import { declaredByWord } from './declared-words.ts'
import { type JvmWriter, writeJvmLiteral } from './jvm.ts'
import { lineComment } from './jvm-texts.ts'
import { type JvmType, jvmTypeOf } from './jvm-types.ts'

const keywords = words(`
  as break class continue do else false for fun if in interface is null object package return super this throw true try
  typealias typeof val var when while`)

// What the cell itself names before a dot: a variable of that name would be meant instead.
const own = words('java Double Int Long')

// What users write so, what they call, and what the kernel gives to notebooks.
const needed = words(`
  kotlin kotlinx javax org com net io
  Any Array Boolean Byte Char Float Number Regex Result Short String Unit Math System Thread Files Paths File
  BigDecimal BigInteger ArrayList HashMap LinkedHashMap Date Random Duration Instant LocalDate LocalDateTime
  arrayOf check error emptyList emptyMap lazy let apply also with listOf mapOf mutableListOf mutableMapOf pairOf print
  println readLine repeat require run sequenceOf setOf to
  notebook kernel Out DISPLAY EXECUTE USE HTML JSON MIME TEXT IMAGE DataFrame`)

const text = textWriter(unitEscapes, [[/\$/g, '\\$']])

const classes: Readonly<Record<string, string>> = {
  int: 'Int',
  exact: 'Long',
  long: 'Long',
  big: 'java.math.BigInteger',
  double: 'Double',
  number: 'Number',
  boolean: 'Boolean',
  text: 'String',
  map: 'Map<String, Any?>',
}

function classOf(shape: JvmType): string {
  if (shape.startsWith('[')) return `List<${classOf(shape.slice(1))}>`
  const name = classes[shape.replace('?', '')]
  if (name === undefined) return 'Any?'
  return shape.endsWith('?') ? `${name}?` : name
}

const parsers: Readonly<Record<string, string>> = {
  int: 'it.toInt()',
  exact: 'it.toLong()',
  long: 'it.toLong()',
  big: 'it.toBigInteger()',
  double: 'it.toDouble()',
  boolean: 'it.toBoolean()',
}

const inferred = { open: 'listOf(', close: ')' }

const writer: JvmWriter = {
  mostParts: 1000,
  mostLevels: 20,
  text,
  joined: (literals) => `listOf(\n    ${literals.join(',\n    ')}\n).joinToString("")`,
  integer(digits, shape) {
    if (shape === 'big') return `java.math.BigInteger("${digits}")`
    // There is no such literal: the minus is no part of it.
    if (digits === '-2147483648' && shape === 'int') return 'Int.MIN_VALUE'
    if (digits === '-9223372036854775808') return 'Long.MIN_VALUE'
    return shape === 'int' ? digits : `${digits}L`
  },
  notANumber: 'Double.NaN',
  infinity: 'Double.POSITIVE_INFINITY',
  negativeInfinity: 'Double.NEGATIVE_INFINITY',
  onlyNull: () => 'null',
  list: (element) =>
    /^[a-z]+$/.test(element) && element in classes && element !== 'number' && element !== 'map'
      ? inferred
      : { open: `listOf<${classOf(element)}>(`, close: ')' },
  members: { open: 'mapOf<String, Any?>(', close: ')' },
  member: (name) => `${name} to `,
  read(all, element, separator) {
    if (element === 'text') return `${all}.split(${separator})`
    if (!element.startsWith('[')) return `${all}.split(" ").map { ${parsers[element]} }`
    return `${all}.split(${separator}).map { row -> row.split(" ").map { ${parsers[element.slice(1)]} } }`
  },
}

// All variables of a cell begin in one method, which ends at 65535 bytes: larger values get one of their own.
const mostParts = 100

function assign(variable: string, value: Value, _: unknown, declared?: Declared): Assignment {
  const word = declared?.word === 'var' ? 'var' : 'val'
  const before = `${word} ${variable} = `
  // Null alone has a type that nothing else can have.
  if (value.kind === 'null') {
    const type = classOf(jvmTypeOf({ kind: 'null' }, declared?.type))
    return { code: `${word} ${variable}: ${type} = null`, notes: [] }
  }
  const { literal, parts, notes } = writeJvmLiteral(value, writer, before.length, declared?.type)
  if (parts <= mostParts) return { code: before + literal, notes }
  return { code: `${before}run {\n    fun value() = ${literal}\n    value()\n}`, notes }
}

const never: ReadonlySet<string> = new Set([...keywords, ...own])

/** To the virtual machine `t` and `T` are both read by `getT()`. */
function fold(name: string): string {
  const one = nfkc(name)
  const other = one.replace(/^[A-Z]/, (letter) => letter.toLowerCase())
  const isSpecial = [one, other].some((spelling) => never.has(spelling) || needed.has(spelling))
  return isSpecial ? one : other
}

const lexis: Lexis = {
  comment: /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/y,
  string:
    /"""[\s\S]*?(?:"""+|$)|"(?:\\[\s\S]|[^"\\\n])*(?:"|(?=\n)|\\?$)|'(?:\\[\s\S]|[^'\\\n])*(?:'|(?=\n)|\\?$)/y,
  name: /[\p{L}_][\p{L}\p{Nd}_]*/uy,
  textType: /^String\??$/,
  assigns: words('='),
  indented: false,
  // A value on the line below.
  joined: /(?<==[ \t]*)\r?\n/y,
  qualifiers: words('val var'),
}

/** Kotlin 1 and 2 (Kotlin language specification, 1: Lexical grammar), as the Kotlin kernel runs it. */
export const kotlin: Language = {
  name: 'Kotlin',
  aliases: ['kotlin'],
  kernels: /^i?kotlin([-_.0-9].*)?$/,
  identifiers: {
    ...namesOf('\\p{L}_', '\\p{L}\\p{Nd}_', '_+$', '\\u{10000}-\\u{10ffff}'),
    lead: 'x_',
    keywords: never,
    // The kernel's own results are `res1`.
    avoided: (name) => needed.has(name) || /^res[0-9]+$/.test(name),
    fold,
  },
  comment: lineComment,
  gap: '  ',
  takesNul: true,
  assign,
  declared: (source) => declaredByWord(source, lexis),
}
