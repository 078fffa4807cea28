import { performance } from 'node:perf_hooks'
import t from 'tap'
import { startHub } from '../support/hub.ts'
import { startServer } from '../support/servers.ts'
import { startReplica } from '../support/service.ts'
import { person, requestId } from './person.ts'

t.setTimeout(480_000)

const rounds = 100
const twelve = Array.from({ length: 12 }, (_, at) => at)

t.test('two processes of the service on one store', async (t) => {
  const hub = await startHub(t)
  await startServer(hub, 'ada')
  const replica = await startReplica(t, hub)
  const below = (url: URL) => url.pathname.startsWith('/services/templates/')
  const people = [
    person(hub, 'ada'),
    person(hub, 'ada', { route: (url) => (below(url) ? replica.port : undefined) }),
  ] as const
  const through = (at: number) => people[at % 2 === 0 ? 0 : 1]

  await t.test('the same confirmation four times through both is one notebook', async (t) => {
    const [first, second] = people
    await second.click('Login')
    const confirmation = await first.click('Once')
    const pages = await Promise.all([0, 1, 2, 3].map((at) => through(at).confirm(confirmation)))
    for (const page of pages) t.equal(page.status, 303)
    t.equal(new Set(pages.map(({ headers }) => headers.location)).size, 1, 'four times the same redirect')
    t.same(first.files(), ['Data_Analysis_Once.ipynb'])
  })

  await t.test(`twelve for one name are twelve notebooks, ${rounds} times`, async (t) => {
    const began = performance.now()
    let lost = 0
    for (let round = 1; round <= rounds; round++) {
      const name = `round-${round}`
      const asked = await Promise.all(twelve.map((at) => through(at).click(name)))
      const pages = await Promise.all(
        asked.map(async (page, at) => through(at).arrive(await through(at).confirm(page))),
      )
      const made = pages.map(
        (path) => through(0).notebook(path).metadata.notebook_templates?.made_from?.request,
      )
      const wanted = twelve.map(
        (at) => `some_instrument/Data_Analysis_${name}${at === 0 ? '' : ` (${at + 1})`}.ipynb`,
      )
      const right = same(made, asked.map(requestId)) && same([...pages].sort(), [...wanted].sort())
      if (!right) lost++
      if (!right) t.comment(`round ${round}: ${pages.join(', ')}`)
    }
    t.equal(lost, 0, 'in every round each confirmation has a notebook of its own, and no name is left out')
    t.equal(people[0].files().length, 1 + 12 * rounds)
    const seconds = (performance.now() - began) / 1000
    t.comment(
      `${rounds} rounds in ${seconds.toFixed(0)} s: ${((12 * rounds) / seconds).toFixed(1)} notebooks/s`,
    )
  })
})

const same = (some: readonly unknown[], others: readonly unknown[]) =>
  some.length === others.length && some.every((one, at) => one === others[at])
