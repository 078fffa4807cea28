/** What a user has made: listed for that user alone, on a page as hard to get at as the one that asks. */
import t, { type Test } from 'tap'
import { createHistory, type History } from '../../service/journey/kept/history.ts'
import { readParameters } from '../../service/notebook/index.ts'
import type { Store } from '../../service/store/store.ts'
import {
  type AppOptions,
  createUser,
  createVisitor,
  csrfOn,
  host,
  hubUser,
  openApp,
  platform,
} from './app.ts'
import { textOf } from './support.ts'

const source = { name: 'SampleDB', address: `${platform}/objects/17` }
const request = { template: 'a/t.ipynb', sender: platform, source, server: '' }
const parameters = readParameters('{"n": 1}')
const created = '2026-01-01T00:00:00Z'
const policy = 'cross-origin-opener-policy'

async function open(t: Test, options: AppOptions = {}) {
  let history: History | undefined
  const opened = await openApp(t, {
    whoAmI: async (token) => hubUser(token, { created }),
    settings: { delivery: 'contents' },
    store(store: Store) {
      history = createHistory(store)
      return store
    },
    ...options,
  })
  const make = (name: string, path: string, more: object = {}) =>
    history!.add({ name, created }, { ...request, ...more }, parameters, {
      path,
      url: `/user/${name}/notebooks/${encodeURIComponent(path)}`,
      time: '2026-01-05T08:30:00.000Z',
      title: 'A plot',
    })
  return { opened, make }
}

const textIn = (body: string) => textOf(body.replaceAll('<wbr>', ''))
const empty = 'You have not made a notebook yet'

t.test('a user sees what they have made, the newest first, and where it came from', async (t) => {
  const { opened, make } = await open(t)
  const ada = await createUser(opened, 'ada')
  const before = await ada.ask('/mine')
  t.equal(before.status, 200)
  t.match(textIn(before.body), empty)
  t.notMatch(before.body, '<form', 'and there is nothing to clear')

  await make('ada', 'a/one.ipynb')
  await make('ada', 'a/two.ipynb', { source: undefined })
  await make('ada', 'a/three.ipynb', { source: undefined, byForm: true })
  await make('ada', '<b>\u202e.ipynb', { server: 'gpu' })
  const page = await ada.ask('/mine')
  const when = 'January 5, 2026 at 8:30 AM UTC'
  const text = textIn(page.body)
  for (const part of [
    `A plot a/one.ipynb ${when} From SampleDB: ${source.address}`,
    `A plot a/two.ipynb ${when} From ${platform}`,
    `A plot a/three.ipynb ${when} From the form of this service`,
    `A plot <b>⟨U+202E⟩.ipynb ${when}`,
    'The last hundred are kept, until 180 days after the last one.',
    'When you open a notebook, the Hub starts it first.',
  ])
    t.ok(text.includes(part), part)
  t.match(page.body, `<a href="${source.address}" rel="noopener noreferrer">`)
  t.match(page.body, '<a class="button" href="/user/ada/notebooks/a%2Fone.ipynb">Open<')
  t.match(page.body, /<html lang="en">/)
  const german = await ada.ask('/mine', { headers: { 'accept-language': 'de-DE' } })
  t.match(textIn(german.body), /Meine Notebooks .*5\. Januar 2026 um 08:30 UTC Aus SampleDB: /)

  const eve = await createUser(opened, 'eve')
  t.match(textIn((await eve.ask('/mine')).body), empty, 'another user sees none of it')
})

t.test('what an earlier user of the name has made is not listed', async (t) => {
  const { opened, make } = await open(t, {
    whoAmI: async (token) => hubUser(token, { created: '2026-02-01T00:00:00Z' }),
  })
  await make('ada', 'a/one.ipynb')
  t.match(textIn((await (await createUser(opened, 'ada')).ask('/mine')).body), empty)
})

t.test('while all its servers run, nothing is said of starting one', async (t) => {
  const servers = new Map([['', { state: 'ready', url: '/user/ada/', started: 'x' }]] as const)
  const { opened, make } = await open(t, { whoAmI: async (token) => hubUser(token, { created, servers }) })
  const ada = await createUser(opened, 'ada')
  await make('ada', 'a/one.ipynb')
  t.notMatch((await ada.ask('/mine')).body, 'the Hub starts it first')
  await make('ada', 'a/two.ipynb', { server: 'gpu' })
  t.match((await ada.ask('/mine')).body, 'the Hub starts it first')
})

t.test('whoever is not logged in logs in first, and comes back', async (t) => {
  const { opened } = await open(t)
  const nobody = createVisitor(opened)
  const login = await nobody.ask('/mine')
  t.match([login.status, login.headers.location], [303, /^https:\/\/hub\.example\/login\?/])
  const { searchParams } = new URL(String(login.headers.location))
  nobody.cookies.set('jupyterhub-session-id', 'session-of-ada')
  const back = await nobody.ask(`/oauth_callback?state=${searchParams.get('state')}&code=ada`)
  t.match([back.status, back.headers.location], [303, '/mine'])
  t.equal((await nobody.ask('/mine')).status, 200)
})

