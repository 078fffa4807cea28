import t, { type Test } from 'tap'
import type { HubUser } from '../../service/hub/hub.ts'
import { createRecentAnswers } from '../../service/web/session/recent-answers.ts'
import { images, notebookShowing } from '../support/images.ts'
import { createUser, createVisitor, hubUser, openApp, type Visitor } from './app.ts'

const picture = notebookShowing([[{ 'image/png': images['image/png']! }]])
const sixty = Array.from({ length: 60 }, (_, index) => [`open/${index + 10}.ipynb`, picture] as const)
const asImage = { headers: { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' } }

/** A service whose Hub knows these users by their tokens, and what it was asked. */
async function openWith(t: Test, users: Map<string, HubUser>) {
  const asked: string[] = []
  const whoAmI = async (token: string) => {
    asked.push(token)
    return users.get(token)
  }
  const templates = {
    ...Object.fromEntries(sixty),
    'lab/x.ipynb': picture,
    'templates.yaml': 'lab: {groups: [lab], category: A first one}',
  }
  return { opened: await openApp(t, { templates, whoAmI }), asked }
}

const look = async (visitor: Visitor, paths: readonly string[]) =>
  Promise.all(paths.map(async (path) => (await visitor.ask(path, asImage)).status))
const addressOf = (path: string) => `/thumbnails/${path}`
const open = sixty.map(([path]) => addressOf(path))

t.test('a page of sixty images asks the Hub once', async (t) => {
  const { opened, asked } = await openWith(t, new Map([['ada', hubUser('ada')]]))
  const ada = await createUser(opened, 'ada')
  const { body } = await ada.ask('/')
  const shown = [...body.matchAll(/src="(\/thumbnails\/[^"]+)"/g)].map(([, src = '']) => src)
  t.equal(shown.length, 58, 'the others of this page are drawn')
  t.strictSame(new Set(await look(ada, shown)), new Set([200]))
  t.equal(asked.length, 1)
  await ada.ask('/')
  t.equal(asked.length, 2, 'a page always asks again')
})

t.test('sixty images at once, without their page, ask the Hub once', async (t) => {
  const { opened, asked } = await openWith(t, new Map([['ada', hubUser('ada')]]))
  t.strictSame(new Set(await look(await createUser(opened, 'ada'), open)), new Set([200]))
  t.equal(asked.length, 1)
})

t.test('what the Hub says of one user holds for no other', async (t) => {
  const users = [hubUser('ada', { groups: ['lab'] }), hubUser('bob'), hubUser('eve', { scopes: [] })]
  const { opened } = await openWith(t, new Map(users.map((user) => [user.name, user])))
  const [ada, bob, eve, gone] = await Promise.all(
    ['ada', 'bob', 'eve', 'gone'].map((token) => createUser(opened, token)),
  )
  const both = [addressOf('lab/x.ipynb'), addressOf('open/10.ipynb')]
  for (const round of ['asked', 'remembered']) {
    t.strictSame(await look(ada!, both), [200, 200], `${round}: in the group`)
    t.strictSame(await look(bob!, both), [404, 200], `${round}: in no group`)
    t.strictSame(await look(eve!, both), [403, 403], `${round}: without the right to use the service`)
    t.strictSame(await look(gone!, both), [400, 400], `${round}: whose token does not hold`)
    t.strictSame(await look(createVisitor(opened), both), [400, 400], `${round}: nobody`)
  }
  bob!.cookies.set('notebook-templates-session', ada!.cookies.get('notebook-templates-session')!)
  t.strictSame(await look(bob!, both), [400, 400], 'a session in a browser that is not its own')
})

t.test('a page that finds a right gone takes the images along', async (t) => {
  const users = new Map([['ada', hubUser('ada', { groups: ['lab'] })]])
  const { opened } = await openWith(t, users)
  const ada = await createUser(opened, 'ada')
  const lab = [addressOf('lab/x.ipynb')]
  t.strictSame(await look(ada, lab), [200])
  users.set('ada', hubUser('ada'))
  await ada.ask('/')
  t.strictSame(await look(ada, lab), [404])
  users.delete('ada')
  await ada.ask('/')
  t.strictSame(await look(ada, open.slice(0, 2)), [400, 400])
})

t.test('an answer is remembered from when it was asked for, and a failure not at all', async (t) => {
  let [now, count] = [0, 0]
  const answers = createRecentAnswers(
    async (key) => {
      count++
      if (key === 'broken') throw new Error('away')
      return `${key} ${count}`
    },
    30_000,
    () => now,
  )
  t.equal(await answers.recent('a'), 'a 1')
  now = 29_999
  t.equal(await answers.recent('a'), 'a 1')
  now = 30_000
  t.equal(await answers.recent('a'), 'a 2')
  t.equal(await answers.ask('a'), 'a 3')
  t.equal(await answers.recent('a'), 'a 3')
  await t.rejects(answers.recent('broken'), /away/)
  await t.rejects(answers.recent('broken'), /away/)
  t.equal(count, 5)
})
