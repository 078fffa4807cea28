import t from 'tap'
import { type CompiledTemplate, makeCell, readParameters, type Value } from '../../service/notebook/index.ts'
import type { ShownPart } from '../../service/web/pages/view-models.ts'
import { en } from '../../service/web/texts/en.ts'
import { pickLocale, pickTexts } from '../../service/web/texts/index.ts'
import { plainTexts } from '../../service/web/values/plain-texts.ts'
import { type CellName, showValues } from '../../service/web/values/shown-values.ts'
import { templateOf } from '../notebook/support.ts'

/** The one row of `{"a": …}`. */
function show(json: string) {
  return showValues(readParameters(`{"a":${json}}`), [{ sent: 'a', variable: 'a' }], en).rows[0]!
}

t.test('a value is shown as a person would write it', async (t) => {
  const quantity = (magnitude: string, units: string) =>
    `{"_type":"quantity","units":${units},"magnitude":${magnitude},"dimensionality":"[x]"}`
  const old = (members: string) =>
    `{"_type":"quantity","units":"degC","magnitude_in_base_units":294.65,"dimensionality":${members}}`
  const cases: [string, string, string, string][] = [
    ['a text', '"A plain remark"', 'text', 'A plain remark'],
    ['a text of two lines', '"One line.\\r\\nAnother line."', 'text', 'One line.\nAnother line.'],
    ['an integer beyond doubles', '12345678901234567890', 'number', '12345678901234567890'],
    ['a float', '1.0', 'number', '1.0'],
    ['not a number', 'NaN', 'number', 'NaN'],
    ['true', 'true', 'boolean', 'yes'],
    ['false', 'false', 'boolean', 'no'],
    ['a short list', '["lab","demo"]', 'list', '["lab", "demo"]'],
    ['an empty list', '[]', 'list', '[]'],
    ['a quantity', quantity('21.5', '"degC"'), 'quantity', '21.5\u00a0°C'],
    ['a quantity in the digits sent', quantity('90.0', '"min"'), 'quantity', '90.0\u00a0min'],
    ['a quantity without a magnitude', old('"[temperature]"'), 'quantity', '294.65\u00a0K'],
    ['a null magnitude', old('"[temperature]","magnitude":null'), 'quantity', '294.65\u00a0K'],
    ['dimension one without a magnitude', old('"dimensionless"'), 'quantity', '294.65'],
    [
      'a dimension without a unit of its own',
      old('"[mass] / [time]"'),
      'quantity',
      '294.65 in SI base units',
    ],
    ['a quantity without unit', quantity('10', '"1"'), 'quantity', '10'],
    [
      'a date and time',
      '{"_type":"datetime","utc_datetime":"2024-05-06 07:08:09"}',
      'datetime',
      'May 6, 2024 at 7:08:09 AM UTC',
    ],
    [
      'a date and time that is none',
      '{"_type":"datetime","utc_datetime":"2024-02-30 07:08:09"}',
      'datetime',
      '2024-02-30 07:08:09',
    ],
    [
      'a date and time that is more exact than we would say',
      '{"_type":"datetime","utc_datetime":"2024-05-06 07:08:09.123"}',
      'datetime',
      '2024-05-06 07:08:09.123',
    ],
    ['a user', '{"_type":"user","user_id":1}', 'user', 'User 1'],
    [
      'a user of a federated database',
      '{"_type":"user","user_id":1,"component_uuid":"28b8d3ca-fb5f-59d9-8090-bfdbd6d07a71"}',
      'user',
      'User 1 of another database (28b8d3ca-fb5f-59d9-8090-bfdbd6d07a71)',
    ],
    [
      'a sample of a federated database',
      '{"_type":"sample","object_id":7,"component_uuid":"28b8d3ca"}',
      'reference',
      'Object 7 of another database (28b8d3ca)',
    ],
    [
      'a user whose component is null',
      '{"_type":"user","user_id":1,"component_uuid":null}',
      'user',
      'User 1',
    ],
    ['a file', '{"_type":"file","file_id":0}', 'reference', 'File 0'],
    ['tags', '{"_type":"tags","tags":["lab","demo"]}', 'list', 'lab, demo'],
    ['hazards', '{"_type":"hazards","hazards":[1,9]}', 'list', 'GHS01, GHS09'],
    [
      'a timeseries',
      '{"_type":"timeseries","data":[["2024-05-06 07:08:09.000000",1.5,1.5],["2024-05-06 07:08:10.000000",2,2]],"units":"mm"}',
      'list',
      '2 items, mm',
    ],
    ['a sample', '{"_type":"sample","object_id":7}', 'reference', 'Object 7'],
    ['a measurement', '{"_type":"measurement","object_id":8}', 'reference', 'Object 8'],
    ["SampleDB's text", '{"text":"Experiment-12345","_type":"text"}', 'text', 'Experiment-12345'],
    ["SampleDB's boolean", '{"_type":"bool","value":true}', 'boolean', 'yes'],
  ]
  for (const [label, json, kind, brief] of cases) {
    const row = show(json)
    t.match(row, { kind, brief }, label)
    t.notOk(row.cut || row.ends, `${label}: whole`)
  }
})

