import t from 'tap'
import { pageText } from '../support/page-text.ts'
import { createVisitor, notebook, openApp, platform } from './app.ts'

const form = 'application/x-www-form-urlencoded'
const nest = (depth: number) => `{"a":${'['.repeat(depth - 1)}1${']'.repeat(depth - 1)}}`

t.test('parameters that are not right are refused, with the place, and nothing is kept', async (t) => {
  const r = { display_name: 'R', language: 'R', name: 'ir' }
  const c = { display_name: 'C', language: 'c', name: 'xc' }
  const app = await openApp(t, { templates: { 'in-r.ipynb': notebook(r), 'in-c.ipynb': notebook(c) } })
  const params = (text: string) => `params=${encodeURIComponent(text)}`
  const cases: [
    label: string,
    body: string,
    status: number,
    code: number,
    says: string,
    template?: string,
  ][] = [
    ['not JSON', params('{"a": tru}'), 400, 20, 'not valid JSON (line 1, column 7)'],
    ['not JSON, on a later line', params('{"a": 1,\n "b": }'), 400, 20, '(line 2, column 7)'],
    ['two values', params('{} {}'), 400, 20, 'line 1, column 4'],
    ['a comment', params('{} // a'), 400, 20, 'line 1, column 4'],
    ['single quotes', params("{'a': 1}"), 400, 20, 'line 1, column 2'],
    ['an array', params('[1]'), 400, 20, 'must be one JSON object'],
    ['a number', params('5'), 400, 20, 'must be one JSON object'],
    ['a text', params('"a"'), 400, 20, 'must be one JSON object'],
    ['null', params('null'), 400, 20, 'must be one JSON object'],
    ['a name twice', params('{"a":1,"a":2}'), 400, 20, '“a” appears twice in one object (line 1, column 8)'],
    ['a name twice, spelt differently', params('{"a":1,"\\u0061":2}'), 400, 20, '“a” appears twice'],
    ['half of a character', params('{"a":"\\ud800"}'), 400, 20, 'half of a character (line 1, column 6)'],
    ['half of a character in a name', params('{"\\udc00":1}'), 400, 20, 'half of a character'],
    ['nested 101 deep', params(nest(101)), 400, 20, 'nested deeper than 100 levels (line 1, column 105)'],
    ['NUL in R', params('{"a":"x\\u0000y"}'), 400, 20, 'The parameter “a” contains a NUL', 'in-r.ipynb'],
    [
      'NUL in a list in C',
      params('{"b":["\\u0000"]}'),
      400,
      20,
      'The parameter “b” contains a NUL',
      'in-c.ipynb',
    ],
    ['params twice', 'params=%7B%7D&params=%7B%7D', 400, 20, '“params” was sent more than once'],
    ['another field beside it', 'params=%7B%7D&x=1', 400, 20, 'The form field “x” cannot be used'],
    ['not UTF-8', 'params=%FF%FE', 400, 20, 'not valid UTF-8'],
    ['a broken percent sign', 'params=%7', 400, 20, 'not valid UTF-8'],
  ]
  for (const [label, payload, status, code, says, template = 'plain.ipynb'] of cases) {
    await t.test(label, async (t) => {
      const visitor = createVisitor(app)
      const headers = { 'content-type': form, origin: platform }
      const page = await visitor.ask(`/t/${template}`, { method: 'POST', payload, headers })
      t.match([page.status, page.code], [status, code])
      t.match(pageText(page.body), says)
      t.equal(visitor.cookies.size, 0)
      t.notOk(page.headers.location)
    })
  }
  t.equal(app.kept(), 0)
})

t.test(
  'parameters that are not as the template declares them are listed together, at the click',
  async (t) => {
    const params = {
      type: 'object',
      properties: { temperature: { type: 'number', minimum: 0 }, name: { type: 'string' } },
      required: ['name'],
      additionalProperties: false,
    }
    const file = JSON.parse(notebook())
    file.metadata.notebook_templates = { params }
    const app = await openApp(t, { templates: { 'declared.ipynb': JSON.stringify(file) } })
    const payload = `params=${encodeURIComponent('{"temperature":"<b>","other":1}')}`
    const headers = { 'content-type': form, origin: platform }
    const visitor = createVisitor(app)
    const page = await visitor.ask('/t/declared.ipynb', { method: 'POST', payload, headers })
    t.match([page.status, page.code], [400, 20])
    const sentences = [
      '“name” is missing.',
      '“temperature” must be a number.',
      '“other” is not a known parameter.',
    ]
    for (const sentence of sentences) t.match(pageText(page.body), sentence)
    t.notOk(page.headers.location)

    const german = { ...headers, 'accept-language': 'de' }
    const inGerman = await visitor.ask('/t/declared.ipynb', { method: 'POST', payload, headers: german })
    t.match(pageText(inGerman.body), '„temperature“ muss eine Zahl sein.')

    const program = { ...headers, accept: 'application/json' }
    const answer = await app.app.inject({
      method: 'POST',
      url: '/t/declared.ipynb',
      payload,
      headers: program,
    })
    t.match(answer.json(), { code: 20, reason: 'not-as-declared' })
    t.strictSame(answer.json().errors, [
      { name: 'name', reason: 'missing', detail: sentences[0] },
      { name: 'temperature', reason: 'number', detail: sentences[1] },
      { name: 'other', reason: 'unknown', detail: sentences[2] },
    ])
    t.equal(app.kept(), 0)

    const clicked = await visitor.click('/t/declared.ipynb', '{"name":{"en":"x"},"temperature":1e400}')
    t.equal(clicked.status, 303, 'what is as declared is taken')
  },
)

