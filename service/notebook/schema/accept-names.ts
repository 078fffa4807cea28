import type { Value } from '../parameters/value.ts'
import { writeValue } from '../parameters/write.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import { schemaOf } from './known.ts'
import type { Nodes } from './nodes.ts'
import { below, memberOf } from './pointers.ts'

/** What refuses parameters that a schema does not name. */
const ofOthers = ['additionalProperties', 'unevaluatedProperties']

const known = new WeakMap<
  CompiledTemplate,
  { readonly names: ReadonlySet<string>; readonly made: CompiledTemplate }
>()

/**
 * A template whose schema has no word about other parameters for those of some names: they are for links, not for the
 * template (DESIGN 2.8, SENDERS). What the schema says of them by name holds.
 */
export function acceptNames(
  template: CompiledTemplate,
  names: ReadonlySet<string> | undefined,
): CompiledTemplate {
  const { schema } = template
  if (schema === undefined || !names?.size) return template
  const before = known.get(template)
  if (before?.names === names) return before.made
  const { nodes } = schemaOf(schema)
  const places = inPlaceOf(nodes)
  const isStrict = [...places].some((place) => saysOthers(nodes.all.get(place)))
  const made = isStrict
    ? { ...template, schema: writeValue(withNames(nodes.root, '', places, names)) }
    : template
  known.set(template, { names, made })
  return made
}

/** The schemas that are about the object of all parameters. They never come back to themselves. */
function inPlaceOf({ inPlace }: Nodes): ReadonlySet<string> {
  const places = new Set([''])
  for (const place of places) for (const next of inPlace.get(place) ?? []) places.add(next)
  return places
}

function saysOthers(schema: Value | undefined): boolean {
  return ofOthers.some((keyword) => memberOf(schema, keyword) !== undefined)
}

/** @param value at this pointer, a schema or within one */
function withNames(
  value: Value,
  pointer: string,
  places: ReadonlySet<string>,
  names: ReadonlySet<string>,
): Value {
  if (value.kind === 'list') {
    const items = value.items.map((item, index) => withNames(item, below(pointer, index), places, names))
    return { kind: 'list', items }
  }
  if (value.kind !== 'object') return value
  const entries = value.entries.map(
    ([name, member]) => [name, withNames(member, below(pointer, name), places, names)] as const,
  )
  const schema: Value = { kind: 'object', entries }
  return places.has(pointer) && saysOthers(schema) ? declaring(schema, names) : schema
}

/** A schema with the names among its properties, where they may be anything. */
function declaring(schema: Value & { readonly kind: 'object' }, names: ReadonlySet<string>): Value {
  const properties = memberOf(schema, 'properties')
  const own = properties?.kind === 'object' ? properties.entries : []
  const added = [...names].filter((name) => !own.some(([one]) => one === name))
  const all = [...own, ...added.map((name) => [name, { kind: 'boolean', value: true }] as const)]
  const entries = new Map(schema.entries).set('properties', { kind: 'object', entries: all })
  return { kind: 'object', entries: [...entries] }
}