t.test('what SampleDB wraps a value in can be unfolded, as it was sent', async (t) => {
  const sent = '{"_type":"quantity","units":"degC","magnitude":21.50}'
  const { inside } = show(sent)
  t.match(inside, { asSent: true, open: false, count: 3 })
  t.strictSame(
    inside!.parts.map(({ label, brief }) => [label, brief]),
    [
      ['_type', '"quantity"'],
      ['units', '"degC"'],
      ['magnitude', '21.50'],
    ],
  )
})

t.test('a date is written as the reader’s country does', async (t) => {
  const date = '{"a":{"_type":"datetime","utc_datetime":"2024-05-06 07:08:09"}}'
  const cases: [header: string, brief: string][] = [
    ['de', '6. Mai 2024 um 07:08:09 UTC'],
    ['en-GB,en', '6 May 2024 at 07:08:09 UTC'],
    ['en-US', 'May 6, 2024 at 7:08:09 AM UTC'],
    ['fr', 'May 6, 2024 at 7:08:09 AM UTC'],
    ['en-x-nonsense-of-many-parts', 'May 6, 2024 at 7:08:09 AM UTC'],
  ]
  for (const [header, brief] of cases) {
    const { rows } = showValues(readParameters(date), [], pickTexts(header), pickLocale(header))
    // Some versions of Unicode's tables put a narrow space before AM.
    t.equal(rows[0]!.brief.replace('\u202f', ' '), brief, header)
    t.equal(rows[0]!.time, '2024-05-06T07:08:09Z')
  }
})

t.test('an object that only looks like one of SampleDB is shown as what it is', async (t) => {
  const cases = [
    '{"_type":"quantity"}',
    '{"_type":"quantity","magnitude":[1]}',
    '{"_type":"quantity","magnitude":null,"magnitude_in_base_units":null}',
    '{"_type":"user"}',
    '{"_type":"toString"}',
    '{"_type":"__proto__","x":1}',
    '{"_type":5}',
    '{"_type":"text","text":3}',
  ]
  for (const json of cases) {
    const part = show(json)
    t.match(part, { kind: 'object', brief: '' }, json)
    t.strictSame(read(part), JSON.parse(json))
  }
})

t.test('a text in several languages shows each of them', async (t) => {
  const expected = [
    { language: 'de', text: 'Übersetzter Name' },
    { language: 'en', text: 'Translated name' },
  ]
  t.match(show('{"de":"Übersetzter Name","en":"Translated name"}'), {
    kind: 'translated',
    translations: expected,
  })
  const wrapped = show('{"text":{"de":"Übersetzter Name","en":"Translated name"},"_type":"text"}')
  t.match(wrapped, { kind: 'translated', translations: expected, inside: { asSent: true } })
})

t.test('a text in several languages is shown as the notebook gets it', async (t) => {
  const both = '{"fr":"Nom","de":"Name","en":"Title"}'
  const values = `{"title": ${both}, "a-b": ${both}, "free": ${both}, "one": {"en":"Only"},
    "list": [${both}], "wrapped": {"_type":"text","text":${both}}}`
  const picked = { language: 'de', others: ['fr', 'en'] }
  const plain = { kind: 'text', brief: 'Name', picked }
  const asSent = { kind: 'translated', translations: [{ text: 'Nom' }, { text: 'Name' }, { text: 'Title' }] }
  const sources = ['title = ""', 'a_b = ""', 'one = ""', 'list = []'].join('\n')

  await t.test('in the user’s language where the template declares a text', async (t) => {
    const { rows, source } = rowsOf(templateOf('python', sources), values)
    t.match(rows.get('title'), plain)
    t.match(source, 'title = "Name"')
    t.match(rows.get('a-b'), plain, 'also by the name of the variable')
    t.match(source, 'a_b = "Name"')
    t.match(rows.get('one'), { kind: 'text', brief: 'Only' })
    t.equal(rows.get('one')?.picked, undefined, 'of one language there is no more to say')
    t.match(rows.get('free'), asSent)
    t.match(source, 'free = {')
    t.match(rows.get('wrapped'), asSent)
    t.match(rows.get('list')?.inside?.parts[0], asSent)
  })

  await t.test('everywhere where the template says so, and as sent where that is unfolded', async (t) => {
    const { rows, source } = rowsOf(templateOf('python', sources, { translated: 'plain' }), values)
    for (const name of ['title', 'a-b', 'free', 'wrapped']) t.match(rows.get(name), plain, name)
    t.match(rows.get('list')?.inside?.parts[0], { ...plain, brief: '"Name"' })
    for (const text of ['free = "Name"', '["Name"]', '"text": "Name"']) t.match(source, text)
    const parts = rows.get('wrapped')?.inside?.parts
    t.match(
      parts?.find(({ label }) => label === 'text'),
      asSent,
    )
  })
})

