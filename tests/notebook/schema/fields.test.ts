import t from 'tap'
import { writeValue } from '../../../service/notebook/parameters/write.ts'
import { type Field, fieldsOf } from '../../../service/notebook/schema/fields.ts'
import { templateOf } from '../support.ts'
import { withSchema } from './support.ts'

/** What a field says, without what it does not say. */
function said(field: Field | undefined) {
  const { value, choices, limits, messages, ...others } = field!
  return {
    ...Object.fromEntries(
      Object.entries(others).filter(([, member]) => member !== undefined && member !== false),
    ),
    ...(value && { value: writeValue(value) }),
    ...(choices && { choices: choices.map((choice) => [writeValue(choice.value), choice.title ?? '']) }),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(messages).length > 0 && { messages }),
  }
}

t.test('what a schema says in several languages is shown in the reader’s', async (t) => {
  const schema = `{"p":{"enum":[1,2.0,"x"],"title":"plain","x-title":{"en":"Method","de":"Verfahren"},
    "x-description":{"en":"How","de":"Wie"},"x-enum-titles":[{"en":"fast","de":"schnell"},"2",null]},
    "q":{"$ref":"#/$defs/q","title":"Own"},"r":{"oneOf":[{"const":1,"title":"one","x-title":{"de":"eins"}}]}}`
  const whole = `{"type":"object","properties":${schema},"$defs":{"q":{"type":"string","x-title":{"de":"Q"},"x-description":"Far"}}}`
  const fields = (...languages: string[]) =>
    fieldsOf(withSchema(whole, ''), [], languages).map(({ title, help, choices }) => [
      title,
      help,
      choices?.map((choice) => choice.title),
    ])
  t.strictSame(fields('de-CH', 'en'), [
    ['Verfahren', 'Wie', ['schnell', '2', undefined]],
    ['Own', 'Far', undefined],
    ['r', undefined, ['eins']],
  ])
  t.strictSame(fields('fr')[0], ['Method', 'How', ['fast', '2', undefined]])
})

t.test('fields stand by x-order, then as the cell has them, then as the schema has them', async (t) => {
  const names = (schema: string, source: string) =>
    fieldsOf(withSchema(schema, source)).map(({ name }) => name)
  // Jupyter sorts the names of metadata when it saves.
  const sorted = '{"a":{},"b":{},"c":{},"d":{}}'
  t.same(names(sorted, 'c = 1\nother = 2\nb = 3'), ['c', 'b', 'a', 'd'])
  t.same(names(sorted, ''), ['a', 'b', 'c', 'd'])
  const ordered =
    '{"a":{"x-order":2},"b":{},"c":{},"d":{"x-order":1.5},"e":{"$ref":"#/$defs/e"},"f":{"x-order":"1"}}'
  const whole = `{"type":"object","properties":${ordered},"$defs":{"e":{"x-order":-1}}}`
  t.same(names(whole, 'c = 1\na = 2'), ['e', 'd', 'a', 'c', 'b', 'f'])
  const closed = `{"type":"object","properties":${sorted},"additionalProperties":false,"required":["d"]}`
  t.same(names(closed, 'x = 1\nd = 2\na = 3'), ['d', 'a', 'b', 'c'])
})

t.test('words that are none are a fault of the template', async (t) => {
  const table: [schema: string, fault: RegExp][] = [
    [
      '{"x-title":1}',
      /at \/properties\/p has an x-title that is neither a text nor a text for each of at most 50/,
    ],
    ['{"x-title":{}}', /x-title/],
    ['{"x-title":{"english":"a"}}', /x-title/],
    ['{"x-description":{"en":["a"]}}', /has an x-description that/],
    ['{"x-enum-titles":["a"]}', /has x-enum-titles without an enum/],
    ['{"enum":[1,2],"x-enum-titles":["a"]}', /no list of as many titles as its enum has values/],
    ['{"enum":[1],"x-enum-titles":{"1":"a"}}', /no list of as many/],
    ['{"enum":[1,2],"x-enum-titles":["a",1]}', /number 2 is neither null nor a text/],
  ]
  for (const [schema, fault] of table)
    t.throws(() => withSchema(`{"p":${schema}}`), { message: fault }, schema)
})

