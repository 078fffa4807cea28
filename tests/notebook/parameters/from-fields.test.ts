import t from 'tap'
import { parametersFromFields } from '../../../service/notebook/parameters/from-fields.ts'
import type { SaysSecrets } from '../../../service/notebook/parameters/secrets.ts'
import { writeParameters } from '../../../service/notebook/parameters/write.ts'

const declaring = (...names: string[]) => ({
  declared: names.map((name) => ({ name, text: true })),
  ...({ schema: undefined, settings: {} } as SaysSecrets),
})
const read = (query: string, template = declaring()) =>
  writeParameters(parametersFromFields([...new URLSearchParams(query)], template))

t.test('plain fields are texts, in the order sent', async (t) => {
  t.equal(read('b=1&a='), '{"b":"1","a":""}')
  t.equal(read(''), '{}')
})

t.test('a list of files is one parameter, where its first field stood', async (t) => {
  const table: [query: string, read: string][] = [
    ['a=1&files[0]=x&b=2&files[1]=y', '{"a":"1","files":["x","y"],"b":"2"}'],
    ['files[1]=y&files[0]=x', '{"files":["x","y"]}'],
    ['files[0]=', '{"files":[""]}'],
    ['files[]=x&a=1&files[]=x', '{"files":["x","x"],"a":"1"}'],
    ['files[]=x', '{"files":["x"]}'],
    ['files=x', '{"files":"x"}'],
  ]
  for (const [query, expected] of table) t.equal(read(query), expected, query)
  const many = Array.from({ length: 12 }, (_, index) => `files[${11 - index}]=${11 - index}`).join('&')
  t.equal(read(many), `{"files":[${Array.from({ length: 12 }, (_, index) => `"${index}"`)}]}`)
})

t.test('what is no complete list keeps its names', async (t) => {
  for (const query of [
    'files[1]=x',
    'files[0]=x&files[2]=y',
    'files[00]=x',
    'files[-1]=x',
    'files[a]=x',
    'files[0][name]=x',
    'files[0] =x',
    'Files[0]=x',
    'images[0]=x',
    'files[99999999999]=x',
  ]) {
    const names = [...new URLSearchParams(query)]
    t.same(JSON.parse(read(query)), Object.fromEntries(names), query)
  }
})

t.test('a name that the template declares literally wins', async (t) => {
  t.equal(read('files[0]=x&files[1]=y', declaring('files[0]')), '{"files[0]":"x","files[1]":"y"}')
  t.equal(read('files[]=x', declaring('files[]')), '{"files[]":"x"}')
  t.equal(read('files[0]=x', declaring('files', 'files[1]')), '{"files":["x"]}')
})

t.test('a name that the template calls secret keeps it, declared or not', async (t) => {
  const secret = (...secrets: string[]) => ({ ...declaring(), settings: { secrets } })
  t.equal(read('files[0]=x&files[1]=y', secret('files[0]')), '{"files[0]":"x","files[1]":"y"}')
  t.equal(read('files[]=x', secret('token', 'files[]')), '{"files[]":"x"}')
  t.equal(read('files[0]=x', secret('files', 'files[1]')), '{"files":["x"]}', 'the list itself may be one')
  const marked = '{"patternProperties": {"^files.0": {"writeOnly": true}}}'
  t.equal(read('files[0]=x', { ...declaring(), schema: marked }), '{"files[0]":"x"}', 'by a pattern as well')
})

t.test('two ways at once are refused', async (t) => {
  for (const query of [
    'files[0]=x&files[]=y',
    'files[0]=x&files=y',
    'files[]=x&files=y',
    'files[1]=x&files=y',
  ])
    t.throws(() => read(query), { code: 20, reason: 'mixed-fields', values: { name: 'files' } }, query)
  t.equal(read('files[0]=x&files=y', declaring('files[0]')), '{"files[0]":"x","files":"y"}')
})

t.test('a field that is sent twice is refused', async (t) => {
  for (const [query, name] of [
    ['a=1&a=2', 'a'],
    ['files=1&files=2', 'files'],
    ['files[0]=1&files[0]=2', 'files[0]'],
    ['files[0]=1&files[1]=2&files[1]=3', 'files[1]'],
  ] as const)
    t.throws(() => read(query), { code: 20, reason: 'repeated-field', values: { name } }, query)
  t.throws(() => read('files[]=1&files[]=2', declaring('files[]')), { code: 20, reason: 'repeated-field' })
})

t.test('half of a character is refused, in a list as well', async (t) => {
  for (const name of ['a', 'files[]', 'files[0]'])
    t.throws(() => parametersFromFields([[name, '\ud800']], declaring()), {
      code: 20,
      reason: 'lone-surrogate',
      values: { name },
    })
})

t.test('twenty thousand files take no time', async (t) => {
  const fields = Array.from({ length: 20_000 }, (_, index) => [`files[${index}]`, 'x'] as const)
  const started = process.cpuUsage().user
  parametersFromFields(fields, declaring())
  t.ok(process.cpuUsage().user - started < 1e6)
})
