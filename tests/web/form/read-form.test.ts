import fc from 'fast-check'
import t from 'tap'
import { writeValue } from '../../../service/notebook/index.ts'
import { controlsOf } from '../../../service/web/form/controls.ts'
import { decimalFor, readBack } from '../../../service/web/form/numbers.ts'
import { de } from '../../../service/web/texts/de.ts'
import { values } from '../../notebook/arbitraries.ts'
import { withSchema } from '../../notebook/schema/support.ts'
import { templateOf } from '../../notebook/support.ts'
import { controlFor, filled, untouched } from './support.ts'

const german = { texts: de, decimal: ',' } as const
const date = '{"type":"string","format":"date-time"}'

t.test('what each kind of control makes of what is typed', async (t) => {
  const table: [schema: string, typed: string, wanted: string | RegExp, second?: string][] = [
    ['{"type":"string"}', ' a "b" ', '{"p":" a \\"b\\" "}'],
    ['{"type":"string","maxLength":999}', 'a\r\nb', '{"p":"a\\nb"}'],
    ['{"type":"string"}', '', '{}'],
    ['{"type":"number"}', ' 1.50 ', '{"p":1.50}'],
    ['{"type":"number"}', '12345678901234567890.10', '{"p":12345678901234567890.10}'],
    ['{"type":"number"}', '-6.02E+23', '{"p":-6.02E+23}'],
    ['{"type":"number"}', 'NaN', '{"p":NaN}'],
    ['{"type":"number"}', '1,5', /must be a number such as/],
    ['{"type":"number"}', '1.', /must be a number such as/],
    ['{"type":"number"}', '1,234.5', /without thousands separators, such as 12345\.6/],
    ['{"type":"number"}', '1 234', /without thousands separators/],
    ['{"type":"integer"}', '1,234,567', /without thousands separators, such as 12345\.$/],
    ['{"type":"integer"}', '1,5', /must be a whole number/],
    ['{"type":"integer"}', 'x', /must be a whole number/],
    ['{"type":"integer","errorMessage":"Count them."}', 'x', /is not valid: Count them\.$/],
    ['{"type":"number"}', '0x10', /must be a number such as/],
    ['{"type":"number"}', '1}', /must be a number such as/],
    ['{"type":"boolean"}', '0', '{"p":true}'],
    ['{"type":"boolean"}', '1', '{"p":false}'],
    ['{"type":"boolean"}', '2', /has changed/],
    ['{"type":"boolean"}', '', '{}'],
    ['{"type":["boolean","null"]}', '2', '{"p":null}'],
    ['{"enum":["a",1.0,null,{"b":[]}]}', '1', '{"p":1.0}'],
    ['{"enum":["a",1.0,null,{"b":[]}]}', '3', '{"p":{"b":[]}}'],
    [date, '2024-05-06T07:08', '{"p":"2024-05-06T07:08"}'],
    ['{"type":"array"}', '[1.0,\r\n "a"]', '{"p":[1.0,"a"]}'],
    ['{"type":"array"}', '[1', /not valid JSON \(line 1, column 3\)/],
    ['{"type":"array"}', '[\n1,\n]', /not valid JSON \(line 3, column 1\)/],
    ['{"type":"array"}', '1, "q": 2', /not valid JSON/],
    ['{"type":"array"}', '1} {', /not valid JSON/],
    ['{"type":"object"}', '{"a":1,"a":2}', /“a” appears twice in one object \(line 1, column 8\)/],
    ['{"type":"array"}', '['.repeat(100) + ']'.repeat(100), /nested deeper than 100/],
    ['{"type":"array"}', ' ', '{}'],
    ['{}', '5', '{"p":"5"}', 'text'],
    ['{}', '5', '{"p":5}', 'json'],
    ['{}', 'five', /not valid JSON/, 'json'],
    [
      '{"$ref":"sampledb:quantity"}',
      '1.50',
      '{"p":{"_type":"quantity","magnitude":1.50,"units":"mm"}}',
      ' mm ',
    ],
    ['{"$ref":"sampledb:quantity"}', '1.5', /requires a unit/, ' '],
    ['{"$ref":"sampledb:quantity"}', '', /has a unit but no number/, 'mm'],
    ['{"$ref":"sampledb:quantity"}', '', '{}', ''],
    [
      '{"$ref":"sampledb:quantity","properties":{"units":{"enum":["min","s"]}}}',
      '2',
      /has changed/,
      'fortnights',
    ],
    [
      '{"$ref":"sampledb:datetime"}',
      '2024-05-06T07:08',
      '{"p":{"_type":"datetime","utc_datetime":"2024-05-06 07:08:00"}}',
    ],
    ['{"$ref":"sampledb:bool"}', '1', '{"p":{"_type":"bool","value":false}}'],
    ['{"$ref":"sampledb:text"}', 'a', '{"p":{"_type":"text","text":"a"}}'],
    ['{"$ref":"sampledb:user"}', '7', '{"p":{"_type":"user","user_id":7}}'],
    ['{"$ref":"sampledb:object"}', '7', '{"p":{"_type":"measurement","object_id":7}}', 'measurement'],
  ]
  for (const [schema, typed, wanted, second] of table) {
    const controls = [controlFor(schema)]
    const posted: [string, string][] = [['value.p', typed]]
    if (second !== undefined) posted.push(['second.p', second])
    const got = filled(controls, posted)
    if (typeof wanted === 'string') t.strictSame(got, wanted, `${schema} ${typed.slice(0, 30)}`)
    else t.match([got].flat().join(), wanted, `${schema} ${typed.slice(0, 30)}`)
  }
})

