import t from 'tap'
import { Fault } from '../../../service/fault.ts'
import { compileTemplate, makeCell, readParameters } from '../../../service/notebook/index.ts'
import { acceptNames } from '../../../service/notebook/schema/accept-names.ts'

const names = new Set(['object_id', 'b/c'])

function templateWith(schema: object) {
  const metadata = {
    kernelspec: { name: 'python3', display_name: 'Python', language: 'python' },
    notebook_templates: { params: schema },
  }
  return compileTemplate(Buffer.from(JSON.stringify({ cells: [], metadata, nbformat: 4, nbformat_minor: 4 })))
}

/** The source of the cell, or what is wrong with the parameters. */
function cellOf(template: ReturnType<typeof templateWith>, params: string): string {
  try {
    return makeCell(readParameters(params), template, ['en']).source
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return error.details.map(({ reason, values }) => `${reason} ${values.name}`).join(', ')
  }
}

const a = { a: { type: 'integer' } }
const strict = { type: 'object', properties: a, additionalProperties: false }
const accepted = '# Parameters\na = 1\nobject_id = 17'

const table: [label: string, schema: object, params: string, expected: string][] = [
  ['additionalProperties: false', strict, '{"a": 1, "object_id": 17}', accepted],
  ['another name is refused', strict, '{"a": 1, "x": 17}', 'unknown x'],
  ['and with it, the other alone', strict, '{"a": 1, "x": 1, "object_id": 17}', 'unknown x'],
  ['a value of another type is refused', strict, '{"a": "1", "object_id": 17}', 'integer a'],
  ['a name of a pointer’s signs', strict, '{"a": 1, "b/c": 17}', '# Parameters\na = 1\nb_c = 17  # "b/c"'],
  [
    'additionalProperties as a schema',
    { type: 'object', properties: a, additionalProperties: { type: 'string' } },
    '{"a": 1, "object_id": 17}',
    accepted,
  ],
  [
    'unevaluatedProperties, in what is taken in',
    { type: 'object', allOf: [{ properties: a }], unevaluatedProperties: false },
    '{"a": 1, "object_id": 17}',
    accepted,
  ],
  [
    'in a definition',
    { type: 'object', $ref: '#/$defs/all', $defs: { all: strict } },
    '{"a": 1, "object_id": 17}',
    accepted,
  ],
  [
    'in one of several',
    {
      type: 'object',
      oneOf: [
        strict,
        { type: 'object', properties: { z: {} }, required: ['z'], additionalProperties: false },
      ],
    },
    '{"a": 1, "object_id": 17}',
    accepted,
  ],
  [
    'what the schema says of the name holds',
    { type: 'object', properties: { ...a, object_id: { type: 'integer' } }, additionalProperties: false },
    '{"a": 1, "object_id": "17"}',
    'integer object_id',
  ],
  [
    'so does its pattern',
    {
      type: 'object',
      properties: a,
      patternProperties: { _id$: { type: 'string' } },
      additionalProperties: false,
    },
    '{"a": 1, "object_id": 17}',
    'text object_id',
  ],
  [
    'objects within are not meant',
    { type: 'object', properties: { o: { type: 'object', additionalProperties: false } } },
    '{"o": {"object_id": 17}}',
    'unknown o',
  ],
]
for (const [label, schema, params, expected] of table) {
  t.test(label, async (t) => {
    const template = templateWith(schema)
    t.equal(cellOf(acceptNames(template, names), params), expected)
    t.not(cellOf(template, params), accepted)
  })
}

t.test('a template that is not strict stays as it is', async (t) => {
  const template = templateWith({ type: 'object', properties: a })
  t.equal(acceptNames(template, names), template)
  const other = templateWith(strict)
  t.equal(acceptNames(other, new Set()), other)
  t.equal(acceptNames(other, names), acceptNames(other, names), 'and is made once')
})

t.test('a schema as large as one may be accepts them, too', async (t) => {
  const properties = Object.fromEntries(Array.from({ length: 498 }, (_, index) => [`p${index}`, {}]))
  const template = acceptNames(
    templateWith({ type: 'object', properties, additionalProperties: false }),
    names,
  )
  t.equal(cellOf(template, '{"object_id": 17}'), '# Parameters\nobject_id = 17')
})