/** Parameter → its row, for a user who reads German; and the cell. */
function rowsOf(template: CompiledTemplate, values: string) {
  const parameters = readParameters(values)
  const { names, source } = makeCell(parameters, template, ['de'])
  const { rows } = showValues(parameters, names, en, 'en', plainTexts(template, ['de']))
  return { rows: new Map(rows.map((row) => [row.name, row])), source }
}

t.test('nested and long values are a tree, and what is unfolded is the value', async (t) => {
  const values = [
    '[[1.5,2],[3,4.5]]',
    '{"a":{"b":[1,{"c":"d"}]}}',
    '{"text":"1","number":1,"nothing":null,"no":"null","yes":true,"list":[],"object":{},"":""}',
    '{"nested":[{"_type":"quantity","units":"degC","magnitude":21.5},{"en":"one","de":"eins"}]}',
    JSON.stringify(Array.from({ length: 90 }, (_, i) => i)),
  ]
  for (const json of values) {
    const part = show(json)
    t.equal(part.brief, '')
    t.strictSame(read(part), JSON.parse(json))
    t.equal(part.inside!.count, Object.keys(JSON.parse(json)).length)
  }
  t.equal(show('{"a":{"b":[1,2]}}').inside!.open, true, 'a small one is open from the beginning')
  t.equal(show(values.at(-1)!).inside!.open, false, 'a large one is not')
})

t.test('what is very deep is a tree at first, then text', async (t) => {
  const json = `${'['.repeat(90)}{"a": 1}${']'.repeat(90)}`
  let part: ShownPart = show(json)
  for (let level = 0; level < 8; level++) part = part.inside!.parts[0]!
  t.equal(part.inside, undefined)
  t.match(part.brief, /^\[/)
  t.ok(JSON.stringify(show(json)).length < 5000)
})

t.test('large values and many of them give a page of bounded size that says so', async (t) => {
  const long = 'x'.repeat(1_000_000)
  const cases: [string, string][] = [
    ['a long text', JSON.stringify(long)],
    ['a long text in a list', JSON.stringify([[long]])],
    ['a long number', '1'.repeat(1_000_000)],
    ['a long list', JSON.stringify(Array(300_000).fill({ a: 1 }))],
    ['a long name inside', JSON.stringify({ x: { [long]: 1 } })],
    ['a long text in many languages', JSON.stringify({ en: long, de: long })],
    ['a long SampleDB text', JSON.stringify({ _type: 'text', text: long })],
  ]
  for (const [label, json] of cases) {
    const row = show(json)
    t.ok(isCut(row), label)
    t.ok(JSON.stringify(row).length < 60_000, `${label}: ${JSON.stringify(row).length} characters`)
  }
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`p${i}`, i]))
  const { rows, total } = showValues(readParameters(JSON.stringify(many)), [], en)
  t.equal(total, 5000)
  t.equal(rows.length, 300)
  const wide = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`p${i}`, [[long.slice(0, 30_000)]]]))
  t.ok(JSON.stringify(showValues(readParameters(JSON.stringify(wide)), [], en)).length < 600_000)
})

t.test('no character pair is cut in two', async (t) => {
  for (const shift of ['', 'x']) {
    const { brief } = show(JSON.stringify(`${shift}${'😀'.repeat(5000)}`))
    t.ok(!/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/.test(brief))
  }
})

t.test('a name is shown as sent, with the variable it becomes where that is another', async (t) => {
  const sent = ['größe', 'class', '', '__proto__', 'x = 1; import os #\'"\\\n']
  const variables = ['größe', 'class_', '_', '__proto__', 'x___1__import_os']
  const names: CellName[] = sent.map((name, index) => ({ sent: name, variable: variables[index] }))
  const expected = [
    ['größe', undefined],
    ['class', 'class_'],
    ['', '_'],
    ['__proto__', undefined],
    ['x = 1; import os #\'"\\⟨U+000A⟩', 'x___1__import_os'],
  ]
  for (const [list, value] of [
    ['rows', { kind: 'boolean', value: true }],
    ['notSet', { kind: 'null' }],
  ] as const) {
    const values = showValues(
      sent.map((name) => [name, value]),
      names,
      en,
    )
    t.strictSame(
      values[list].map(({ name, variable }) => [name, variable]),
      expected,
      list,
    )
    t.strictSame(values.atDefault, [])
  }
})

