import t from 'tap'
import { readParameters } from '../../../service/notebook/index.ts'
import { en } from '../../../service/web/texts/en.ts'
import { showValues } from '../../../service/web/values/shown-values.ts'

const show = (json: string) => showValues(readParameters(`{"a":${json}}`), [], en).rows[0]!
const table = (json: string) => show(json).table
const briefs = (json: string) => table(json)?.rows.map((row) => row.map(({ brief }) => brief))

const mm = (magnitude: number) => `{"_type":"quantity","units":"mm","magnitude":${magnitude}}`

t.test('objects of the same members are a table', async (t) => {
  const points = `[{"position": ${mm(0)}, "label": {"_type":"text","text":{"en":"start"}}, "valid": {"_type":"bool","value":true}, "n": 1.50},
    {"valid": null, "position": ${mm(0.5)}, "label": "the end", "n": 12345678901234567890}]`
  t.match(table(points), {
    columns: [
      { label: 'position', unit: 'mm', isNumeric: true },
      { label: 'label', unit: undefined, isNumeric: false },
      { label: 'valid', unit: undefined, isNumeric: false },
      { label: 'n', unit: undefined, isNumeric: true },
    ],
    count: 2,
    open: true,
  })
  t.strictSame(briefs(points), [
    ['0\u00a0mm', 'start', 'yes', '1.50'],
    ['0.5\u00a0mm', 'the end', '', '12345678901234567890'],
  ])
  t.match(show(points).inside, { asSent: true, count: 2 }, 'how it was sent can be unfolded')
})

t.test('so are lists of one length', async (t) => {
  t.strictSame(briefs('[[1.5, 2], [3, 4.50]]'), [
    ['1.5', '2'],
    ['3', '4.50'],
  ])
  const dates = '[["2024-05-06", {"_type":"datetime","utc_datetime":"2024-05-06 07:08:09"}], ["x", null]]'
  t.match(table(dates)?.rows[0]?.[1], { kind: 'datetime', time: '2024-05-06T07:08:09Z' })
})

t.test('a unit that not all have is said in each row', async (t) => {
  const other = '{"_type":"quantity","units":"um","magnitude":5}'
  t.match(table(`[{"x": ${mm(1)}}, {"x": ${other}}]`), {
    columns: [{ unit: undefined, isNumeric: true }],
    rows: [[{ brief: '1\u00a0mm' }], [{ brief: '5\u00a0µm' }]],
  })
  t.equal(table(`[{"x": ${mm(1)}}, {"x": 5}]`)?.columns[0]?.unit, undefined)
  const counts = '{"_type":"quantity","units":"1","magnitude":5}'
  t.equal(table(`[{"x": ${counts}}, {"x": ${counts}}]`)?.columns[0]?.unit, undefined)
})

t.test('what is not so even is a tree', async (t) => {
  const cases = [
    '[{"a": 1}, {"b": 1}]',
    '[{"a": 1}, {"a": 1, "b": 2}]',
    '[{"a": 1, "b": 2}, {"a": 1}]',
    '[{"a": 1}, 2]',
    '[{"a": [1]}, {"a": [2]}]',
    '[{"a": {"b": 1}}]',
    '[[1, 2], [3]]',
    '[[1, 2]]',
    '[[], []]',
    '[{}, {}]',
    '[[[1]], [[2]]]',
    `[{"a": "${'x'.repeat(61)}"}]`,
    `[{"${'x'.repeat(61)}": 1}]`,
    `[[${Array(9).fill(1).join()}],[${Array(9).fill(1).join()}]]`,
    `[${mm(1)}, ${mm(2)}]`,
    '[{"en": "one"}, {"en": "two"}]',
  ]
  for (const json of cases) {
    const row = show(json)
    t.equal(row.table, undefined, json)
    t.equal(row.inside?.asSent, false, json)
  }
})

t.test('a long one shows its beginning, and a page has room for so many', async (t) => {
  const long = JSON.stringify(Array.from({ length: 100_000 }, (_, i) => [i, i]))
  t.match(table(long), { count: 100_000, open: false })
  t.equal(table(long)?.rows.length, 100)
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`p${i}`, 0])) as Record<
    string,
    unknown
  >
  for (const name of Object.keys(many)) many[name] = JSON.parse(long).slice(0, 200)
  const { rows } = showValues(readParameters(JSON.stringify(many)), [], en)
  const cells = rows.flatMap(({ table }) => table?.rows.flat() ?? [])
  t.ok(cells.length <= 2000, `${cells.length} cells`)
})

t.test('what the eye cannot see is made visible', async (t) => {
  const hostile = JSON.stringify([{ 'a\u202eb': 'x\u0000\u202ey\nz' }])
  t.match(table(hostile), {
    columns: [{ label: 'a⟨U+202E⟩b' }],
    rows: [[{ brief: 'x⟨U+0000⟩⟨U+202E⟩y⟨U+000A⟩z' }]],
  })
})
