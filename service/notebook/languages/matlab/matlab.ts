import type { Entry, Value } from '../../parameters/value.ts'
import { writeValue } from '../../parameters/write.ts'
import { type Language, nfkc, words } from '../language.ts'
import { declaredByAssignment, type Lexeme, type Lexis, statements } from '../shared/cells/statements.ts'
import { depthOf, flatten, writeLiteral } from '../shared/literals.ts'
import type { Brackets, MemberBrackets, Notation } from '../shared/notation.ts'
import { fieldOf, matlabKeywords, matlabNeeded } from './matlab-names.ts'
import { isDouble, isInt64, matlabNumber } from './matlab-numbers.ts'
import { matlabString, type StringKind } from './matlab-strings.ts'
import { foldLines, matlabText } from './matlab-texts.ts'

// MATLAB takes 32 brackets within each other: a level can need two of them, a text in the deepest one four.
const deepest = 14
const mostNotes = 5

const row: Brackets = { open: '[', close: ']' }
const matrix: Brackets = { open: '[', close: ']', separator: '; ' }
const cell: Brackets = { open: '{', close: '}' }
const empty: Brackets = { open: 'zeros(1, 0)', close: '' }

function bracketsOf(items: readonly Value[]): Brackets {
  const first = items[0]
  if (first === undefined) return empty
  if (first.kind === 'boolean') return items.every(({ kind }) => kind === 'boolean') ? row : cell
  if (first.kind === 'number') return isRow(items, isDouble) || isRow(items, isInt64) ? row : cell
  if (first.kind !== 'list' || first.items.length === 0) return cell
  const columns = first.items.length
  const isRectangle = items.every(
    (item) => item.kind === 'list' && item.items.length === columns && isRow(item.items, isDouble),
  )
  return isRectangle ? matrix : cell
}

function isRow(items: readonly Value[], fits: (digits: string) => boolean): boolean {
  // The kinds first: what is no row is mostly seen at its end.
  for (let index = items.length - 1; index >= 0; index--) if (items[index]!.kind !== 'number') return false
  return items.every((item) => fits((item as { text: string }).text))
}

/** `struct` makes one struct for each value in a cell, and so takes a cell in another one. */
function isCell(value: Value): boolean {
  return value.kind === 'list' && bracketsOf(value.items) === cell
}

const struct: MemberBrackets = {
  open: 'struct(',
  close: ')',
  lead: (name, value) => (isCell(value) ? `'${fieldOf(name)}', {` : `'${fieldOf(name)}', `),
  trail: (value) => (isCell(value) ? '}' : ''),
}

function map(entries: readonly Entry[]): MemberBrackets {
  const keys = entries.map(([name]) => matlabText(name)).join(', ')
  return { open: `containers.Map({${keys}}, {`, close: "}, 'UniformValues', false)", lead: () => '' }
}

/** Whether all names are fields of a struct, and no two the same one; tells which are not as they were. */
function isStruct(entries: readonly Entry[], renamed: Set<string>): boolean {
  let isAsSent = true
  for (const [name] of entries) {
    const field = fieldOf(name)
    if (field === undefined) return false
    if (field !== name) isAsSent = false
  }
  if (isAsSent) return true
  if (new Set(entries.map(([name]) => fieldOf(name))).size < entries.length) return false
  for (const [name] of entries) if (renamed.size < mostNotes && fieldOf(name) !== name) renamed.add(name)
  return true
}

function notation(notes: Set<string>, renamed: Set<string>): Notation {
  return {
    scalar: (value) => {
      if (value.kind === 'text') return matlabText(value.value)
      if (value.kind === 'number') return matlabNumber(value.text, notes)
      return value.kind === 'null' ? '[]' : String(value.value)
    },
    list: bracketsOf,
    object: (entries) => (isStruct(entries, renamed) ? struct : map(entries)),
    lines: { first: ' ...', between: ', ...', last: ' ...' },
  }
}

/** Octave's `containers.Map` has no key without characters, and none with NUL. */
function isBeyondMap(value: Value): boolean {
  return value.kind === 'object' && value.entries.some(([name]) => name === '' || name.includes('\0'))
}