t.test(
  'a decimal comma is accepted where the page’s country writes one, and nothing is a thousands separator',
  async (t) => {
    const table: [typed: string, wanted: string | RegExp][] = [
      ['1,5', '{"p":1.5}'],
      ['1,0', '{"p":1.0}'],
      ['-0,50e-3', '{"p":-0.50e-3}'],
      ['12345678901234567890,10', '{"p":12345678901234567890.10}'],
      ['1.5', '{"p":1.5}'],
      ['1.234', '{"p":1.234}'],
      ['1,234', '{"p":1.234}'],
      ['7', '{"p":7}'],
      ['1.234,5', /ohne Tausendertrennzeichen angegeben werden, etwa 12345,6/],
      ['1,234.5', /ohne Tausendertrennzeichen/],
      ['1,234,567', /ohne Tausendertrennzeichen/],
      ['1.234.567', /ohne Tausendertrennzeichen/],
      ['1 234,5', /ohne Tausendertrennzeichen/],
      ["1'234,5", /ohne Tausendertrennzeichen/],
      [',5', /eine Zahl sein, etwa 21,5, -3 oder 6,02e23/],
      ['1,', /eine Zahl sein/],
      ['1,5x', /eine Zahl sein/],
      ['1,5e2,5', /eine Zahl sein/],
    ]
    const quantity = '{"$ref":"sampledb:quantity"}'
    for (const [typed, wanted] of table) {
      const got = filled([controlFor('{"type":"number"}')], [['value.p', typed]], german)
      if (typeof wanted === 'string') t.strictSame(got, wanted, typed)
      else t.match([got].flat().join(), wanted, typed)
    }
    const posted = [
      ['value.p', '1,50'],
      ['second.p', 'mm'],
    ] as const
    t.equal(
      filled([controlFor(quantity)], posted, german),
      '{"p":{"_type":"quantity","magnitude":1.50,"units":"mm"}}',
    )
    t.match(
      [filled([controlFor('{"type":"integer"}')], [['value.p', '1,5']], german)].flat().join(),
      '1.5',
      'told by the schema',
    )
    const list = filled([controlFor('{"type":"array"}')], [['value.p', '[1,5]']], german)
    t.equal(list, '{"p":[1,5]}', 'JSON stays JSON')
  },
)

t.test('the country of the page’s reader decides, not every language that they read', async (t) => {
  const table: [accepted: string | undefined, wanted: string][] = [
    [undefined, '.'],
    ['en-US,de;q=0.9', '.'],
    ['de', ','],
    ['de-AT,en', ','],
    ['de-CH', '.'],
    ['fr', '.'],
    ['x;;', '.'],
  ]
  for (const [accepted, wanted] of table) t.equal(decimalFor(accepted), wanted, String(accepted))
})

t.test('what could have been meant otherwise is told as it was read', async (t) => {
  t.strictSame(readBack('1,50', ','), { number: '1,50', literal: '1.50' })
  t.strictSame(readBack(' 1.234 ', ','), { number: '1,234', literal: '1.234' })
  for (const typed of ['7', '1.234,5', '1,', 'x,y', '']) t.equal(readBack(typed, ','), undefined, typed)
  t.equal(readBack('1.5', '.'), undefined)
})

t.test('a box says null, whatever else was typed', async (t) => {
  const controls = [controlFor('{"type":["number","null"]}')]
  t.equal(
    filled(controls, [
      ['value.p', '1,5'],
      ['null.p', '1'],
    ]),
    '{"p":null}',
  )
})

