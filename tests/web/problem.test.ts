import type { InjectOptions } from 'fastify'
import t from 'tap'
import { Fault, type FaultCode, type Reason } from '../../service/fault.ts'
import { accept, buildFrame, everyFault, servicePrefix, textOf } from './support.ts'

/** DESIGN 2.6. */
const statuses: Readonly<Record<FaultCode, number>> = {
  1: 500,
  2: 410,
  11: 502,
  13: 404,
  14: 502,
  15: 400,
  16: 400,
  20: 400,
  21: 413,
  22: 403,
  23: 502,
  24: 503,
  25: 429,
  26: 403,
  27: 400,
  28: 403,
  29: 401,
  30: 404,
  31: 415,
}
const otherStatuses: Readonly<Record<string, number>> = {
  '11 disk-full': 507,
  '23 too-slow': 504,
  '23 busy': 504,
}

async function failingWith(
  fault: unknown,
  context: Record<string, unknown> | null = null,
  log: string[] = [],
) {
  const app = await buildFrame({}, log)
  app.get('/fail', async (request) => {
    request.problemContext = context
    throw fault
  })
  return app
}

const make = (code: FaultCode, reason: Reason, values = {}) => new Fault(code, reason as never, values)
const retry = { action: `${servicePrefix}confirm/abc`, csrf: 'the-token' }

