import t from 'tap'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { checkTemplateName, placeNotebook } from '../../../service/notebook/render/file-name.ts'
import { posts, thrown } from '../support.ts'

function place(
  template: string,
  params: string,
  more: { languages?: string[]; target?: string; ifUnset?: readonly (readonly [string, string])[] } = {},
) {
  return placeNotebook({
    template,
    parameters: readParameters(params),
    languages: more.languages ?? ['en'],
    target: more.target ?? '{template_dir}',
    ...(more.ifUnset && { ifUnset: more.ifUnset }),
  })
}

function path(...parameters: Parameters<typeof place>): string {
  const { folder, name } = place(...parameters)
  return folder === '' ? name(1) : `${folder}/${name(1)}`
}

const bytes = (text: string) => Buffer.byteLength(text)

/** A quantity with further members, of which the first is its dimensionality. */
const old = (members: string) => `{"_type": "quantity", "units": "degC", "dimensionality": ${members}}`

t.test('if_unset of the template stands for a parameter that is null, empty or not sent', async (t) => {
  const ifUnset = [
    ['temperature', 'room temperature'],
    ['Größe', '../x'],
  ] as const
  const table: [json: string, filled: string][] = [
    ['{"temperature": null}', 'Fit_room temperature.ipynb'],
    ['{"temperature": ""}', 'Fit_room temperature.ipynb'],
    ['{"temperature": {"en": "", "de": ""}}', 'Fit_room temperature.ipynb'],
    ['{"temperature": {"_type": "text", "text": ""}}', 'Fit_room temperature.ipynb'],
    ['{}', 'Fit_room temperature.ipynb'],
    ['{"temperature": 0}', 'Fit_0.ipynb'],
    ['{"temperature": false}', 'Fit_false.ipynb'],
    ['{"temperature": " "}', 'Fit_ .ipynb'],
  ]
  for (const [json, filled] of table)
    t.equal(path('Fit_{temperature}.ipynb', json, { ifUnset }), filled, json)
  t.equal(
    path('{Gro\u0308\u00dfe}.ipynb', '{}', { ifUnset }),
    '___x.ipynb',
    'like any value, and its name in NFC',
  )
  t.match(
    thrown(() => path('{other}.ipynb', '{}', { ifUnset })),
    { code: 15, reason: 'missing' },
  )
  const withheld = { template: '{temperature}.ipynb', parameters: [], languages: [], target: '.', ifUnset }
  t.match(
    thrown(() => placeNotebook({ ...withheld, withheld: ['temperature'] })),
    { code: 15, reason: 'withheld' },
  )
})

t.test('a parameter of every kind fills a name, or is refused', async (t) => {
  const table: [json: string, filled: string | undefined][] = [
    ['"Experiment-12345"', 'Experiment-12345'],
    ['"Größe 1"', 'Größe 1'],
    ['"1.0"', '1.0'],
    ['1.0', '1.0'],
    ['-12345678901234567890', '-12345678901234567890'],
    ['1E400', '1E400'],
    ['NaN', 'NaN'],
    ['true', 'true'],
    ['false', 'false'],
    ['null', 'unset'],
    ['{"de": "Ü", "en": "E"}', 'E'],
    ['{"_type": "text", "text": "x"}', 'x'],
    ['{"text": {"de": "Ü", "en": "E"}, "_type": "text"}', 'E'],
    ['{"_type": "datetime", "utc_datetime": "2024-05-06 07:08:09"}', '2024-05-06 07_08_09'],
    ['{"_type": "bool", "value": true}', 'true'],
    ['{"_type": "quantity", "magnitude": 90.0, "units": "min", "dimensionality": "[time]"}', '90.0 min'],
    ['{"_type": "quantity", "magnitude": 10, "units": "1"}', '10'],
    ['{"_type": "quantity", "magnitude": 10, "units": "m/s"}', '10 m_s'],
    // Without a magnitude, as SampleDB before 0.17: never with `units`.
    [old('"[temperature]", "magnitude_in_base_units": 294.650'), '294.650 K'],
    [old('"[temperature]", "magnitude_in_base_units": 294.65, "magnitude": null'), '294.65 K'],
    [old('"dimensionless", "magnitude_in_base_units": 1.5e-8'), '1.5e-8'],
    [old('"[length] / [time]", "magnitude_in_base_units": 2'), '2'],
    [old('null, "magnitude_in_base_units": NaN'), 'NaN'],
    [old('"toString", "magnitude_in_base_units": 1'), '1'],
    [old('"[mass]", "magnitude_in_base_units": 2, "magnitude": 2000.0'), '2000.0 degC'],
    [old('"[mass]", "magnitude_in_base_units": null, "magnitude": null'), undefined],
    [old('"[mass]", "magnitude_in_base_units": "2"'), undefined],
    ['{"_type": "quantity", "units": "m"}', undefined],
    ['{"_type": "sample", "object_id": 1}', undefined],
    ['{"_type": "text", "text": 1}', undefined],
    ['{"_type": "text"}', undefined],
    ['{"_type": "bool", "value": "true"}', undefined],
    ['{"a": 1}', undefined],
    ['{}', undefined],
    ['[]', undefined],
    ['["a"]', undefined],
  ]
  for (const [json, filled] of table) {
    if (filled !== undefined) t.equal(path('D_{x}.ipynb', `{"x": ${json}}`), `D_${filled}.ipynb`, json)
    else
      t.match(
        thrown(() => path('D_{x}.ipynb', `{"x": ${json}}`)),
        { code: 16, reason: 'not-a-name', values: { name: 'x' } },
        json,
      )
  }
})

