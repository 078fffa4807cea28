/** A login's state: what it opens, and what it leaves in the store. */
import t, { type Test } from 'tap'
import { Fault } from '../../service/fault.ts'
import type { Store } from '../../service/store/index.ts'
import { gate } from '../journey/stage.ts'
import { type AppOptions, codeAsToken, createVisitor, hubUser, openApp } from './app.ts'

const open = (t: Test, options: AppOptions) =>
  openApp(t, { whoAmI: async (token) => hubUser(token), ...options })

/** Somebody whom the Hub has sent back, and to where. */
async function sentBack(app: Awaited<ReturnType<typeof openApp>>) {
  const visitor = createVisitor(app)
  visitor.cookies.set('jupyterhub-session-id', 'session-of-ada')
  const sent = await visitor.ask('/')
  const state = new URL(String(sent.headers.location)).searchParams.get('state')
  return { visitor, callback: `/oauth_callback?code=ada&state=${state}` }
}

t.test('a state opens one session, also in a race and for who kept the cookie', async (t) => {
  const both = gate()
  let exchanges = 0
  const app = await open(t, {
    async finish(back) {
      if (++exchanges === 2) both.open()
      await both.opened
      return codeAsToken(back)
    },
  })
  const { visitor, callback } = await sentBack(app)
  const cookies = [...visitor.cookies]
  const answers = await Promise.all([visitor.ask(callback), visitor.ask(callback)])
  t.same(answers.map(({ status }) => status).sort(), [303, 400])
  t.same(
    answers.map(({ code }) => code).filter((code) => code),
    [27],
  )

  const later = createVisitor(app)
  for (const [name, value] of cookies) later.cookies.set(name, value)
  const again = await later.ask(callback)
  t.match([again.status, again.code], [400, 27], 'nor later')
})

t.test('a login that the Hub does not confirm leaves nothing in the store', async (t) => {
  const written: string[] = []
  const app = await open(t, {
    async finish() {
      throw new Fault(27, 'exchange')
    },
    store: (store: Store) => ({
      ...store,
      async put(key, ...rest) {
        written.push(key)
        await store.put(key, ...rest)
      },
      async compareAndSet(key, ...rest) {
        written.push(key)
        return store.compareAndSet(key, ...rest)
      },
    }),
  })
  for (let count = 0; count < 5; count++) {
    const { visitor, callback } = await sentBack(app)
    const refused = await visitor.ask(callback)
    t.match([refused.status, refused.code], [400, 27])
  }
  t.same(written, [])
})

t.test('who comes back too often from one address waits', async (t) => {
  const app = await open(t, {})
  const visitor = createVisitor(app)
  const back = (remoteAddress: string) =>
    visitor.ask('/oauth_callback?code=x&state=x', { headers: { accept: 'application/json' }, remoteAddress })
  const answers = new Set<number>()
  for (let count = 0; count < 1200; count++) answers.add((await back('192.0.2.1')).status)
  t.same([...answers], [400])
  const over = await back('192.0.2.1')
  t.match([over.status, over.code], [429, 25])
  t.equal((await back('192.0.2.2')).status, 400, 'others are not held up')
})
