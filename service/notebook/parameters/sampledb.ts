import { readParameters } from './read.ts'
import type { Entry, Value } from './value.ts'

/** One kind of the objects that SampleDB sends where others send a plain value; `_type` tells them apart. */
interface Kind {
  /** What `_type` says: one of these. */
  readonly types: readonly string[]
  /** The member with the plain value, and what that is; a list or an object is asked for as JSON. */
  readonly member: string
  readonly inside: 'number' | 'integer' | 'boolean' | 'text' | 'date-time' | 'list' | 'object'
  /** The member with the text that belongs to it: units, or which of its types an object has. */
  readonly second?: string
  /** JSON Schema. Members that SampleDB may add are no fault. */
  readonly schema: string
}

/**
 * SampleDB's objects, by the name after `sampledb:` that a schema has for them: `{"$ref": "sampledb:quantity"}`. Further
 * keywords beside that narrow it, such as `"properties": {"units": {"const": "degC"}}`.
 */
export const sampledbKinds = {
  quantity: {
    types: ['quantity'],
    member: 'magnitude',
    inside: 'number',
    second: 'units',
    // Either number will do: SampleDB before 0.17 has quantities without a magnitude. Without both, that one is asked for.
    schema: `{"type": "object", "required": ["_type", "units"], "properties": {"_type": {"const": "quantity"},
      "magnitude": {"type": ["number", "null"]}, "units": {"type": "string"},
      "magnitude_in_base_units": {"type": ["number", "null"]}, "dimensionality": {"type": "string"}},
      "if": {"required": ["magnitude_in_base_units"], "properties": {"magnitude_in_base_units": {"not": {"type": "null"}}}},
      "else": {"required": ["magnitude"], "properties": {"magnitude": {"type": "number"}}}}`,
  },
  datetime: {
    types: ['datetime'],
    member: 'utc_datetime',
    inside: 'date-time',
    schema: `{"type": "object", "required": ["_type", "utc_datetime"], "properties": {"_type": {"const": "datetime"},
      "utc_datetime": {"type": "string", "format": "date-time"}}}`,
  },
  bool: {
    types: ['bool'],
    member: 'value',
    inside: 'boolean',
    schema: `{"type": "object", "required": ["_type", "value"], "properties": {"_type": {"const": "bool"},
      "value": {"type": "boolean"}}}`,
  },
  text: {
    types: ['text'],
    member: 'text',
    inside: 'text',
    schema: `{"type": "object", "required": ["_type", "text"], "properties": {"_type": {"const": "text"},
      "text": {"type": ["string", "object"], "additionalProperties": {"type": "string"}}}}`,
  },
  user: {
    types: ['user'],
    member: 'user_id',
    inside: 'integer',
    schema: `{"type": "object", "required": ["_type", "user_id"], "properties": {"_type": {"const": "user"},
      "user_id": {"type": "integer"}}}`,
  },
  object: {
    types: ['sample', 'measurement', 'object_reference'],
    member: 'object_id',
    inside: 'integer',
    second: '_type',
    schema: `{"type": "object", "required": ["_type", "object_id"], "properties": {
      "_type": {"enum": ["sample", "measurement", "object_reference"]}, "object_id": {"type": "integer"}}}`,
  },
  tags: {
    types: ['tags'],
    member: 'tags',
    inside: 'list',
    schema: `{"type": "object", "required": ["_type", "tags"], "properties": {"_type": {"const": "tags"},
      "tags": {"type": "array", "items": {"type": "string"}}}}`,
  },
  file: {
    types: ['file'],
    member: 'file_id',
    inside: 'integer',
    schema: `{"type": "object", "required": ["_type", "file_id"], "properties": {"_type": {"const": "file"},
      "file_id": {"type": "integer"}}}`,
  },
  timeseries: {
    types: ['timeseries'],
    member: 'data',
    inside: 'list',
    second: 'units',
    // A time is a text (UTC) or seconds from the first; then come the magnitude, and the one in base units.
    schema: `{"type": "object", "required": ["_type", "data", "units"], "properties": {"_type": {"const": "timeseries"},
      "data": {"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 3,
        "prefixItems": [{"type": ["string", "number"]}], "items": {"type": "number"}}},
      "units": {"type": "string"}, "dimensionality": {"type": "string"}}}`,
  },
  hazards: {
    types: ['hazards'],
    member: 'hazards',
    inside: 'list',
    schema: `{"type": "object", "required": ["_type", "hazards"], "properties": {"_type": {"const": "hazards"},
      "hazards": {"type": "array", "items": {"type": "integer"}, "uniqueItems": true}}}`,
  },
  plotly_chart: {
    types: ['plotly_chart'],
    member: 'plotly',
    inside: 'object',
    schema: `{"type": "object", "required": ["_type", "plotly"], "properties": {"_type": {"const": "plotly_chart"},
      "plotly": {"type": "object"}}}`,
  },
} as const satisfies Readonly<Record<string, Kind>>

