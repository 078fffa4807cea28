import t from 'tap'
import { TemplateFault } from '../../../service/notebook/template-fault.ts'
import { templateOf, thrown } from '../support.ts'
import { settle, withSchema } from './support.ts'

const reasonOf = (schema: string) => {
  const error = thrown(() => withSchema(schema))
  return error instanceof TemplateFault
    ? error.reason.replace(/^metadata\.notebook_templates\.params /, '')
    : String(error)
}

t.test('a schema that cannot be used is a fault of its template, and it is said why', async (t) => {
  const deep = (levels: number) => `{"a":${'{"items":'.repeat(levels)}true${'}'.repeat(levels)}}`
  const table: [label: string, schema: string, reason: string | RegExp][] = [
    ['no object', '[]', 'is no object'],
    ['true', 'true', 'is no object'],
    ['a name twice', '{"a":{},"a":{}}', 'cannot be read: duplicate-name ("a")'],
    [
      'a type that is none',
      '{"a":{"type":"strng"}}',
      /^at \/properties\/a\/type must be equal to one of the allowed values: .*string/,
    ],
    [
      'a type instead of a schema',
      '{"a":"string"}',
      'at /a is no schema of a parameter; a JSON Schema of all parameters says "type": "object"',
    ],
    [
      'a schema that does not say that it is one',
      '{"required":["a"]}',
      /^at \/required is no schema of a parameter; .*"type": "object"/,
    ],
    ['a list for a schema', '{"a":{"items":[{}]}}', 'at /properties/a/items is no schema'],
    ['a bound that is a text', '{"a":{"minimum":"1"}}', 'at /properties/a/minimum must be number'],
    ['a negative length', '{"a":{"minLength":-1}}', 'at /properties/a/minLength must be >= 0'],
    ['half a length', '{"a":{"minLength":1.5}}', 'at /properties/a/minLength must be integer'],
    ['multiples of nothing', '{"a":{"multipleOf":0}}', 'at /properties/a/multipleOf must be > 0'],
    ['a name required twice', '{"type":"object","required":["a","a"]}', /must NOT have duplicate items/],
    [
      'look-ahead',
      '{"a":{"pattern":"(?=x)y"}}',
      'at /properties/a has the pattern "(?=x)y", which RE2 cannot match: it uses lookahead or lookbehind',
    ],
    [
      'look-behind',
      '{"a":{"patternProperties":{"(?<!x)y":{}}}}',
      /patternProperties has the pattern ".*" *, which RE2 cannot match: it uses lookahead or lookbehind/,
    ],
    ['a reference back', '{"a":{"pattern":"(x)\\\\1"}}', /it refers back to a group$/],
    ['a reference back by name', '{"a":{"pattern":"(?<n>x)\\\\k<n>"}}', /it refers back to a group$/],
    ['too many repetitions', '{"a":{"pattern":"x{1001}"}}', /invalid repeat count/],
    ['repetitions of repetitions', '{"a":{"pattern":"((x{100}){100}){100}"}}', /invalid repeat count/],
    ['no pattern at all', '{"a":{"pattern":"("}}', /missing closing \)/],
    ['a format that is no text', '{"a":{"format":1}}', 'at /properties/a/format must be string'],
    [
      'a title in several languages',
      '{"a":{"title":{"en":"A"}}}',
      'at /properties/a/title must be string; x-title has it in several languages',
    ],
    [
      'a reference to nothing',
      '{"a":{"$ref":"#/$defs/b"}}',
      'at /properties/a refers to "#/$defs/b", where there is no schema',
    ],
    ['a reference to no schema', '{"a":{"$ref":"#/properties"}}', /where there is no schema$/],
    [
      'a reference to another place',
      '{"a":{"$ref":"https://x.example/s.json"}}',
      /where there is no schema$/,
    ],
    [
      'a reference to what SampleDB has not',
      '{"a":{"$ref":"sampledb:files"}}',
      /where there is no schema; there are sampledb:quantity, /,
    ],
    [
      'a circle',
      '{"type":"object","$defs":{"b":{"anyOf":[{"$ref":"#/$defs/b"}]}},"properties":{"a":{"$ref":"#/$defs/b"}}}',
      /refers to itself without an end$/,
    ],
    ['itself', '{"type":"object","allOf":[{"$ref":"#"}]}', /refers to itself without an end$/],
    [
      'a dynamic reference',
      '{"a":{"$dynamicRef":"#b"}}',
      'at /properties/a has $dynamicRef, which is not supported here',
    ],
    ['an address within', '{"a":{"$id":"https://x.example/"}}', 'at /properties/a has a $id of its own'],
    [
      'another draft',
      '{"$schema":"http://json-schema.org/draft-07/schema#"}',
      'is of another draft of JSON Schema than 2020-12',
    ],
    ['__proto__', '{"__proto__":{}}', 'declares __proto__, which cannot be checked'],
    [
      'a number of a thousand digits',
      `{"a":{"minimum":${'9'.repeat(1001)}}}`,
      /^at \/properties\/a has a number of more than 1000 characters$/,
    ],
    ['levels', deep(60), /^at .* nests deeper than 50 levels$/],
    ['more levels than can be read', deep(140), /^cannot be read: too-deep$/],
    [
      'many schemas',
      `{${Array.from({ length: 600 }, (_, index) => `"p${index}":{}`)}}`,
      'contains more than 500 schemas',
    ],
    [
      'many patterns',
      `{${Array.from({ length: 101 }, (_, index) => `"p${index}":{"pattern":"x"}`)}}`,
      'contains more than 100 patterns',
    ],
    ['a large one', `{"a":{"description":"${'x'.repeat(100_000)}"}}`, 'has more than 100000 characters'],
  ]
  for (const [name, schema, reason] of table) {
    const said = reasonOf(schema)
    if (typeof reason === 'string') t.equal(said, reason, name)
    else t.match(said, reason, name)
  }
})

