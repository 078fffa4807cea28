import type { Entry, Value } from '../../parameters/value.ts'
import { writeValue } from '../../parameters/write.ts'
import { type Assignment, type Declared, type Language, nfkc, words } from '../language.ts'
import { type Doubles, doubleLiteral } from '../shared/doubles.ts'
import { evenShapeOf } from '../shared/even-shapes.ts'
import { namesOf } from '../shared/letters.ts'
import { writeLiteral } from '../shared/literals.ts'
import type { Brackets, MemberBrackets, Notation } from '../shared/notation.ts'
import { doubles, holds, longs, numberBit, within } from '../shared/shapes.ts'
import { textWriter, unicodeEscape } from '../shared/texts.ts'
import { goCell } from './go-cell.ts'
import { declaredGoType } from './go-types.ts'

const keywords = words(`
  break case chan const continue default defer else fallthrough for func go goto if import interface map package
  range return select struct switch type var macro template`)

// Universe, what makes a package a program, the packages that notebooks use, and what the kernels keep.
const needed = words(`
  any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8
  uint16 uint32 uint64 uintptr true false iota nil append cap clear close complex copy delete imag len make max min
  new panic print println real recover main init
  bufio big binary bits bytes cmp cmplx color context csv errors exec filepath flag fmt gob gzip hex http image io
  ioutil json log maps math net os path png rand reflect regexp runtime slices sort strconv strings sync template
  testing time unicode unsafe url utf8
  dataframe distuv floats gonb gonbui gonum gota mat plot plotter plotutil series stat vg
  Display Eval EvalKeepUntyped EvalType Interp MacroExpand MacroExpand1 MacroExpandCodeWalk Parse`)

const text = textWriter(unicodeEscape)

const doubleForms: Doubles = {
  notANumber: 'math.NaN()',
  infinity: 'math.Inf(1)',
  negativeInfinity: 'math.Inf(-1)',
  // A constant has no negative zero.
  negativeZero: 'math.Copysign(0, -1)',
}

// The compiler takes a quarter of a millisecond for each value whose type is not known, a tenth of that for each list.
const mostCost = 10_000

function costOf(value: Value): number {
  if (value.kind === 'object') return value.entries.reduce((cost, [, member]) => cost + 1 + costOf(member), 0)
  if (value.kind !== 'list') return 0
  const shape = evenShapeOf(value)
  if (shape !== undefined && !/any/.test(scalarType(shape.bits))) return shape.lists / 10
  let cost = 0
  for (const item of value.items) {
    cost += 1 + costOf(item)
    if (cost > mostCost) break
  }
  return cost
}

/** The type of such scalars, `any` when they have none in common. */
function scalarType(bits: number): string {
  if (bits === 0) return 'any'
  if (within(bits, holds.boolean)) return 'bool'
  if (within(bits, holds.text)) return 'string'
  if (within(bits, longs)) return 'int'
  if (within(bits, doubles)) return 'float64'
  if (within(bits, holds.object)) return map.type
  return within(bits, holds.wide | holds.large) ? '*big.Int' : 'any'
}

function listType(items: readonly Value[]): string {
  const shape = evenShapeOf({ kind: 'list', items })
  return shape === undefined ? '[]any' : '[]'.repeat(shape.levels) + scalarType(shape.bits)
}

const braces: Brackets = { open: '{', close: '}' }
const lead = (name: string) => `${text(name)}: `
const elided: MemberBrackets = { ...braces, lead }
const map = {
  type: 'map[string]any',
  brackets: { open: 'map[string]any{', close: '}', lead } as MemberBrackets,
}

/** @param types of lists that are in lists; what these hold need not be said again. */
function notation(needs: Set<string>, notes: Set<string>, types: Map<readonly Value[], string>): Notation {
  const elidedObjects = new Set<readonly Entry[]>()
  return {
    scalar: (value) => {
      if (value.kind === 'text') return text(value.value)
      if (value.kind !== 'number') return value.kind === 'null' ? 'nil' : String(value.value)
      return number(value.text, needs, notes)
    },
    list: (items) => {
      const known = types.get(items)
      const type = known ?? listType(items)
      const element = type.slice('[]'.length)
      if (element.startsWith('[]') || element === map.type) {
        for (const item of items) {
          if (item.kind === 'list') types.set(item.items, element)
          else if (item.kind === 'object') elidedObjects.add(item.entries)
        }
      }
      return known === undefined ? { open: `${type}{`, close: '}' } : braces
    },
    object: (entries) => (elidedObjects.has(entries) ? elided : map.brackets),
    lines: { first: '', between: ',', last: ',' },
  }
}

function number(digits: string, needs: Set<string>, notes: Set<string>): string {
  const bit = numberBit(digits)
  if (within(bit, longs)) return digits
  if (bit !== holds.float) {
    needs.add('import "math/big"')
    return `func() *big.Int { n, _ := new(big.Int).SetString("${digits}", 10); return n }()`
  }
  const literal = doubleLiteral(digits, doubleForms, (note) => notes.add(note))
  if (literal.startsWith('math')) needs.add('import "math"')
  return literal
}

function assign(variable: string, value: Value, _: unknown, declared?: Declared): Assignment {
  if (value.kind === 'null') return { code: `var ${variable} any = nil`, notes: ['not set'] }
  if (costOf(value) > mostCost) {
    const notes = ['JSON text: too many values for the compiler']
    return { code: `var ${variable} = ${text(writeValue(value))}`, notes }
  }
  const needs = new Set<string>()
  const notes = new Set<string>()
  // Two names that are one when they are folded are two to Go.
  const own = declared?.name === variable ? declaredGoType(value, declared) : undefined
  const types = new Map<readonly Value[], string>()
  const isList = own?.startsWith('[]')
  let before = `var ${variable} ${own === undefined || isList ? '' : `${own} `}= `
  if (value.kind === 'list') {
    const type = isList ? own! : listType(value.items)
    types.set(value.items, type)
    before += type
  }
  const code = before + writeLiteral(value, notation(needs, notes, types), before.length)
  return { code, notes: [...notes], needs: [...needs] }
}

/** Go 1.18 and later, at the top level of gophernotes and gonb, or in a function. */
export const go: Language = {
  name: 'Go',
  aliases: ['go', 'golang'],
  kernels: /^(.*-)?(go|golang|gophernotes|gonb|lgo)(-.*)?$/,
  identifiers: {
    // The blank identifier is set by everything and never read.
    ...namesOf('\\p{L}_', '\\p{L}\\p{Nd}_', '_$'),
    lead: 'x_',
    keywords,
    avoided: (name) => needed.has(name),
    fold: nfkc,
  },
  comment: (comment) => `// ${comment}`,
  gap: ' ',
  takesNul: true,
  assign,
  ...goCell,
}
