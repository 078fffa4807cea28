import t from 'tap'
import { controlsOf } from '../../../service/web/form/controls.ts'
import { withSchema } from '../../notebook/schema/support.ts'
import { templateOf } from '../../notebook/support.ts'
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
    ['an object of SampleDB', '{"$ref":"sampledb:object"}', '', { kind: 'number', seconds: { length: 3 } }],
  ]
  for (const [label, schema, source, wanted] of table) t.match(controlFor(schema, source), wanted, label)
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
  const [control] = controlsOf('{ﬁ\u0065\u0301}.ipynb', withSchema('{"ﬁ\u00e9":{"type":"string"}}'))
  t.match(control, { inFileName: true, required: true }, 'names are one when their characters are')
})

t.test('names of any characters have keys of ASCII, each its own', async (t) => {
  const names = ['', 'a b', 'a.b', 'ä', '"><script>', 'x\ny', '\u202e', '😀', '%41', 'A']
  const properties = Object.fromEntries(names.map((name) => [name, {}]))
  const controls = controlsOf('t.ipynb', withSchema(JSON.stringify({ type: 'object', properties })))
  for (const { key } of controls) t.match(key, /^[\w.!~*'()%-]*$/)
  t.equal(new Set(controls.map(({ key }) => key)).size, names.length)
})
