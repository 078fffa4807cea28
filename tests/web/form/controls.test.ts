import t from 'tap'
import type { Control } from '../../../service/web/form/control.ts'
import { controlsOf } from '../../../service/web/form/controls.ts'
import { viewOfForm } from '../../../service/web/form/view.ts'
import { en } from '../../../service/web/texts/en.ts'
import { withSchema } from '../../notebook/schema/support.ts'
import { templateOf } from '../../notebook/support.ts'
import { growthOf } from '../../support/growth.ts'
import { controlFor } from './support.ts'

t.test('how each kind of parameter is asked for', async (t) => {
  const table: [label: string, schema: string, source: string, wanted: object][] = [
    ['a text', '{"type":"string"}', '', { kind: 'line' }],
    ['a text that may be long', '{"type":"string","maxLength":2000}', '', { kind: 'text' }],
    ['a text that is long', '{"type":"string"}', 'p = "a\\nb"', { kind: 'text', initial: { value: 'a\nb' } }],
    [
      'a text that a form would alter',
      '{"type":"string","default":"a\\rb"}',
      '',
      { kind: 'json', initial: { value: '"a\\rb"' } },
    ],
    [
      'a number in its digits',
      '{"type":"number","default":1.50}',
      '',
      { kind: 'number', initial: { value: '1.50' } },
    ],
    [
      'an integer',
      '{"type":"integer"}',
      'p = 12345678901234567890',
      { initial: { value: '12345678901234567890' } },
    ],
    ['yes or no', '{"type":"boolean"}', 'p = False', { kind: 'choice', initial: { value: '1' } }],
    ['choices', '{"enum":["a",1.0,null]}', 'p = 1', { kind: 'choice', initial: { value: '1' } }],
    [
      'choices, none of which is offered',
      '{"enum":["a","b"]}',
      '',
      { kind: 'choice', initial: { value: '' } },
    ],
    ['null among other types', '{"type":["integer","null"]}', '', { kind: 'number', hasNullBox: true }],
    [
      'null beside yes and no',
      '{"type":["boolean","null"]}',
      '',
      { kind: 'choice', hasNullBox: false, choices: { length: 3 } },
    ],
    ['a date', '{"type":"string","format":"date"}', '', { kind: 'date' }],
    ['a time', '{"type":"string","format":"time"}', '', { kind: 'time' }],
    [
      'a date and time',
      '{"type":"string","format":"date-time","default":"2024-05-06 07:08:09"}',
      '',
      { kind: 'date-time', initial: { value: '2024-05-06T07:08:09' } },
    ],
    ['a list', '{"type":"array","default":[1.0,2]}', '', { kind: 'json', initial: { value: '[1.0, 2]' } }],
    ['an object', '{"type":"object"}', '', { kind: 'json' }],
    ['anything', '{}', '', { kind: 'any', initial: { second: 'text' } }],
    ['anything with a number', '{}', 'p = 2', { kind: 'any', initial: { value: '2', second: 'json' } }],
    ['a text or a number', '{"type":["string","number"]}', '', { kind: 'any' }],
    ['a list or a number', '{"type":["array","number"]}', '', { kind: 'json' }],
    ['a quantity', '{"$ref":"sampledb:quantity"}', '', { kind: 'number', seconds: 'free' }],
    [
      'a quantity of one unit',
      '{"$ref":"sampledb:quantity","properties":{"units":{"const":"min"}}}',
      '',
      { kind: 'number', seconds: ['min'], initial: { second: 'min' } },
    ],
    [
      'a quantity that is offered',
      '{"$ref":"sampledb:quantity","properties":{"units":{"enum":["min","s"]}},"default":{"_type":"quantity","magnitude":2.50,"units":"s"}}',
      '',
      { initial: { value: '2.50', second: 's' }, seconds: ['min', 's'] },
    ],
    ['a date and time of SampleDB', '{"$ref":"sampledb:datetime"}', '', { kind: 'date-time' }],
    ['yes or no of SampleDB', '{"$ref":"sampledb:bool"}', '', { kind: 'choice' }],
    ['tags of SampleDB', '{"$ref":"sampledb:tags"}', '', { kind: 'json', seconds: undefined }],
    ['a chart of SampleDB', '{"$ref":"sampledb:plotly_chart"}', '', { kind: 'json' }],
    ['a file of SampleDB', '{"$ref":"sampledb:file"}', '', { kind: 'number' }],
    ['an object of SampleDB', '{"$ref":"sampledb:object"}', '', { kind: 'number', seconds: { length: 3 } }],
  ]
  for (const [label, schema, source, wanted] of table) t.match(controlFor(schema, source), wanted, label)
})

