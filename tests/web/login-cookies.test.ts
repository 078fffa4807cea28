/** What a browser carries of logins under way, and where they lead back to. */
import t, { type Test } from 'tap'
import { Fault } from '../../service/fault.ts'
import { createVisitor, hubUser, openApp, type TestApp, type Visitor } from './app.ts'

const whoAmI = async (token: string) => hubUser(token)
const open = (t: Test, options = {}) => openApp(t, { whoAmI, ...options })

function visitorOf(app: TestApp): Visitor {
  const visitor = createVisitor(app)
  visitor.cookies.set('jupyterhub-session-id', 'session-of-ada')
  return visitor
}

/** In bytes, as `Cookie` sends them. */
function sizes({ cookies }: Visitor): number[] {
  const ours = [...cookies].filter(([name]) => name.startsWith('notebook-templates-'))
  return ours.map(([name, value]) => `${name}=${value}; `.length)
}

function checkSizes(t: Test, visitor: Visitor): void {
  const all = sizes(visitor)
  t.ok(Math.max(0, ...all) <= 512, 'no cookie is over 512 bytes')
  const sum = all.reduce((a, b) => a + b, 0)
  t.ok(sum < 4096, `all together are under 4 KB: ${sum}`)
}

/** Goes to a page without being logged in; the path that the Hub sends the browser back to. */
async function callbackFor(visitor: Visitor, url: string): Promise<string> {
  const sent = await visitor.ask(url)
  const state = new URL(String(sent.headers.location)).searchParams.get('state')
  return `/oauth_callback?code=ada&state=${state}`
}

async function arrive(visitor: Visitor, callback: string): Promise<unknown> {
  return (await visitor.ask(callback)).headers.location
}

const links: [label: string, url: string][] = [
  ['the catalogue', '/'],
  ['a search', '/?q=x&language=python'],
  ['a query of 2,600 characters', `/?x=${'y'.repeat(2600)}`],
  ['a query of 500 "€"', `/?q=${encodeURIComponent('€'.repeat(500))}`],
  ['the page of a template with a long name', `/t/${'long%20name/'.repeat(20)}plain.ipynb`],
]
const templates = {
  [`${'long name/'.repeat(20)}plain.ipynb`]: '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}',
}
for (const [label, url] of links) {
  t.test(`a link, followed ten times by nobody who is logged in: ${label}`, async (t) => {
    const visitor = visitorOf(await open(t, { templates }))
    let callback = ''
    for (let count = 0; count < 10; count++) {
      callback = await callbackFor(visitor, url)
      checkSizes(t, visitor)
    }
    t.equal(await arrive(visitor, callback), url, 'and the login leads back to it')
    checkSizes(t, visitor)
  })
}

t.test('a link with parameters leads to its confirmation behind the login', async (t) => {
  const visitor = visitorOf(await open(t))
  const kept = await visitor.ask(
    `/t/plain.ipynb?params=${encodeURIComponent(JSON.stringify({ a: '€'.repeat(500) }))}`,
  )
  const confirm = String(kept.headers.location)
  t.match(confirm, /^\/confirm\//)
  t.equal(await arrive(visitor, await callbackFor(visitor, confirm)), confirm)
  t.equal((await visitor.ask(confirm)).status, 200)
})

t.test('links of all kinds and clicks in turn stay under 4 KB, and the latest login counts', async (t) => {
  const visitor = visitorOf(await open(t, { templates }))
  for (let round = 0; round < 12; round++) {
    for (const [, url] of links) {
      await callbackFor(visitor, url)
      checkSizes(t, visitor)
    }
    const clicked = await visitor.click('/t/plain.ipynb', '{}', { headers: { cookie: undefined } })
    checkSizes(t, visitor)
    const page = String(clicked.headers.location)
    const callback = await callbackFor(visitor, page)
    checkSizes(t, visitor)
    t.equal(await arrive(visitor, callback), page)
    checkSizes(t, visitor)
    visitor.cookies.delete('notebook-templates-session')
  }
})

t.test('a store that refuses holds up no login: it leads to the page without its query', async (t) => {
  const app = await open(t, {
    store: (store: object) => ({
      ...store,
      async put(key: string) {
        if (key.startsWith('way-back:')) throw new Fault(25, 'store-full')
      },
    }),
  })
  const visitor = visitorOf(app)
  t.equal(await arrive(visitor, await callbackFor(visitor, `/?x=${'y'.repeat(2600)}`)), '/')
  visitor.cookies.delete('notebook-templates-session')
  t.equal(await arrive(visitor, await callbackFor(visitor, '/?q=x')), '/?q=x', 'a short one needs no store')
})

t.test('one address fills nothing with long ways back', async (t) => {
  const app = await open(t)
  const before = app.kept()
  const visitor = createVisitor(app)
  for (let count = 0; count < 400; count++) {
    visitor.cookies.clear()
    t.equal((await visitor.ask(`/?x=${'y'.repeat(7000)}`)).status, 303)
  }
  t.ok(app.kept() - before < 200, `${app.kept() - before} are kept`)
})

t.test('long ways back of any number of addresses leave the store to clicks', async (t) => {
  const app = await open(t, { env: { MAX_KEPT_BYTES: String(2 ** 20), MAX_PARAMS_BYTES: '500000' } })
  const visitor = createVisitor(app)
  for (let count = 1; count <= 200; count++) {
    const headers = { 'x-forwarded-for': `203.0.113.${count}` }
    visitor.cookies.clear()
    t.equal((await visitor.ask(`/?x=${'y'.repeat(7000)}`, { headers })).status, 303)
  }
  const large = JSON.stringify({ a: 'x'.repeat(450_000) })
  for (const address of ['198.51.100.1', '198.51.100.2']) {
    const headers = { 'x-forwarded-for': address }
    t.equal((await visitor.click('/t/plain.ipynb', large, { headers })).status, 303)
  }
})
