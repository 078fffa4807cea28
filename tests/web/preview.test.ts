import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { code, display, elementsOf, markdown, notebookOf, textOf } from '../preview/support.ts'
import { longestTurn } from '../support/main-thread.ts'
import { createVisitor, notebook, openApp, type Reply, type TestApp, type Visitor } from './app.ts'

const many = notebookOf(Array.from({ length: 150 }, (_, index) => code(`x = ${index + 1}`)))
const formulas = notebookOf([markdown('# A\n\n$\\frac{a}{b}$')])
const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'same-origin' }

async function click(visitor: Visitor, template = '/t/plain.ipynb', params = '{"a": "the value"}') {
  const { headers } = await visitor.click(template, params)
  return String(headers.location).replace('/confirm/', '/preview/')
}

const policyOf = ({ headers }: Reply) => String(headers['content-security-policy']).split(';')

t.test('the notebook of a request is shown as it will be', async (t) => {
  const visitor = createVisitor(await openApp(t))
  const { status, body } = await visitor.ask(await click(visitor))
  t.equal(status, 200)
  const text = textOf(body)
  t.match(text, /An analysis.*New: your parameters.*a = "the value".*1 \+ 1/s)
  t.match(text, 'plain.ipynb')
  t.match(body, /<a href="\/preview\/[\w-]{22}#new-cell">Go to your parameters<\/a>/)
  t.equal(elementsOf(body).filter(({ properties }) => properties?.id === 'new-cell').length, 1)
})

t.test('a template is shown as it is', async (t) => {
  const visitor = createVisitor(await openApp(t))
  const { status, body } = await visitor.ask('/preview/t/a/Analysis_%7Bname%7D.ipynb')
  t.equal(status, 200)
  t.match(textOf(body), /a\/Analysis_\{name\}.ipynb|Analysis_\{name\}.ipynb/)
  t.notMatch(body, /new-cell|New: your parameters/)
  t.equal((await visitor.ask('/preview/t/none.ipynb')).code, 13)
})

t.test('a browser lets a preview do nothing but be looked at', async (t) => {
  const visitor = createVisitor(await openApp(t, { templates: { 'formulas.ipynb': formulas } }))
  const pages = [await click(visitor), '/preview/t/plain.ipynb']
  for (const [index, url] of [...pages, ...pages].entries()) {
    const reply = await visitor.ask(url, { headers: index < pages.length ? {} : framed })
    t.strictSame(policyOf(reply), [
      "default-src 'none'",
      "base-uri 'none'",
      "font-src 'self'",
      "form-action 'none'",
      "frame-ancestors 'self'",
      'img-src data:',
      "style-src 'self'",
      'sandbox allow-popups allow-popups-to-escape-sandbox',
      "require-trusted-types-for 'script'",
    ])
    t.match(reply.headers, {
      'cache-control': 'private, no-store',
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'unsafe-none',
      'cross-origin-resource-policy': 'same-origin',
    })
    t.notOk(reply.headers.etag, 'what is unchanged is not asked about')
    t.notMatch(reply.body, /<style|\sstyle=|<script|<base|\son\w+=/)
  }
})

t.test('the one style sheet inside is the one that the policy names', async (t) => {
  const visitor = createVisitor(await openApp(t, { templates: { 'formulas.ipynb': formulas } }))
  const reply = await visitor.ask('/preview/t/formulas.ipynb')
  const [, rules = ''] = /<style>([^<]*)<\/style>/.exec(reply.body) ?? []
  t.match(rules, '[data-look=')
  const hash = createHash('sha256').update(rules).digest('base64')
  t.ok(policyOf(reply).includes(`style-src 'self' 'sha256-${hash}'`))
  t.match(reply.body, /katex\.min\.css/)
  t.notMatch(
    (await visitor.ask('/preview/t/plain.ipynb')).body,
    /katex/,
    'and formulas cost nothing where there are none',
  )
})

t.test('a preview is its own visitor’s, as the confirmation is', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  const url = await click(visitor)
  const stranger = createVisitor(app)
  for (const headers of [{}, framed]) {
    t.match(await stranger.ask(url, { headers }), { status: 410, code: 2 })
    t.equal((await visitor.ask(url, { headers })).status, 200)
  }
  t.match(await visitor.ask(`/preview/${'A'.repeat(22)}`), { status: 410, code: 2 })
  t.match(await visitor.ask('/preview/t'), { status: 410, code: 2 })
  app.pass(4000)
  t.match(await visitor.ask(url), { status: 410, code: 2 }, 'for as long as that')
})

