import { asTranslated, readSampledb, type Value } from '../../notebook/index.ts'

/** SampleDB's own objects have a handful of members. */
const mostMembers = 50

/** Whether nobody has filled this in: null, an empty text in any of its forms, and SampleDB's objects around nothing. */
export function isUnset(value: Value): boolean {
  if (value.kind === 'null') return true
  if (value.kind === 'text') return value.value === ''
  if (value.kind !== 'object' || value.entries.length > mostMembers) return false
  const translated = asTranslated(value)
  if (translated !== undefined) return [...translated.values()].every((text) => text === '')
  const { name, inside } = readSampledb(value) ?? {}
  if (name === 'text') return inside !== undefined && isUnset(inside)
  return (name === 'tags' || name === 'hazards') && inside?.kind === 'list' && inside.items.length === 0
}
