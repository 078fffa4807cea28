import t, { type Test } from 'tap'
import { Fault } from '../../../service/fault.ts'
import { HubBusy } from '../../../service/hub/hub-busy.ts'
import type { KeptRequest } from '../../../service/journey/request.ts'
import type { StartLineLimits } from '../../../service/journey/starts/start-line.ts'
import { until } from '../../support/until.ts'
import { setStage, statesOf } from '../stage.ts'

t.test(
  'a Hub that starts one server after the other: everybody gets a notebook, in the order of the clicks',
  async (t) => {
    const { stage, come, room } = await setUp(t)
    const names = ['ada', 'bob', 'eve']
    const people = []
    for (const name of names) {
      const one = await come(name)
      await until(`${name} to see a place`, () => one.places.length > 0, { every_ms: 10 })
      people.push(one)
    }
    t.same(
      people.map(({ places }) => places[0]),
      [1, 2, 3],
    )
    room.free = true
    for (const { ended } of people) t.match(await ended, { state: 'written' })
    t.same(
      stage.delivery.jobs.map(({ user }) => user),
      names,
    )
    t.same(stage.failures, [])
  },
)

t.test('the place is shown as it changes, and no more once the server starts', async (t) => {
  const { stage, come, room } = await setUp(t)
  const ada = await come('ada')
  await until('ada to see a place', () => ada.places.length > 0)
  const bob = await come('bob')
  await until('bob to see a place', () => bob.places.length > 0)
  await ada.cancel()
  await until('bob to be the first', () => bob.places.at(-1) === 1)
  room.free = true
  t.match(await bob.ended, { state: 'written', line: undefined })
  t.same(bob.places, [2, 1])
  t.match(await ada.ended, { state: 'claimed', calledOff: true })
  t.same(stage.delivery.jobs.length, 1)
})

t.test('the click is answered as soon as there is a place to show', async (t) => {
  const { stage, journey } = await setUp(t)
  stage.hub.states.set('ada', 'stopped')
  const ada = stage.visitor('ada')
  const id = await stage.click(journey)
  await journey.show(id, ada)
  const from = performance.now()
  t.match(await journey.confirm(id, ada), { state: 'starting', line: { place: 1 } })
  t.ok(performance.now() - from < 3000)
  t.match(await journey.cancel(id, ada), { state: 'claimed' })
  const again = await journey.confirm(id, ada)
  t.match(again, { state: 'starting', line: { place: 1 } }, 'who has left it comes again, at the end of it')
})

t.test('who has a server that runs does not wait in this line', async (t) => {
  const { come } = await setUp(t)
  const ada = await come('ada')
  await until('ada to wait', () => ada.places.length > 0)
  const bob = await come('bob', 'ready')
  t.match(await bob.ended, { state: 'written' })
  t.same(bob.places, [])
})

t.test('a server that its user has started meanwhile ends the wait; a logout, too', async (t) => {
  const { stage, come, room } = await setUp(t, { look_ms: 100 })
  const ada = await come('ada')
  const bob = await come('bob')
  await until('both to wait', () => ada.places.length > 0 && bob.places.length > 0)
  stage.hub.states.set('bob', 'ready')
  t.match(await bob.ended, { state: 'written' })
  stage.hub.gone.add('token-of-ada')
  t.match(await ada.ended, { state: 'failed', fault: { code: 27, reason: 'no-session' } })
  t.notOk(room.free)
})

t.test('a Hub that cannot be asked meanwhile ends no wait', async (t) => {
  const { stage, come, room } = await setUp(t, { look_ms: 50 })
  const ada = await come('ada')
  await until('ada to wait', () => ada.places.length > 0)
  const { whoAmI } = stage.hub
  let asked = 0
  stage.hub.whoAmI = async () => {
    asked++
    throw new Fault(24, 'hub')
  }
  await until('the Hub to be asked in vain', () => asked > 1)
  stage.hub.whoAmI = whoAmI
  room.free = true
  t.match(await ada.ended, { state: 'written' })
})

t.test('whose turn never comes is told so, and may try again', async (t) => {
  const { stage, come, room, journey } = await setUp(t, { longest_ms: 700 })
  const ada = await come('ada')
  const failed = await ada.ended
  t.match(failed, { state: 'failed', fault: { code: 23, reason: 'busy', values: { message: 'No room' } } })
  room.free = true
  const again = await journey.confirm(ada.id, stage.visitor('ada'))
  t.notOk(again.line)
  await statesOf(journey.watch(ada.id, stage.visitor('ada'), new AbortController().signal))
  t.match(await journey.look(ada.id, stage.visitor('ada')), { state: 'written' })
})

t.test('who waits when the process ends goes on in the next one', async (t) => {
  const { stage, come, room, journey } = await setUp(t)
  const ada = await come('ada')
  await until('ada to wait', () => ada.places.length > 0)
  await journey.close()
  room.free = true
  const next = stage.replica()
  const me = stage.visitor('ada')
  t.match(await next.look(ada.id, me), { state: 'starting' })
  await statesOf(next.watch(ada.id, me, new AbortController().signal))
  t.match(await next.look(ada.id, me), { state: 'written', line: undefined })
  t.same(stage.failures, [])
})

t.test('how long starts take is told without the time in line', async (t) => {
  const { come, room, journey } = await setUp(t)
  const ada = await come('ada')
  await until('ada to wait', () => ada.places.length > 0)
  const from = performance.now()
  await until('a while to pass in line', () => performance.now() - from > 1000)
  room.free = true
  await ada.ended
  await until('the time to be kept', async () => (await journey.typicalStart_s()) !== undefined)
  t.ok((await journey.typicalStart_s())! < 1)
})

/** A journey whose Hub starts no server before there is room. */
async function setUp(t: Test, startLine: Partial<StartLineLimits> = {}) {
  const stage = await setStage(t, { startLine: { leastPause_ms: 20, pause_ms: 20, ...startLine } })
  const room = { free: false }
  stage.hub.onStart = () => {
    if (!room.free) throw new HubBusy('No room', 20)
  }
  const journey = stage.replica()
  return {
    stage,
    journey,
    room,
    /** Clicks and confirms; the places that are shown since. */
    async come(name: string, state: 'stopped' | 'ready' = 'stopped') {
      stage.hub.states.set(name, state)
      const me = stage.visitor(name)
      const id = await stage.click(journey, name)
      await journey.show(id, me)
      void journey.confirm(id, me).catch((error) => t.error(error))
      await until('it to begin', async () => (await journey.look(id, me)).state !== 'claimed', {
        every_ms: 5,
      })
      const places: number[] = []
      const follow = async (): Promise<KeptRequest> => {
        for await (const { line } of journey.watch(id, me, new AbortController().signal)) {
          if (line !== undefined && line.place !== places.at(-1)) places.push(line.place)
        }
        return journey.look(id, me)
      }
      return { id, places, ended: follow(), cancel: () => journey.cancel(id, me) }
    },
  }
}