t.test('it is a page to be gone to, in two answers, with the headers of the page that asks', async (t) => {
  const { opened, make } = await open(t)
  await make('ada', 'a/one.ipynb')
  const ada = await createUser(opened, 'ada')
  const redirect = await ada.ask('/mine', { atFirst: true })
  t.match([redirect.status, redirect.headers[policy], redirect.body], [303, 'same-origin', ''])
  const number = String(redirect.headers.location)
  const eve = await createUser(opened, 'eve')
  t.equal((await eve.ask(number, { atFirst: true })).status, 303, 'a number is its user’s')
  const page = await ada.ask(number, { atFirst: true })
  t.match([page.status, page.headers[policy]], [200, 'noopener-allow-popups'])
  t.equal((await ada.ask(number, { atFirst: true })).status, 303, 'and good once')

  const confirm = await ada.ask(String((await ada.click('/t/plain.ipynb', '{}')).headers.location))
  const headers = (one: typeof page) =>
    Object.fromEntries(Object.entries(one.headers).filter(([name]) => !/length|^date$|cookie/.test(name)))
  t.strictSame(headers(page), headers(confirm))
  t.equal(page.headers['cache-control'], 'no-store')

  for (const [label, headers] of [
    ['a script', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['a frame', { 'sec-fetch-dest': 'iframe' }],
    ['navigation preload', { 'service-worker-navigation-preload': 'true' }],
  ] as const) {
    const answer = await ada.ask('/mine', { headers })
    t.match([answer.status, answer.code], [403, 26], label)
    t.notMatch(answer.body, 'one.ipynb')
  }
})

const sent = {
  origin: `http://${host}`,
  referer: `http://${host}/mine`,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/x-www-form-urlencoded',
}

t.test('a user clears their own history, by the form of the page alone', async (t) => {
  const { opened, make } = await open(t)
  await make('ada', 'a/one.ipynb')
  await make('eve', 'a/hers.ipynb')
  const ada = await createUser(opened, 'ada')
  const eve = await createUser(opened, 'eve')
  const csrf = csrfOn((await ada.ask('/mine')).body)
  t.match(csrf, /^[\w-]{43}$/)
  const clear = (who: typeof ada, token: string | undefined, headers: object = {}) =>
    who.ask('/mine/clear', {
      method: 'POST',
      payload: new URLSearchParams(token === undefined ? {} : { csrf: token }).toString(),
      headers: { ...sent, ...headers },
    })
  for (const [label, who, token, headers, code] of [
    ['without a token', ada, undefined, {}, 26],
    ['with another user’s', ada, csrfOn((await eve.ask('/mine')).body), {}, 26],
    ['from another site', ada, csrf, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 26],
    ['by a script', ada, csrf, { 'sec-fetch-mode': 'cors', 'sec-fetch-user': undefined }, 26],
    ['without a click', ada, csrf, { 'sec-fetch-user': undefined }, 26],
  ] as const) {
    t.equal((await clear(who, token, headers)).code, code, label)
  }
  t.equal((await ada.ask('/mine/clear')).code, 30, 'nor by going there')
  t.match((await ada.ask('/mine')).body, 'one.ipynb', 'nothing was cleared')

  const out = await clear(createVisitor(opened), csrf)
  t.equal(out.status, 200)
  t.match(textIn(out.body), 'Please log in', 'whoever is logged out logs in, and nothing happens')

  const done = await clear(ada, csrf)
  t.match([done.status, done.headers.location], [303, '/mine'])
  t.match(textIn((await ada.ask('/mine')).body), empty)
  t.match((await eve.ask('/mine')).body, 'hers.ipynb', 'others’ histories stay')
})

t.test('it has a limit of its own by address', async (t) => {
  const { opened } = await open(t)
  const visitor = createVisitor(opened)
  // As a script asks: refused at once, but counted.
  const ask = async () => (await visitor.ask('/mine', { headers: { 'sec-fetch-mode': 'cors' } })).status
  for (let count = 0; count < 1200; count++) await ask()
  t.equal(await ask(), 429)
  t.equal((await visitor.ask('/')).status, 303, 'other pages are not held up')
})

t.test('where notebooks are downloaded there is no such page, and no link to it', async (t) => {
  const alone = createVisitor(await openApp(t))
  t.match([(await alone.ask('/mine')).status, (await alone.ask('/mine')).code], [404, 30])
  t.equal((await alone.ask('/mine/clear', { method: 'POST', headers: sent, payload: '' })).code, 30)
  t.notMatch((await alone.ask('/')).body, '/mine')
  const { opened } = await open(t, { settings: { delivery: 'download' } })
  const ada = await createUser(opened, 'ada')
  t.equal((await ada.ask('/mine')).code, 30, 'on a hub, too')
  t.notMatch((await ada.ask('/')).body, '/mine')
})

t.test('the catalogue and the page that asks link to it', async (t) => {
  const { opened } = await open(t)
  const ada = await createUser(opened, 'ada')
  const link = /<a class="mine" href="\/mine">My notebooks<\/a>/
  t.match((await ada.ask('/')).body, link)
  t.match((await ada.ask(String((await ada.click('/t/plain.ipynb', '{}')).headers.location))).body, link)
})
