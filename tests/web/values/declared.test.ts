/** What a template says of its parameters, beside the values that were sent. */
import t from 'tap'
import { type CompiledTemplate, fieldsOf, readParameters } from '../../../service/notebook/index.ts'
import { en } from '../../../service/web/texts/en.ts'
import { showValues } from '../../../service/web/values/shown-values.ts'
import { withSchema } from '../../notebook/schema/support.ts'
import { templateOf } from '../../notebook/support.ts'

function rowsOf(template: CompiledTemplate, values: string, languages = ['en']) {
  const fields = fieldsOf(template, [], languages)
  return showValues(readParameters(values), [], en, 'en', undefined, fields)
}

t.test('parameters and values have the words of the schema, in the reader’s language', async (t) => {
  const template = withSchema(`{
    "mode": {"title": "Mode", "x-title": {"en": "Mode", "de": "Betriebsart"}, "enum": ["fc", "zfc"], "x-enum-titles": [{"en": "Field-cooled", "de": "Feldgekühlt"}, "Zero-field-cooled"]},
    "wavelength": {"title": "Wave\\u202elength", "type": "number", "x-unit": "um"},
    "count": {"type": "integer"}}`)
  const sent = '{"mode": "fc", "wavelength": 1.50, "count": 3, "undeclared": "x"}'
  t.match(rowsOf(template, sent).rows, [
    { name: 'mode', title: 'Mode', meaning: 'Field-cooled', brief: 'fc' },
    { name: 'wavelength', title: 'Wave⟨U+202E⟩length', brief: '1.50\u00a0µm', kind: 'number' },
    { name: 'count', title: undefined, meaning: undefined, brief: '3' },
    { name: 'undeclared', title: undefined, brief: 'x' },
  ])
  t.match(rowsOf(template, sent, ['de']).rows[0], { title: 'Betriebsart', meaning: 'Feldgekühlt' })
  t.match(rowsOf(template, '{"mode": null}').notSet, [{ name: 'mode', title: 'Mode' }])
})

t.test('without a schema, the comments of the parameters cell', async (t) => {
  const source = `temperature = 20  # degC\nlong = 1  # ${'x'.repeat(101)}\nplain = 1`
  t.match(rowsOf(templateOf('python', source), '{"temperature": 1, "long": 1, "plain": 1}').rows, [
    { name: 'temperature', title: undefined, help: 'degC' },
    { name: 'long', help: undefined },
    { name: 'plain', help: undefined },
  ])
})

t.test('texts that are declared as dates are dates, with what was sent on demand', async (t) => {
  const template = withSchema(
    '{"at": {"type": "string", "format": "date-time"}, "on": {"type": "string", "format": "date"}, "text": {"type": "string"}}',
  )
  const cases: [name: string, sent: string, kind: string, brief: string, time?: string][] = [
    ['at', '2024-05-06 07:08:09', 'datetime', 'May 6, 2024 at 7:08:09 AM', '2024-05-06T07:08:09'],
    ['at', '2024-05-06T07:08', 'datetime', 'May 6, 2024 at 7:08 AM', '2024-05-06T07:08:00'],
    ['at', '2024-05-06T07:08:09Z', 'datetime', 'May 6, 2024 at 7:08:09 AM UTC', '2024-05-06T07:08:09Z'],
    [
      'at',
      '2024-05-06T07:08:09+02:00',
      'datetime',
      'May 6, 2024 at 7:08:09 AM +02:00',
      '2024-05-06T07:08:09+02:00',
    ],
    ['at', '2024-02-30 07:08:09', 'text', '2024-02-30 07:08:09'],
    ['at', '2024-05-06 07:08:09.123', 'text', '2024-05-06 07:08:09.123'],
    ['on', '2024-05-06', 'date', 'May 6, 2024', '2024-05-06'],
    ['on', 'tomorrow', 'text', 'tomorrow'],
    ['text', '2024-05-06 07:08:09', 'text', '2024-05-06 07:08:09'],
  ]
  for (const [name, sent, kind, brief, time] of cases) {
    const [row] = rowsOf(template, JSON.stringify({ [name]: sent })).rows
    const shown = { ...row!, brief: row!.brief.replace('\u202f', ' ') }
    t.match(shown, { kind, brief, time }, sent)
    if (time !== undefined) t.match(shown.inside, { asSent: true, parts: [{ brief: JSON.stringify(sent) }] })
  }
})
