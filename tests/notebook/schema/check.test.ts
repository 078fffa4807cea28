import t, { type Test } from 'tap'
import { parameterProblems } from '../../../service/fault.ts'
import { settle, withSchema } from './support.ts'

type Row = readonly [label: string, schema: string, sent: string, ...problems: string[]]

const seen = new Set<string>()

/** Without problems, what was sent is taken as it was sent. */
function checkAll(t: Test, rows: readonly Row[]): void {
  for (const [name, schema, sent, ...problems] of rows) {
    const result = settle(withSchema(schema), sent)
    t.strictSame(result, problems.length === 0 ? sent : problems, name)
    for (const problem of problems) seen.add(problem.split(' ')[0]!)
  }
}

t.test('a problem has the title of its parameter and of the values, in the user’s language', async (t) => {
  const schema = `{"a":{"type":"object","x-title":{"en":"Sample","de":"Probe"},"properties":{"b":{"type":"number"}}},
    "c":{"enum":[1,2],"title":"Way","x-enum-titles":[{"de":"schnell"},null]},"d":{"type":"string","title":"d"}}`
  const problems = (language: string) => settle(withSchema(schema), '{"a":{"b":"x"},"c":3,"d":1}', [language])
  t.strictSame(problems('de'), ['number a.b Probe', 'choice c 1 (schnell), 2 Way', 'text d'])
  t.strictSame(problems('fr'), ['number a.b Sample', 'choice c 1 (schnell), 2 Way', 'text d'])
})

t.test('what its author says of a problem is told, by keyword and language', async (t) => {
  const schema = `{
    "a":{"type":"string","pattern":"^S-","description":"As on the vial.","errorMessage":{"pattern":"S- and digits."}},
    "b":{"type":"string","pattern":"^S-","x-description":{"en":"As on the vial.","de":"Wie auf der Flasche."},"minLength":2},
    "c":{"type":"number","minimum":1,"errorMessage":"More than nothing."},
    "d":{"type":"number","errorMessage":{"minimum":"x","_":{"en":"A number!","de":"Eine Zahl!"}}},
    "e":{"type":"integer","description":"How many."},
    "f":{"type":"array","items":{"type":"string","pattern":"x"},"errorMessage":"Not this one.","description":"nor this"},
    "g":{"pattern":"x","errorMessage":7},
    "h":{"pattern":"x","errorMessage":{"pattern":["x"]},"description":"${'x'.repeat(400)}"}}`
  const sent = '{"a":"x","b":"x","c":0,"d":"x","e":1.5,"f":["y"],"g":"y","h":"y"}'
  t.strictSame(settle(withSchema(schema), sent, ['de']), [
    'pattern a ^S- S- and digits.',
    'shortest b 2',
    'minimum c 1 More than nothing.',
    'number d Eine Zahl!',
    'integer e',
    'pattern f[0] x',
    'pattern g x',
    `pattern h x ${'x'.repeat(299)}…`,
  ])
  t.strictSame(settle(withSchema(schema), '{"b":"xx"}', ['de']), ['pattern b ^S- Wie auf der Flasche.'])
})

