import { type Field, makeSampledb, readSampledb, sampledbKinds, type Value } from '../../notebook/index.ts'

/** One of SampleDB's objects, asked for by the values inside of it. */
interface Wrapping {
  /** The type of the value inside. */
  readonly inside: Exclude<
    (typeof sampledbKinds)[NonNullable<Field['sampledb']>]['inside'],
    'list' | 'object'
  >
  /** What the second value may be: one of these, any text, or there is none. */
  readonly seconds: readonly string[] | 'free' | undefined
  /** The value inside, and the second one. */
  unwrap(value: Value): readonly [Value | undefined, string]
  wrap(value: Value, second: string): Value
}

/** How the field's value is wrapped; `undefined`: not at all. */
export function wrappingOf({ sampledb, units }: Field): Wrapping | undefined {
  if (sampledb === undefined) return undefined
  const { inside } = sampledbKinds[sampledb]
  // Nothing is gained by asking for a part of what is asked for as JSON.
  if (inside === 'list' || inside === 'object') return undefined
  const seconds: Partial<Record<typeof sampledb, Wrapping['seconds']>> = {
    quantity: units ?? 'free',
    object: sampledbKinds.object.types,
  }
  return {
    inside,
    seconds: seconds[sampledb],
    unwrap(value) {
      const parts = readSampledb(value, sampledb)
      return [parts?.inside, parts?.second?.kind === 'text' ? parts.second.value : '']
    },
    wrap: (value, second) => makeSampledb(sampledb, value, second),
  }
}
