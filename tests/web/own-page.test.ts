import type { FastifyRequest } from 'fastify'
import t from 'tap'
import { createOwnPage } from '../../service/web/guards/own-page.ts'

const prefix = '/services/templates/'
const ownPage = createOwnPage(Buffer.alloc(32, 1), prefix, undefined)
const request = (headers: Record<string, string | undefined>) =>
  ({
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
  }) as unknown as FastifyRequest

/** What Chromium sends when somebody clicks *Create notebook*. */
const click = {
  host: 'hub.example',
  origin: 'https://hub.example',
  referer: 'https://hub.example/services/templates/confirm/x',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-user': '?1',
  'sec-fetch-dest': 'document',
}

t.test('a click on our own form passes', async (t) => {
  t.doesNotThrow(() => ownPage.checkForm(request(click)))
})

t.test('a browser that knows no Sec-Fetch headers passes by Origin and Referer', async (t) => {
  const { host, origin, referer } = click
  t.doesNotThrow(() => ownPage.checkForm(request({ host, origin, referer })))
})

const refused: [string, Record<string, string | undefined>, string][] = [
  [
    'a form on another site',
    { origin: 'https://evil.example', referer: 'https://evil.example/', 'sec-fetch-site': 'cross-site' },
    'not-our-page',
  ],
  [
    'a form on another site, in a browser without Sec-Fetch',
    {
      origin: 'https://evil.example',
      referer: 'https://evil.example/services/templates/',
      'sec-fetch-site': undefined,
      'sec-fetch-mode': undefined,
      'sec-fetch-user': undefined,
      'sec-fetch-dest': undefined,
    },
    'other-address',
  ],
  [
    "a form on another user's page of the same host",
    { referer: 'https://hub.example/user/eve/files/x.html' },
    'not-our-page',
  ],
  [
    'a form of a subdomain',
    { origin: 'https://eve.hub.example', 'sec-fetch-site': 'same-site' },
    'not-our-page',
  ],
  [
    'a fetch by script, with our own page as its referrer',
    { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'sec-fetch-user': undefined },
    'not-a-navigation',
  ],
  ['a form sent by script without a click', { 'sec-fetch-user': undefined }, 'not-a-navigation'],
  ['a form in a frame', { 'sec-fetch-dest': 'iframe' }, 'not-a-navigation'],
  ['no Origin', { origin: undefined }, 'not-our-page'],
  ['no Referer', { referer: undefined }, 'not-our-page'],
  ['an opaque Origin', { origin: 'null' }, 'not-our-page'],
  [
    'a Referer of another origin',
    { referer: 'https://evil.example/services/templates/confirm/x' },
    'not-our-page',
  ],
]
for (const [label, headers, reason] of refused) {
  t.test(`refused: ${label}`, async (t) => {
    t.throws(() => ownPage.checkForm(request({ ...click, ...headers })), { code: 26, reason })
  })
}

t.test('behind a proxy that changes Host, the browser itself says that the page is ours', async (t) => {
  for (const host of ['hub', '10.0.0.3:8000', undefined])
    t.doesNotThrow(() => ownPage.checkForm(request({ ...click, host })))
})

t.test('where neither Host nor the browser says so, the fault says what to set', async (t) => {
  const { origin, referer } = click
  t.throws(() => ownPage.checkForm(request({ host: '10.0.0.3:8000', origin, referer })), {
    code: 26,
    reason: 'other-address',
    values: { origin, known: '10.0.0.3:8000', setting: 'JUPYTERHUB_PUBLIC_URL' },
  })
})

t.test('where the public address is known, the Host header decides nothing', async (t) => {
  const known = createOwnPage(Buffer.alloc(32, 1), prefix, 'https://hub.example')
  t.doesNotThrow(() => known.checkForm(request({ ...click, host: '10.0.0.3:8888' })))
  const evil = {
    ...click,
    host: 'evil.example',
    origin: 'https://evil.example',
    referer: 'https://evil.example/services/templates/',
  }
  t.throws(() => known.checkForm(request(evil)), {
    code: 26,
    reason: 'other-address',
    values: { origin: 'https://evil.example', known: 'https://hub.example' },
  })
})

t.test('a token is good for its request and its user only', async (t) => {
  const token = ownPage.token('one', 'ada')
  t.doesNotThrow(() => ownPage.checkToken('one', 'ada', token))
  for (const [id, user] of [
    ['two', 'ada'],
    ['one', 'eve'],
    ['one', undefined],
  ] as const) {
    t.throws(() => ownPage.checkToken(id, user, token), { code: 26, reason: 'no-token' })
  }
  t.throws(() => ownPage.checkToken('one', 'ada', undefined), { code: 26 })
  t.throws(() => ownPage.checkToken('one', 'ada', ''), { code: 26 })
  const other = createOwnPage(Buffer.alloc(32, 2), prefix, undefined)
  t.throws(() => other.checkToken('one', 'ada', token), { code: 26 })
})

t.test('a page is visited, not fetched or framed', async (t) => {
  t.doesNotThrow(() => ownPage.checkVisit(request({})))
  t.doesNotThrow(() =>
    ownPage.checkVisit(request({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })),
  )
  t.throws(() => ownPage.checkVisit(request({ 'sec-fetch-mode': 'cors' })), { code: 26 })
  t.throws(() => ownPage.checkVisit(request({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })), {
    code: 26,
  })
})

t.test('what a script of our page asks for is asked for by no other site, and never gone to', async (t) => {
  const { host, origin, referer } = click
  const sent = {
    host,
    referer,
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
  }
  const silent = { 'sec-fetch-site': undefined, 'sec-fetch-mode': undefined, 'sec-fetch-dest': undefined }
  const passes = [{}, silent, { origin }, { ...silent, origin }]
  for (const headers of passes)
    t.doesNotThrow(() => ownPage.checkScript(request({ ...sent, ...headers })), JSON.stringify(headers))
  const refused = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: 'https://eve.hub.example' },
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    { 'service-worker-navigation-preload': 'true' },
    { ...silent, origin: 'https://evil.example' },
    { ...silent, origin: 'null' },
  ]
  for (const headers of refused)
    t.throws(
      () => ownPage.checkScript(request({ ...sent, ...headers })),
      { code: 26 },
      JSON.stringify(headers),
    )
})

t.test('what a service worker asks for, or has the browser ask for ahead, is no visit', async (t) => {
  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-user': '?1' }
  const framed = { ...navigation, 'sec-fetch-dest': 'iframe' }
  const refused = { code: 26, reason: 'not-a-navigation' }
  // As Chromium sends them: `fetch(event.request)` in a worker, and navigation preload, whose value the worker chooses.
  t.throws(() => ownPage.checkVisit(request({ ...navigation, 'sec-fetch-dest': 'empty' })), refused)
  for (const value of ['true', '']) {
    const preload = { 'service-worker-navigation-preload': value }
    t.throws(() => ownPage.checkVisit(request({ ...navigation, ...preload })), refused)
    t.throws(() => ownPage.checkLook(request({ ...navigation, ...preload })), refused)
    t.throws(() => ownPage.checkLook(request({ ...framed, ...preload })), refused)
  }
})

t.test('what a browser fetches or renders ahead is no visit', async (t) => {
  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }
  // As Chromium sends them, for an address that somebody begins to type as well.
  for (const purpose of ['prefetch', 'prefetch;prerender']) {
    const ahead = request({ ...navigation, 'sec-purpose': purpose })
    t.throws(() => ownPage.checkVisit(ahead), { code: 26, reason: 'not-a-navigation' }, purpose)
  }
})