t.test('all that is wrong is listed together, by name', async (t) => {
  const schema = `{"type":"object","required":["a","b"],"additionalProperties":false,"properties":{
    "a":{"type":"integer","minimum":0},"b":{"type":"string"},"c":{"type":"object","properties":{"d":{"type":"number"}}}}}`
  checkAll(t, [
    ['nothing is wrong', schema, '{"a":1,"b":"x"}'],
    [
      'everything is',
      schema,
      '{"a":-1,"c":{"d":"x"},"e":1,"f":2}',
      'missing b',
      'minimum a 0',
      'number c.d',
      'unknown e',
      'unknown f',
    ],
    ['nothing was sent', schema, '{}', 'missing a', 'missing b'],
    [
      'by parts that hold for all',
      '{"type":"object","allOf":[{"required":["a"]},{"$ref":"#/$defs/x"}],"$defs":{"x":{"properties":{"b":{"type":"null"}},"required":["c"]}}}',
      '{"b":1}',
      'missing a',
      'missing c',
      'types b ',
    ],
    [
      'by a condition',
      '{"type":"object","if":{"required":["a"]},"then":{"required":["b"]}}',
      '{"a":1}',
      'missing b',
    ],
    ['by what belongs together', '{"type":"object","dependentRequired":{"a":["b"]}}', '{"a":1}', 'missing b'],
    [
      'by alternatives',
      '{"type":"object","anyOf":[{"required":["a"]},{"required":["b"]}]}',
      '{"c":1}',
      'other ',
    ],
    [
      'by patterns of names',
      '{"type":"object","patternProperties":{"^x_":{"type":"number"}},"additionalProperties":false}',
      '{"x_1":"x","y":1}',
      'number x_1',
      'unknown y',
    ],
    [
      'what nothing has looked at',
      '{"type":"object","allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}',
      '{"a":1,"b":2}',
      'unknown b',
    ],
    ['by names', '{"type":"object","propertyNames":{"maxLength":2}}', '{"abc":1}', 'unknown abc'],
    ['what may never be sent', '{"a":false}', '{"a":1}', 'unknown a'],
  ])
})

t.test('what a value must be', async (t) => {
  checkAll(t, [
    ['a text', '{"a":{"type":"string"}}', '{"a":1}', 'text a'],
    ['a number', '{"a":{"type":"number"}}', '{"a":"1"}', 'number a'],
    ['a whole number', '{"a":{"type":"integer"}}', '{"a":1.5}', 'integer a'],
    ['true or false', '{"a":{"type":"boolean"}}', '{"a":0}', 'boolean a'],
    ['a list', '{"a":{"type":"array"}}', '{"a":{}}', 'list a'],
    ['an object', '{"a":{"type":"object"}}', '{"a":[]}', 'object a'],
    ['one of several', '{"a":{"type":["string","number"]}}', '{"a":true}', 'types a string, number'],
    ['null is no value', '{"a":{"type":"number"}}', '{"a":null}', 'no-value a'],
    ['null may be one', '{"a":{"type":["number","null"]}}', '{"a":null}'],
    ['a number or nothing', '{"a":{"anyOf":[{"type":"number"},{"type":"null"}]}}', '{"a":"x"}', 'number a'],
    [
      'of alternatives the one with the right type',
      '{"a":{"anyOf":[{"type":"number","minimum":0},{"type":"null"}]}}',
      '{"a":-1}',
      'minimum a 0',
    ],
    [
      'none of several',
      '{"a":{"oneOf":[{"type":"number","minimum":0},{"type":"number","maximum":-9}]}}',
      '{"a":-1}',
      'other a',
    ],
    ['one of these', '{"a":{"enum":["x",1]}}', '{"a":"y"}', 'choice a "x", 1'],
    ['this one', '{"a":{"const":"x"}}', '{"a":"y"}', 'choice a "x"'],
    [
      'bounds',
      '{"a":{"maximum":1},"b":{"exclusiveMinimum":1},"c":{"exclusiveMaximum":1}}',
      '{"a":2,"b":1,"c":1}',
      'maximum a 1',
      'above b 1',
      'below c 1',
    ],
    ['steps', '{"a":{"multipleOf":0.5}}', '{"a":0.75}', 'multiple a 0.5'],
    [
      'lengths',
      '{"a":{"minLength":2},"b":{"maxLength":2}}',
      '{"a":"é","b":"abc"}',
      'shortest a 2',
      'longest b 2',
    ],
    ['characters are those of Unicode', '{"a":{"maxLength":2}}', '{"a":"😀😀"}'],
    ['a pattern', '{"a":{"pattern":"^[A-Z]+-\\\\d+$"}}', '{"a":"x"}', 'pattern a ^[A-Z]+-\\d+$'],
    [
      'items',
      '{"a":{"minItems":1},"b":{"maxItems":1},"c":{"uniqueItems":true}}',
      '{"a":[],"b":[1,2],"c":[1,1.0]}',
      'fewest-items a 1',
      'most-items b 1',
      'unique c',
    ],
    [
      'members',
      '{"a":{"minProperties":1},"b":{"maxProperties":0}}',
      '{"a":{},"b":{"c":1}}',
      'fewest-members a 1',
      'most-members b 0',
    ],
    ['not something', '{"a":{"not":{"type":"number"}}}', '{"a":1}', 'other a'],
    [
      'a place deep in a list',
      '{"a":{"items":{"items":{"type":"number"}}}}',
      '{"a":[[1],[2,"x"]]}',
      'number a[1][1]',
    ],
    [
      'a name with signs that mean something',
      '{"a/b~c %":{"items":{"type":"number"}}}',
      '{"a/b~c %":["x"]}',
      'number a/b~c %[0]',
    ],
    [
      'names that every object has',
      '{"type":"object","properties":{"toString":{"type":"number"}},"required":["constructor"]}',
      '{"__proto__":1,"toString":"x"}',
      'missing constructor',
      'number toString',
    ],
    [
      'a reference to an anchor',
      '{"a":{"$anchor":"x","type":"number"},"b":{"$ref":"#x"}}',
      '{"b":"x"}',
      'number b',
    ],
    [
      'a reference to itself, deeper',
      '{"a":{"properties":{"b":{"$ref":"#/properties/a"}},"additionalProperties":false}}',
      '{"a":{"b":{"c":1}}}',
      'unknown a.b.c',
    ],
  ])
})

