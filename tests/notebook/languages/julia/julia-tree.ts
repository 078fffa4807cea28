import type { Node } from 'web-tree-sitter'
import { parseTree } from '../shared/tree.ts'

/** A value of Julia with its type, as far as cells have them. */
export type JuliaValue =
  | { readonly type: 'Nothing' }
  | { readonly type: 'Bool'; readonly value: boolean }
  | { readonly type: 'Integer'; readonly value: bigint }
  | { readonly type: 'Float64'; readonly value: number }
  | { readonly type: 'String'; readonly value: string }
  | { readonly type: 'Vector'; readonly items: readonly JuliaValue[] }
  | { readonly type: 'Dict'; readonly entries: readonly (readonly [string, JuliaValue])[] }

/** How exactly types are to be those of docs/languages.md. */
export interface Strictness {
  /** Untyped vectors of several types and untyped dictionaries are wrong. */
  readonly types: boolean
}

/**
 * The variables that a cell of Julia sets, from the tree that its grammar makes (Manual: Integers and Floating-Point
 * Numbers, Strings, Arrays): there is no Julia where these tests run.
 *
 * @throws Error where the tree holds anything but an assignment of a literal
 */
export async function readJulia(
  source: string,
  strictness: Strictness = { types: true },
): Promise<[string, JuliaValue][]> {
  const tree = await parseTree('julia', source)
  try {
    if (tree.rootNode.hasError) fail(tree.rootNode)
    return parts(tree.rootNode, '').map((statement) => {
      const [name, sign, value, ...others] = statement.type === 'assignment' ? statement.children : []
      if (name?.type !== 'identifier' || sign?.text !== '=' || !value || others.length > 0) fail(statement)
      if (!/^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}!]*$/u.test(name.text)) fail(name)
      return [name.text, readValue(value, strictness)]
    })
  } finally {
    tree.delete()
  }
}

function fail(node: Node): never {
  throw new Error(`not an assignment of a literal: ${node.type} ${node.text.slice(0, 100)}`)
}

/** What a node consists of, comments aside; of tokens only those given. */
function parts(node: Node, tokens: string): Node[] {
  const inner = node.children.filter((child) => {
    if (child.type !== 'line_comment') return child.isNamed || !tokens.includes(child.type)
    return /^#[\x20-\x7e]*$/.test(child.text) ? false : fail(child)
  })
  return inner.every((child) => child.isNamed) ? inner : fail(node)
}

function readValue(node: Node, strictness: Strictness): JuliaValue {
  const { text } = node
  switch (node.type) {
    case 'boolean_literal':
      return { type: 'Bool', value: text === 'true' }
    case 'identifier':
      return text === 'nothing' ? { type: 'Nothing' } : (special[text] ?? fail(node))
    case 'integer_literal':
    case 'float_literal':
      return number(node, text)
    case 'unary_expression': {
      const [sign, operand, ...others] = node.children
      if (sign?.text !== '-' || operand === undefined || others.length > 0) return fail(node)
      if (operand.text === 'Inf') return { type: 'Float64', value: Number.NEGATIVE_INFINITY }
      return /^(integer|float)_literal$/.test(operand.type) ? number(node, text) : fail(node)
    }
    case 'string_literal':
      return { type: 'String', value: string(node) }
    case 'vector_expression':
      return vector(node, '', strictness)
    case 'index_expression': {
      const [type, list, ...others] = node.children
      if (!/^(Any|Real)$/.test(type!.text) || others.length > 0) return fail(node)
      return list?.type === 'vector_expression' ? vector(list, type!.text, strictness) : fail(node)
    }
    case 'call_expression':
      return dict(node, strictness)
  }
  return fail(node)
}

const special: Readonly<Record<string, JuliaValue>> = {
  NaN: { type: 'Float64', value: Number.NaN },
  Inf: { type: 'Float64', value: Number.POSITIVE_INFINITY },
}

function number(node: Node, digits: string): JuliaValue {
  if (/^-?\d+$/.test(digits)) return { type: 'Integer', value: BigInt(digits) }
  const value = Number(digits)
  // Julia reads no literal that overflows, and warns of one that vanishes.
  const vanishes = value === 0 && /^[^eE]*[1-9]/.test(digits)
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(digits) || !Number.isFinite(value) || vanishes) return fail(node)
  return { type: 'Float64', value }
}

const marks: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', $: '$' }

/** The tree shows that nothing in it is code; where an escape ends it does not know as Julia does. */
function string(node: Node): string {
  const [open, ...inner] = node.children
  const body = node.text.slice(1, -1)
  if (open?.text !== '"' || node.text !== `"${body}"`) return fail(node)
  if (!inner.every(({ type }) => /^(content|escape_sequence)$/.test(type))) return fail(node)
  // What is unseen must stand in escapes; the joiners may stand.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(body.replace(/[\u200c\u200d]/g, ''))) return fail(node)
  return body.replace(
    /\\(u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|x[0-9a-fA-F]{1,2}|[\s\S])/g,
    (_, own: string) => {
      if (own.length === 1) return marks[own] ?? fail(node)
      const code = Number.parseInt(own.slice(1), 16)
      // `\x` is a byte: one that is no ASCII is no character.
      return code < (own.startsWith('x') ? 0x80 : 0x110000) ? String.fromCodePoint(code) : fail(node)
    },
  )
}

function vector(node: Node, of: string, strictness: Strictness): JuliaValue {
  const items = parts(node, '[,]').map((item) => readValue(item, strictness))
  if (!strictness.types) return { type: 'Vector', items: promoted(items, of) }
  // Without a type the items would be converted to one that is common to them.
  if (of === '' && new Set(items.map(typeOf)).size !== 1) return fail(node)
  if (of === 'Real' && !items.every(({ type }) => /Integer|Float/.test(type))) return fail(node)
  return { type: 'Vector', items }
}

function typeOf(value: JuliaValue): string {
  if (value.type === 'Vector') return `Vector{${value.items.map(typeOf)[0]}}`
  if (value.type !== 'Integer') return value.type
  const size = value.value < 0n ? -value.value : value.value
  return size < 2n ** 63n ? 'Int64' : size < 2n ** 127n ? 'Int128' : 'BigInt'
}

/** Integers beside floats become floats. */
function promoted(items: readonly JuliaValue[], of: string): readonly JuliaValue[] {
  if (of !== '' || !items.every(({ type }) => /Integer|Float/.test(type))) return items
  if (items.every(({ type }) => type === 'Integer')) return items
  return items.map(
    (item): JuliaValue => (item.type === 'Integer' ? { type: 'Float64', value: Number(item.value) } : item),
  )
}

function dict(node: Node, strictness: Strictness): JuliaValue {
  const [type, list, ...others] = node.children
  const isDict = type?.text === 'Dict{String, Any}' || (!strictness.types && type?.text === 'Dict')
  if (!isDict || list?.type !== 'argument_list' || others.length > 0) return fail(node)
  const entries = parts(list, '(,)').map((pair) => {
    const [name, arrow, value, ...more] = pair.type === 'binary_expression' ? pair.children : []
    if (name?.type !== 'string_literal' || arrow?.text !== '=>' || !value || more.length > 0) fail(pair)
    return [string(name), readValue(value, strictness)] as const
  })
  return { type: 'Dict', entries }
}
