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
import { childrenOf, createCellReader, itemsOf } from '../shared/cells/read-cell.ts'
import type { Assigned, SourceOf } from '../shared/dialect.ts'
import { grammar } from '../shared/grammar.ts'

const escapes: Escapes = { hexadecimal: { x: [1, 2], u: [1, 4], U: [1, 8] }, octal: true, bytes: true }
const textType =
  /^(String|AbstractString|Union\{(String|AbstractString),(Nothing|Missing)\}|Union\{(Nothing|Missing),(String|AbstractString)\})$/

/** Julia, as IJulia reads it: lines for its shell, its help and its package manager are passed over. */
export const juliaCell = createCellReader({
  parser: grammar('@plutojl/lezer-julia'),
  foreign: /^\s*[;?\]]/,
  assigned,
  comment: (text) => ({
    help: text
      .split('\n')
      .map((line) => line.replace(/^\s*#+=?|=#\s*$/g, '').trim())
      .join(' ')
      .trim(),
  }),
})

/** `a = 1`, `const a = 1`, `a::Int = 1`, `a = b = 1`, `a, b = 1, 2` */
function assigned(statement: SyntaxNode, source: SourceOf): Assigned[] {
  if (statement.name === 'ConstStatement' || statement.name === 'GlobalStatement') {
    const inner = statement.lastChild
    return inner === null ? [] : assigned(inner, source)
  }
  if (statement.name !== 'Assignment') return []
  const [target, sign, value] = childrenOf(statement)
  if (target === undefined || value === undefined || source(sign!) !== '=') return []
  const inner = assigned(value, source)
  const last = inner.at(-1)
  const whole = last ?? {
    text: isText(value, source),
    default: source(value),
    value: literal(value, source),
  }
  return [...assignedTo(target, whole, value, source), ...inner]
}

function isText(value: SyntaxNode, source: SourceOf): boolean {
  return value.name === 'StringLiteral' || (value.name === 'NsStringLiteral' && /^raw"/.test(source(value)))
}

function assignedTo(
  target: SyntaxNode,
  whole: Omit<Assigned, 'name'>,
  value: SyntaxNode,
  source: SourceOf,
): Assigned[] {
  if (target.name === 'Identifier') return [{ ...whole, name: source(target), type: undefined }]
  if (target.name === 'BinaryExpression') {
    const [name, sign, ...type] = childrenOf(target)
    if (name?.name !== 'Identifier' || source(sign!) !== '::') return []
    const said = type.map(source).join('')
    return [
      {
        ...whole,
        name: source(name),
        type: said,
        text: whole.text || textType.test(said.replace(/\s/g, '')),
      },
    ]
  }
  if (!/^(Open)?Tuple(Expression)?$/.test(target.name)) return []
  const names = itemsOf(target)
  if (!names.every(({ name }) => name === 'Identifier')) return []
  const values = /^(Open)?Tuple(Expression)?$/.test(value.name) ? itemsOf(value) : []
  return names.map((node, index) => {
    const own = values.length === names.length ? values[index] : undefined
    return {
      name: source(node),
      text: false,
      ...(own && { default: source(own), value: literal(own, source) }),
    }
  })
}

function literal(node: SyntaxNode, source: SourceOf): Value | undefined {
  const text = source(node)
  switch (node.name) {
    case 'IntegerLiteral':
    case 'FloatLiteral':
      return numberValue(text.replace(/(?<=[0-9.])f(?=[0-9+-])/, 'e'))
    case 'BoolLiteral':
      return booleanValue(text === 'true')
    case 'StringLiteral':
    case 'NsStringLiteral':
      return textValue(juliaText(text))
    case 'Identifier':
      return named(text)
    case 'UnaryExpression':
      return signed(source(node.firstChild!), literal(node.lastChild!, source))
    case 'ParenExpression': {
      const [inside, ...more] = itemsOf(node)
      return inside === undefined || more.length > 0 ? undefined : literal(inside, source)
    }
    case 'VectorExpression':
    case 'TupleExpression':
    case 'OpenTuple':
      return listValue(itemsOf(node).map((item) => literal(item, source)))
    case 'IndexExpression':
      return typedVector(node, source)
    case 'CallExpression':
      return dictionary(node, source)
    default:
      return undefined
  }
}

function named(name: string): Value | undefined {
  if (name === 'nothing') return nullValue()
  if (name === 'NaN') return notFinite('NaN')
  return name === 'Inf' ? notFinite('Infinity') : undefined
}

/** `Any[1, "a"]` */
function typedVector(node: SyntaxNode, source: SourceOf): Value | undefined {
  const [type, items] = childrenOf(node)
  return /^(Any|Real)$/.test(source(type!)) && items?.name === 'VectorExpression'
    ? literal(items, source)
    : undefined
}

/** `Dict("a" => 1)`, with its types or without */
function dictionary(node: SyntaxNode, source: SourceOf): Value | undefined {
  const [called, inBrackets] = childrenOf(node)
  if (!/^Dict(\{String, ?\w+\})?$/.test(source(called!)) || inBrackets === undefined) return undefined
  const pairs = itemsOf(inBrackets).map((pair): [Value | undefined, Value | undefined] => {
    const [name, sign, value] = childrenOf(pair)
    if (sign === undefined || source(sign) !== '=>') return [undefined, undefined]
    return [literal(name!, source), literal(value!, source)]
  })
  return objectValue(pairs)
}

/** Without what is put in by `$`; of texts in three quotes only those on one line, whose indentation does not matter. */
function juliaText(literal: string): string | undefined {
  const [, prefix = '', quote = '', inside = ''] = /^(\w*)("""|")([\s\S]*)\2$/.exec(literal) ?? []
  if (quote === '' || (quote === '"""' && inside.includes('\n'))) return undefined
  if (prefix === 'raw') return /\\"|\\$/.test(inside) ? undefined : inside
  return prefix === '' && !/(?<!\\)(\\\\)*\$/.test(inside) ? unescaped(inside, escapes) : undefined
}