t.test('formats', async (t) => {
  const rows: [format: string, valid: string[], not: string[], problem: string][] = [
    ['date', ['2024-02-29'], ['2023-02-29', '2024-13-01', '24-01-01', ''], 'date'],
    ['time', ['07:08:09', '07:08', '23:59:60.5Z', '07:08:09+02:00'], ['24:00:00', '7:08', ''], 'time'],
    [
      'date-time',
      // As SampleDB and a browser's own field send it.
      ['2024-05-06 07:08:09', '2024-05-06T07:08', '2024-05-06T07:08:09.123Z', '2024-05-06t07:08:09-02:00'],
      ['2024-05-06', '2023-02-29 07:08:09', '2024-05-06  07:08:09'],
      'date-time',
    ],
    ['email', ['x@lab.example'], ['x'], 'format'],
    ['uri', ['https://x.example/a?b#c'], ['x'], 'format'],
    ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['x'], 'format'],
  ]
  for (const [format, valid, not, problem] of rows) {
    seen.add(problem)
    const template = withSchema(`{"a":{"format":"${format}"}}`)
    for (const text of valid)
      t.type(settle(template, JSON.stringify({ a: text })), 'string', `${format}: ${text}`)
    for (const text of not)
      t.strictSame(
        settle(template, JSON.stringify({ a: text })),
        [`${problem} a ${format}`],
        `${format}: ${text}`,
      )
  }
  t.strictSame(settle(withSchema('{"a":{"format":"email"}}'), `{"a":"${'x'.repeat(1e6)}@x.example"}`), [
    'format a email',
  ])
  t.type(settle(withSchema('{"a":{"format":"date"}}'), '{"a":5}'), 'string', 'what is no text has no format')
})