for (const [code, reason] of everyFault) {
  t.test(`${code} ${reason} is a page for people and a problem document for programs`, async (t) => {
    const log: string[] = []
    const app = await failingWith(make(code, reason), null, log)
    const status = otherStatuses[`${code} ${reason}`] ?? statuses[code]

    const page = await app.inject({ url: '/fail', headers: { accept } })
    t.equal(page.statusCode, status)
    t.match(page.headers['content-type'], /^text\/html/)
    const text = textOf(page.body)
    t.notMatch(text, /undefined|\[object|\{[a-z]+\}/, 'nothing unfilled')
    t.match(text, `Code ${code} `)

    const answer = await app.inject({ url: '/fail', headers: { accept: 'application/json' } })
    t.equal(answer.statusCode, status)
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
    const document = answer.json()
    t.match(document, { status, code, reason, title: /\S/, detail: /\S/, help: /\S/, request_id: /\S/ })
    for (const part of [document.title, document.detail, document.help]) t.ok(text.includes(part), part)
    const logged = log.map((line) => JSON.parse(line)).filter((line) => line.fault === code)
    t.ok(
      logged.some(({ reqId }) => reqId === document.request_id),
      'its request id is in the log',
    )
    await app.close()
  })
}

t.test('a page or a document by what is accepted', async (t) => {
  const app = await buildFrame()
  const cases: [string | undefined, 'page' | 'document'][] = [
    [accept, 'page'],
    ['text/html', 'page'],
    ['application/xhtml+xml, application/json;q=0.9', 'page'],
    ['TEXT/HTML', 'page'],
    [undefined, 'document'],
    ['*/*', 'document'],
    ['application/json', 'document'],
    ['application/problem+json', 'document'],
    ['application/json, text/html;q=0.5', 'document'],
    ['text/html;q=0', 'document'],
    ['text/html;q=x', 'document'],
    ['text/event-stream', 'document'],
    [',;,;q=1'.repeat(1000), 'document'],
  ]
  for (const [header, expected] of cases) {
    const answer = await app.inject({
      url: '/nothing',
      headers: header === undefined ? {} : { accept: header },
    })
    const type = answer.headers['content-type']
    t.match(
      type,
      expected === 'page' ? /^text\/html/ : /^application\/problem\+json/,
      String(header).slice(0, 60),
    )
    t.match(answer.headers.vary, /accept/)
  }
  await app.close()
})

t.test('what Fastify refuses has a code of ours', async (t) => {
  const app = await buildFrame()
  const short = { type: 'string', maxLength: 3 }
  const schema = { params: { type: 'object', properties: { id: short, '*': short } } }
  const query = { type: 'object', properties: { n: { type: 'string', maxLength: 1 } } }
  app.post('/json', async () => '')
  app.get('/confirm/:id', { schema }, async () => '')
  app.get('/t/*', { schema }, async () => '')
  app.get('/q', { schema: { querystring: query } }, async () => '')
  app.get('/limited', () => Promise.reject(Object.assign(new Error('slow down'), { statusCode: 429 })))
  const json = { 'content-type': 'application/json' }
  const cases: [string, InjectOptions, number, string][] = [
    [
      'a body too large',
      { method: 'POST', url: '/json', headers: json, payload: 'x'.repeat(2000) },
      21,
      'body',
    ],
    [
      'a body of another type',
      { method: 'POST', url: '/json', headers: { 'content-type': 'text/x' }, payload: 'x' },
      31,
      'content-type',
    ],
    ['broken JSON', { method: 'POST', url: '/json', headers: json, payload: '{"a":' }, 20, 'not-json'],
    ['empty JSON', { method: 'POST', url: '/json', headers: json, payload: '' }, 20, 'not-json'],
    ['an id that cannot be one', { url: '/confirm/abcd' }, 2, 'unknown'],
    ['a template that cannot be one', { url: '/t/abcd' }, 13, 'unknown'],
    ['a query that the route refuses', { url: '/q?n=12' }, 20, 'not-as-expected'],
    ['too many requests', { url: '/limited' }, 25, 'too-many'],
    ['an address that is no address', { url: '/%' }, 30, 'unknown'],
    ['half an encoded character', { url: '/t/%C3' }, 30, 'unknown'],
    ['a part too long for the router', { url: `/confirm/${'a'.repeat(5000)}` }, 30, 'unknown'],
    ['no such page', { url: '/no/such/page' }, 30, 'unknown'],
    ['another method', { method: 'DELETE', url: '/json' }, 30, 'unknown'],
  ]
  for (const [label, request, code, reason] of cases) {
    const answer = await app.inject(request)
    t.match(answer.json(), { code, reason, status: statuses[code as FaultCode] }, label)
    t.equal(answer.statusCode, statuses[code as FaultCode], label)
  }
  await app.close()
})

t.test('an unexpected error shows nothing of the inside and is logged with its causes', async (t) => {
  const log: string[] = []
  const cause = Object.assign(new Error('GET /hub/api?token=cafecafe1234 failed, Bearer abcdefgh12345678'), {
    code: 'ECONNREFUSED',
    response: { headers: { authorization: 'token deadbeefdeadbeef' } },
  })
  const app = await failingWith(new Error('broken at /srv/secret/file.ts', { cause }), null, log)
  for (const header of [accept, 'application/json']) {
    const { body, statusCode } = await app.inject({ url: '/fail', headers: { accept: header } })
    t.equal(statusCode, 500)
    t.notMatch(body, /secret|srv|ECONNREFUSED|Error|cafecafe|at .*\.[jt]s/)
  }
  const lines = log.join('')
  t.match(lines, /broken at \[path\]/, 'the log says what it was')
  t.match(lines, /tests\/web\/problem\.test\.[jt]s:\d+/, 'and where in this package')
  t.notMatch(lines, /srv|\/work|file:|\\n +at /, 'but no path of the host, and no stack')
  t.match(lines, /ECONNREFUSED/, 'and why')
  t.notMatch(lines, /cafecafe1234|deadbeefdeadbeef|abcdefgh12345678/, 'without any token')
  await app.close()
})

t.test('what is thrown that is no error is an unexpected error too', async (t) => {
  for (const thrown of [null, 'text', 7, { statusCode: 418 }, { code: 'toString' }]) {
    const app = await failingWith(thrown)
    const { body, statusCode } = await app.inject('/fail')
    t.equal(statusCode, 500)
    t.match(JSON.parse(body), { code: 1, status: 500 }, JSON.stringify(thrown))
    await app.close()
  }
})

t.test('a fault tells whether a notebook was written', async (t) => {
  const cases: [FaultCode, Reason, 'before' | 'after', string | undefined][] = [
    [20, 'not-json', 'before', 'nothing'],
    [24, 'store', 'before', 'nothing'],
    [24, 'store', 'after', 'unclear'],
    [24, 'hub', 'after', 'nothing'],
    [11, 'refused', 'after', 'nothing'],
    [11, 'unreachable', 'after', 'unclear'],
    [11, 'interrupted', 'after', 'unclear'],
    [14, 'no-url', 'after', 'saved'],
    [23, 'failed', 'after', 'nothing'],
    [1, 'unexpected', 'after', 'unclear'],
    [30, 'unknown', 'before', undefined],
    [2, 'unknown', 'before', undefined],
  ]
  for (const [code, reason, when, written] of cases) {
    const app = await failingWith(make(code, reason), when === 'after' ? { retry } : null)
    const { body } = await app.inject('/fail')
    t.equal(JSON.parse(body).written, written, `${code} ${reason} ${when} the confirmation`)
    await app.close()
  }
})

t.test('trying again is offered where it may help, and only there', async (t) => {
  const start = { href: '/hub/spawn/alice?next=%2Fconfirm%2Fabc', comesBack: true }
  const context = {
    user: 'alice',
    sender: 'https://sampledb.example:8443',
    retry,
    againHref: retry.action,
    start,
    other: { ...retry, server: 'the-default' },
  }
  const offers = { retry: [1, 11, 16, 22, 23, 24, 25], again: [26, 27], start: [23] }
  for (const [code, reason] of everyFault) {
    const app = await failingWith(make(code, reason), context)
    const { body } = await app.inject({ url: '/fail', headers: { accept } })
    t.equal(
      /<form method="post" action="[^"]*confirm\/abc">\s*<input type="hidden" name="csrf" value="the-token">/.test(
        body,
      ),
      offers.retry.includes(code),
      `${code} ${reason}: try again`,
    )
    t.equal(
      body.includes(`href="${retry.action}"`),
      offers.again.includes(code),
      `${code} ${reason}: start again`,
    )
    t.equal(
      body.includes(`href="${start.href}"`),
      // The Hub's page would start no further named server either.
      offers.start.includes(code) && !reason.startsWith('named-'),
      `${code} ${reason}: start the server by hand`,
    )
    t.equal(
      /name="server" value="the-default">[\s\S]*<button[^>]*>Use your default server</.test(body),
      code === 23,
      `${code} ${reason}: the default server`,
    )
    t.match(body, 'href="https://sampledb.example:8443/"', 'the way back')
    t.match(textOf(body), 'Signed in as alice')
    await app.close()
  }
})

