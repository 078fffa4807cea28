import type { Review } from '../reviewed.ts'

/** Keywords that say something of all parameters at once, and hardly are the name of one. */
const ofAll: ReadonlySet<string> = new Set(
  `if then else not $defs dependentSchemas patternProperties propertyNames additionalProperties
  unevaluatedProperties`.split(/\s+/),
)

/** A schema of all parameters that does not say so is read as the short form, a map of names: its keywords become parameters. */
export const schemaShape: Review<'keyword-as-parameter'> = {
  codes: { 'keyword-as-parameter': 'warning' },
  find({ own }) {
    const params = own('params')
    if (typeof params !== 'object' || params === null) return []
    const names = Object.keys(params)
    const isLong =
      'properties' in params || '$schema' in params || (params as { type?: unknown }).type === 'object'
    if (isLong) return []
    return names
      .filter((name) => ofAll.has(name))
      .map((name) => ({
        code: 'keyword-as-parameter',
        message: `its params say no type, so that ${JSON.stringify(name)} is the name of a parameter, and no keyword of a schema`,
        remedy: 'Add "type": "object", and put all parameters into "properties".',
      }))
  },
}