t.test('numbers are what was sent, not the doubles nearest to them', async (t) => {
  checkAll(t, [
    [
      'beyond 2⁵³, too large by one',
      '{"a":{"maximum":12345678901234567890}}',
      '{"a":12345678901234567891}',
      'maximum a 12345678901234567890',
    ],
    [
      'beyond 2⁵³, just right',
      '{"a":{"maximum":12345678901234567890,"minimum":12345678901234567890}}',
      '{"a":12345678901234567890}',
    ],
    ['a double would be equal', '{"a":{"exclusiveMaximum":0.1}}', '{"a":0.09999999999999999999999}'],
    ['1.0 is whole', '{"a":{"type":"integer"}}', '{"a":1.0}'],
    ['1e400 is whole', '{"a":{"type":"integer"}}', '{"a":1e400}'],
    ['a half beyond 2⁵³ is not', '{"a":{"type":"integer"}}', '{"a":12345678901234567890.5}', 'integer a'],
    ['1e-400 is not', '{"a":{"type":"integer"}}', '{"a":1e-400}', 'integer a'],
    ['a bound that no double holds', '{"a":{"minimum":1e400}}', '{"a":1e399}', 'minimum a 1e400'],
    ['cents', '{"a":{"multipleOf":0.01}}', '{"a":19.99}'],
    [
      'a multiple of a large number',
      '{"a":{"multipleOf":12345678901234567890}}',
      '{"a":24691357802469135780}',
    ],
    [
      'one more',
      '{"a":{"multipleOf":12345678901234567890}}',
      '{"a":24691357802469135781}',
      'multiple a 12345678901234567890',
    ],
    ['one of these, in other digits', '{"a":{"enum":[12345678901234567890,1.50]}}', '{"a":1.5}'],
    [
      'next to one of these',
      '{"a":{"enum":[12345678901234567890]}}',
      '{"a":12345678901234567891}',
      'choice a 12345678901234567890',
    ],
    [
      'this one, in another order and other digits',
      '{"a":{"const":{"b":1,"c":[2.0]}}}',
      '{"a":{"c":[2],"b":1.0}}',
    ],
    [
      'different beyond 2⁵³',
      '{"a":{"uniqueItems":true}}',
      '{"a":[12345678901234567890,12345678901234567891]}',
    ],
    ['the same in other digits', '{"a":{"uniqueItems":true}}', '{"a":[{"b":1},{"b":1.0}]}', 'unique a'],
    ['not a number is no number', '{"a":{"type":"number"}}', '{"a":NaN}', 'number a'],
    ['nor is infinity', '{"a":{"type":"integer"}}', '{"a":-Infinity}', 'integer a'],
    ['where no type is asked for, both are taken', '{"a":{}}', '{"a":[NaN,Infinity]}'],
    ['but not a number is within no bounds', '{"a":{"minimum":0}}', '{"a":NaN}', 'minimum a 0'],
    [
      'and infinity only within open ones',
      '{"a":{"minimum":0},"b":{"maximum":0}}',
      '{"a":Infinity,"b":Infinity}',
      'maximum b 0',
    ],
    [
      'one that was meant is taken',
      '{"a":{"enum":["x"]},"b":{"not":{"type":["string","object"]}}}',
      '{"a":"x","b":NaN}',
    ],
  ])
})

