import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common'
import { isComment } from '../shared/cells/cell-comments.ts'
import { childrenOf, createCellReader, itemsOf } from '../shared/cells/read-cell.ts'
import type { Assigned, SourceOf } from '../shared/dialect.ts'
import { grammar } from '../shared/grammar.ts'
import { listOf, literal, opening } from './python-cell-literals.ts'

const textType = /^(str|(typing\.)?Optional\[str\]|str\|None|None\|str)$/

/** Python, as IPython reads it: lines that are magics or commands of the shell are passed over. */
export const pythonCell = createCellReader({
  parser: grammar('@lezer/python'),
  groups: ['StatementGroup'],
  prepare,
  foreign: /^\s*[%!?]|^\s*%*[\w.*]+\?{1,2}\s*$|^[\w\s,]+=\s*[%!]/,
  assigned,
  isFlawed: (node, source) => isIndented(node, source) || isUnclosed(node, source),
  comment(text) {
    const help = text
      .split('\n')
      .map((line) => line.replace(/^\s*#+:?\s?/, '').trim())
      .join(' ')
      .trim()
    if (/^type:\s*ignore\b/.test(help)) return { help: '' }
    const typed = /^type:\s*/.exec(help)
    if (typed === null) return { help }
    const rest = help.slice(typed[0].length)
    const type = firstWord(rest)
    return { help: rest.slice(type.length).trim(), ...(type !== '' && { type }) }
  },
})

/** The grammar takes `print` for the statement that it was in Python 2, and does not know `1.` without a digit after. */
export function prepare(source: string): string {
  return source
    .replace(/\bprint\b/g, 'prinT')
    .replace(/(?<![\w.])([0-9][0-9_]*)\.(?![\w.])/g, (_, whole: string) => `${whole}0`)
}

/** A statement of the top level with another indentation than the first one: IPython takes it off a whole cell. */
function isIndented({ node, from }: SyntaxNodeRef, source: string): boolean {
  if (node.parent?.parent !== null || isComment(node.name)) return false
  let first: SyntaxNode = node.parent.firstChild!
  while (isComment(first.name)) first = first.nextSibling!
  const own = indentation(source, from)
  return own !== undefined && own !== indentation(source, first.from)
}

/** The space between the beginning of the line and a place; `undefined` where anything else stands there. */
function indentation(source: string, at: number): string | undefined {
  const before = source.slice(source.lastIndexOf('\n', at - 1) + 1, at)
  return before.trim() === '' ? before : undefined
}

function isUnclosed({ name, from, to }: SyntaxNodeRef, source: string): boolean {
  if (name !== 'String' && name !== 'FormatString') return false
  const text = source.slice(from, to)
  const [head = '', , quote = ''] = opening.exec(text) ?? []
  return text.length < head.length + quote.length || !text.endsWith(quote)
}

/** Up to the first space outside of brackets: `Dict[str, int]`. */
function firstWord(text: string): string {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if ('[({'.includes(text[at]!)) depth++
    else if ('])}'.includes(text[at]!)) depth--
    else if (depth <= 0 && /\s/.test(text[at]!)) return text.slice(0, at)
  }
  return text
}

/** `a = 1`, `a: int = 1`, `a = b = 1`, `a, b = 1, 2` */
function assigned(statement: SyntaxNode, source: SourceOf): Assigned[] {
  if (statement.name !== 'AssignStatement') return []
  const sides: SyntaxNode[][] = [[]]
  let type: string | undefined
  for (const node of childrenOf(statement)) {
    if (node.name === 'AssignOp') sides.push([])
    else if (node.name === 'TypeDef') type = annotation(node, source)
    else sides.at(-1)!.push(node)
  }
  const value = sides.pop()!
  if (value.length === 0) return []
  return sides.flatMap((target) => assignedTo(target, value, type, source))
}

function assignedTo(
  target: readonly SyntaxNode[],
  value: readonly SyntaxNode[],
  type: string | undefined,
  source: SourceOf,
): Assigned[] {
  const [only] = target
  if (target.length === 1 && only!.name === 'VariableName') {
    const whole = value.length === 1 ? value[0]! : undefined
    return [
      {
        name: source(only!),
        text:
          (whole !== undefined && isText(whole, source)) ||
          (type !== undefined && textType.test(type.replace(/\s/g, ''))),
        type,
        default: sourceOf(value, source),
        value: whole === undefined ? listOf(value, source) : literal(whole, source),
      },
    ]
  }
  const names = partsOf(target)
  if (names === undefined || !names.every((node) => node.name === 'VariableName')) return []
  const values = partsOf(value) ?? []
  return names.map((node, index) => ({
    name: source(node),
    text: false,
    ...(values.length === names.length && {
      default: source(values[index]!),
      value: literal(values[index]!, source),
    }),
  }))
}

/** The items of a tuple or a list, in brackets or not; `undefined` of anything else. */
function partsOf(nodes: readonly SyntaxNode[]): SyntaxNode[] | undefined {
  if (nodes.length === 1) {
    return /^(Tuple|Array)Expression$/.test(nodes[0]!.name) ? itemsOf(nodes[0]!) : undefined
  }
  return nodes.filter(({ name }) => name !== ',')
}

/** From the first to the last, as they stand in their statement. */
function sourceOf(nodes: readonly SyntaxNode[], source: SourceOf): string {
  const statement = nodes[0]!.parent!
  return source(statement).slice(nodes[0]!.from - statement.from, nodes.at(-1)!.to - statement.from)
}

function annotation(node: SyntaxNode, source: SourceOf): string {
  const text = source(node).replace(/^:\s*/, '').trim()
  return /^(["'])[^"'\\]*\1$/.test(text) ? text.slice(1, -1).trim() : text
}

function isText(node: SyntaxNode, source: SourceOf): boolean {
  if (node.name === 'ParenthesizedExpression') return itemsOf(node).every((part) => isText(part, source))
  return /^(String|FormatString|ContinuedString)$/.test(node.name) && !/^(b|rb|br)["']/i.test(source(node))
}
