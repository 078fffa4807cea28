import t from 'tap'
import type { HubSettings } from '../../service/settings/settings.ts'
import { createVisitor, csrfOn, hubUser, openApp, type Reply } from './app.ts'

/** All of an answer that a stranger could compare, but the request's own number and the clock. */
function comparable({ status, headers, body }: Reply) {
  const { date: _, ...rest } = headers
  const told = body
    .replace(/<code>[0-9a-f]{12}<\/code>|(?<=Request: )[0-9a-f]{12}/g, 'number')
    .replace(/(?<=Time: )[\d :-]+/, 'now ')
  return { status, headers: rest, body: told }
}

t.test('an id that is unknown, foreign, expired or none at all is the same 410', async (t) => {
  const app = await openApp(t)
  const sender = createVisitor(app)
  const confirm = String((await sender.click('/t/plain.ipynb', '{}')).headers.location)
  const id = confirm.slice('/confirm/'.length)
  const stranger = createVisitor(app)
  const unknown = comparable(await stranger.ask(`/confirm/${'A'.repeat(22)}`))
  t.equal(unknown.status, 410)
  t.match(unknown.body, /<code>2<\/code>/)
  t.notOk(unknown.headers['set-cookie'])

  const ids: [string, string][] = [
    ["another browser's", id],
    ['one character more', `${id}A`],
    ['one character less', id.slice(1)],
    ['in another case', swapCase(id)],
    ['a very long one', 'A'.repeat(100)],
    ['with a dot', '..'],
    ['a key of the store', encodeURIComponent('request:x')],
    ['with NUL', '%00'],
    ['a name of Object.prototype', '__proto__'],
  ]
  for (const [label, other] of ids) {
    for (const page of ['confirm', 'progress']) {
      // `..` would be a path on another level: a client resolves it before it is sent.
      const url = `/${page}/${other === '..' ? '%2e%2e%2f' : other}`
      t.same(comparable(await stranger.ask(url)), unknown, `${page}: ${label}`)
    }
  }
  t.equal((await stranger.ask(`/confirm/${'A'.repeat(500)}`)).code, 30, 'what cannot be an id is no page')
  const events = await stranger.ask(`/progress/${id}/events`, {
    headers: { accept: 'text/event-stream', 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' },
  })
  t.match([events.status, events.code], [410, 2])

  t.equal((await sender.ask(confirm)).status, 200, 'its own browser sees it all the while')
  app.pass(3601)
  t.same(comparable(await sender.ask(confirm)).body, unknown.body, 'expired')
  t.equal((await sender.confirm(confirm, { csrf: 'x' })).status, 403)
})

t.test('a confirmation of a request that is not there downloads nothing', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  const confirm = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
  const csrf = csrfOn((await visitor.ask(confirm)).body)
  const stranger = createVisitor(app)
  const theirs = await stranger.confirm(confirm, { csrf })
  t.match([theirs.status, theirs.code], [410, 2], 'with the right token, from another browser')
  app.pass(3601)
  const late = await visitor.confirm(confirm, { csrf })
  t.match([late.status, late.code], [410, 2], 'too late')
})

