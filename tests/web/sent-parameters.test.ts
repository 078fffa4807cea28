import type { FastifyRequest } from 'fastify'
import t from 'tap'
import { parametersOfBody, parametersOfQuery } from '../../service/web/sent-parameters.ts'

const form = (text: string, type = 'application/x-www-form-urlencoded') =>
  ({ headers: { 'content-type': type }, body: { form: text } }) as unknown as FastifyRequest
const json = (text: string) =>
  ({ headers: { 'content-type': 'application/json' }, body: { json: text } }) as unknown as FastifyRequest
const query = (url: string) => ({ raw: { url } }) as unknown as FastifyRequest

const read: [string, string, string][] = [
  ['the field params as it was sent', 'params=%7B%22a%22%3A+1.0%7D', '{"a": 1.0}'],
  ['an empty field', 'params=', '{}'],
  ['an empty body', '', '{}'],
  ['other fields as texts', 'b=1&a=x+y&c=', '{"b":"1","a":"x y","c":""}'],
  ['UTF-8', 'n=Gr%C3%B6%C3%9Fe', '{"n":"Größe"}'],
  ['U+FFFD where somebody really sent it', 'n=%EF%BF%BD', '{"n":"\uFFFD"}'],
]
for (const [label, body, expected] of read) {
  t.test(`a form: ${label}`, async (t) => {
    t.equal(JSON.stringify(JSON.parse(parametersOfBody(form(body)))), JSON.stringify(JSON.parse(expected)))
    if (label.includes('as it was sent')) t.equal(parametersOfBody(form(body)), expected)
  })
}

const refused: [string, FastifyRequest, { code: number; reason?: string; values?: object }][] = [
  ['params twice', form('params={}&params={}'), { code: 20, reason: 'repeated-field' }],
  [
    'a field beside params',
    form('params={}&x=1'),
    { code: 20, reason: 'unknown-field', values: { name: 'x' } },
  ],
  ['a field twice', form('x=1&x=2'), { code: 20 }],
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

t.test('a JSON body keeps digits and order', async (t) => {
  const text = '{"params": {"2": 1.0, "1": 12345678901234567890, "n": NaN, "__proto__": null}}'
  t.equal(
    parametersOfBody(json(text)).replace(/\s/g, ''),
    '{"2":1.0,"1":12345678901234567890,"n":NaN,"__proto__":null}',
  )
  t.equal(parametersOfBody(json('{}')), '{}')
})

t.test('a request without a body has no parameters', async (t) => {
  t.equal(parametersOfBody({ headers: {} } as unknown as FastifyRequest), '{}')
})

t.test('an address has parameters only when it says so', async (t) => {
  t.equal(parametersOfQuery(query('/t/x.ipynb')), undefined)
  t.equal(parametersOfQuery(query('/t/x.ipynb?')), undefined)
  t.equal(parametersOfQuery(query('/t/x.ipynb?params={"a":1.0}')), '{"a":1.0}')
  t.equal(parametersOfQuery(query('/t/x.ipynb?params=%7B%22a%22:%22?%22%7D')), '{"a":"?"}')
})
