import type { Node } from 'web-tree-sitter'

/** What each statement sets, in their order. */
export function readCell(root: Node): [variable: string, value: string][] {
  return partsOf(root).flatMap((list) => {
    must(list, 'statement_list')
    return partsOf(list).map((statement): [string, string] => {
      const assignment = only(must(statement, 'pipeline'))
      const [left, operator, value, ...more] = partsOf(must(assignment, 'assignment_expression'))
      if (more.length > 0 || operator?.text !== '=') throw strange(assignment)
      return [must(core(left!), 'variable').text, show(read(value!))]
    })
  })
}

type Got = { readonly shown: string } | { readonly items: readonly Got[] }

/** The value of an expression; a list is kept as its items, because PowerShell unrolls it where it stands alone. */
function read(node: Node): Got {
  const inner = core(node)
  switch (inner.type) {
    case 'variable':
      if (!/^\$(null|true|false)$/.test(inner.text)) throw strange(inner)
      return { shown: inner.text.slice(1) }
    case 'string_literal':
      return { shown: textOf(readText(only(inner))) }
    case 'integer_literal':
    case 'real_literal':
      return { shown: readNumber(inner.text) }
    case 'member_access':
      return { shown: constant(inner) }
    case 'array_literal_expression':
      return { items: partsOf(inner).map(read) }
    case 'expression_with_unary_operator':
      return readUnary(inner)
    case 'array_expression': {
      const [statements, ...more] = partsOf(inner)
      if (statements === undefined) return { items: [] }
      const value = read(only(must(statements, 'statement_list')))
      if (more.length > 0) throw strange(inner)
      return 'items' in value ? value : { items: [value] }
    }
  }
  throw strange(inner)
}

function readUnary(node: Node): Got {
  const [operand] = partsOf(node)
  if (operand?.type === 'cast_expression') return readCast(operand)
  const sign = node.text[0]
  if (sign === ',') return { items: [read(operand!)] }
  const number = core(operand!)
  if (sign !== '-' || !/^(integer|real)_literal$/.test(number.type)) throw strange(node)
  return { shown: readNumber(`-${number.text}`) }
}

function readCast(node: Node): Got {
  const [type, operand] = partsOf(node)
  const inner = core(operand!)
  if (type!.text === '[bigint]' && inner.type === 'string_literal')
    return { shown: `bigint ${BigInt(readText(only(inner)))}` }
  if (type!.text !== '[ordered]' || inner.type !== 'hash_literal_expression') throw strange(node)
  const entries = partsOf(inner).flatMap((body) =>
    partsOf(must(body, 'hash_literal_body')).map((entry): [string, string] => {
      const [key, value] = partsOf(must(entry, 'hash_entry'))
      return [readText(only(must(core(only(key!)), 'string_literal'))), show(read(value!))]
    }),
  )
  const keys = new Set(entries.map(([key]) => key.toLowerCase()))
  if (keys.size < entries.length) throw new Error('names that are one to PowerShell')
  return { shown: `{${entries.map(([key, value]) => `${textOf(key)}=${value}`).join(' ')}}` }
}

/** What quotes mean to PowerShell, which takes more characters for them than the grammar does. */
function readText(node: Node): string {
  const body = node.text.slice(1, -1)
  if (node.type === 'verbatim_string_characters') {
    if (/['‘’‚‛]/.test(body.replace(/['‘’‚‛]{2}/g, ''))) throw new Error(`the text ends early: ${node.text}`)
    return body.replace(/['‘’‚‛](['‘’‚‛])/g, '$1')
  }
  must(node, 'expandable_string_literal')
  if (partsOf(node).length > 0) throw strange(node)
  const escaped = /`(u\{([0-9a-f]{1,6})\}|[\s\S])/g
  if (/["“”„$`]/.test(body.replace(escaped, ''))) throw new Error(`the text ends early: ${node.text}`)
  return body.replace(escaped, (_, character: string, code: string | undefined) =>
    code === undefined ? (control[character] ?? character) : String.fromCodePoint(Number.parseInt(code, 16)),
  )
}

const control: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** The narrowest type that PowerShell finds for digits. */
function readNumber(digits: string): string {
  if (!/^-?\d+$/.test(digits)) return doubleOf(Number(digits))
  const value = BigInt(digits)
  if (BigInt.asIntN(32, value) === value) return `int ${value}`
  if (BigInt.asIntN(64, value) === value && -value < 2n ** 63n) return `long ${value}`
  throw new Error(`${digits} is no integer to PowerShell`)
}

function constant({ text }: Node): string {
  if (text === '[long]::MinValue') return `long ${-(2n ** 63n)}`
  const [, name] = /^\[double\]::(NaN|PositiveInfinity|NegativeInfinity)$/.exec(text) ?? []
  if (name === undefined) throw new Error(`${text} is no number`)
  return doubleOf(Number(name === 'NaN' ? name : name.replace('Positive', '').replace('Negative', '-')))
}

export function doubleOf(value: number): string {
  return `double ${Object.is(value, -0) ? '-0' : value}`
}

export function textOf(text: string): string {
  return JSON.stringify(text)
}

function show(got: Got): string {
  return 'items' in got ? `[${got.items.map(show).join(' ')}]` : got.shown
}

/** The parts of a node that mean something. */
function partsOf(node: Node): Node[] {
  return node.namedChildren.filter((child): child is Node => {
    if (child === null || child.type === 'comment') return false
    if (child.isError || child.isMissing) throw strange(child)
    return true
  })
}

function only(node: Node): Node {
  const [part, ...more] = partsOf(node)
  if (part === undefined || more.length > 0) throw strange(node)
  return part
}

const wrappers = /^(pipeline|pipeline_chain|left_assignment_expression|\w+_expression)$/
const kept = /^(array_expression|cast_expression|hash_literal_expression|assignment_expression)$/

/** The grammar puts each literal into a node for every rank of operators. */
function core(node: Node): Node {
  let inner = node
  while (wrappers.test(inner.type) && !kept.test(inner.type)) {
    const parts = partsOf(inner)
    if (parts.length !== 1 || inner.text.length !== parts[0]!.text.length) break
    inner = parts[0]!
  }
  return inner
}

function must(node: Node, type: string): Node {
  if (node.type !== type) throw strange(node)
  return node
}

function strange({ type, text }: Node): Error {
  return new Error(`more than assignments of literals: ${type} ${text.slice(0, 80)}`)
}
