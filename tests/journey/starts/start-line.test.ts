import { getEventListeners } from 'node:events'
import t, { type Test } from 'tap'
import { Fault } from '../../../service/fault.ts'
import { HubBusy } from '../../../service/hub/hub-busy.ts'
import { createStartLine, type StartLineLimits } from '../../../service/journey/starts/start-line.ts'
import { until } from '../../support/until.ts'
import { faultOf, gate } from '../stage.ts'

t.test('while the Hub has room, nobody waits for anybody', async (t) => {
  const { come, asked, hub } = setUp(t)
  const { open, opened } = gate()
  hub.answers = () => opened
  const all = ['ada', 'bob', 'eve'].map((name) => come(name).started)
  t.same(asked, ['ada', 'bob', 'eve'], 'all have asked, and none has an answer')
  open()
  await Promise.all(all)
})

t.test('first come, first served: nobody asks before the first one is let through', async (t) => {
  const { come, asked, hub, started } = setUp(t)
  hub.refuse(10)
  const people = [come('ada'), come('bob')]
  await until('both to stand in line', () => people.every(({ places }) => places.length > 0), { every_ms: 1 })
  // Who comes later does not try by passing the others.
  people.push(come('eve'))
  t.same(asked.slice(0, 2), ['ada', 'bob'])
  await until('the first to ask again', () => asked.length >= 4, { every_ms: 1 })
  t.same(new Set(asked.slice(2)), new Set(['ada']))
  t.same(
    people.map(({ places }) => places.at(-1)),
    [1, 2, 3],
  )
  hub.refuse(0)
  await Promise.all(people.map((one) => one.started))
  t.same(started, ['ada', 'bob', 'eve'])
  t.same(asked.slice(-2), ['bob', 'eve'], 'once there is room the others ask once')
  const [, , eve] = people
  t.same([...new Set(eve?.places)], [3, 2, 1], 'and their number goes down')
})

t.test('the Hub is asked again when it wants to be, within bounds', async (t) => {
  const bounds = { leastPause_ms: 60, mostPause_ms: 300, pause_ms: 150 }
  const cases: [string, number | 'unsaid', number, number][] = [
    ['as it says', 200, 200, 220],
    ['at once', 0, 60, 66],
    ['next year', 3e10, 300, 330],
    ['it does not say', 'unsaid', 150, 165],
  ]
  for (const [label, retryAfter_ms, least_ms, most_ms] of cases) {
    const { come, times, hub } = setUp(t, bounds)
    hub.refuse(2, retryAfter_ms)
    await come('ada').started
    for (const at of [1, 2]) {
      const waited_ms = times[at]! - times[at - 1]!
      t.ok(waited_ms >= least_ms - 1, `${label}: not before`)
      // A busy machine may be late; what is bounded is not a year.
      t.ok(waited_ms < most_ms + 2000, `${label}: not for ever`)
    }
  }
})

t.test('who comes when the line has emptied keeps to the time that the Hub has said', async (t) => {
  const { come, asked, times, hub } = setUp(t)
  hub.refuse(1, 300)
  const ada = come('ada')
  await until('ada to wait', () => ada.places.length > 0, { every_ms: 1 })
  ada.leaving.abort(new Error('called off'))
  await t.rejects(ada.started, { message: 'called off' })
  await come('bob').started
  t.same(asked, ['ada', 'bob'])
  t.ok(times[1]! - times[0]! >= 299)
})

t.test('who leaves the line is remembered by nobody, and lets the others come nearer', async (t) => {
  const { come, asked, hub, started } = setUp(t)
  hub.refuse(1000)
  const people = ['ada', 'bob', 'eve'].map((name) => come(name))
  await until('all to wait', () => people.every(({ places }) => places.length > 0), { every_ms: 1 })
  const [ada, bob, eve] = people
  bob?.leaving.abort(new Error('called off'))
  await t.rejects(bob!.started, { message: 'called off' })
  t.equal(eve?.places.at(-1), 2)
  ada?.leaving.abort(new Error('called off'))
  await t.rejects(ada!.started, { message: 'called off' })
  await until('eve to be the first', () => eve?.places.at(-1) === 1, { every_ms: 1 })
  hub.refuse(0)
  await eve?.started
  t.same(started, ['eve'])
  t.equal(asked.at(-1), 'eve')
  for (const { leaving } of people) t.same(getEventListeners(leaving.signal, 'abort'), [])
})