t.test('a preview is opened by going there or framed by a page, never read by script', async (t) => {
  const visitor = createVisitor(await openApp(t))
  const url = await click(visitor)
  const wrong = [
    { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
    { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
    { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'iframe' },
    { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'embed' },
    { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'object' },
    { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'frame' },
  ]
  for (const headers of wrong) {
    for (const page of [url, '/preview/t/plain.ipynb']) {
      t.match(await visitor.ask(page, { headers }), { status: 403, code: 26 }, JSON.stringify(headers))
    }
  }
  t.match(await visitor.ask(url.replace('preview', 'confirm'), { headers: framed }), {
    status: 403,
    code: 26,
  })
})

t.test('what goes wrong in a frame is told in it, and leads out of it', async (t) => {
  const visitor = createVisitor(await openApp(t))
  const reply = await visitor.ask(`/preview/${'A'.repeat(22)}`, { headers: framed })
  t.ok(policyOf(reply).includes("frame-ancestors 'self'"))
  t.ok(policyOf(reply).includes("script-src 'self'"))
  t.equal(reply.headers['x-frame-options'], 'SAMEORIGIN')
  t.equal(reply.headers['cache-control'], 'no-store')
  t.match(reply.body, /<base target="_blank">/)
  t.notMatch((await visitor.ask(`/preview/${'A'.repeat(22)}`)).body, /<base/)
})

t.test('the rest is on further pages, which a frame opens in a tab', async (t) => {
  const visitor = createVisitor(await openApp(t, { templates: { 'many.ipynb': many } }))
  const url = await click(visitor, '/t/many.ipynb')
  const first = await visitor.ask(url)
  t.match(first.body, `<a href="${url}?from=101">Show the rest</a>`)
  t.match(textOf(first.body), 'Cells 1 to 100 of 151 are shown.')
  const rest = await visitor.ask(`${url}?from=101`)
  t.match(textOf(rest.body), /Cells 101 to 151 of 151.*x = 100.*x = 150/s)
  t.match(rest.body, `<a href="${url}">Back to the beginning</a>`)
  t.match(rest.body, `<a href="${url}?from=2#new-cell">Go to your parameters</a>`)
  t.notMatch(rest.body, 'Show the rest')

  const inFrame = await visitor.ask(url, { headers: framed })
  t.match(inFrame.body, `<a href="${url}?from=101" target="_blank" rel="noopener">Show the rest</a>`)
  t.match(
    inFrame.body,
    `<a href="${url}#new-cell">Go to your parameters</a>`,
    'what is in the frame is reached in it',
  )
  t.match((await visitor.ask('/preview/t/many.ipynb')).body, '<a href="/preview/t/many.ipynb?from=101">')

  const wrong: [from: string, status: number][] = [
    ['152', 404],
    ['0', 400],
    ['-1', 400],
    ['1e3', 400],
    ['99999999999', 400],
    ['1&from=2', 400],
    ['', 400],
  ]
  for (const [from, status] of wrong) {
    for (const page of [url, '/preview/t/many.ipynb'])
      t.equal((await visitor.ask(`${page}?from=${from}`)).status, status, from)
  }
})

t.test('what is shown stays what it was, whatever becomes of the template', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  const url = await click(visitor)
  writeFileSync(join(app.dir, 'plain.ipynb'), notebook().replace('An analysis', 'Another one'))
  t.match((await visitor.ask('/preview/t/plain.ipynb')).body, 'Another one')
  t.match((await visitor.ask(url)).body, 'An analysis')
  const file = await visitor.confirm(url.replace('preview', 'confirm'))
  t.match(file.body, 'An analysis', 'as it is written')
  t.match((await visitor.ask(url)).body, 'An analysis', 'also afterwards')
})

t.test(
  'the confirmation holds its preview folded in, in a sandbox, and loads it when it is looked at',
  async (t) => {
    const visitor = createVisitor(await openApp(t))
    const url = await click(visitor)
    const { body, headers } = await visitor.ask(url.replace('preview', 'confirm'))
    const frame = elementsOf(body).find(({ tagName }) => tagName === 'iframe')
    t.match(frame?.properties, { src: `${url}#new-cell`, loading: 'lazy', title: /./ })
    t.strictSame(frame?.properties?.sandbox, ['allow-popups', 'allow-popups-to-escape-sandbox'])
    t.match(body, /<details class="preview"><summary>/)
    t.match(body, `<a href="${url}#new-cell" target="_blank" rel="noopener">`)
    t.match(headers['content-security-policy'], /frame-src 'self';/)
    t.match(headers['content-security-policy'], /frame-ancestors 'none'/, 'and is framed by nobody itself')
  },
)

t.test('one address can ask for so many previews, and no more', async (t) => {
  const visitor = createVisitor(await openApp(t))
  const url = `/preview/${'A'.repeat(22)}`
  for (let count = 0; count < 300; count++) await visitor.ask(url)
  t.match(await visitor.ask(url), { status: 429, code: 25 })
})

t.test('a template of 20 MB is shown in parts that never keep the service from others', async (t) => {
  const image = Buffer.alloc(384 * 1024, 'an image').toString('base64')
  const cells = Array.from({ length: 40 }, (_, index) =>
    code(`plot(${index})`, [display({ 'image/png': image })]),
  )
  const large = notebookOf([markdown('# Large'), ...cells])
  t.ok(large.length > 20e6)
  const app = await openApp(t, { templates: { 'large.ipynb': large } })
  const visitor = createVisitor(app)
  const url = await click(visitor, '/t/large.ipynb')
  await quick(t, visitor, url, 'Large', app)
  await quick(t, visitor, `${url}?from=40`, 'plot(39)', app)
  await quick(t, visitor, '/preview/t/large.ipynb', 'Large', app)
})

async function quick(t: Test, visitor: Visitor, url: string, shows: string, { log }: TestApp) {
  let body = ''
  const longest_ms = await longestTurn(async () => {
    body = (await visitor.ask(url)).body
  })
  t.match(textOf(body), shows, url)
  t.ok(body.length < 6e6, `${body.length} characters`)
  t.ok(longest_ms < 50, `${longest_ms.toFixed(1)} ms at a time`)
  t.notMatch(log(), 'unexpected error')
}
