import type { Value } from '../../parameters/value.ts'
import { writeValue } from '../../parameters/write.ts'
import { type Assignment, type Declared, type Language, nfkc, words } from '../language.ts'
import { type Doubles, doubleLiteral } from '../shared/doubles.ts'
import { type EvenShape, evenShapeOf } from '../shared/even-shapes.ts'
import { namesOf } from '../shared/letters.ts'
import { writeLiteral } from '../shared/literals.ts'
import type { Brackets, Notation } from '../shared/notation.ts'
import { doubles, holds, longs, within } from '../shared/shapes.ts'
import { hexadecimal, textWriter } from '../shared/texts.ts'
import { rustCell } from './rust-cell.ts'
import { declaredRustType, type RustType } from './rust-types.ts'

const keywords = words(`
  as async await break const continue crate dyn else enum extern false fn for gen if impl in let loop match mod move
  mut pub ref return self Self static struct super trait true type unsafe use where while
  abstract become box do final macro override priv try typeof unsized virtual yield`)

// What is a pattern of its own can be no variable; the rest is what the prelude and the kernel give by these names.
const needed = words(`
  None Some Ok Err drop main std core alloc String Vec Box Option Result evcxr_variable_store evcxr_display
  evcxr_internal_runtime evcxr_analysis_wrapper evcxr_send_text_plain evcxr_get_type_name evcxr_shorten_type
  evcxr_tokio_runtime`)

const text = textWriter((code) => `\\u{${hexadecimal(code, 1)}}`)

const doubleForms: Doubles = {
  notANumber: 'f64::NAN',
  infinity: 'f64::INFINITY',
  negativeInfinity: 'f64::NEG_INFINITY',
  negativeZero: '-0.0',
}

// The compiler takes a millisecond for each list in a list, and longer than that for long ones by the macro.
const mostLists = 2000
const longestMacro = 1000

/** The type of such scalars without null, or `undefined` when Rust has none for them. */
function scalarType(bits: number): string | undefined {
  if (bits === 0) return 'f64'
  if (within(bits, holds.boolean)) return 'bool'
  if (within(bits, holds.text)) return "&'static str"
  if (within(bits, longs)) return 'i64'
  if (within(bits, longs | holds.wide)) return 'i128'
  return within(bits, doubles) ? 'f64' : undefined
}

function typeOf({ levels, bits }: EvenShape): RustType | undefined {
  const optional = (bits & holds.null) !== 0
  const of = bits === holds.null ? '()' : scalarType(bits & ~holds.null)
  return of === undefined ? undefined : { levels, of, optional }
}

function typeName({ levels, of, optional }: RustType): string {
  return 'Vec<'.repeat(levels) + (optional ? `Option<${of}>` : of) + '>'.repeat(levels)
}

const macro: Brackets = { open: 'vec![', close: ']' }
const slice: Brackets = { open: '[', close: '].to_vec()' }

function notation({ of, optional }: RustType, notes: Set<string>, all?: Brackets): Notation {
  const plain: Notation['scalar'] = (value) => {
    if (value.kind === 'text')
      return of === 'String' ? `String::from(${text(value.value)})` : text(value.value)
    if (value.kind !== 'number') return String((value as { value?: boolean }).value)
    return of === 'f64' ? doubleLiteral(value.text, doubleForms, (note) => notes.add(note)) : value.text
  }
  const some: Notation['scalar'] = (value) => (value.kind === 'null' ? 'None' : `Some(${plain(value)})`)
  return {
    scalar: optional ? some : plain,
    list: (items) => all ?? (items.length > longestMacro && items[0]?.kind !== 'list' ? slice : macro),
    // No list holds an object.
    object: () => ({ ...macro, lead: () => '' }),
  }
}

/** @param all what stands around the one list that there is, when it is not the macro */
function assignValue(variable: string, value: Value, type: RustType, all?: Brackets): Assignment {
  const notes = new Set<string>()
  const before = `let ${variable}: ${typeName(type)} = `
  const code = `${before}${writeLiteral(value, notation(type, notes, all), before.length)};`
  if (value.kind === 'null') notes.add('not set')
  return { code, notes: [...notes] }
}

/** A table of many rows of one length is cut from one list; `undefined` for anything else. */
function assignTable(variable: string, value: Value, type: RustType): Assignment | undefined {
  if (value.kind !== 'list' || type.levels !== 2 || value.items.length < longestMacro) return undefined
  const [first] = value.items
  const width = first?.kind === 'list' ? first.items.length : 0
  const items: Value[] = []
  for (const row of value.items) {
    if (row.kind !== 'list' || row.items.length !== width || width === 0) return undefined
    for (const item of row.items) items.push(item)
  }
  const cut = { open: '[', close: `].chunks(${width}).map(|row| row.to_vec()).collect()` }
  return assignValue(variable, { kind: 'list', items }, type, cut)
}

function assign(variable: string, value: Value, _: unknown, declared?: Declared): Assignment {
  const shape = evenShapeOf(value)
  const type = shape && typeOf(shape)
  if (shape !== undefined && type !== undefined) {
    const own = declaredRustType(value, shape, declared) ?? type
    const table = assignTable(variable, value, own)
    if (table !== undefined) return table
    if (shape.lists <= mostLists) return assignValue(variable, value, own)
  }
  const isNumber = value.kind === 'number'
  const json: Value = { kind: 'text', value: isNumber ? value.text : writeValue(value) }
  const own = declaredRustType(json, evenShapeOf(json)!, declared)
  const { code } = assignValue(variable, json, own ?? { levels: 0, of: "&'static str", optional: false })
  return { code, notes: [isNumber ? 'an integer beyond i128, as text' : 'JSON text'] }
}

/** Rust 1.55 and later, as statements of evcxr. */
export const rust: Language = {
  name: 'Rust',
  aliases: ['rust'],
  kernels: /^(.*-)?(rust|evcxr)([-_].*)?$/,
  identifiers: {
    ...namesOf('\\p{XID_Start}_', '\\p{XID_Continue}', '_$'),
    lead: 'x_',
    keywords,
    avoided: (name) => needed.has(name),
    fold: nfkc,
  },
  comment: (comment) => `// ${comment}`,
  gap: ' ',
  takesNul: true,
  assign,
  ...rustCell,
}