t.test('who has waited too long is told, in the words of the Hub, and the others stay', async (t) => {
  const { come, hub } = setUp(t, { longest_ms: 200 })
  hub.refuse(1000)
  const ada = come('ada')
  const error = await ada.started.catch((reason) => reason)
  t.match(error, { code: 23, reason: 'busy', values: { minutes: 1, message: 'Too many users' } })
  hub.refuse(1000)
  const late = come('eve')
  await until('eve to wait', () => late.places.length > 0, { every_ms: 1 })
  hub.refuse(0)
  await late.started
})

t.test('a start that fails lets the next one ask at once', async (t) => {
  const { come, hub, started } = setUp(t)
  hub.refuse(2)
  const ada = come('ada')
  const bob = come('bob')
  await until('both to wait', () => ada.places.length > 0 && bob.places.length > 0, { every_ms: 1 })
  hub.refuse(0)
  hub.answers = async (name) => {
    if (name === 'ada') throw new Fault(23, 'failed')
  }
  t.equal(await faultOf(ada.started), '23 failed')
  await bob.started
  t.same(started, ['bob'])
})

t.test(
  'a start whose answer does not come keeps nobody else waiting, nor itself when it is called off',
  async (t) => {
    const { come, hub, started } = setUp(t, { answer_ms: 50 })
    hub.refuse(2)
    const ada = come('ada')
    const bob = come('bob')
    await until('both to wait', () => ada.places.length > 0 && bob.places.length > 0, { every_ms: 1 })
    hub.answers = (name) => (name === 'ada' ? new Promise(() => {}) : Promise.resolve())
    await bob.started
    t.same(started, ['bob'])
    ada.leaving.abort(new Error('called off'))
    await t.rejects(ada.started, { message: 'called off' })
  },
)

t.test('too many that run are told apart from too many that start', async (t) => {
  const { come, hub, line } = setUp(t, { pause_ms: 20 })
  hub.refuse(1, 'unsaid')
  t.notOk(line.isFull())
  const ada = come('ada')
  await until('ada to wait', () => ada.places.length > 0, { every_ms: 1 })
  t.ok(line.isFull())
  await ada.started
  hub.refuse(1)
  await come('bob').started
  t.notOk(line.isFull())
})

/** A line before a Hub that refuses the next so many. */
function setUp(t: Test, limits: Partial<StartLineLimits> = {}) {
  const line = createStartLine({ leastPause_ms: 20, ...limits })
  const alive = setInterval(() => {}, 60_000)
  t.teardown(() => clearInterval(alive))
  let refusals = 0
  let wanted_ms: number | undefined
  const asked: string[] = []
  const started: string[] = []
  const times: number[] = []
  const hub = {
    answers: async (_name: string): Promise<void> => {},
    refuse(count: number, retryAfter_ms: number | 'unsaid' = 20) {
      refusals = count
      wanted_ms = retryAfter_ms === 'unsaid' ? undefined : retryAfter_ms
    },
  }
  return {
    line,
    hub,
    asked,
    started,
    times,
    come(name: string) {
      const places: number[] = []
      const leaving = new AbortController()
      const ask = async () => {
        asked.push(name)
        times.push(performance.now())
        if (refusals-- > 0) throw new HubBusy('Too many users', wanted_ms)
        await hub.answers(name)
        started.push(name)
      }
      const start = line.start(ask, { signal: leaving.signal, moved: (place) => void places.push(place) })
      start.catch(() => {})
      return { started: start, places, leaving }
    },
  }
}
