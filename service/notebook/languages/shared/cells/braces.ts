/** What the languages with braces and semicolons have in common: their comments and their literals. */
import type { SyntaxNode } from '@lezer/common'
import type { Value } from '../../../parameters/value.ts'
import type { SourceOf } from '../dialect.ts'
import { type Escapes, unescaped } from './cell-escapes.ts'
import {
  booleanValue,
  listValue,
  notFinite,
  nullValue,
  numberValue,
  signed,
  textValue,
} from './cell-literals.ts'
import { childrenOf } from './read-cell.ts'

/** Where their literals differ. */
export interface Literals {
  readonly escapes: Escapes
  /** What may hang after a number. */
  readonly suffix: RegExp
  /** Names of what JSON calls null. */
  readonly nulls: readonly string[]
  /** A zero before a whole number makes it an octal one. */
  readonly octalByZero?: boolean
}

/** A comment without its marks: the help. */
export function readComment(text: string): { help: string } {
  const help = text
    .split('\n')
    .map((line) => line.replace(/^\s*(\/\*+|\/\/[/!]?<?|\*(?!\/))|\*+\/\s*$/g, '').trim())
    .filter((line) => line !== '')
    .join(' ')
  return { help }
}

/** The value of a literal, in whatever of these grammars. */
export function valueOfLiteral(node: SyntaxNode, source: SourceOf, literals: Literals): Value | undefined {
  const text = source(node)
  const items = () => listValue(elementsOf(node).map((item) => valueOfLiteral(item, source, literals)))
  switch (node.name) {
    case 'Number':
    case 'Integer':
    case 'Float':
    case 'IntegerLiteral':
    case 'FloatingPointLiteral':
      return number(text, literals)
    case 'String':
    case 'StringLiteral':
    case 'RawString':
    case 'ConcatenatedString':
      return textValue(stringContent(node, source, literals))
    case 'ArrayExpression':
    case 'ArrayInitializer':
    case 'InitializerList':
      return items()
    case 'UnaryExpression':
    case 'UnaryExp':
      return signed(source(node.firstChild!), valueOfLiteral(node.lastChild!, source, literals))
    case 'ParenthesizedExpression': {
      const [inside, ...more] = elementsOf(node)
      return inside === undefined || more.length > 0 ? undefined : valueOfLiteral(inside, source, literals)
    }
    default:
      return named(text, literals)
  }
}

/** Whether a node is a text, be it a literal or put together. */
export function isText(node: SyntaxNode): boolean {
  return /^(String|StringLiteral|RawString|ConcatenatedString)$/.test(node.name)
}

/** The children of a list, its brackets and commas aside. */
function elementsOf(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter(({ name }) => !/^[()[\]{},;]$/.test(name))
}

function named(text: string, { nulls }: Literals): Value | undefined {
  if (text === 'true' || text === 'false') return booleanValue(text === 'true')
  if (nulls.includes(text)) return nullValue()
  return text === 'NaN' || text === 'Infinity' ? notFinite(text) : undefined
}

function number(text: string, { suffix, octalByZero }: Literals): Value | undefined {
  const digits = text.replace(suffix, '')
  return numberValue(octalByZero && /^0[0-7']+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
}

function stringContent(node: SyntaxNode, source: SourceOf, literals: Literals): string | undefined {
  const text = source(node)
  if (node.name === 'ConcatenatedString') {
    const parts = childrenOf(node).map((part) => stringContent(part, source, literals))
    return parts.every((part) => part !== undefined) ? parts.join('') : undefined
  }
  if (node.name === 'RawString') {
    const inCpp = /^R"([^()\\ ]*)\(([\s\S]*)\)\1"$/.exec(text)?.[2]
    return inCpp ?? /^r(#*)"([\s\S]*)"\1$/.exec(text)?.[2]
  }
  const quote = text.at(-1)!
  if (text.length < 2 || text[0] !== quote) return undefined
  const inside = text.slice(1, -1)
  // What backticks hold is raw in Go.
  return quote === '`' ? inside : unescaped(inside, literals.escapes)
}