t.test('the fields of a schema', async (t) => {
  const table: [label: string, schema: string, source: string, wanted: object][] = [
    [
      'a text',
      '{"type":"string","title":"Name","description":"of the sample","default":"x","minLength":1,"maxLength":20,"pattern":"^x"}',
      'p: str = "y"  # from the cell',
      {
        title: 'Name',
        help: 'of the sample',
        types: ['string'],
        value: '"x"',
        default: '"y"',
        type: 'str',
        limits: { minLength: '1', maxLength: '20', pattern: '^x' },
        messages: { pattern: 'of the sample' },
      },
    ],
    [
      'what the cell knows better',
      '{"type":"integer"}',
      'p = 5  # how many',
      { title: 'p', help: 'how many', types: ['integer'], value: '5', default: '5' },
    ],
    [
      'a number with its digits and its unit',
      '{"type":["number","null"],"minimum":0.10,"multipleOf":0.05,"x-unit":"mm"}',
      '',
      { types: ['number'], nullable: true, limits: { minimum: '0.10', multipleOf: '0.05' }, unit: 'mm' },
    ],
    ['a date', '{"type":"string","format":"date"}', '', { types: ['string'], format: 'date' }],
    [
      'choices',
      '{"enum":["a",1,null]}',
      '',
      {
        types: ['integer', 'string'],
        nullable: true,
        choices: [
          ['"a"', ''],
          ['1', ''],
          ['null', ''],
        ],
      },
    ],
    [
      'choices with titles',
      '{"oneOf":[{"const":1,"title":"one"},{"const":2}]}',
      '',
      {
        types: ['integer'],
        choices: [
          ['1', 'one'],
          ['2', ''],
        ],
      },
    ],
    [
      'a quantity',
      '{"$ref":"sampledb:quantity","title":"Temperature"}',
      '',
      { title: 'Temperature', types: ['object'], sampledb: 'quantity' },
    ],
    [
      'a quantity of listed units',
      '{"allOf":[{"$ref":"sampledb:quantity"},{"properties":{"units":{"enum":["min","s"]}}}]}',
      '',
      { types: ['object'], sampledb: 'quantity', units: ['min', 's'] },
    ],
    [
      'a quantity of one unit',
      '{"$ref":"sampledb:quantity","properties":{"units":{"const":"mm"}}}',
      '',
      { types: ['object'], sampledb: 'quantity', units: ['mm'] },
    ],
    [
      'a plain time or SampleDB’s',
      '{"format":"date-time","anyOf":[{"type":"string"},{"$ref":"sampledb:datetime"}]}',
      '',
      { types: ['string'], format: 'date-time' },
    ],
    [
      'a text or any object',
      '{"anyOf":[{"type":"string"},{"$ref":"sampledb:text"},{"type":"object"}]}',
      '',
      { types: ['string', 'object'] },
    ],
    [
      'a number, a text or a quantity',
      '{"anyOf":[{"type":["number","string"]},{"$ref":"sampledb:quantity"}]}',
      '',
      { types: ['number', 'string', 'object'] },
    ],
    ['what is referred to', '{"$ref":"#/$defs/d"}', '', { title: 'From there', types: ['boolean'] }],
    ['anything', '{}', '', { types: [], nullable: true }],
    ['several', '{"type":["string","number"]}', '', { types: ['number', 'string'] }],
    [
      'a list',
      '{"type":"array","items":{"type":"number"},"minItems":2}',
      '',
      { types: ['array'], limits: { minItems: '2' } },
    ],
  ]
  for (const [name, schema, source, wanted] of table) {
    const template = withSchema(
      `{"type":"object","properties":{"p":${schema}},"$defs":{"d":{"type":"boolean","title":"From there"}}}`,
      source,
    )
    t.strictSame(
      said(fieldsOf(template)[0]),
      { name: 'p', title: 'p', ...wanted, pointer: '/properties/p' },
      name,
    )
  }
})

t.test('which fields there are', async (t) => {
  const names = (schema: string, source = 'z = 1') =>
    fieldsOf(withSchema(schema, source)).map(({ name, required }) => name + (required ? '*' : ''))
  t.strictSame(
    names('{"b":{},"a":{}}'),
    ['b', 'a'],
    'those of the schema in its order; the cell’s other variables are its own affair',
  )
  t.strictSame(
    names('{"type":"object","required":["c"],"properties":{"a":{}}}'),
    ['a', 'c*'],
    'what is required has a field',
  )
  t.strictSame(names('{"type":"object"}'), [])
})

t.test('without a schema the fields are what the cell sets', async (t) => {
  const source = 'a = "x"  # name\nb: int = 2\nc = None\nd = [1]\ne = f()\ng = True'
  t.strictSame(fieldsOf(templateOf('python', source)).map(said), [
    { name: 'a', title: 'a', help: 'name', types: ['string'], nullable: true, default: '"x"', value: '"x"' },
    { name: 'b', title: 'b', types: ['number'], nullable: true, default: '2', type: 'int', value: '2' },
    { name: 'c', title: 'c', types: [], nullable: true, default: 'None', value: 'null' },
    { name: 'd', title: 'd', types: ['array'], nullable: true, default: '[1]', value: '[1]' },
    { name: 'e', title: 'e', types: [], nullable: true, default: 'f()' },
    { name: 'g', title: 'g', types: ['boolean'], nullable: true, default: 'True', value: 'true' },
  ])
})
