import type { FastifyRequest } from 'fastify'
import t from 'tap'
import { createOwnPage } from '../../service/web/own-page.ts'

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
    'not-our-page',
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

t.test('where the public address is known, the Host header decides nothing', async (t) => {
  const known = createOwnPage(Buffer.alloc(32, 1), prefix, 'https://hub.example')
  t.doesNotThrow(() => known.checkForm(request({ ...click, host: '10.0.0.3:8888' })))
  const evil = {
    ...click,
    host: 'evil.example',
    origin: 'https://evil.example',
    referer: 'https://evil.example/services/templates/',
  }
  t.throws(() => known.checkForm(request(evil)), { code: 26 })
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
