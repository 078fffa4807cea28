/** Hostile servers of users on a real Hub, through its own proxy: what is wrong is told, soon, and nothing leaks. */
import { performance } from 'node:perf_hooks'
import t from 'tap'
import { bends, echoes, partsIn, places } from '../support/echoes.ts'
import { startElsewhere } from '../support/elsewhere.ts'
import { startHub } from '../support/hub.ts'
import { oddAnswers } from '../support/odd-answers.ts'
import { pageText } from '../support/page-text.ts'
import { until } from '../support/until.ts'
import { type Person, person } from './person.ts'

t.setTimeout(240_000)

const nameOf = (...labels: readonly string[]) => labels.join(' ').toLowerCase().replaceAll(' ', '-')
const odd = Object.entries(oddAnswers).map(([label, one]) => ({ label, user: nameOf(label), ...one }))
const echoing = Object.entries(bends).flatMap(([how, bend]) =>
  Object.entries(places)
    // All pairs are in echo.unit.test.ts.
    .filter(([where]) => how === 'as it is' || where === 'in a message')
    .map(([where, place]) => ({
      label: `${how}, ${where}`,
      user: nameOf(how, where),
      bend,
      answer: echoes(bend, place),
    })),
)

t.test('hostile servers', async (t) => {
  const users = [...odd, ...echoing]
  const servers = await startElsewhere(t, Object.fromEntries(users.map(({ user, answer }) => [user, answer])))
  const hub = await startHub(t, { config: servers.config })

  /** From the confirmation to a page that tells what is wrong. */
  const end = async (one: Person, asked: Awaited<ReturnType<Person['click']>>) => {
    const began = performance.now()
    const clicked = await one.confirm(asked)
    const ended = async () => {
      const page = clicked.status >= 400 ? clicked : await one.visit(clicked.url)
      return page.status >= 400 ? page : undefined
    }
    const page = await until(`the end of ${one.name}`, ended, { within_s: 100, every_ms: 1000 })
    return { text: page.text(), seconds: (performance.now() - began) / 1000 }
  }
  const ends: Promise<readonly [string, Awaited<ReturnType<typeof end>>]>[] = []
  // One after the other: the bodies of one address at a time are few. Then they wait together.
  for (const { user } of users) {
    const one = person(hub, user)
    const asked = await one.click('Odd')
    ends.push(end(one, asked).then((told) => [user, told] as const))
  }
  const told = new Map(await Promise.all(ends))

  for (const { label, user, reason, throughProxy = reason } of odd) {
    t.test(`a server that ${label}`, async (t) => {
      const { text, seconds } = told.get(user)!
      const [, said] = /\b11 \((.*?), HTTP 502\)/.exec(pageText(text)) ?? []
      t.comment(`${seconds.toFixed(1)} s: ${said}`)
      t.equal(said, throughProxy)
      t.ok(seconds < 60, 'within a minute')
    })
  }

  t.test(
    'no part of a token that a server echoes is in the log, on a page or in what it says for admins',
    (t) => {
      const log = hub.log()
      for (const { label, user, bend } of echoing) {
        const token = servers.sent(user).replace('token ', '')
        t.match(token, /^\w{20,}$/, label)
        const { text = '' } = told.get(user) ?? {}
        t.match(pageText(text), / 11 \([a-z-]+, HTTP 50\d\)/, label)
        for (const seen of [log, text]) {
          for (const echo of new Set([token, bend(token)])) t.same(partsIn(seen, echo), [], label)
        }
      }
      t.end()
    },
  )
})