t.test('what SampleDB sends', async (t) => {
  const quantity =
    '{"_type":"quantity","units":"degC","magnitude":21.5,"dimensionality":"[temperature]","magnitude_in_base_units":294.65}'
  const degrees =
    '{"a":{"$ref":"sampledb:quantity","properties":{"units":{"const":"degC"},"magnitude":{"minimum":0}}}}'
  checkAll(t, [
    ['a quantity', '{"a":{"$ref":"sampledb:quantity"}}', `{"a":${quantity}}`],
    [
      'a quantity without a magnitude',
      degrees,
      '{"a":{"_type":"quantity","units":"degC","magnitude_in_base_units":294.65,"dimensionality":"[temperature]"}}',
    ],
    [
      'a null magnitude',
      degrees,
      '{"a":{"_type":"quantity","units":"degC","magnitude":null,"magnitude_in_base_units":294.65}}',
    ],
    [
      'a magnitude and a null in base units',
      degrees,
      '{"a":{"_type":"quantity","units":"degC","magnitude":1,"magnitude_in_base_units":null}}',
    ],
    [
      'a quantity without any number',
      degrees,
      '{"a":{"_type":"quantity","units":"degC"}}',
      'missing a.magnitude',
    ],
    [
      'a quantity of nulls',
      degrees,
      '{"a":{"_type":"quantity","units":"degC","magnitude":null,"magnitude_in_base_units":null}}',
      'no-value a.magnitude',
    ],
    [
      'a magnitude that is no number',
      degrees,
      '{"a":{"_type":"quantity","units":"degC","magnitude":"1","magnitude_in_base_units":294.65}}',
      'number a.magnitude',
    ],
    [
      'a number in base units that is none',
      degrees,
      '{"a":{"_type":"quantity","units":"degC","magnitude_in_base_units":"294.65"}}',
      'number a.magnitude_in_base_units',
    ],
    [
      'a magnitude where a template needs it',
      '{"a":{"$ref":"sampledb:quantity","required":["magnitude"]}}',
      '{"a":{"_type":"quantity","units":"degC","magnitude_in_base_units":294.65}}',
      'missing a.magnitude',
    ],
    ['no quantity', '{"a":{"$ref":"sampledb:quantity"}}', '{"a":21.5}', 'object a'],
    ['a quantity in these units', degrees, `{"a":${quantity}}`],
    [
      'a quantity in other units',
      degrees,
      '{"a":{"_type":"quantity","units":"K","magnitude":1}}',
      'choice a.units "degC"',
    ],
    [
      'too little of it',
      degrees,
      '{"a":{"_type":"quantity","units":"degC","magnitude":-1}}',
      'minimum a.magnitude 0',
    ],
    [
      'a date and time',
      '{"a":{"$ref":"sampledb:datetime"}}',
      '{"a":{"_type":"datetime","utc_datetime":"2024-02-29 23:59:59"}}',
    ],
    [
      'no date',
      '{"a":{"$ref":"sampledb:datetime"}}',
      '{"a":{"_type":"datetime","utc_datetime":"x"}}',
      'date-time a.utc_datetime date-time',
    ],
    ['yes or no', '{"a":{"$ref":"sampledb:bool"}}', '{"a":{"_type":"bool","value":true}}'],
    ['a text', '{"a":{"$ref":"sampledb:text"}}', '{"a":{"text":{"de":"x"},"_type":"text"}}'],
    ['a user', '{"a":{"$ref":"sampledb:user"}}', '{"a":{"_type":"user","user_id":1}}'],
    ['a sample', '{"a":{"$ref":"sampledb:object"}}', '{"a":{"_type":"sample","object_id":1}}'],
    [
      'a user of a federated database',
      '{"a":{"$ref":"sampledb:user"}}',
      '{"a":{"_type":"user","user_id":1,"component_uuid":"28b8d3ca"}}',
    ],
    ['tags', '{"a":{"$ref":"sampledb:tags"}}', '{"a":{"_type":"tags","tags":["lab"]}}'],
    ['no tags', '{"a":{"$ref":"sampledb:tags"}}', '{"a":{"_type":"tags","tags":[1]}}', 'text a.tags[0]'],
    ['a file', '{"a":{"$ref":"sampledb:file"}}', '{"a":{"_type":"file","file_id":0}}'],
    [
      'a timeseries',
      '{"a":{"$ref":"sampledb:timeseries"}}',
      '{"a":{"_type":"timeseries","data":[["2024-05-06 07:08:09.000000",1.5,1.5]],"units":"mm","dimensionality":"[length]"}}',
    ],
    [
      'a timeseries of relative times',
      '{"a":{"$ref":"sampledb:timeseries"}}',
      '{"a":{"_type":"timeseries","data":[[0.5,1.5],[1,2]],"units":"mm"}}',
    ],
    [
      'a timeseries whose value is a text',
      '{"a":{"$ref":"sampledb:timeseries"}}',
      '{"a":{"_type":"timeseries","data":[[0.5,"x"]],"units":"mm"}}',
      'number a.data[0][1]',
    ],
    ['hazards', '{"a":{"$ref":"sampledb:hazards"}}', '{"a":{"_type":"hazards","hazards":[1,9]}}'],
    [
      'a chart',
      '{"a":{"$ref":"sampledb:plotly_chart"}}',
      '{"a":{"_type":"plotly_chart","plotly":{"data":[]}}}',
    ],
    [
      'a user is no sample',
      '{"a":{"$ref":"sampledb:object"}}',
      '{"a":{"_type":"user","user_id":1}}',
      'missing a.object_id',
    ],
  ])
})

