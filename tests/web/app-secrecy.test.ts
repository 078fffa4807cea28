import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Fault } from '../../service/fault.ts'
import { createVisitor, csrfOn, notebook, openApp, type Reply, type Visitor } from './app.ts'

const csp = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "require-trusted-types-for 'script'",
]

/** One of each kind of answer that there is. */
async function everyKind(visitor: Visitor): Promise<[string, Reply][]> {
  const clicked = await visitor.click('/t/plain.ipynb', '{"secret":"value-of-the-user"}')
  const confirm = String(clicked.headers.location)
  const style = /href="([^"]*\.css)"/.exec((await visitor.ask('/')).body)?.[1] ?? ''
  return [
    ['the catalogue', await visitor.ask('/')],
    ['the form by hand', await visitor.ask('/t/plain.ipynb')],
    ['the redirect after the button', clicked],
    ['the confirmation', await visitor.ask(confirm)],
    ['the download', await visitor.confirm(confirm)],
    ['the progress of what needs none', await visitor.ask(confirm.replace('confirm', 'progress'))],
    ['an unknown page', await visitor.ask('/nowhere')],
    ['an unknown page, to a program', await visitor.ask('/nowhere', { headers: { accept: '*/*' } })],
    ['an unknown template', await visitor.click('/t/none.ipynb', '{}')],
    ['an unknown request', await visitor.ask(`/confirm/${'A'.repeat(22)}`)],
    [
      'parameters that are not right',
      await visitor.click('/t/plain.ipynb', '{"secret":"value-of-the-user",}'),
    ],
    ['a confirmation without a token', await visitor.confirm(confirm, { csrf: 'wrong-token-of-a-user' })],
    ['another method', await visitor.ask('/', { method: 'PUT' })],
    ['a style sheet', await visitor.ask(style)],
    ['a style sheet that is none', await visitor.ask('/assets/x/none.css')],
    ['the health', await visitor.ask('/health')],
  ]
}

t.test('every answer has the headers that keep it safe', async (t) => {
  const visitor = createVisitor(await openApp(t))
  for (const [label, { headers, status }] of await everyKind(visitor)) {
    t.test(label, async (t) => {
      t.not(status, 500)
      for (const directive of csp) t.match(headers['content-security-policy'], directive)
      t.notMatch(headers['content-security-policy'], /unsafe|https?:|\*/)
      t.match(headers, {
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        // What the redirect to the page that asks does not say (two-answers.test.ts).
        'cross-origin-opener-policy': label === 'the confirmation' ? 'noopener-allow-popups' : 'same-origin',
        // Previews have no origin, and need it all the same.
        'cross-origin-resource-policy': label === 'a style sheet' ? 'cross-origin' : 'same-origin',
      })
      if (label !== 'a style sheet') t.equal(headers['cache-control'], 'no-store')
      t.notOk(headers['x-powered-by'])
      // Nor could they compare a style sheet with its hash. It is the same for everybody, and needs no cookie.
      t.equal(headers['access-control-allow-origin'], label === 'a style sheet' ? '*' : undefined)
    })
  }
})

t.test('no Host decides where anything leads', async (t) => {
  const visitor = createVisitor(await openApp(t))
  const forged = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-server': 'evil.example',
    'x-forwarded-prefix': '/evil.example',
    'x-original-url': '/evil.example',
    'x-rewrite-url': '/evil.example',
    forwarded: 'host=evil.example;proto=https',
    'x-request-id': 'evil.example',
  }
  const headers = { ...forged, origin: undefined, referer: undefined }
  const clicked = await visitor.click('/t/plain.ipynb', '{}', { headers })
  const confirm = String(clicked.headers.location)
  t.match(confirm, /^\/confirm\//)
  for (const url of ['/', '/t/plain.ipynb', confirm, '/nowhere', `/progress/${confirm.slice(9)}`]) {
    const answer = await visitor.ask(url, { headers })
    t.notMatch(JSON.stringify(answer.headers) + answer.body, /evil\.example/, url)
  }
})