t.test('quantities and lists of texts of a cell have fields of their own', async (t) => {
  const table: [label: string, source: string, wanted: object][] = [
    [
      'a quantity',
      'p = {"_type": "quantity", "magnitude": 21.50, "units": "degC", "magnitude_in_base_units": 294.65}',
      { kind: 'number', seconds: 'free', initial: { value: '21.50', second: 'degC' } },
    ],
    ['a quantity without a number', 'p = {"_type": "quantity", "units": "degC"}', { kind: 'json' }],
    [
      'a date and time',
      'p = {"_type": "datetime", "utc_datetime": "2024-05-06 07:08:09"}',
      { kind: 'date-time', initial: { value: '2024-05-06T07:08:09' } },
    ],
    ['a text in several languages', 'p = {"_type": "text", "text": {"en": "a"}}', { kind: 'json' }],
    ['another object', 'p = {"magnitude": 1}', { kind: 'json' }],
    ['texts', 'p = ["a b", "c"]', { kind: 'lines', initial: { value: 'a b\nc' } }],
    ['no texts', 'p = []', { kind: 'json', initial: { value: '[]' } }],
    ['an empty text', 'p = ["a", ""]', { kind: 'json' }],
    ['a text of two lines', 'p = ["a\\nb"]', { kind: 'json' }],
    ['texts and a number', 'p = ["a", 1]', { kind: 'json' }],
  ]
  for (const [label, source, wanted] of table)
    t.match(controlsOf('a.ipynb', templateOf('python', source))[0], wanted, label)
})

t.test('what holds otherwise is told as a value, on however many lines its author wrote it', async (t) => {
  const table: [source: string, wanted: string | undefined][] = [
    ['p = [\n  1.0,\n  2,  # two\n]', '[1.0,2]'],
    ['p = {\n  "a": 1,\n}', '{"a":1}'],
    ['p = f(\n  1,\n  2)', 'f( 1, 2)'],
    ['p = f(\n  1, \n\n  \n  2)', 'f( 1, 2)'],
    ['p = 1.50', '1.50'],
    ['p = {"_type": "quantity", "magnitude": 21.50, "units": "degC"}', '21.50 degC'],
    ['p = ["a",\n  "b"]', undefined],
  ]
  for (const [source, wanted] of table) {
    const controls = controlsOf('a.ipynb', templateOf('python', source))
    const { controls: views } = viewOf(controls)
    t.equal(views[0]?.otherwise, wanted, source)
  }
})

t.test('spaces in a value of several lines take time in proportion to their number', async (t) => {
  const views = new Map(
    [4_000, 16_000].map((size) => {
      const controls = controlsOf('t.ipynb', templateOf('python', `p = f(\n1,${' '.repeat(size)}2)\n`))
      return [size, () => viewOf(controls)]
    }),
  )
  const growth = growthOf((size) => views.get(size)!(), 4_000)
  t.ok(growth < 9, `${growth.toFixed(1)} times as long`)
})

t.test('what the name of the file needs is asked for, whoever else declares it', async (t) => {
  const controls = controlsOf('{a}/{b}.ipynb', templateOf('python', 'b = 1\nc = 2'))
  t.strictSame(
    controls.map(({ field, required, inFileName }) => [field.name, required, inFileName]),
    [
      ['b', true, true],
      ['c', false, false],
      ['a', true, true],
    ],
  )
  const standIns = templateOf('python', 'b = 1', { if_unset: { a: 'no a', b: 'no b' } })
  t.strictSame(
    controlsOf('{a}/{b}/{c}.ipynb', standIns).map(({ field, required }) => [field.name, required]),
    [
      ['b', false],
      ['a', false],
      ['c', true],
    ],
    'what the template has something else for may be left empty',
  )
  const [control] = controlsOf('{ﬁ\u0065\u0301}.ipynb', withSchema('{"ﬁ\u00e9":{"type":"string"}}'))
  t.match(control, { inFileName: true, required: true }, 'names are one when their characters are')
})

t.test('no secret is asked for', async (t) => {
  const schema = '{"a":{"type":"string","writeOnly":true},"b":{"type":"string"},"jwt":{"type":"string"}}'
  const asked = (...args: Parameters<typeof controlsOf>) => controlsOf(...args).map(({ field }) => field.name)
  t.strictSame(asked('{password}.ipynb', withSchema(schema)), ['b'])
  t.strictSame(asked('a.ipynb', templateOf('python', 'jwt = ""; n = 1')), ['n'])
  t.strictSame(asked('a.ipynb', templateOf('python', 'jwt = ""; n = 1'), new Set()), ['jwt', 'n'])
})

t.test('names of any characters have keys of ASCII, each its own', async (t) => {
  const names = ['', 'a b', 'a.b', 'ä', '"><script>', 'x\ny', '\u202e', '😀', '%41', 'A']
  const properties = Object.fromEntries(names.map((name) => [name, {}]))
  const controls = controlsOf('t.ipynb', withSchema(JSON.stringify({ type: 'object', properties })))
  for (const { key } of controls) t.match(key, /^[\w.!~*'()%-]*$/)
  t.equal(new Set(controls.map(({ key }) => key)).size, names.length)
})

t.test('what JSON is asked for, an example shows by its type', async (t) => {
  const table: [schema: string, wanted: string][] = [
    ['{"type":"array"}', 'list'],
    ['{"type":["array","null"]}', 'list'],
    ['{"type":"object"}', 'object'],
    ['{"type":["array","object"]}', 'json'],
    ['{"type":"string","default":"a\\rb"}', 'json'],
  ]
  for (const [schema, wanted] of table)
    t.match(viewOf([controlFor(schema)]).controls[0], { kind: 'json', jsonHint: wanted }, schema)
})

function viewOf(controls: readonly Control[]) {
  return viewOfForm({ action: '', controls, takesMore: false, texts: en, decimal: '.' })
}
