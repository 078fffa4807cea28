/** Floods of clicks behind a hub: a store of 2 MiB, of which an address may hold a quarter. */
import t, { type Test } from 'tap'
import { createUser, createVisitor, hubUser, openApp, type Reply, type TestApp, type Visitor } from './app.ts'

const large = JSON.stringify({ a: 'x'.repeat(49_000) })

function openSmall(t: Test): Promise<TestApp> {
  return openApp(t, {
    env: { MAX_KEPT_BYTES: String(2 ** 21), MAX_PARAMS_BYTES: '50000' },
    whoAmI: async (token) => hubUser(token),
  })
}

const clickFrom = (visitor: Visitor, address: string, params = large) =>
  visitor.click('/t/plain.ipynb', params, { headers: { 'x-forwarded-for': address } })
const pageOf = ({ headers }: Reply) => String(headers.location)

/** Clicks from these addresses, one after the other, until a whole round is refused. Where the kept ones lead to. */
async function flood(visitor: Visitor, addresses: readonly string[]): Promise<string[]> {
  const kept: string[] = []
  for (;;) {
    const before = kept.length
    for (const address of addresses) {
      const answer = await clickFrom(visitor, address)
      if (answer.status === 303) kept.push(pageOf(answer))
    }
    if (kept.length === before) return kept
  }
}

t.test('a flood keeps nobody else out', async (t) => {
  const numbers = Array.from({ length: 60 }, (_, number) => number)
  const cases: [label: string, addresses: string[]][] = [
    ['four IPv4 addresses', [1, 2, 3, 4].map((number) => `203.0.113.${number}`)],
    ['one /48', numbers.map((number) => `2001:db8:1:${number}00::1`)],
    ['three /48', numbers.map((number) => `2001:db8:${number % 3}:${number}00::1`)],
  ]
  for (const [label, addresses] of cases) {
    await t.test(label, async (t) => {
      const app = await openSmall(t)
      const [ada, bob, cyd] = await Promise.all(['ada', 'bob', 'cyd'].map((name) => createUser(app, name)))
      const claimed = pageOf(await clickFrom(ada!, '198.51.100.1'))
      t.equal((await ada!.ask(claimed)).status, 200)
      const unclaimed = pageOf(await clickFrom(bob!, '198.51.100.2'))

      const mallory = await createUser(app, 'mallory')
      const kept = await flood(mallory, addresses)
      t.ok(kept.length >= 20, `${kept.length} are kept at first`)
      for (let number = 10; number < 14; number++) {
        const later = await clickFrom(cyd!, `198.51.100.${number}`)
        t.equal(later.status, 303, 'a click from elsewhere is kept')
        t.equal((await cyd!.ask(pageOf(later))).status, 200)
      }
      t.equal((await ada!.ask(claimed)).status, 200, 'what a user has claimed stays')
      t.equal((await bob!.ask(unclaimed)).status, 200, 'and what came from an address with little')
      t.equal((await clickFrom(mallory, addresses[0]!)).status, 429, 'the flood itself makes no room')
    })
  }
})

t.test('what made room is gone for its user, who learns so', async (t) => {
  const app = await openSmall(t)
  const ada = await createUser(app, 'ada')
  const senders: { user: Visitor; pages: string[] }[] = []
  for (const number of [1, 2, 3, 4]) {
    // Each with cookies of its own: a browser keeps those of so many requests only.
    const user = await createUser(app, `mallory-${number}`)
    senders.push({ user, pages: await flood(user, [`203.0.113.${number}`]) })
  }
  // What the four of them leave of their quarters is less than one click each.
  for (let number = 1; number <= 5; number++)
    t.equal((await clickFrom(ada, `198.51.100.${number}`)).status, 303)
  const gone: Reply[] = []
  for (const { user, pages } of senders) {
    const [oldest, latest] = [await user.ask(pages[0]!), await user.ask(pages.at(-1)!)]
    if (oldest.status !== 200) gone.push(oldest)
    t.equal(latest.status, 200, 'the latest is still there')
  }
  t.ok(gone.length > 0, 'the oldest of at least one of them is not')
  for (const { status, code } of gone) t.same([status, code], [410, 2])
})

t.test('an address gets back what its users have claimed', async (t) => {
  const app = await openSmall(t)
  const [ada, other] = [await createUser(app, 'ada'), createVisitor(app)]
  const kept = await flood(ada, ['192.0.2.1'])
  const over = await clickFrom(other, '192.0.2.1')
  t.match([over.status, over.code], [429, 25])
  t.equal((await ada.ask(kept[0]!)).status, 200)
  t.equal((await clickFrom(other, '192.0.2.1')).status, 303)
})

t.test('what one user has claimed is limited', async (t) => {
  const app = await openSmall(t)
  const [ada, bob] = [await createUser(app, 'ada'), await createUser(app, 'bob')]
  const pages: string[] = []
  for (let number = 1; number <= 5; number++) pages.push(pageOf(await clickFrom(ada, `192.0.2.${number}`)))
  for (const page of pages.slice(0, 4)) t.equal((await ada.ask(page)).status, 200)
  const over = await ada.ask(pages[4]!)
  t.match([over.status, over.code], [429, 25])
  t.match(over.body, 'the limit of open requests for one user')
  t.equal((await ada.ask(pages[0]!)).status, 200, 'what was claimed before opens as often as its user likes')
  const small = pageOf(await clickFrom(ada, '192.0.2.1', '{}'))
  t.equal((await ada.ask(small)).status, 200, 'what is small still fits')
  const bobs = pageOf(await clickFrom(bob, '192.0.2.1'))
  t.equal((await bob.ask(bobs)).status, 200, 'others are not held up')
})