t.test('what is difficult and right is taken', async (t) => {
  const app = await openApp(t)
  const cases: [string, string][] = [
    ['nested 100 deep', nest(100)],
    ['NUL in Python', '{"a":"x\\u0000y"}'],
    ['a whole surrogate pair', '{"a":"\\ud83d\\ude00"}'],
    ['names of Object.prototype', '{"__proto__":1,"constructor":2,"toString":null}'],
    ['numbers beyond all bounds', `{"a":1e999,"b":-0,"c":${'9'.repeat(5000)}}`],
    ['white space around', ' \r\n\t{ } '],
  ]
  for (const [label, params] of cases) {
    const visitor = createVisitor(app)
    const clicked = await visitor.click('/t/plain.ipynb', params)
    t.equal(clicked.status, 303, label)
    t.equal((await visitor.confirm(String(clicked.headers.location))).status, 200)
  }
})

t.test('a value that the file name needs', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  const missing = await visitor.click('/t/a/Analysis_%7Bname%7D.ipynb', '{"Name":1}')
  t.match([missing.status, missing.code], [400, 15])
  t.match(pageText(missing.body), 'requires the parameter “name”')
  const list = await visitor.click('/t/a/Analysis_%7Bname%7D.ipynb', '{"name":[1]}')
  t.match([list.status, list.code], [400, 16])
  t.equal(app.kept(), 0)
})

t.test('what is too large is refused, in a body and in an address', async (t) => {
  const app = await openApp(t, { env: { MAX_PARAMS_BYTES: '1024' } })
  const visitor = createVisitor(app)
  // The limit counts the JSON text in UTF-8, not its percent-encoding.
  const text = (bytes: number) => `{"a":"${'ö'.repeat((bytes - 8) / 2)}"}`
  t.equal(Buffer.byteLength(text(1024)), 1024)
  t.equal((await visitor.click('/t/plain.ipynb', text(1024))).status, 303, 'just as large as allowed')
  const before = app.kept()
  const over = await visitor.click('/t/plain.ipynb', text(1026))
  t.match([over.status, over.code], [413, 21])
  t.match(pageText(over.body), '1024 bytes')
  const link = await visitor.ask(`/t/plain.ipynb?params=${encodeURIComponent(text(2000))}`)
  t.match([link.status, link.code], [413, 21])
  const body = await visitor.click('/t/plain.ipynb', `{"a":"${'x'.repeat(200_000)}"}`)
  t.match([body.status, body.code], [413, 21], 'the whole body')
  t.equal(app.kept(), before)
})

t.test('a body of another kind is refused', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  for (const type of [
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded; charset=iso-8859-1',
    'nonsense',
  ]) {
    const answer = await visitor.ask('/t/plain.ipynb', {
      method: 'POST',
      payload: 'params={}',
      headers: { 'content-type': type, origin: platform },
    })
    t.match([answer.status, answer.code], [415, 31], type)
  }
  t.equal(app.kept(), 0)
})

t.test('a JSON body is read just as strictly', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  for (const payload of ['[]', '{"params":[]}', '{"params":{"a":1,"a":2}}', '{"x":1}', '{"params":{}}}']) {
    const answer = await visitor.ask('/t/plain.ipynb', {
      method: 'POST',
      payload,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
    })
    t.match([answer.status, answer.code], [400, 20], payload)
    t.equal(answer.headers['content-type'], 'application/problem+json')
  }
  t.equal(app.kept(), 0)
})

t.test('parameters in a JSON body may be as deep as those in a form, and no deeper', async (t) => {
  const visitor = createVisitor(await openApp(t))
  for (const [levels, status] of [
    [100, 303],
    [101, 400],
  ] as const) {
    const answer = await visitor.ask('/t/plain.ipynb', {
      method: 'POST',
      payload: `{"params":${nest(levels)}}`,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
    })
    t.equal(answer.status, status, `${levels} levels`)
  }
})