t.test('a missing parameter is named', async (t) => {
  t.match(
    thrown(() => path('{a}/{b}.ipynb', '{"a": "1"}')),
    { code: 15, reason: 'missing', values: { name: 'b' } },
  )
})

t.test('a text is in the user’s language', async (t) => {
  const params = '{"x": {"de": "Ü", "en": "E"}}'
  t.equal(path('{x}.ipynb', params, { languages: ['de-DE', 'en'] }), 'Ü.ipynb')
  t.equal(path('{x}.ipynb', params, { languages: ['fr'] }), 'E.ipynb')
})

t.test('no value leaves its place, is hidden, deceives, or is refused by a file system', async (t) => {
  const table: [label: string, value: string, file: string, folder: string][] = [
    ['a slash', '../../etc/passwd', '___.._etc_passwd', ''],
    ['a backslash', '..\\..\\x', '___.._x', ''],
    ['a dot', '.', '_', '_'],
    ['two dots', '..', '__', '__'],
    ['hidden', '.bashrc', '_bashrc', '_bashrc'],
    ['what Windows refuses', '<a>:"b"|?*', '_a___b____', '_a___b____'],
    ['NUL and other controls', 'a\u0000b\u001b[0m\u007f\u0085', 'a_b_[0m__', 'a_b_[0m__'],
    ['line ends', 'a\r\nb\u2028c', 'a__b_c', 'a__b_c'],
    ['bidirectional', 'a\u202egpj.exe', 'a_gpj.exe', 'a_gpj.exe'],
    ['format characters', 'a\u200bb\ufeffc\u00add', 'a_b_c_d', 'a_b_c_d'],
    ['what is not assigned', 'a\u{1ffff}b\u0378', 'a_b_', 'a_b_'],
    ['a device', 'con', '_con', '_con'],
    ['a device in capitals', 'COM1', '_COM1', '_COM1'],
    ['a device with an extension', 'nul.tar', '_nul.tar', '_nul.tar'],
    ['a device with a space', 'aux .x', '_aux .x', '_aux .x'],
    ['a device with a digit above', 'lpt²', '_lpt²', '_lpt²'],
    ['nearly a device', 'console', 'console', 'console'],
    ['empty', '', '_', '_'],
    ['a space', ' ', ' ', '_'],
    ['dots and spaces last', 'a. .', 'a. .', 'a___'],
    ['decomposed', 'u\u0308', 'ü', 'ü'],
    ['a percent sign', '%2e%2e%2f', '%2e%2e%2f', '%2e%2e%2f'],
    ['braces', '{y}', '{y}', '{y}'],
    ['what a replacement would read', '$&$1', '$&$1', '$&$1'],
    ['an emoji', '😀', '😀', '😀'],
  ]
  for (const [label, value, file, folder] of table) {
    const params = `{"x": ${JSON.stringify(value)}}`
    t.equal(path('{x}.ipynb', params), `${file}.ipynb`, label)
    const expected = folder === '' ? file : folder
    t.equal(path('{x}/a.ipynb', params), `${expected}/a.ipynb`, `${label}, as a folder`)
  }
})