export type SampledbName = keyof typeof sampledbKinds

const kinds: Readonly<Record<SampledbName, Kind>> = sampledbKinds
const names = Object.keys(kinds) as SampledbName[]

/** As schemas refer to them, for faults and for the docs. */
export const sampledbNames: readonly string[] = names.map((name) => `sampledb:${name}`)

/** The schema that `sampledb:…` refers to; `undefined` of any other reference. */
export function sampledbSchema(reference: string): Value | undefined {
  const name = names.find((name) => reference === `sampledb:${name}`)
  return name && { kind: 'object', entries: readParameters(kinds[name].schema) }
}

/** What an object of SampleDB's holds; `undefined` where such a member is missing. */
export interface SampledbParts {
  readonly name: SampledbName
  readonly inside: Value | undefined
  readonly second: Value | undefined
  /** The database that it is of, where that is another one than the sender's own. */
  readonly component: Value | undefined
  /** What a quantity says in SI base units, where it says it. */
  readonly base: BaseQuantity | undefined
}

/** Quantities that are older than SampleDB 0.17 have no other number. It is never in the member `units`. */
export interface BaseQuantity {
  /** In the digits sent. */
  readonly number: string
  /** '' of dimension one; `undefined` where the dimension has no unit of its own, or is not known. */
  readonly unit: string | undefined
}

/** By SampleDB's words for a dimension; pint, which it reckons with, has these base units. */
const baseUnits: ReadonlyMap<string, string> = new Map([
  ['[length]', 'm'],
  ['[mass]', 'kg'],
  ['[time]', 's'],
  ['[current]', 'A'],
  ['[temperature]', 'K'],
  ['[substance]', 'mol'],
  ['[luminosity]', 'cd'],
  ['dimensionless', ''],
])

const nameByType = new Map(names.flatMap((name) => kinds[name].types.map((type) => [type, name] as const)))

/**
 * Takes an object of SampleDB's apart; `undefined` when it is none.
 *
 * @param as which of them it is taken for, whatever its `_type` says
 */
export function readSampledb(value: Value, as?: SampledbName): SampledbParts | undefined {
  if (value.kind !== 'object') return undefined
  // A handful of members, and those of a million are looked through for no more than six: no index.
  const member = (name: string | undefined) => value.entries.find(([own]) => own === name)?.[1]
  const type = member('_type')
  const name = as ?? (type?.kind === 'text' ? nameByType.get(type.value) : undefined)
  if (name === undefined) return undefined
  return {
    name,
    inside: member(kinds[name].member),
    second: member(kinds[name].second),
    component: member('component_uuid'),
    base:
      name === 'quantity' ? baseOf(member('magnitude_in_base_units'), member('dimensionality')) : undefined,
  }
}

function baseOf(number: Value | undefined, dimension: Value | undefined): BaseQuantity | undefined {
  if (number?.kind !== 'number') return undefined
  return {
    number: number.text,
    unit: dimension?.kind === 'text' ? baseUnits.get(dimension.value) : undefined,
  }
}

/** The other way round, as SampleDB itself writes it. */
export function makeSampledb(name: SampledbName, inside: Value, second: string): Value {
  const { types, member, second: beside } = kinds[name]
  const type = beside === '_type' ? second : types[0]!
  const entries: Entry[] = [
    ['_type', { kind: 'text', value: type }],
    [member, name === 'datetime' ? withSeconds(inside) : inside],
  ]
  if (beside !== undefined && beside !== '_type') entries.push([beside, { kind: 'text', value: second }])
  return { kind: 'object', entries }
}

/** `2024-05-06T07:08` → `2024-05-06 07:08:00` */
function withSeconds(value: Value): Value {
  if (value.kind !== 'text') return value
  const [, date, time, seconds = ':00'] =
    /^([0-9-]{10})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?$/.exec(value.value) ?? []
  return date === undefined ? value : { kind: 'text', value: `${date} ${time}${seconds}` }
}