t.test('what is empty is not sent; a text that was offered and is cleared is an empty text', async (t) => {
  const cases: [schema: string, source: string, wanted: string | RegExp][] = [
    ['{"type":"string"}', 'p = "example"', '{"p":""}'],
    ['{"type":"string"}', 'p = None', '{}'],
    ['{"type":"number"}', 'p = 5', '{}'],
    ['{"type":"array"}', 'p = [1]', '{}'],
  ]
  for (const [schema, source, wanted] of cases) {
    t.strictSame(filled([controlFor(schema, source)], [['value.p', '']]), wanted, `${schema} ${source}`)
  }
  const needed = [controlFor('{"type":"string"}', 'p = "example"', '{p}.ipynb')]
  t.strictSame(filled(needed, [['value.p', '']]), ['“p” is missing.'])
})

t.test('whatever is offered and left as it is, is sent as it is', async (t) => {
  fc.assert(
    fc.property(
      values({ nul: true }),
      fc.constantFrom('', '"title":"t"', '"$ref":"sampledb:quantity"'),
      (value, more) => {
        const text = writeValue(value)
        // No notebook can hold these.
        fc.pre(!/NaN|Infinity/.test(text))
        const schema = `{${more === '' ? '' : `${more},`}"default":${text}}`
        const control = controlFor(schema)
        const got = filled([control], untouched([control]))
        // Of a wrapping nothing is shown that is no such object; then nothing is sent.
        if (value.kind === 'null' || text === '""' || (more.startsWith('"$ref') && got === '{}')) return
        t.equal(got, `{"p":${text}}`)
      },
    ),
    { numRuns: 300 },
  )
})

t.test('all that the cell offers comes back, in its order', async (t) => {
  const source = 'a = "x"\nb = 1.0\nc = [1, 2.50]\nd = True\ne = None\nf = {"k": "v"}\ng = """l1\nl2"""'
  const controls = controlsOf('t.ipynb', templateOf('python', source))
  t.equal(
    filled(controls, untouched(controls)),
    '{"a":"x","b":1.0,"c":[1,2.50],"d":true,"f":{"k":"v"},"g":"l1\\nl2"}',
  )
})

t.test('a list of texts and a quantity of the cell come back as they are changed', async (t) => {
  const source =
    'a = ["x y", "z"]\nb = {"_type": "quantity", "magnitude": 1.50, "units": "mm", "dimensionality": "[length]"}'
  const controls = controlsOf('t.ipynb', templateOf('python', source))
  t.equal(
    filled(controls, untouched(controls)),
    '{"a":["x y","z"],"b":{"_type":"quantity","magnitude":1.50,"units":"mm","dimensionality":"[length]"}}',
  )
  const change = (a: string, b: string, unit: string) =>
    filled(controls, [
      ['value.a', a],
      ['value.b', b],
      ['second.b', unit],
    ])
  t.equal(
    change('1\r\n\r\n "q" \r\n', '2', 'cm'),
    '{"a":["1"," \\"q\\" "],"b":{"_type":"quantity","magnitude":2,"units":"cm"}}',
  )
  t.equal(change('', '', ''), '{"a":[]}')
})

t.test('further values come behind, and none in the place of another', async (t) => {
  const controls = [controlFor('{"type":"number"}')]
  const more = (text: string, p = '1') =>
    filled(controls, [
      ['value.p', p],
      ['more', text],
    ])
  t.equal(more(' {"q": [1.0], "": null} '), '{"p":1,"q":[1.0],"":null}')
  t.strictSame(more('{"p": 2}'), ['The name “p” appears twice in one object.'])
  t.equal(more('{"p": 2}', ''), '{"p":2}', 'what is left empty may stand there')
  t.match([more('[1]')].flat().join(), 'one JSON object')
  t.match([more('{"q": }')].flat().join(), 'line 1, column 7')
})

t.test('a field that the form does not have is told, not dropped', async (t) => {
  const controls = [controlFor('{"type":"number"}')]
  t.match(
    [
      filled(controls, [
        ['value.p', '1'],
        ['value.q', '2'],
      ]),
    ]
      .flat()
      .join(),
    'has changed',
  )
  t.match(
    [
      filled(controls, [
        ['value.p', '1'],
        ['other', '2'],
      ]),
    ]
      .flat()
      .join(),
    'has changed',
  )
  t.equal(
    filled(controls, [
      ['value.p', '1'],
      ['value.q', ''],
    ]),
    '{"p":1}',
    'an empty one says nothing',
  )
})

t.test('megabytes are read in a moment', async (t) => {
  const long = 'ü'.repeat(2_000_000)
  const list = `[${'1.0,'.repeat(500_000)}1]`
  const started = performance.now()
  const controls = controlsOf('t.ipynb', withSchema('{"a":{"type":"string"},"b":{"type":"array"}}'))
  const got = filled(controls, [
    ['value.a', long],
    ['value.b', list],
  ])
  t.equal(got.length, long.length + list.length + '{"a":"","b":}'.length)
  t.ok(performance.now() - started < 3000, `${Math.round(performance.now() - started)} ms`)
})
