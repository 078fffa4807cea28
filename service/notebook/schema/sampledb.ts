import { readParameters, type Value } from '../parameters.ts'

/**
 * What SampleDB sends, to be referred to as `{"$ref": "sampledb:quantity"}`; further keywords beside that narrow it, such
 * as `"properties": {"units": {"const": "degC"}}`. Members that SampleDB may add are no fault.
 */
const sources: Readonly<Record<string, string>> = {
  quantity: `{"type": "object", "required": ["_type", "magnitude", "units"], "properties": {"_type": {"const": "quantity"},
    "magnitude": {"type": "number"}, "units": {"type": "string"}, "magnitude_in_base_units": {"type": "number"},
    "dimensionality": {"type": "string"}}}`,
  datetime: `{"type": "object", "required": ["_type", "utc_datetime"], "properties": {"_type": {"const": "datetime"},
    "utc_datetime": {"type": "string", "format": "date-time"}}}`,
  bool: `{"type": "object", "required": ["_type", "value"], "properties": {"_type": {"const": "bool"},
    "value": {"type": "boolean"}}}`,
  text: `{"type": "object", "required": ["_type", "text"], "properties": {"_type": {"const": "text"},
    "text": {"type": ["string", "object"], "additionalProperties": {"type": "string"}}}}`,
  user: `{"type": "object", "required": ["_type", "user_id"], "properties": {"_type": {"const": "user"},
    "user_id": {"type": "integer"}}}`,
  object: `{"type": "object", "required": ["_type", "object_id"], "properties": {
    "_type": {"enum": ["sample", "measurement", "object_reference"]}, "object_id": {"type": "integer"}}}`,
}

/** Their names, for faults and for the docs. */
export const sampledbNames: readonly string[] = Object.keys(sources).map((name) => `sampledb:${name}`)

/** The schema of such a name; `undefined` of any other. */
export function sampledbSchema(name: string): Value | undefined {
  const source = sampledbNames.includes(name) ? sources[name.slice('sampledb:'.length)] : undefined
  return source === undefined ? undefined : { kind: 'object', entries: readParameters(source) }
}
