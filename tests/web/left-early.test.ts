/** Browsers, and programs, that leave before they are answered: nothing may be held for them. */
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import t from 'tap'
import { until } from '../support/until.ts'
import { createVisitor, hubUser, openApp, type TestApp } from './app.ts'
import { type Waiting, waiting } from './waiting.ts'

const settings = { delivery: 'contents' } as const

t.test('bodies of requests that stood behind another one give their memory back', async (t) => {
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  const app = await openApp(t, {
    whoAmI: async (token) => hubUser(token),
    store: (store) => ({ ...store, get: (key) => held.then(() => store.get(key)) }),
  })
  await app.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.app.server.address() as AddressInfo
  const asked = () => app.lines().filter(({ msg }) => msg === 'incoming request').length
  // Six of 12 MB are more than an address may have. Each comes after a request that is not answered yet.
  const slow = `GET /confirm/${'A'.repeat(22)} HTTP/1.1\r\nHost: x\r\n\r\n`
  const type = 'Content-Type: application/json\r\nContent-Length: 12000000'
  for (let round = 1; round <= 6; round++) {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`${slow}POST /t/plain.ipynb HTTP/1.1\r\nHost: x\r\n${type}\r\n\r\n{`)
    await until('both to be read', () => asked() === 2 * round)
    socket.destroy()
    await until('it to be closed', async () => (await connections(app)) === 0)
  }
  const payload = JSON.stringify({ params: { a: 'x'.repeat(9e6) } })
  const headers = { 'content-type': 'application/json' }
  const later = await createVisitor(app).ask('/t/plain.ipynb', { method: 'POST', headers, payload })
  t.equal(later.status, 413, 'too large, but not too many')
  answer()
})

t.test('one user has so many streams of events and no more; who goes leaves room', async (t) => {
  const app = await openApp(t, { settings, whoAmI: async (token) => hubUser(token) })
  const origin = await app.app.listen({ host: '127.0.0.1', port: 0 })
  const [ada, bob] = [await waiting(app, 'ada'), await waiting(app, 'bob')]
  const open = async ({ visitor, events }: Waiting): Promise<IncomingMessage> => {
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const [answer] = await once(get(origin + events, { headers: { cookie }, agent: false }), 'response')
    answers.push(answer)
    return answer.resume().on('error', () => {})
  }
  const answers: IncomingMessage[] = []
  const leave = () => {
    for (const answer of answers) answer.destroy()
  }
  const opened = await Promise.all(Array.from({ length: 60 }, () => open(ada)))
  t.equal(opened.filter(({ statusCode }) => statusCode === 200).length, 50)
  t.equal(opened.filter(({ statusCode }) => statusCode === 429).length, 10)
  t.equal((await open(bob)).statusCode, 200, 'others have their own')
  leave()
  await until('room', async () => (await open(ada)).statusCode === 200)
  leave()
})

t.test('who leaves before a stream of events began leaves room as well', async (t) => {
  let known = Promise.resolve()
  let asked = 0
  const app = await openApp(t, {
    settings,
    whoAmI: (token) => {
      asked++
      return known.then(() => hubUser(token))
    },
  })
  const origin = await app.app.listen({ host: '127.0.0.1', port: 0 })
  const { visitor, events } = await waiting(app, 'ada')
  let answer = () => {}
  known = new Promise((resolve) => {
    answer = resolve
  })
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const before = asked
  const early = Array.from({ length: 60 }, () =>
    get(origin + events, { headers: { cookie }, agent: false }).on('error', () => {}),
  )
  await until('all to have come', () => asked === before + early.length)
  for (const request of early) request.destroy()
  await until('the connections to be closed', async () => (await connections(app)) === 0)
  answer()
  const [later] = await once(get(origin + events, { headers: { cookie }, agent: false }), 'response')
  t.equal(later.statusCode, 200)
  later.destroy()
})

const connections = ({ app }: TestApp) =>
  new Promise<number>((resolve) => app.server.getConnections((_, count) => resolve(count)))
