import type { AnySchema } from 'ajv'
import type { Value } from '../parameters/value.ts'
import { isKnownFormat } from './formats.ts'
import { kindOf } from './keywords.ts'
import type { Nodes } from './nodes.ts'
import { asFragment, asText, below } from './pointers.ts'

/** In every schema, so that what it does can be counted. */
export const stepKeyword = 'notebook-step'

/**
 * A schema as the engine's ajv takes it: numbers to compare with in the digits of their author, values as they were
 * read, references to places of this schema only, and nothing that says nothing.
 */
export function schemaForAjv(nodes: Nodes): AnySchema {
  const { all, references } = nodes

  function schema(pointer: string): AnySchema {
    const node = all.get(pointer)
    if (node?.kind === 'boolean') return node.value
    const members: [string, unknown][] = [[stepKeyword, true]]
    for (const [keyword, value] of node?.kind === 'object' ? node.entries : []) {
      const translated = translate(keyword, value, pointer)
      if (translated !== undefined) members.push([keyword, translated])
    }
    return Object.fromEntries(members)
  }

  function translate(keyword: string, value: Value, pointer: string): unknown {
    const at = below(pointer, keyword)
    switch (kindOf(keyword)) {
      case 'schema':
      case 'inPlaceSchema':
        return schema(at)
      case 'schemas':
      case 'inPlaceSchemas':
        return value.kind === 'list' ? value.items.map((_, index) => schema(below(at, index))) : []
      case 'schemaMap':
      case 'inPlaceSchemaMap':
      case 'patternMap':
        return Object.fromEntries(entriesOf(value).map(([name]) => [name, schema(below(at, name))]))
      case 'number':
        return value.kind === 'number' ? value.text : undefined
      case 'values':
        return value.kind === 'list' ? value.items : []
      case 'value':
        return value
      case 'reference':
        return asFragment(references.get(pointer)!)
      case 'plain':
      case 'pattern':
        return asJson(value)
      case 'format':
        return isKnownFormat(value) ? asJson(value) : undefined
      default:
        return undefined
    }
  }

  const whole = schema('')
  const own = [...new Set(nodes.sampledb.values())].map((name) => [name, schema(below('/$defs', name))])
  if (own.length === 0 || typeof whole === 'boolean') return whole
  return { ...whole, $defs: { ...(whole.$defs as object | undefined), ...Object.fromEntries(own) } }
}

function entriesOf(value: Value) {
  return value.kind === 'object' ? value.entries : []
}

function asJson(value: Value): unknown {
  if (value.kind === 'number') return Number(value.text)
  if (value.kind === 'list') return value.items.map(asJson)
  if (value.kind === 'object')
    return Object.fromEntries(value.entries.map(([name, member]) => [name, asJson(member)]))
  return value.kind === 'null' ? null : value.kind === 'text' ? asText(value) : value.value
}
