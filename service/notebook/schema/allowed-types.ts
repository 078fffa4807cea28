import type { Value } from '../parameters/value.ts'
import { isWhole, readDecimal } from './decimal.ts'
import type { Nodes } from './nodes.ts'
import { asText, below, memberOf, textsOf } from './pointers.ts'

/** The types of JSON Schema. A number may be an integer. */
export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object'

const everyType: readonly JsonType[] = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']

const known = new WeakMap<Nodes, Map<string, ReadonlySet<JsonType>>>()

/** The types that a schema lets pass, as far as it says so by type, values, references and combinations. */
export function allowedTypes(nodes: Nodes, pointer: string): ReadonlySet<JsonType> {
  const found = known.get(nodes) ?? new Map<string, ReadonlySet<JsonType>>()
  known.set(nodes, found)
  // Each once: schemas that take each other in could be asked for more often than there are atoms.
  const types = found.get(pointer) ?? allowedBy(nodes, pointer)
  found.set(pointer, types)
  return types
}

function allowedBy(nodes: Nodes, pointer: string): ReadonlySet<JsonType> {
  const node = nodes.all.get(pointer)
  if (node?.kind === 'boolean') return new Set(node.value ? everyType : [])
  let types = new Set(everyType)
  const narrow = (to: ReadonlySet<JsonType>) => {
    types = new Set([...types].filter((type) => to.has(type)))
  }
  const said = saidTypes(memberOf(node, 'type'))
  if (said !== undefined) narrow(said)
  const values = memberOf(node, 'enum')
  if (values?.kind === 'list') narrow(new Set(values.items.map(typeOfValue)))
  const value = memberOf(node, 'const')
  if (value !== undefined) narrow(new Set([typeOfValue(value)]))
  const target = nodes.references.get(pointer)
  if (target !== undefined) narrow(allowedTypes(nodes, target))
  for (const part of partsOf(node, pointer, 'allOf')) narrow(allowedTypes(nodes, part))
  for (const keyword of ['anyOf', 'oneOf']) {
    const parts = partsOf(node, pointer, keyword)
    if (parts.length > 0) narrow(new Set(parts.flatMap((part) => [...allowedTypes(nodes, part)])))
  }
  return types
}

/** Whether such a value is a text wherever it is anything at all. */
export function isTextOnly(types: ReadonlySet<JsonType>): boolean {
  return types.has('string') && [...types].every((type) => type === 'string' || type === 'null')
}

/** Whether nothing is said of the type. */
export function isAnyType(types: ReadonlySet<JsonType>): boolean {
  return types.size === everyType.length
}

/** The pointers of the schemas in a list. */
export function partsOf(node: Value | undefined, pointer: string, keyword: string): string[] {
  const parts = memberOf(node, keyword)
  return parts?.kind === 'list' ? parts.items.map((_, index) => below(below(pointer, keyword), index)) : []
}

/** What JSON Schema calls the type of a value. */
function typeOfValue(value: Value): JsonType {
  switch (value.kind) {
    case 'text':
      return 'string'
    case 'list':
      return 'array'
    case 'number': {
      const decimal = readDecimal(value.text)
      return decimal !== undefined && isWhole(decimal) ? 'integer' : 'number'
    }
    default:
      return value.kind
  }
}

function saidTypes(type: Value | undefined): ReadonlySet<JsonType> | undefined {
  if (type === undefined) return undefined
  const said = new Set(textsOf(type).concat(asText(type) ?? []) as JsonType[])
  return said.has('number') ? said.add('integer') : said
}