t.test('what JSON Schema does not know says nothing about what is valid', async (t) => {
  const unknown = [
    '"typ":"string"',
    '"nullable":false',
    '"discriminator":{"propertyName":"kind"}',
    '"additionalItems":false',
    '"errorMessage":"No."',
    '"x-order":1',
    ...['int32', 'double', 'path', 'constructor', '__proto__', ''].map((format) => `"format":"${format}"`),
  ]
  for (const member of unknown) {
    const template = withSchema(`{"a":{"type":["string","null"],${member}},"b":{"minimum":0,${member}}}`)
    for (const sent of ['{"a":"x","b":1}', '{"a":null,"b":1}'])
      t.equal(settle(template, sent), sent, `${member}: ${sent}`)
    // What an author wants people to be told is told with what is wrong.
    const told = member.startsWith('"errorMessage"') ? 'text a No.' : 'text a'
    t.same(settle(template, '{"a":5,"b":1}'), [told], `${member}, beside what it does know`)
  }
})

t.test('it is a schema of all parameters, or the map of their schemas', async (t) => {
  const table: [label: string, schema: string, declared: string, kept: string][] = [
    [
      'a map',
      '{"a":{"type":"number"},"b":true}',
      'a b',
      '{"type":"object","properties":{"a":{"type":"number"},"b":true}}',
    ],
    ['an empty map', '{}', '', '{"type":"object","properties":{}}'],
    [
      'a schema',
      '{"type":"object","properties":{"a":{}},"required":["c"]}',
      'a c*',
      '{"type":"object","properties":{"a":{}},"required":["c"]}',
    ],
    ['properties alone', '{"properties":{"a":{}}}', 'a', '{"properties":{"a":{}}}'],
    [
      'a parameter that is called type',
      '{"type":{"type":"string"}}',
      'type',
      '{"type":"object","properties":{"type":{"type":"string"}}}',
    ],
    [
      'digits stay',
      '{"a":{"minimum":1.50,"maximum":12345678901234567890}}',
      'a',
      '{"type":"object","properties":{"a":{"minimum":1.50,"maximum":12345678901234567890}}}',
    ],
    [
      'parts that hold for all',
      '{"type":"object","allOf":[{"$ref":"#/$defs/b"},{"properties":{"c":{}}}],"$defs":{"b":{"properties":{"a":{}},"required":["a"]}}}',
      'c a*',
      '{"type":"object","allOf":[{"$ref":"#/$defs/b"},{"properties":{"c":{}}}],"$defs":{"b":{"properties":{"a":{}},"required":["a"]}}}',
    ],
    [
      'parts that hold for some',
      '{"type":"object","anyOf":[{"properties":{"a":{}}}]}',
      '',
      '{"type":"object","anyOf":[{"properties":{"a":{}}}]}',
    ],
  ]
  for (const [name, schema, declared, kept] of table) {
    const template = withSchema(schema, '')
    t.equal(
      template.declared.map(({ name, required }) => name + (required ? '*' : '')).join(' '),
      declared,
      name,
    )
    t.equal(template.schema, kept)
  }
  t.equal(withSchema('null').schema, undefined)
  t.equal(templateOf('python').schema, undefined)
})