function hasBeyondMap(value: Value): boolean {
  if (value.kind === 'list') return value.items.some(hasBeyondMap)
  if (value.kind !== 'object') return false
  return isBeyondMap(value) || value.entries.some(([, member]) => hasBeyondMap(member))
}

/** The value with JSON text for objects that have no form of their own. */
function withoutMaps(value: Value): Value {
  if (isBeyondMap(value)) return { kind: 'text', value: writeValue(value) }
  if (value.kind === 'list') return { kind: 'list', items: value.items.map(withoutMaps) }
  if (value.kind !== 'object') return value
  return { kind: 'object', entries: value.entries.map(([name, member]) => [name, withoutMaps(member)]) }
}

const lexis: Lexis = {
  comment: /(?<=^|\n)[ \t]*[%#]\{[ \t]*\n[\s\S]*?(?:\n[ \t]*[%#]\}[ \t]*(?=\n|$)|$)|[%#][^\n]*/y,
  // After a name, a number or a bracket it transposes.
  string: /"(?:\\[\s\S]|""|[^"\\\n])*(?:"|(?=\n)|\\?$)|(?<![\w)\]}'.])'(?:''|[^'\n])*(?:'|(?=\n)|$)/y,
  name: /[A-Za-z_][A-Za-z0-9_]*/y,
  textType: /^$/,
  assigns: words('='),
  indented: true,
  joined: /\.\.\.[^\n]*(?:\n|$)/y,
}

/** Of the variables that a cell sets to strings in double quotes, or to brackets of such. */
function stringKinds(source: string): Map<string, StringKind> {
  const kinds = new Map<string, StringKind>()
  for (const [name, equals, ...value] of statements(source, lexis)) {
    if (name?.kind !== 'name' || equals?.text !== '=' || kinds.has(name.text)) continue
    const isDouble = ({ text }: Lexeme) => text.startsWith('"')
    const inner = value.slice(1, -1)
    const inBrackets = value[0]?.text === '[' && value.at(-1)?.text === ']'
    if (value.length === 1 && isDouble(value[0]!)) kinds.set(name.text, 'string')
    else if (inBrackets && inner.some(isDouble) && inner.every((one) => isDouble(one) || one.text === ','))
      kinds.set(name.text, 'string array')
  }
  return kinds
}

/** GNU Octave 5 and later, MATLAB R2016b and later: what both read the same. */
export const matlab: Language = {
  name: 'MATLAB/Octave',
  aliases: ['matlab', 'octave'],
  kernels: /^(x?octave|i?matlab|matlab_kernel|jupyter_matlab_kernel|conda-.*-x?octave)([-_.0-9].*)?$/,
  identifiers: {
    valid: /^[A-Za-z][A-Za-z0-9_]{0,62}$/,
    wrong: /[^A-Za-z0-9_]/gu,
    // namelengthmax: MATLAB cuts longer ones, and then two can be one.
    longest: 63,
    lead: 'x',
    keywords: matlabKeywords,
    avoided: (name) => matlabNeeded.has(name),
    fold: nfkc,
  },
  comment: (comment) => `% ${comment}`,
  gap: '  ',
  takesNul: true,
  assign(variable, value, _, declared) {
    const kind = declared?.type
    const isString = kind === 'string' || kind === 'string array'
    const string = isString ? matlabString(value, kind) : undefined
    if (string !== undefined) return { code: foldLines(`${variable} = ${string};`), notes: [] }
    const notes = new Set<string>()
    const renamed = new Set<string>()
    const before = `${variable} = `
    let own = value
    if (hasBeyondMap(value)) {
      notes.add('an object that has the empty name or NUL in one: JSON text')
      own = withoutMaps(value)
    }
    if (depthOf(own) > deepest) {
      notes.add(`below ${deepest} levels: JSON text`)
      own = flatten(own, deepest, writeValue)
    }
    const code = `${before + writeLiteral(own, notation(notes, renamed), before.length + 1)};`
    for (const name of renamed) notes.add(`${fieldOf(name)} is "${name}"`)
    return { code: foldLines(code), notes: [...notes].slice(0, mostNotes) }
  },
  declared(source) {
    const kinds = stringKinds(source)
    return declaredByAssignment(source, lexis).map((one) => {
      const type = kinds.get(one.name)
      return type === undefined ? one : { ...one, type }
    })
  },
}
