import type { Value } from '../../parameters/value.ts'
import { type Assignment, type Declared, type Language, nfkc, words } from '../language.ts'
import type { Lexis } from '../shared/cells/statements.ts'
import { namesOf } from '../shared/letters.ts'
import { textWriter, unitEscapes } from '../shared/texts.ts'
import { declaredByWord } from './declared-words.ts'
import { type JvmWriter, writeJvmLiteral } from './jvm.ts'
import { lineComment } from './jvm-texts.ts'
import { type JvmType, jvmTypeOf } from './jvm-types.ts'

// Scala 2 and 3.
const keywords = words(`
  abstract case catch class def do else enum export extends false final finally for forSome given if implicit import
  lazy macro match new null object override package private protected return sealed super then this throw trait true
  try type val var while with yield _`)

// What the cell itself names, and what the object around it has already.
const own = words(`
  scala asInstanceOf clone eq equals finalize getClass hashCode isInstanceOf ne notify notifyAll synchronized toString wait`)

// What Predef and the package scala give, and the kernels: one of them that is set is gone.
const needed = words(`
  java javax org com net sys math util collection concurrent io reflect
  Any AnyRef AnyVal Array ArrayBuffer BigDecimal BigInt Boolean Byte Char Double Either Equiv Float Fractional Function
  IndexedSeq Int Integral Iterable Iterator LazyList Left List Long Map Nil None Nothing Null Numeric Option Ordered
  Ordering Predef Range Right Seq Set Short Some Stream String StringBuilder StringContext Symbol Unit Vector
  Future Try Success Failure Random File Files Paths Math System Thread Date Instant LocalDate LocalDateTime Duration
  assert assume augmentString classOf conforms ensuring identity implicitly intWrapper locally print printf println
  require summon valueOf wrapString
  sc spark sqlContext sqlc session kernel interp repl almond ammonite os display publish commHandler Html Text Image
  Javascript toree`)

const text = textWriter(unitEscapes)

const classes: Readonly<Record<string, string>> = {
  number: 'Any',
  map: 'scala.collection.immutable.Map[String, Any]',
}
const values: Readonly<Record<string, string>> = {
  int: 'Int',
  exact: 'Long',
  long: 'Long',
  big: 'BigInt',
  double: 'Double',
  boolean: 'Boolean',
  text: 'String',
}

/** A number cannot be null: such a list holds anything. */
function classOf(shape: JvmType): string {
  if (shape.startsWith('[')) return `scala.List[${classOf(shape.slice(1))}]`
  if (shape === 'text?') return 'String'
  return values[shape] ?? classes[shape] ?? 'Any'
}

const parsers: Readonly<Record<string, string>> = {
  int: '_.toInt',
  exact: '_.toLong',
  long: '_.toLong',
  big: 'scala.BigInt(_)',
  double: '_.toDouble',
  boolean: '_.toBoolean',
}

const inferred = { open: 'scala.List(', close: ')' }

const writer: JvmWriter = {
  mostParts: 2000,
  mostLevels: 20,
  text,
  joined: (literals) => `scala.List(\n    ${literals.join(',\n    ')}\n).mkString`,
  integer(digits, shape) {
    if (shape === 'big') return `scala.BigInt("${digits}")`
    return shape === 'int' ? digits : `${digits}L`
  },
  notANumber: 'scala.Double.NaN',
  infinity: 'scala.Double.PositiveInfinity',
  negativeInfinity: 'scala.Double.NegativeInfinity',
  onlyNull: () => 'null',
  list: (element) =>
    element in values ? inferred : { open: `scala.List[${classOf(element)}](`, close: ')' },
  members: { open: 'scala.collection.immutable.ListMap[String, Any](', close: ')' },
  member: (name) => `${name} -> `,
  read(all, element, separator) {
    if (element === 'text') return `${all}.split(${separator}, -1).toList`
    if (!element.startsWith('[')) return `${all}.split(" ").map(${parsers[element]}).toList`
    return `${all}.split(${separator}).map(_.split(" ").map(${parsers[element.slice(1)]}).toList).toList`
  },
}

// All values of a cell begin in one method, which ends at 65535 bytes: larger ones get one of their own.
const mostParts = 100

function assign(variable: string, value: Value, _: unknown, declared?: Declared): Assignment {
  const word = declared?.word === 'var' ? 'var' : 'val'
  const before = `${word} ${variable} = `
  // With a space before the colon: `x_:` is one name.
  if (value.kind === 'null') {
    const type = classOf(jvmTypeOf({ kind: 'null' }, declared?.type))
    return { code: `${word} ${variable} : ${type} = null`, notes: [] }
  }
  const { literal, parts, notes } = writeJvmLiteral(value, writer, before.length, declared?.type)
  if (parts <= mostParts) return { code: before + literal, notes }
  return { code: `${before}{\n    def value = ${literal}\n    value\n}`, notes }
}

const lexis: Lexis = {
  comment: /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/y,
  string:
    /[a-z]*"""[\s\S]*?(?:"""+|$)|[a-z]*"(?:\\[\s\S]|[^"\\\n])*(?:"|(?=\n)|\\?$)|'(?:\\[^\n]|[^'\\\n])'/y,
  name: /[\p{L}\p{Nl}_$][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}_$]*/uy,
  textType: /^String$/,
  assigns: words('='),
  indented: false,
  joined: /(?<==[ \t]*)\r?\n/y,
  qualifiers: words('val var'),
}

/** Scala 2.12, 2.13 and 3 (Language Specification, 1: Lexical Syntax), as Almond, Spylon and Toree run it. */
export const scala: Language = {
  name: 'Scala',
  aliases: ['scala', 'scala2', 'scala3', 'scala211', 'scala212', 'scala213', 'scala_glue_session'],
  kernels:
    /^(scala([-_.0-9].*)?|almond.*|spylon-kernel|apache_toree_scala|sparkkernel|(glue|synapse)[-_]spark)$/,
  identifiers: {
    ...namesOf('\\p{L}\\p{Nl}_', '\\p{L}\\p{Nl}\\p{Nd}\\p{Mn}\\p{Mc}_', '[]', '\\u{10000}-\\u{10ffff}'),
    lead: 'x_',
    keywords: new Set([...keywords, ...own]),
    // The kernels call results `res1` and cells `cmd1`.
    avoided: (name) => needed.has(name) || /^(res|cmd)[0-9]+$/.test(name),
    fold: nfkc,
  },
  comment: lineComment,
  gap: '  ',
  takesNul: true,
  assign,
  declared: (source) => declaredByWord(source, lexis),
}
