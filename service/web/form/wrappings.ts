import type { Field } from '../../notebook/fields.ts'
import type { Entry, Value } from '../../notebook/parameters.ts'

/** One of SampleDB's objects, asked for by the values inside of it. */
interface Wrapping {
  /** The type of the value inside. */
  readonly inside: 'number' | 'integer' | 'boolean' | 'text' | 'date-time'
  seconds(field: Field): readonly string[] | 'free' | undefined
  /** The value inside, and the second one; `undefined`: it is no such object. */
  unwrap(members: ReadonlyMap<string, Value>): readonly [Value | undefined, string]
  wrap(value: Value, second: string): readonly Entry[]
}

const text = (value: string): Value => ({ kind: 'text', value })
const plain = (
  inside: Wrapping['inside'],
  type: string,
  member: string,
  change: (value: Value) => Value = (value) => value,
): Wrapping => ({
  inside,
  seconds: () => undefined,
  unwrap: (members) => [members.get(member), ''],
  wrap: (value) => [
    ['_type', text(type)],
    [member, change(value)],
  ],
})
const second = (members: ReadonlyMap<string, Value>, member: string) => {
  const value = members.get(member)
  return value?.kind === 'text' ? value.value : ''
}
const objectTypes = ['sample', 'measurement', 'object_reference']

/** By the name behind `sampledb:`; an object that is not in here is asked for as JSON. */
const wrappings: Readonly<Record<string, Wrapping>> = {
  quantity: {
    inside: 'number',
    seconds: ({ units }) => units ?? 'free',
    unwrap: (members) => [members.get('magnitude'), second(members, 'units')],
    wrap: (value, units) => [
      ['_type', text('quantity')],
      ['magnitude', value],
      ['units', text(units)],
    ],
  },
  datetime: plain('date-time', 'datetime', 'utc_datetime', asSampledb),
  bool: plain('boolean', 'bool', 'value'),
  text: plain('text', 'text', 'text'),
  user: plain('integer', 'user', 'user_id'),
  object: {
    inside: 'integer',
    seconds: () => objectTypes,
    unwrap: (members) => [members.get('object_id'), second(members, '_type')],
    wrap: (value, type) => [
      ['_type', text(type)],
      ['object_id', value],
    ],
  },
}

/** How the field's value is wrapped; `undefined`: not at all. */
export function wrappingOf({ sampledb }: Field): Wrapping | undefined {
  return sampledb !== undefined && Object.hasOwn(wrappings, sampledb) ? wrappings[sampledb] : undefined
}

/** `2024-05-06T07:08` as SampleDB writes it: `2024-05-06 07:08:00`. */
function asSampledb(value: Value): Value {
  if (value.kind !== 'text') return value
  const [, date, time, seconds = ':00'] =
    /^([0-9-]{10})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?$/.exec(value.value) ?? []
  return date === undefined ? value : text(`${date} ${time}${seconds}`)
}