t.test('a value may fall apart only with what stands beside it', async (t) => {
  t.equal(path('co{x}.ipynb', '{"x": "n"}'), '_con.ipynb', 'a device made of two pieces')
  t.equal(path('{a}{b}.ipynb', '{"a": "", "b": ".x"}'), '_x.ipynb', 'hidden behind an empty value')
  t.equal(path('u{x}.ipynb', '{"x": "\u0308"}'), 'ü.ipynb', 'composed across the brace')
  t.equal(path('.ipynb_{x}.ipynb', '{"x": "a"}'), '_ipynb_a.ipynb')
  t.equal(
    path('{größe}.ipynb'.normalize('NFD'), '{"größe": "1"}'),
    '1.ipynb',
    'a template’s name that macOS decomposed',
  )
})

t.test('parts without braces stay as they are', async (t) => {
  t.equal(
    path('some instrument/Größe & Übersicht (1).ipynb', '{}'),
    'some instrument/Größe & Übersicht (1).ipynb',
  )
  t.equal(path('con/u\u0308.ipynb', '{}'), 'con/u\u0308.ipynb')
})

t.test('the target holds the template’s folder', async (t) => {
  const table: [target: string, folder: string][] = [
    ['{template_dir}', 'a/b'],
    ['notebooks/{template_dir}', 'notebooks/a/b'],
    ['notebooks', 'notebooks'],
    ['', ''],
    ['.', ''],
    ['x_{template_dir}/y/', 'x_a/b/y'],
  ]
  for (const [target, folder] of table) {
    t.equal(place('a/b/c.ipynb', '{}', { target }).folder, folder, JSON.stringify(target))
  }
  t.equal(place('c.ipynb', '{}', { target: '{template_dir}' }).folder, '')
  t.equal(place('c.ipynb', '{}', { target: 'x/{template_dir}/y' }).folder, 'x/y')
  t.equal(place('{d}/c.ipynb', '{"d": "$&"}').folder, '$&')
  for (const target of ['/abs', '../x', 'a/../b', '{template_dir}/..']) {
    t.match(
      thrown(() => place('a/c.ipynb', '{}', { target })),
      { code: 16, reason: 'template-name' },
      target,
    )
  }
})