t.test('nothing takes long', async (t) => {
  const times: [label: string, schema: string, sent: string, result: string | string[]][] = [
    [
      'a pattern that never ends elsewhere',
      '{"a":{"pattern":"(a+)+$"}}',
      `{"a":"${'a'.repeat(100_000)}b"}`,
      ['pattern a (a+)+$'],
    ],
    [
      'a pattern of names',
      '{"a":{"patternProperties":{"^(a|aa)+$":false}}}',
      `{"a":{"${'a'.repeat(100_000)}b":1}}`,
      `{"a":{"${'a'.repeat(100_000)}b":1}}`,
    ],
    [
      'a long list',
      '{"a":{"items":{"type":"number"}}}',
      `{"a":[${'1,'.repeat(1e6)}"x"]}`,
      ['number a[1000000]'],
    ],
    [
      'a long list that is wrong throughout',
      '{"a":{"items":{"type":"string"}}}',
      `{"a":[${'1,'.repeat(1e6)}1]}`,
      ['text a[0]'],
    ],
    [
      'a long list of different items',
      '{"a":{"uniqueItems":true}}',
      `{"a":[${Array.from({ length: 3e5 }, (_, n) => `[${n}]`)},[1.0]]}`,
      ['unique a'],
    ],
    [
      'a hundred patterns for a hundred thousand names',
      `{"type":"object","required":["x"],"patternProperties":{${Array.from({ length: 100 }, (_, n) => `"^(a|b)*${n}x":false`)}}}`,
      `{${Array.from({ length: 1e5 }, (_, n) => `"${n}":1`)}}`,
      ['missing x'],
    ],
    [
      'twice the work at each level',
      '{"type":"object","properties":{"a":{"$ref":"#/$defs/n"}},"$defs":{"n":{"properties":{"a":{"allOf":[{"$ref":"#/$defs/n"},{"$ref":"#/$defs/n"}]}}}}}',
      `${'{"a":'.repeat(90)}1${'}'.repeat(90)}`,
      'not-checkable',
    ],
  ]
  for (const [name, schema, sent, result] of times) {
    const start = process.cpuUsage().user
    t.ok(JSON.stringify(settle(withSchema(schema), sent)) === JSON.stringify(result), name)
    const seconds = (process.cpuUsage().user - start) / 1e6
    t.ok(seconds < 10, `${seconds} s`)
  }
})

t.test('a hundred problems are enough', async (t) => {
  const names = Array.from({ length: 200 }, (_, index) => `"p${index}"`)
  t.equal(settle(withSchema(`{"type":"object","required":[${names}]}`), '{}').length, 100)
})

t.test('every problem has been seen', async (t) => {
  t.strictSame(
    parameterProblems.filter((problem) => !seen.has(problem)),
    [],
  )
})

t.test('lists that are shorter than what is said of their first items', async (t) => {
  const schema = (list: string) => `{"type":"object","properties":{"a":${list}}}`
  const numberAmong = schema('{"prefixItems":[true,{"type":"number"}],"contains":{"type":"number"}}')
  checkAll(t, [
    ['none of them is missing', numberAmong, '{"a":["x",1]}'],
    ['one of them is all', numberAmong, '{"a":[1]}'],
    ['one that is not the one to be there', numberAmong, '{"a":["x"]}', 'other a'],
    ['none at all', numberAmong, '{"a":[]}', 'other a'],
    [
      'in what must not be so',
      schema('{"not":{"prefixItems":[{"type":"string"}],"contains":false}}'),
      '{"a":[]}',
    ],
  ])
})
