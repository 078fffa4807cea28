/** A hub that is reached by plain http isolates nobody, and its admin is told. */
import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { createLogger } from '../../service/logger.ts'
import plainHttp from '../../service/web/guards/plain-http.ts'
import { createUser, hubUser, openApp } from './app.ts'

/** How often the log warns, and of which address. */
async function warnings(publicUrl: string | undefined, visits: readonly Record<string, string>[]) {
  const found: string[] = []
  const write = (line: string) => {
    const { msg, address } = JSON.parse(line)
    if (msg.includes('isolates nobody')) found.push(address)
  }
  const app = Fastify({ loggerInstance: createLogger('warn', { write }) })
  await app.register(plainHttp, { publicUrl })
  app.get('/', async () => '')
  for (const headers of visits) await app.inject({ url: '/', headers })
  await app.close()
  return found
}

const page = {
  host: 'hub.lan',
  accept: 'text/html',
  'user-agent': 'Mozilla/5.0',
  'x-forwarded-proto': 'http',
}
const safe = { 'sec-fetch-mode': 'navigate' }

t.test('once, with the first browser that comes so', async (t) => {
  t.same(await warnings(undefined, [page, page]), ['http://hub.lan/'])
})

const quiet: [string, Record<string, string>][] = [
  ['https, as the proxy says', { ...page, 'x-forwarded-proto': 'https' }],
  ['https, as the browser shows whatever the proxy says', { ...page, ...safe }],
  ['this machine', { ...page, host: 'localhost:8000' }],
  ['this machine by number', { ...page, host: '127.0.0.1:8000' }],
  ['a probe', { host: 'hub.lan', 'user-agent': 'curl/8', accept: '*/*' }],
]
for (const [label, headers] of quiet)
  t.test(`not for ${label}`, async (t) => t.same(await warnings(undefined, [headers]), []))

t.test('at start where the public URL is known, which then is what counts', async (t) => {
  t.same(await warnings('http://hub.lan/services/templates/', []), ['http://hub.lan/services/templates/'])
  t.same(await warnings('http://localhost:8000/services/templates/', [page]), [])
  t.same(await warnings('https://hub.lan/services/templates/', [page]), [])
})

t.test('the whole service does so, but not where users have hosts of their own', async (t) => {
  const isTold = async (t: Test, callbackUrl: string) => {
    const opened = await openApp(t, {
      whoAmI: async (token) => hubUser(token),
      hub: { callbackUrl },
    })
    const ada = await createUser(opened, 'ada')
    const headers = { host: 'hub.lan', 'user-agent': 'x', ...without('mode', 'dest', 'site', 'user') }
    t.equal((await ada.ask('/', { headers })).status, 200)
    return opened.log().includes('isolates nobody')
  }
  t.equal(await isTold(t, '/services/templates/oauth_callback'), true)
  t.equal(await isTold(t, 'http://services.hub.lan/services/templates/oauth_callback'), false)
})

const without = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [`sec-fetch-${name}`, undefined]))
