import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import t from 'tap'
import { hubUser, openApp } from './app.ts'
import { waiting } from './waiting.ts'

t.test('the events of progress are told to our page and to programs, and to no other page', async (t) => {
  const app = await openApp(t, {
    settings: { delivery: 'contents' },
    whoAmI: async (token) => hubUser(token),
  })
  const origin = await app.app.listen({ host: '127.0.0.1', port: 0 })
  const { visitor, events } = await waiting(app, 'ada')
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const statusOf = async (path: string, headers: Record<string, string> = {}) => {
    const sent = get(origin + path, { headers: { cookie, ...headers }, agent: false })
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    answer.on('error', () => {}).destroy()
    return answer.statusCode
  }
  const [plain = ''] = events.split('?')
  const script = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
  const own = { ...script, 'sec-fetch-site': 'same-origin' }
  t.equal(await statusOf(events, own), 200, 'our page')
  t.equal(await statusOf(plain, own), 403, 'a page of another user on the same origin, which lacks the key')
  t.equal(
    await statusOf(
      events.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      own,
    ),
    403,
    'a wrong key',
  )
  t.equal(await statusOf(events, { ...script, 'sec-fetch-site': 'cross-site' }), 403, 'another site')
  t.equal(await statusOf(plain, { origin: 'https://evil.example' }), 403, 'another site in an old browser')
  t.equal(
    await statusOf(plain),
    200,
    'a program with the user’s cookies, at the address that the contract gives',
  )
})
