/** A page that holds a token comes in two answers, so that no page of another user on the same host keeps its window. */
import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import t, { type Test } from 'tap'
import { createSealer } from '../../service/seal.ts'
import { openStore } from '../../service/store/index.ts'
import { createTwoAnswers } from '../../service/web/guards/two-answers.ts'
import { createUser, createVisitor, csrfOn, hubUser, openApp } from './app.ts'

const policy = 'cross-origin-opener-policy'
const first = { atFirst: true }

t.test('the page that asks comes second, with another policy than the redirect to it', async (t) => {
  const visitor = createVisitor(await openApp(t))
  const confirm = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
  const redirect = await visitor.ask(confirm, first)
  t.match([redirect.status, redirect.headers[policy]], [303, 'same-origin'])
  t.equal(redirect.body, '')
  const second = String(redirect.headers.location)
  t.ok(second.startsWith(`${confirm}?n=`), 'it leads to the same page')
  const page = await visitor.ask(second, first)
  t.match([page.status, page.headers[policy]], [200, 'noopener-allow-popups'])
  t.match(csrfOn(page.body), /^[\w-]{43}$/)

  for (const [label, url] of [
    ['a number that is spent, as by a reload', second],
    ['the same in another spelling', `${second}==`],
    ['a number that is none', `${confirm}?n=AAAA`],
    ['two numbers', `${second}&n=x`],
  ] as const) {
    const again = await visitor.ask(url, first)
    t.match([again.status, again.headers[policy]], [303, 'same-origin'], `${label}: begins again`)
    const next = String(again.headers.location)
    t.not(next, second)
    t.equal((await visitor.ask(next, first)).status, 200, 'and ends at the page')
  }
  const [one, two] = [await visitor.ask(confirm, first), await visitor.ask(confirm, first)]
  t.not(one.headers.location, two.headers.location, 'no number is given twice')
})

t.test('nobody gets a number for a request that is not theirs', async (t) => {
  const opened = await openApp(t, { whoAmI: async (token) => hubUser(token) })
  const ada = await createUser(opened, 'ada')
  const eve = await createUser(opened, 'eve')
  const confirm = String((await ada.click('/t/plain.ipynb', '{}')).headers.location)
  t.equal((await eve.ask(confirm, first)).status, 410, 'before it is claimed')
  t.equal((await ada.ask(confirm)).status, 200)
  t.equal((await eve.ask(confirm, first)).status, 410, 'afterwards')
  const number = new URL(String((await ada.ask(confirm, first)).headers.location), 'http://x').search
  const eves = String((await eve.click('/t/plain.ipynb', '{}')).headers.location)
  t.equal((await eve.ask(eves + number, first)).status, 303, 'one of another request is none')
})

t.test('a store that fails is a page that says so, and no redirect without end', async (t) => {
  const opened = await openApp(t, {
    store: (store) => ({
      ...store,
      compareAndSet: (key, ...rest) =>
        key.startsWith('second-answer:')
          ? Promise.reject(new Error('no store'))
          : store.compareAndSet(key, ...rest),
    }),
  })
  const visitor = createVisitor(opened)
  const confirm = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
  const page = await visitor.ask(confirm)
  t.ok(page.status >= 500)
  t.equal(csrfOn(page.body), '')
})

t.test('a number is good for half a minute, one path and one user', async (t) => {
  let time = 0
  const { issue, spend } = await setUp(t, () => time)
  t.equal(await spend(await issue('/confirm/a', 'ada'), '/confirm/a', 'ada'), true)
  t.equal(await spend(await issue('/confirm/a', 'ada'), '/progress/a', 'ada'), false)
  t.equal(await spend(await issue('/confirm/a', 'ada'), '/confirm/a', 'eve'), false)
  t.equal(await spend(await issue('/confirm/a', 'ada'), '/confirm/a', undefined), false)
  const late = await issue('/confirm/a', 'ada')
  time += 30_001
  t.equal(await spend(late, '/confirm/a', 'ada'), false)
})

async function setUp(t: Test, now: () => number) {
  const sealer = createSealer(randomBytes(32))
  const log = { warn: () => {} }
  const store = await openStore('memory:', { maxKeptBytes: 2 ** 20, sealer, log })
  t.teardown(() => store.close())
  const answers = createTwoAnswers(sealer, store, now)
  const ask = async (n: string | undefined, path: string, user: string | undefined) => {
    let location = ''
    const reply = { header: () => {}, redirect: (to: string) => (location = to) } as unknown as FastifyReply
    const isSecond = await answers.isSecond({ query: { n } } as FastifyRequest, reply, path, user)
    return { isSecond, location }
  }
  return {
    issue: async (path: string, user: string | undefined) =>
      (await ask(undefined, path, user)).location.split('?n=')[1] ?? '',
    spend: async (n: string, path: string, user: string | undefined) => (await ask(n, path, user)).isSecond,
  }
}
