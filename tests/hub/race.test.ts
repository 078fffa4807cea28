import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { isDeepStrictEqual } from 'node:util'
import t, { type Test } from 'tap'
import { type RunningHub, startHub } from '../support/hub.ts'
import { startServer } from '../support/servers.ts'
import { startReplica } from '../support/service.ts'
import { type Person, person, requestId } from './person.ts'

t.setTimeout(480_000)

const rounds = 100
const twelve = Array.from({ length: 12 }, (_, at) => at)

t.test('several processes of the service on one store', async (t) => {
  const hub = await startHub(t)
  await startServer(hub, 'ada')
  // Three, so that none of them gets more clicks a minute than it takes from one address.
  const people = [person(hub, 'ada'), await atReplica(t, hub), await atReplica(t, hub)]
  const through = (at: number) => people[at % people.length] as Person
  for (const one of people) await one.click('Login')

  await t.test('the same confirmation six times through all is one notebook', async (t) => {
    const confirmation = await through(0).click('Once')
    const pages = await Promise.all([0, 1, 2, 3, 4, 5].map((at) => through(at).confirm(confirmation)))
    for (const page of pages) t.equal(page.status, 303)
    t.equal(new Set(pages.map(({ headers }) => headers.location)).size, 1, 'six times the same redirect')
    t.same(through(0).files(), ['Data_Analysis_Once.ipynb'])
  })

  await t.test(`twelve for one name are twelve notebooks, ${rounds} times`, async (t) => {
    const began = performance.now()
    const wrong: unknown[] = []
    for (let round = 1; round <= rounds; round++) {
      const { asked, made } = await race(through, `round-${round}`)
      const names = twelve.map((at) => `Data_Analysis_round-${round}${at === 0 ? '' : ` (${at + 1})`}.ipynb`)
      const right =
        isDeepStrictEqual(made, asked) &&
        isDeepStrictEqual(through(0).files(), ['Data_Analysis_Once.ipynb', ...names].sort())
      if (!right) wrong.push({ round, asked, made, files: through(0).files() })
      // Else the server lists ever longer folders, which is not what is tried here.
      for (const name of names) rmSync(join(hub.userDir('ada'), 'some_instrument', name), { force: true })
    }
    t.same(wrong, [], 'each confirmation has a notebook of its own, and no name is left out')
    const seconds = (performance.now() - began) / 1000
    t.comment(
      `${rounds} rounds in ${seconds.toFixed(0)} s: ${((12 * rounds) / seconds).toFixed(1)} notebooks/s`,
    )
  })
})

async function atReplica(t: Test, hub: RunningHub): Promise<Person> {
  const { port } = await startReplica(t, hub)
  const route = (url: URL) => (url.pathname.startsWith('/services/templates/') ? port : undefined)
  return person(hub, 'ada', { route })
}

/** Twelve confirmations at once: the ids of the requests, and of those that the notebooks they lead to were made for. */
async function race(through: (at: number) => Person, name: string) {
  const pages = await Promise.all(twelve.map((at) => through(at).click(name)))
  const paths = await Promise.all(
    pages.map(async (page, at) => through(at).arrive(await through(at).confirm(page))),
  )
  const made = paths.map((path) => through(0).notebook(path).metadata.notebook_templates?.made_from?.request)
  return { asked: pages.map(requestId), made }
}