t.test('a component is at most 244 bytes, cut at a grapheme, its ending whole', async (t) => {
  const family = '👨\u200d👩\u200d👧'
  const table: [
    label: string,
    template: string,
    params: Record<string, string>,
    check: (name: string) => boolean,
  ][] = [
    [
      'ASCII',
      'D_{x}.ipynb',
      { x: 'a'.repeat(500) },
      (name) => name.startsWith('D_aaa') && bytes(name) === 244,
    ],
    [
      'umlauts',
      '{x}.ipynb',
      { x: 'ü'.repeat(500) },
      (name) => /^ü+( \(2\))?\.ipynb$/.test(name) && bytes(name) >= 243,
    ],
    ['flags', '{x}.ipynb', { x: '🇩🇪'.repeat(100) }, (name) => /^(🇩🇪)+( \(2\))?\.ipynb$/u.test(name)],
    [
      'marks',
      '{x}.ipynb',
      { x: 'x\u0323\u0331'.repeat(300) },
      (name) => /^(x\u0323\u0331)+( \(2\))?\.ipynb$/.test(name),
    ],
    [
      'one huge grapheme',
      '{x}.ipynb',
      { x: `x${'\u0323\u0331'.repeat(300)}` },
      (name) => /^_( \(2\))?\.ipynb$/.test(name),
    ],
    [
      'a huge grapheme beside a value',
      '{y}{x}.ipynb',
      { x: `x${'\u0331'.repeat(300)}`, y: 'y' },
      (name) => /^y( \(2\))?\.ipynb$/.test(name),
    ],
    [
      'the longest of three',
      '{x}_{y}_{z}.ipynb',
      { x: 'x'.repeat(100), y: 'y'.repeat(900), z: 'z' },
      (name) => /^x{100}_y{120,}_z/.test(name) && bytes(name) === 244,
    ],
    ['all long', '{x}{y}.ipynb', { x: 'x'.repeat(2000), y: 'y'.repeat(2000) }, (name) => bytes(name) === 244],
    ['joined emoji', '{x}.ipynb', { x: family.repeat(50) }, (name) => name.includes('👨_👩_👧')],
    ['four megabytes', '{x}.ipynb', { x: 'ab'.repeat(2e6) }, (name) => bytes(name) === 244],
  ]
  for (const [label, template, params, check] of table) {
    const { name } = place(template, JSON.stringify(params))
    for (const copy of [1, 2]) {
      t.ok(check(name(copy)) && bytes(name(copy)) <= 244, `${label}: ${name(copy)}`)
      t.ok(name(copy).endsWith(copy === 1 ? '.ipynb' : ' (2).ipynb'), label)
    }
    t.ok(bytes(name(123456)) <= 244 && name(123456).endsWith(' (123456).ipynb'), label)
  }
  const folder = path('{x}/a.ipynb', JSON.stringify({ x: `${'a'.repeat(243)} .b` }))
  t.equal(folder, `${'a'.repeat(243)}_/a.ipynb`, 'a folder is cut to 244 bytes and ends in no space')
})

t.test('what cannot be a template’s name is told to its author', async (t) => {
  const table: [path: string, reason: RegExp | undefined][] = [
    ['a.ipynb', undefined],
    ['a/{b}/{c}_{d}.ipynb', undefined],
    ['{with space}/{größe}.ipynb', undefined],
    ['{..}/a.ipynb', undefined],
    ['a.txt', /does not end in .ipynb/],
    ['a.IPYNB', /does not end in .ipynb/],
    ['.ipynb', /empty part/],
    ['a//b.ipynb', /empty part/],
    ['/a.ipynb', /empty part/],
    ['../a.ipynb', /empty part/],
    ['./a.ipynb', /empty part/],
    ['a{b.ipynb', /do not match/],
    ['a}b.ipynb', /do not match/],
    ['a{b}}.ipynb', /do not match/],
    ['a{{b}}.ipynb', /do not match/],
    ['{a/b}.ipynb', /do not match/],
    ['a{}.ipynb', /\{\} without a name/],
    ['a\\b.ipynb', /backslash/],
    ['a\nb.ipynb', /control character/],
    [`${'a'.repeat(240)}.ipynb`, /longer than 244 bytes/],
    [`${'a'.repeat(245)}/b.ipynb`, /longer than 244 bytes/],
  ]
  for (const [template, reason] of table) {
    if (reason === undefined) t.equal(checkTemplateName(template), undefined, template)
    else {
      t.match(checkTemplateName(template), reason, template)
      t.match(
        thrown(() => path(template, '{}')),
        { code: 16, reason: 'template-name' },
      )
    }
  }
})

t.test('every post of the real SampleDB finds its place', async (t) => {
  const names = posts().map((post) => path(post.template_url, post.params_text, { languages: ['de'] }))
  t.strictSame(names.slice(0, 9), [
    'some_instrument/data_analysis.ipynb',
    'some_instrument/Data_Analysis_Experiment-12345.ipynb',
    'some_instrument/by_id_2.ipynb',
    'some_instrument/full_quantity.ipynb',
    'some_instrument/nested_array.ipynb',
    'some_instrument/missing_unset.ipynb',
    'some_instrument/all_types.ipynb',
    'some instrument/Größe & Übersicht A plain remark (1).ipynb',
    'no_parameters.ipynb',
  ])
  t.equal(names[10], 'some_instrument/Data_Analysis_Übersetzter Name.ipynb')
  t.equal(names[19], 'some_instrument/Data_Analysis_Experiment-12345.ipynb')
})
