import type { SyntaxNode } from '@lezer/common'
import type { Value } from '../../parameters/value.ts'
import { type Escapes, unescaped } from '../shared/cells/cell-escapes.ts'
import {
  booleanValue,
  listValue,
  notFinite,
  nullValue,
  numberValue,
  objectValue,
  signed,
  textValue,
} from '../shared/cells/cell-literals.ts'
import { childrenOf, createCellReader } from '../shared/cells/read-cell.ts'
import type { Assigned, SourceOf } from '../shared/dialect.ts'
import { parser } from './grammar/parser.ts'

const escapes: Escapes = {
  hexadecimal: { x: [1, 2], u: [1, 4], U: [1, 8] },
  braces: true,
  octal: true,
  bytes: true,
}

/** R, by a grammar of our own (grammar/). */
export const rCell = createCellReader({
  parser: () => parser,
  assigned,
  isFlawed: ({ name, from, to }, source) => {
    const text = source.slice(from, to)
    if (name === 'String' || name === 'Quoted') return text.length < 2 || text.at(-1) !== text[0]
    return name === 'RawString' && insideOfRaw(text) === undefined
  },
  comment: (text) => ({
    help: text
      .split('\n')
      .map((line) => line.replace(/^\s*#+'?/, '').trim())
      .join(' ')
      .trim(),
  }),
})

/** `a <- 1`, `a = 1`, `a <- b <- 1`, `1 -> a` */
function assigned(statement: SyntaxNode, source: SourceOf): Assigned[] {
  const [left, sign, right, ...more] = childrenOf(statement)
  if (left === undefined || sign === undefined || right === undefined || more.length > 0) return []
  const toRight = statement.name === 'RightAssignment'
  if (!toRight && !/^(Equal)?Assignment$/.test(statement.name)) return []
  if (source(sign) === ':=') return []
  const [target, value] = toRight ? [right, left] : [left, right]
  const name = nameOf(target, source)
  if (name === undefined) return []
  // In a chain all are set to the value at its end.
  const inner = assigned(value, source)
  const last = inner.at(-1)
  if (last !== undefined) return [{ ...last, name }, ...inner]
  return [
    { name, text: /^(Raw)?String$/.test(value.name), default: source(value), value: literal(value, source) },
  ]
}

function nameOf(node: SyntaxNode, source: SourceOf): string | undefined {
  const text = source(node)
  if (node.name === 'String') return unescaped(text.slice(1, -1), escapes)
  if (node.name !== 'Identifier') return undefined
  return text.startsWith('`') ? unescaped(text.slice(1, -1), escapes) : text
}

function literal(node: SyntaxNode, source: SourceOf): Value | undefined {
  const text = source(node)
  switch (node.name) {
    case 'Number':
      return number(text)
    case 'String':
      return textValue(unescaped(text.slice(1, -1), escapes))
    case 'RawString':
      return textValue(insideOfRaw(text))
    case 'Constant':
      return constant(text)
    case 'Identifier':
      return text === 'T' || text === 'F' ? booleanValue(text === 'T') : undefined
    case 'Paren':
      return literal(childrenOf(node)[1]!, source)
    case 'Unary':
      return signed(source(node.firstChild!), literal(node.lastChild!, source))
    case 'Call':
      return collection(node, source)
    default:
      return undefined
  }
}

/** `5L` and `0x10` are integers; a number with an `i` is complex. */
function number(text: string): Value | undefined {
  if (text.endsWith('i')) return undefined
  const value = numberValue(text.replace(/L$/, ''))
  if (!text.endsWith('L') || value?.kind !== 'number' || !/[.e]/.test(value.text)) return value
  const whole = Number(value.text)
  return Number.isSafeInteger(whole) ? numberValue(String(whole)) : undefined
}

function constant(text: string): Value | undefined {
  if (text === 'TRUE' || text === 'FALSE') return booleanValue(text === 'TRUE')
  if (text === 'NULL') return nullValue()
  if (text === 'NaN') return notFinite('NaN')
  return text === 'Inf' ? notFinite('Infinity') : undefined
}

/** `c(1, 2)`, `list("a", 1)`, `list(a = 1)` */
function collection(node: SyntaxNode, source: SourceOf): Value | undefined {
  const [called, inBrackets] = childrenOf(node)
  const isVector = source(called!) === 'c'
  if (!isVector && source(called!) !== 'list') return undefined
  const [, ...rest] = childrenOf(inBrackets!).slice(0, -1)
  const items = rest.filter((_, index) => index % 2 === 0)
  if (rest.some(({ name }, index) => (index % 2 === 1) !== (name === ','))) return undefined
  const named = items.filter(({ name }) => name === 'NamedArgument')
  if (named.length > 0) return isVector || named.length < items.length ? undefined : members(named, source)
  const values = items.map((item) => literal(item, source))
  // c() makes one type of several, and one vector of vectors.
  const isPlain = new Set(values.map((value) => value?.kind)).size <= 1 && values[0]?.kind !== 'list'
  return isVector && (!isPlain || values.length === 0) ? undefined : listValue(values)
}

function members(named: readonly SyntaxNode[], source: SourceOf): Value | undefined {
  return objectValue(
    named.map((argument) => {
      const [name, , value] = childrenOf(argument)
      return [textValue(nameOf(name!, source)), value === undefined ? undefined : literal(value, source)]
    }),
  )
}

/** `r"(…)"`, `R'--[…]--'` */
function insideOfRaw(text: string): string | undefined {
  return /^[rR](["'])(-*)(?:\(([\s\S]*)\)|\[([\s\S]*)\]|\{([\s\S]*)\})\2\1$/
    .exec(text)
    ?.slice(3)
    .find((inside) => inside !== undefined)
}
