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
import { childrenOf, itemsOf } from '../shared/cells/read-cell.ts'
import type { SourceOf } from '../shared/dialect.ts'

const escapes: Escapes = { hexadecimal: { x: [2, 2], u: [4, 4], U: [8, 8] }, octal: true, keeps: true }

/** What a text begins with: its prefix and its quotes. */
export const opening = /^([a-zA-Z]*)("""|'''|"|')/

/** The list that nodes between commas are. */
export function listOf(nodes: readonly SyntaxNode[], source: SourceOf): Value | undefined {
  return listValue(nodes.filter(({ name }) => name !== ',').map((node) => literal(node, source)))
}

/** The value of a literal of Python. */
export function literal(node: SyntaxNode, source: SourceOf): Value | undefined {
  switch (node.name) {
    case 'Number':
      return numberValue(source(node))
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
      return textValue(text(node, source))
    case 'Boolean':
      return booleanValue(source(node) === 'True')
    case 'None':
      return nullValue()
    case 'ParenthesizedExpression': {
      const [inside, ...more] = itemsOf(node)
      return inside === undefined || more.length > 0 ? undefined : literal(inside, source)
    }
    case 'ArrayExpression':
    case 'TupleExpression':
      return listOf(itemsOf(node), source)
    case 'DictionaryExpression':
      return dictionary(node, source)
    case 'UnaryExpression': {
      // Python reads no two signs as a literal.
      const operand = node.lastChild!
      const isNumber = operand.name === 'Number' || operand.name === 'CallExpression'
      return isNumber ? signed(source(node.firstChild!), literal(operand, source)) : undefined
    }
    case 'CallExpression':
      return /^float\((["'])nan\1\)$/.test(source(node)) ? notFinite('NaN') : infinity(source(node))
    default:
      return undefined
  }
}

/** `float("inf")`, `float("-inf")`: Python has no literals for them. */
function infinity(call: string): Value | undefined {
  const [, , sign] = /^float\((["'])([+-]?)inf\1\)$/.exec(call) ?? []
  return sign === undefined ? undefined : signed(sign || '+', notFinite('Infinity'))
}

function dictionary(node: SyntaxNode, source: SourceOf): Value | undefined {
  const parts = childrenOf(node).slice(1, -1)
  const entries: [Value | undefined, Value | undefined][] = []
  for (let at = 0; at < parts.length; at += 4) {
    const [name, colon, value, comma] = parts.slice(at, at + 4)
    if (colon?.name !== ':' || value === undefined || (comma !== undefined && comma.name !== ','))
      return undefined
    entries.push([literal(name!, source), literal(value, source)])
  }
  return objectValue(entries)
}

function text(node: SyntaxNode, source: SourceOf): string | undefined {
  if (node.name === 'ContinuedString') {
    const parts = childrenOf(node).map((part) => text(part, source))
    return parts.every((part) => part !== undefined) ? parts.join('') : undefined
  }
  const whole = source(node)
  const [head, prefix = '', quote = ''] = opening.exec(whole) ?? []
  if (head === undefined || /b/i.test(prefix) || node.getChild('FormatReplacement') !== null) return undefined
  const inside = whole.slice(head.length, -quote.length)
  // Python itself reads line ends as line feeds.
  const plain = (/f/i.test(prefix) ? inside.replaceAll('{{', '{').replaceAll('}}', '}') : inside).replace(
    /\r\n?/g,
    '\n',
  )
  if (/r/i.test(prefix)) return plain
  return plain.includes('\\N{') ? undefined : unescaped(plain, escapes)
}
