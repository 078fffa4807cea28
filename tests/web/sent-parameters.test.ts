import type { FastifyRequest } from 'fastify'
import t from 'tap'
import { readParameters } from '../../service/notebook/index.ts'
import { parametersOfBody, parametersOfQuery } from '../../service/web/input/sent-parameters.ts'

const form = (text: string, type = 'application/x-www-form-urlencoded') =>
  ({ headers: { 'content-type': type }, body: { form: text } }) as unknown as FastifyRequest
const json = (text: string) =>
  ({ headers: { 'content-type': 'application/json' }, body: { json: text } }) as unknown as FastifyRequest
const query = (url: string) => ({ raw: { url } }) as unknown as FastifyRequest

const textOfBody = (request: FastifyRequest) => {
  const { parameters } = parametersOfBody(request)
  return typeof parameters === 'string' ? parameters : JSON.stringify(Object.fromEntries(parameters))
}

const read: [string, string, string][] = [
  ['the field params as it was sent', 'params=%7B%22a%22%3A+1.0%7D', '{"a": 1.0}'],
  ['an empty field', 'params=', '{}'],
  ['an empty body', '', '{}'],
  ['other fields as they are', 'b=1&a=x+y&c=', '{"b":"1","a":"x y","c":""}'],
  ['UTF-8', 'n=Gr%C3%B6%C3%9Fe', '{"n":"Größe"}'],
  ['U+FFFD where somebody really sent it', 'n=%EF%BF%BD', '{"n":"\uFFFD"}'],
]
for (const [label, body, expected] of read) {
  t.test(`a form: ${label}`, async (t) => {
    t.equal(JSON.stringify(JSON.parse(textOfBody(form(body)))), JSON.stringify(JSON.parse(expected)))
    if (label.includes('as it was sent')) t.equal(textOfBody(form(body)), expected)
  })
}

const refused: [string, FastifyRequest, { code: number; reason?: string; values?: object }][] = [
  ['params twice', form('params={}&params={}'), { code: 20, reason: 'repeated-field' }],
  [
    'a field beside params',
    form('params={}&x=1'),
    { code: 20, reason: 'unknown-field', values: { name: 'x' } },
  ],
  ['percent-encoding that is not UTF-8', form('params=%FF'), { code: 20, reason: 'not-utf8' }],
  ['a broken percent-encoding', form('params=%2'), { code: 20, reason: 'not-utf8' }],
  ['bytes that are not UTF-8', form('params=\uFFFD'), { code: 20, reason: 'not-utf8' }],
  ['another charset', form('a=1', 'application/x-www-form-urlencoded; charset=ISO-8859-1'), { code: 31 }],
  ['JSON that is not an object', json('[1]'), { code: 20 }],
  ['JSON whose params is not an object', json('{"params": [1]}'), { code: 20, reason: 'not-an-object' }],
  ['JSON with another member', json('{"params": {}, "x": 1}'), { code: 20, reason: 'unknown-field' }],
]
for (const [label, request, fault] of refused) {
  t.test(`refused: ${label}`, async (t) => t.throws(() => parametersOfBody(request), fault))
}

t.test('the rest of a value that was not encoded is no name: it may be half a credential', async (t) => {
  const body = form('params={"jwt":"hunter1&hunter2"}')
  t.throws(() => parametersOfBody(body), { code: 20, reason: 'not-json', values: { line: 1, column: 8 } })
})

t.test('a JSON body keeps digits and order', async (t) => {
  const text = '{"params": {"2": 1.0, "1": 12345678901234567890, "n": NaN, "__proto__": null}}'
  t.equal(
    textOfBody(json(text)).replace(/\s/g, ''),
    '{"2":1.0,"1":12345678901234567890,"n":NaN,"__proto__":null}',
  )
  t.equal(textOfBody(json('{}')), '{}')
})

t.test('what has been read on the way is what the text says', async (t) => {
  for (const request of [form(''), json('{"params": {"2": 1.0, "a": [NaN, null]}}'), json('{}')]) {
    const { parameters, read } = parametersOfBody(request)
    t.same(read, readParameters(String(parameters)))
  }
})

t.test('a request without a body has no parameters', async (t) => {
  t.equal(textOfBody({ headers: {} } as unknown as FastifyRequest), '{}')
})

t.test('an address has parameters only when it says so', async (t) => {
  t.equal(parametersOfQuery(query('/t/x.ipynb')), undefined)
  t.equal(parametersOfQuery(query('/t/x.ipynb?')), undefined)
  t.equal(parametersOfQuery(query('/t/x.ipynb?params={"a":1.0}'))?.parameters, '{"a":1.0}')
  t.equal(parametersOfQuery(query('/t/x.ipynb?params=%7B%22a%22:%22?%22%7D'))?.parameters, '{"a":"?"}')
})