t.test('what the cell sets comes first, with what the schema says of it', async (t) => {
  const source = 'z = 1\nb = "x"  # from the cell\na: int = 5'
  const schema =
    '{"a":{"type":"string"},"b":{"description":"from the schema"},"c":{"type":["string","null"]}}'
  t.strictSame(withSchema(schema, source).declared, [
    { name: 'z', text: false, default: '1', value: { kind: 'number', text: '1' } },
    { name: 'b', text: true, default: '"x"', value: { kind: 'text', value: 'x' }, help: 'from the cell' },
    { name: 'a', text: true, type: 'int', default: '5', value: { kind: 'number', text: '5' } },
    { name: 'c', unset: true, text: true },
  ])
  const closed = (keywords: string) =>
    withSchema(`{"type":"object","properties":{"a":{}},${keywords}}`, source).declared.map(({ name }) => name)
  t.strictSame(closed('"additionalProperties":false'), ['a'], 'where no others are taken, the cell adds none')
  t.strictSame(closed('"unevaluatedProperties":false'), ['a'])
  t.strictSame(closed('"additionalProperties":false,"patternProperties":{"^z":{}}'), ['z', 'b', 'a'])
  t.strictSame(closed('"additionalProperties":{}'), ['z', 'b', 'a'])
})

t.test('which parameters are texts', async (t) => {
  const table: [schema: string, isText: boolean][] = [
    ['{"type":"string"}', true],
    ['{"type":["string","null"]}', true],
    ['{"enum":["a","b",null]}', true],
    ['{"const":"a"}', true],
    ['{"anyOf":[{"type":"string"},{"type":"null"}]}', true],
    ['{"allOf":[{"type":["string","object"]},{"type":["string","number"]}]}', true],
    ['{"$ref":"#/$defs/t"}', true],
    ['{"type":["string","object"]}', false],
    ['{"type":"number"}', false],
    ['{"anyOf":[{"type":"string"},{}]}', false],
    ['{"enum":["a",1]}', false],
    ['{"maxLength":5}', false],
    ['false', false],
  ]
  for (const [schema, isText] of table) {
    const template = withSchema(
      `{"type":"object","properties":{"p":${schema}},"$defs":{"t":{"type":"string"}}}`,
      '',
    )
    t.equal(template.declared[0]!.text, isText, schema)
  }
})

t.test('schemas that take each other in are read in a moment', async (t) => {
  const levels = Array.from(
    { length: 100 },
    (_, index) => `"d${index}":{"allOf":[{"$ref":"#/$defs/d${index + 1}"},{"$ref":"#/$defs/d${index + 1}"}]}`,
  )
  const start = process.cpuUsage().user
  const template = withSchema(
    `{"type":"object","properties":{"a":{"$ref":"#/$defs/d0"}},"$defs":{${levels},"d100":{"type":"string"}}}`,
  )
  t.ok(template.declared[0]!.text)
  t.equal(settle(template, '{"a":"x"}'), 'not-checkable', '2¹⁰⁰ times asked for one value')
  t.ok((process.cpuUsage().user - start) / 1e6 < 20)
})

t.test('the largest schema that is taken is ready in a moment', async (t) => {
  const properties = Array.from(
    { length: 490 },
    (_, index) => `"p${index}":{"type":"string"${index < 100 ? `,"pattern":"^[a-z]{1,${index + 1}}$"` : ''}}`,
  )
  const start = process.cpuUsage().user
  const template = withSchema(`{${properties}}`)
  t.strictSame(settle(template, '{"p0":"X","p489":1}'), ['pattern p0 ^[a-z]{1,1}$', 'text p489'])
  t.ok((process.cpuUsage().user - start) / 1e6 < 20)
})