t.test('an id in the log is one that the service gave, and the page shows the same', async (t) => {
  const app = await openApp(t)
  const headers = { 'x-request-id': 'chosen-by-the-client', 'request-id': 'chosen-by-the-client' }
  const page = await createVisitor(app).ask('/nowhere', { headers })
  const number = /<code>([0-9a-f]{12})<\/code>/.exec(page.body)?.[1]
  t.ok(app.lines().some(({ reqId, fault }) => reqId === number && fault === 30))
  t.notMatch(app.log() + page.body, 'chosen-by-the-client')
})

t.test('the log of a day tells no secret and no path', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  const answers = await everyKind(visitor)
  const confirmation = answers.find(([label]) => label === 'the confirmation')?.[1].body ?? ''
  const log = app.log()
  const secrets: [string, string | RegExp][] = [
    ['a value', 'value-of-the-user'],
    ['a token', csrfOn(confirmation)],
    ['a wrong token', 'wrong-token-of-a-user'],
    ['a cookie', /notebook-templates-request-|eyJ/],
    ['an id', visitor.cookies.keys().next().value?.slice(-22) ?? ''],
    ['a folder of the host', app.dir],
    ['a folder of the service', /\/work\/|\/build\/|node_modules/],
    ['a stack', /at file:|\\n {4}at /],
  ]
  for (const [label, secret] of secrets) {
    t.ok(secret, `there is ${label}`)
    t.notMatch(log, secret, label)
  }
  t.match(log, '"route":"/confirm/:id"')
})

t.test('an error inside shows nothing of the inside', async (t) => {
  const inside = 'Bearer abcdefghijkl /srv/secret/file?token=abcdefghijkl'
  const app = await openApp(t, {
    catalogue: (catalogue) => ({
      ...catalogue,
      find: async () => {
        throw Object.assign(new TypeError(inside), { response: { headers: { authorization: inside } } })
      },
    }),
  })
  for (const accept of ['text/html', 'application/json']) {
    const answer = await createVisitor(app).click('/t/plain.ipynb', '{}', { headers: { accept } })
    t.match([answer.status, answer.code], [500, 1])
    t.notMatch(answer.body, /abcdefghijkl|secret|TypeError|at \//)
  }
  const line = app.lines().find(({ fault }) => fault === 1)
  t.match(line, { level: 50, error: { name: 'TypeError' } })
  t.notMatch(app.log(), /abcdefghijkl|at file:|authorization/)
})

t.test('an answer that breaks off is logged without stack and path', async (t) => {
  const large = notebook().replace('1 + 1', '#'.repeat(2 ** 20))
  let isCut = false
  const app = await openApp(t, {
    templates: { 'large.ipynb': large },
    catalogue: (catalogue) => ({
      ...catalogue,
      async pinned(path, sha256) {
        const file = join(app.outside, 'cut.ipynb')
        writeFileSync(file, large.slice(0, 2 ** 19))
        const template = await catalogue.pinned(path, sha256)
        return template && (isCut ? { ...template, file } : template)
      },
    }),
  })
  const visitor = createVisitor(app)
  const { headers } = await visitor.click('/t/large.ipynb', '{}')
  const page = await visitor.ask(String(headers.location))
  isCut = true
  await t.rejects(visitor.confirm(String(headers.location), { csrf: csrfOn(page.body) }))
  const line = app.lines().find(({ err }) => err !== undefined)
  t.match(line, { level: 40, err: { message: 'the template copy ends before its pieces do' } })
  t.notMatch(app.log(), /stack|at file:|\/build\/|cut\.ipynb/)
})

t.test('a store that is away is a 503 that may be tried again', async (t) => {
  const away = async () => {
    throw new Fault(24, 'store', {}, { cause: new Error('connect redis://user:password@host') })
  }
  const app = await openApp(t, { store: (store) => ({ ...store, put: away, get: away }) })
  const visitor = createVisitor(app)
  const clicked = await visitor.click('/t/plain.ipynb', '{}')
  t.match([clicked.status, clicked.code], [503, 24])
  t.equal(clicked.headers['retry-after'], '10')
  t.notMatch(clicked.body, /password|redis/)
  t.notMatch(app.log(), 'password')
})