t.test('a fault that passes says when to come back, and a missing token which one is meant', async (t) => {
  const cases: [Fault, string, string | undefined][] = [
    [new Fault(24, 'hub'), 'retry-after', '10'],
    [new Fault(25, 'too-many'), 'retry-after', '60'],
    [new Fault(25, 'store-full', { retryAfter_s: 120 }), 'retry-after', '120'],
    [new Fault(23, 'failed'), 'retry-after', undefined],
    [new Fault(29, 'token'), 'www-authenticate', 'Bearer'],
  ]
  for (const [fault, name, expected] of cases) {
    const app = await failingWith(fault)
    t.equal((await app.inject('/fail')).headers[name], expected, fault.message)
    await app.close()
  }
})

t.test('headers that the route had set for its own answer are gone', async (t) => {
  const app = await buildFrame()
  app.get('/fail', async (_request, reply) => {
    reply
      .header('content-disposition', 'attachment')
      .header('content-length', 5)
      .header('cache-control', 'public')
    reply.type('application/x-ipynb+json').header('set-cookie', 'kept=1')
    throw new Fault(24, 'store')
  })
  const { headers, body } = await app.inject('/fail')
  t.notOk('content-disposition' in headers)
  t.equal(headers['content-length'], String(Buffer.byteLength(body)))
  t.equal(headers['cache-control'], 'no-store')
  t.equal(headers['set-cookie'], 'kept=1', 'cookies stay')
  await app.close()
})

t.test('hostile values in a fault are text, and what cannot be seen is made visible', async (t) => {
  const name = '<script>alert(1)</script>"\'\u202egpj\u0000'
  const app = await failingWith(new Fault(15, 'missing', { name }))
  const page = await app.inject({ url: '/fail', headers: { accept } })
  t.notMatch(page.body, '<script>alert')
  for (const sign of ['\u202e', '\u0000']) t.notOk(page.body.includes(sign))
  t.match(textOf(page.body), '<script>alert(1)</script>"\'⟨U+202E⟩gpj⟨U+0000⟩')
  await app.close()
})
