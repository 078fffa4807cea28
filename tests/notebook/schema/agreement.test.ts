import type { KeywordDefinition, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import t from 'tap'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { findProblems } from '../../../service/notebook/schema/check.ts'
import { readSchema } from '../../../service/notebook/schema/read-schema.ts'

const half = fc.integer({ min: -6, max: 6 }).map((number) => number / 2)
const name = fc.constantFrom('a', 'b', 'ab', 'c')
const text = fc.constantFrom('', 'a', 'b', 'ab', 'é')
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    half,
    text,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}))
const type = fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object')
const count = fc.nat(3)
const names = fc.uniqueArray(name, { maxLength: 2 })

/** Schemas of the keywords that are compared; references go to `$defs` of the whole. */
const { schema } = fc.letrec((tie) => {
  const one = tie('schema')
  const some = fc.array(one, { minLength: 1, maxLength: 2 })
  const map = fc.dictionary(name, one, { maxKeys: 2, noNullPrototype: true })
  const keyword = fc.oneof(
    fc.record({ type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })) }),
    fc.record({ minimum: half }),
    fc.record({ exclusiveMaximum: half }),
    fc.record({ multipleOf: fc.constantFrom(0.5, 1, 1.5, 2) }),
    fc.record({ enum: fc.array(value, { minLength: 1, maxLength: 3 }) }),
    fc.record({ const: value }),
    fc.record({ minLength: count }),
    fc.record({ maxLength: count }),
    fc.record({ pattern: fc.constantFrom('^a', 'b$', '^$', '^[ab]+$') }),
    fc.record({ minItems: count }),
    fc.record({ uniqueItems: fc.boolean() }),
    fc.record({ items: one }),
    fc.record({ prefixItems: some }),
    fc.record({ contains: one }),
    fc.record({ properties: map }),
    fc.record({ required: names }),
    fc.record({ additionalProperties: one }),
    fc.record({ patternProperties: map }),
    fc.record({ propertyNames: one }),
    fc.record({ maxProperties: count }),
    fc.record({ dependentRequired: fc.dictionary(name, names, { maxKeys: 2, noNullPrototype: true }) }),
    fc.record({ dependentSchemas: map }),
    fc.record({ unevaluatedProperties: one }),
    fc.record({ unevaluatedItems: one }),
    fc.record({ allOf: some }),
    fc.record({ anyOf: some }),
    fc.record({ oneOf: some }),
    fc.record({ not: one }),
    fc
      .tuple(one, one, one)
      .map((parts) => Object.fromEntries(['if', 'then', 'else'].map((part, at) => [part, parts[at]]))),
    fc.constant('#/$defs/x%20y').map(($ref) => ({ $ref })),
  )
  return {
    schema: fc.oneof(
      { maxDepth: 3 },
      fc.boolean(),
      fc.array(keyword, { maxLength: 2 }).map((all) => Object.assign({}, ...all) as object),
      fc.array(keyword, { maxLength: 3 }).map((all) => Object.assign({}, ...all) as object),
    ),
  }
})
const whole = fc
  .record({
    properties: fc.dictionary(name, schema, { maxKeys: 3, noNullPrototype: true }),
    rest: schema,
    definition: fc.record({ type, minimum: half }),
  })
  .map(({ properties, rest, definition }) => ({
    ...(typeof rest === 'object' ? (rest as object) : {}),
    type: 'object',
    properties,
    $defs: { 'x y': definition },
  }))
const parameters = fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true })

/**
 * What ajv says. It writes wrong code for some schemas, where `not: {}` stands beside `oneOf` and `prefixItems`: what it does not
 * declare there (`items0 is not defined`) ends with a ReferenceError. Then it says nothing, and nothing is compared.
 */
function judge(validate: ValidateFunction, sent: unknown): boolean {
  try {
    return validate(sent) as boolean
  } catch (error) {
    fc.pre(!(error instanceof ReferenceError))
    throw error
  }
}

t.test('on numbers that doubles hold, it says what ajv says', async (t) => {
  const counts = { valid: 0, not: 0 }
  fc.assert(
    fc.property(whole, fc.array(parameters, { minLength: 1, maxLength: 8 }), (root, all) => {
      const ajv = new Ajv2020({ strict: false, logger: false, ownProperties: true })
      // After prefixItems it is left out of short lists (tests/notebook/schema/check.test.ts).
      const contains = ajv.getKeyword('contains') as KeywordDefinition
      ajv.removeKeyword('contains').addKeyword({ ...contains, before: 'prefixItems' })
      const validate = ajv.compile(root)
      const { text } = readSchema(JSON.stringify(root))
      return all.every((sent) => {
        const valid = judge(validate, sent)
        counts[valid ? 'valid' : 'not']++
        return (findProblems(text, readParameters(JSON.stringify(sent))).length === 0) === valid
      })
    }),
    { numRuns: 150 },
  )
  t.ok(counts.valid > 100 && counts.not > 100, JSON.stringify(counts))
})