t.test('cookies', async (t) => {
  t.test('belong to the service alone', async (t) => {
    const app = await openApp(t, { settings: { prefix: '/services/templates/' } })
    const visitor = createVisitor(app)
    const clicked = await visitor.click('/services/templates/t/plain.ipynb', '{}')
    const confirm = String(clicked.headers.location)
    t.match(confirm, /^\/services\/templates\/confirm\//)
    const line = String(clicked.headers['set-cookie'])
    t.match(line, /^notebook-templates-request-[\w-]{22}=[\w-]+; /)
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/services/templates/', 'Max-Age=']) {
      t.match(line, attribute)
    }
    t.notMatch(line, /Domain|Secure/)
    t.equal((await visitor.ask(confirm)).status, 200)
  })

  t.test('are for https alone where browsers come by https', async (t) => {
    const plain = await openApp(t)
    const cases: [string, boolean][] = [
      ['https', true],
      ['HTTPS', true],
      ['https, http', true],
      ['http', false],
      ['http, https', false],
    ]
    const check = async (headers: Record<string, string>, secure: boolean) => {
      const clicked = await createVisitor(plain).click('/t/plain.ipynb', '{}', { headers })
      t.equal(/; Secure/.test(String(clicked.headers['set-cookie'])), secure, JSON.stringify(headers))
    }
    for (const [proto, secure] of cases) {
      await check({ 'x-forwarded-proto': proto }, secure)
      await check({ 'x-scheme': proto }, secure)
    }
    // As configurable-http-proxy adds it behind an nginx that sets X-Scheme alone.
    await check({ 'x-scheme': 'https', 'x-forwarded-proto': 'http' }, true)
    await check({ forwarded: 'for=192.0.2.1;proto=https;by=10.0.0.1, for=10.0.0.1;proto=http' }, true)
    await check({ forwarded: 'for=192.0.2.1;proto=http, for=10.0.0.1;proto=https' }, false)
  })

  t.test('are for https alone where the public URL is https, whatever a header says', async (t) => {
    const cases: [publicUrl: string, scheme: string | undefined, secure: boolean][] = [
      ['https://hub.example/', undefined, true],
      ['https://hub.example/', 'http', true],
      ['http://hub.example/', undefined, false],
      ['http://hub.example/', 'https', true],
    ]
    for (const [publicUrl, scheme, secure] of cases) {
      const app = await openApp(t, { settings: { hub: { publicUrl } as HubSettings } })
      const clicked = await createVisitor(app).click('/t/plain.ipynb', '{}', {
        headers: { 'x-scheme': scheme },
      })
      t.equal(/; Secure/.test(String(clicked.headers['set-cookie'])), secure, `${publicUrl} ${scheme}`)
    }
  })

  t.test('that cannot be opened count as missing', async (t) => {
    const app = await openApp(t)
    const visitor = createVisitor(app)
    const confirm = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
    const other = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
    const nameOf = (path: string) => `notebook-templates-request-${path.slice('/confirm/'.length)}`
    const good = visitor.cookies.get(nameOf(confirm))!
    const cases: [string, string][] = [
      ['altered', `${good.slice(0, -4)}AAAA`],
      ['cut short', good.slice(0, 30)],
      ["another request's", visitor.cookies.get(nameOf(other))!],
      ['the plain id', confirm.slice('/confirm/'.length)],
      ['nothing', ''],
    ]
    for (const [label, value] of cases) {
      visitor.cookies.set(nameOf(confirm), value)
      t.equal((await visitor.ask(confirm)).status, 410, label)
    }
    visitor.cookies.set(nameOf(confirm), good)
    t.equal((await visitor.ask(confirm)).status, 200)
  })

  t.test('that jose made are read for one release: nobody has to log in again', async (t) => {
    const app = await openApp(t, {
      env: { SECRET: 's'.repeat(32) },
      whoAmI: async (token) => (token === 'ada' ? hubUser(token) : undefined),
    })
    // Made of `ada` by jose 6 and this secret.
    const made = {
      'by commit a1efdcf':
        'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiY3R4IjoiY29va2llOm5vdGVib29rLXRlbXBsYXRlcy1zZXNzaW9uIn0..KiqijnWnqdp_eScp.3Nol.kidlx1lCGU1-0n2BLO3c7A',
      'a little later, for a part of a hash of its name':
        'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiY3R4IjoiY29va2llOmR3NU16ZXQ0Ukw0QzlsZEkifQ..PiHe6FCZK3ru8hyk.VQ-J.aPdJCJQbJ3h6k1vcbMrnTQ',
    }
    for (const [label, cookie] of Object.entries(made)) {
      const visitor = createVisitor(app)
      visitor.cookies.set('jupyterhub-session-id', 'session-of-ada')
      t.equal((await visitor.ask('/')).status, 303, 'to the login')
      visitor.cookies.set('notebook-templates-session', cookie)
      t.equal((await visitor.ask('/')).status, 200, label)
    }
  })

  t.test('of one name twice are refused: one may have been planted', async (t) => {
    const app = await openApp(t)
    const visitor = createVisitor(app)
    const confirm = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
    const name = `notebook-templates-request-${confirm.slice('/confirm/'.length)}`
    const good = `${name}=${visitor.cookies.get(name)}`
    for (const cookie of [`${name}=x; ${good}`, `${good}; ${name}=x`, `${good}; ${good}`]) {
      const answer = await visitor.ask(confirm, { headers: { cookie } })
      t.match([answer.status, answer.code], [400, 27])
    }
    const other = await visitor.ask(confirm, { headers: { cookie: `${good}; x=${name}=y; ${name}2=z` } })
    t.equal(other.status, 200, 'another name may hold it')
  })
})

const swapCase = (text: string) =>
  text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )

t.test('a browser that clicks all day keeps the cookies of its latest requests only', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  const pages: string[] = []
  for (let click = 0; click < 30; click++) {
    const page = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
    t.equal((await visitor.ask(page)).status, 200)
    pages.push(page)
  }
  const sizes = [...visitor.cookies].map(([name, value]) => `${name}=${value}; `.length)
  const sum = sizes.reduce((a, b) => a + b, 0)
  t.ok(sum < 4096, `${sizes.length} cookies of ${sum} bytes`)
  t.equal((await visitor.confirm(pages.at(-5)!)).status, 200, 'the last few can still be finished')
})