t.test('what nobody has filled in is folded, in the order sent', async (t) => {
  const sent = `{"nothing": null, "a": 1, "text": "", "translated": {"en": "", "de": ""}, "false": false, "list": [],
    "wrapped": {"_type": "text", "text": ""}, "both": {"_type": "text", "text": {"en": ""}}, "zero": 0,
    "tags": {"_type": "tags", "tags": []}, "hazards": {"_type": "hazards", "hazards": []}, "object": {}, "space": " ",
    "quantity": {"_type": "quantity", "units": "m", "magnitude": null}, "half": {"en": "", "de": "x"}}`
  const { rows, notSet, total } = showValues(readParameters(sent), [], en)
  const namesOf = (list: readonly { name: string }[]) => list.map(({ name }) => name)
  t.strictSame(namesOf(notSet), ['nothing', 'text', 'translated', 'wrapped', 'both', 'tags', 'hazards'])
  const told = ['a', 'false', 'list', 'zero', 'object', 'space', 'quantity', 'half']
  t.strictSame(namesOf(rows), told, 'and nothing else is')
  t.equal(total, notSet.length + rows.length)
})

t.test('a parameter that the cell leaves to its default says so', async (t) => {
  const parameters = [['a', { kind: 'null' as const }]] as const
  const { notSet, atDefault } = showValues(parameters, [{ sent: 'a', variable: undefined }], en)
  t.match([atDefault, notSet], [[{ name: 'a' }], []])
  const raw = showValues(parameters, [], en)
  t.match([raw.atDefault, raw.notSet], [[], [{ name: 'a' }]], 'not where there is no cell of variables')
})

t.test('many that nobody has filled in do not make the page long', async (t) => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`p${i}`, null]))
  const { notSet, total } = showValues(readParameters(JSON.stringify(many)), [], en)
  t.strictSame([notSet.length, total], [300, 5000])
})

t.test('what the eye cannot see is made visible', async (t) => {
  const cases: [string, string][] = [
    ['evil\u202egpj.exe', 'evil⟨U+202E⟩gpj.exe'],
    ['a\u200bb', 'a⟨U+200B⟩b'],
    ['a\u0000b', 'a⟨U+0000⟩b'],
    ['a\u2028b', 'a⟨U+2028⟩b'],
    ['\ufeffa', '⟨U+FEFF⟩a'],
    ['\u{e0041}', '⟨U+E0041⟩'],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['👩‍🔬 नमस्ते', '👩‍🔬 नमस्ते'],
  ]
  for (const [text, expected] of cases) {
    t.equal(show(JSON.stringify(text)).brief, expected)
    const nested = JSON.stringify(show(JSON.stringify([[text, 'x'.repeat(100)], { [text]: { [text]: 1 } }])))
    t.notMatch(nested, /[\u202e\u200b\u2028\ufeff]/)
  }
})

t.test('a long list in many lists is looked at no further than it is shown', async (t) => {
  let looks = 0
  const items = new Proxy(
    Array.from({ length: 200_000 }, () => ({ kind: 'null' }) as const),
    {
      get(list, key, own) {
        if (typeof key === 'string' && /^[0-9]+$/.test(key)) looks++
        return Reflect.get(list, key, own)
      },
    },
  )
  let nested: Value = { kind: 'list', items }
  for (let depth = 0; depth < 70; depth++) nested = { kind: 'list', items: [nested] }
  showValues([['a', nested]], [{ sent: 'a', variable: 'a' }], en)
  t.ok(looks < items.length / 10, `${looks} looks at ${items.length} items`)
})

/** The value of a part, as far as it is shown. */
function read({ kind, brief, translations, inside }: ShownPart): unknown {
  if (inside === undefined) {
    return translations
      ? Object.fromEntries(translations.map(({ language, text }) => [language, text]))
      : JSON.parse(brief)
  }
  if (kind === 'list') return inside.parts.map(read)
  return Object.fromEntries(inside.parts.map((part) => [part.label, read(part)]))
}

/** Whether the page says of it, or of something inside it, that there is more. */
function isCut({ ends, cut, inside }: ShownPart): boolean {
  if (ends !== undefined || cut) return true
  return inside !== undefined && (inside.parts.length < inside.count || inside.parts.some(isCut))
}

t.test('what the eye cannot see is counted as it was sent, and a long name is cut', (t) => {
  const { brief, ends } = show(JSON.stringify('\u007f'.repeat(3000)))
  t.same(ends, { shown: 2000, total: 3000 })
  t.match(brief, /^(⟨U\+007F⟩){2000} …$/)
  const name = '_'.repeat(4e6)
  const shown = showValues(readParameters(`{"${name}":1}`), [{ sent: name, variable: `${name}_2` }], en)
    .rows[0]!
  t.equal(shown.name, `${'_'.repeat(500)} …`)
  t.equal(shown.variable, `${'_'.repeat(500)} …`)
  t.end()
})
