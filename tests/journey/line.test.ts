import type { Test } from 'tap'
import t from 'tap'
import type { KeptRequest } from '../../service/journey/request.ts'
import { until } from '../support/until.ts'
import { faultOf, gate, type Stage, type StageOptions, setStage, statesOf } from './stage.ts'

t.test('a few of one user’s works go on at a time, the others wait, and other users do not', async (t) => {
  const { stage, open, confirm, most, ended } = await setUp(t, { atOnce: 2 })
  const works = await Promise.all(['eve', 'eve', 'eve', 'eve'].map((name) => confirm(name)))
  await until('two to write', () => most() === 2, { every_ms: 10 })
  const [adas] = await ended([await confirm('ada')])
  t.equal(adas?.state, 'written')
  t.equal(stage.delivery.written.length, 1, 'while all of eve’s wait')
  open()
  for (const { state } of await ended(works)) t.equal(state, 'written')
  t.equal(most(), 2)
})

t.test('work that waits in line can be called off', async (t) => {
  const { stage, journey, open, confirm, ended, visitor } = await setUp(t, { atOnce: 1 })
  const first = await confirm('eve')
  const second = await confirm('eve')
  t.match(await journey.cancel(second, visitor('eve')), { state: 'claimed', calledOff: true })
  open()
  await ended([first])
  t.equal(stage.delivery.written.length, 1)
})

t.test('who has logged out while his work waited gets nothing written', async (t) => {
  const { stage, open, confirm, ended } = await setUp(t, { atOnce: 1 })
  const first = await confirm('eve')
  const second = await confirm('eve')
  await until('the first to write', () => stage.delivery.jobs.length === 1, { every_ms: 10 })
  stage.hub.gone.add('token-of-eve')
  open()
  t.match(await ended([first, second]), [{ state: 'written' }, { state: 'failed', fault: { code: 27 } }])
  t.equal(stage.delivery.jobs.length, 1)
})

t.test('an absurd number of works is refused, until some are done', async (t) => {
  const { journey, open, confirm, prepare, ended, visitor } = await setUp(t, { atOnce: 1, mostWorks: 2 })
  const works = [await confirm('eve'), await confirm('eve')]
  const third = await prepare('eve')
  t.equal(await faultOf(journey.confirm(third, visitor('eve'))), '25 own-works')
  t.match(
    await journey.confirm(works[1]!, visitor('eve')),
    { state: 'starting' },
    'the same again is no further one',
  )
  const [adas] = await ended([await confirm('ada')])
  t.equal(adas?.state, 'written', 'nor is another user’s')
  open()
  await ended(works)
  t.match(await journey.confirm(third, visitor('eve')), { state: 'written' })
})

/** Writes of `eve` wait until `open`. */
async function setUp(t: Test, options: StageOptions) {
  const stage: Stage = await setStage(t, options)
  const { open, opened } = gate()
  const counts = { now: 0, most: 0 }
  stage.delivery.before = async ({ user }) => {
    if (user !== 'eve') return
    counts.most = Math.max(counts.most, ++counts.now)
    await opened
    counts.now--
  }
  const journey = stage.replica()
  const owners = new Map<string, string>()
  const visitor = (name: string) => stage.visitor(name)
  const prepare = async (name: string) => {
    const id = await stage.click(journey)
    await journey.show(id, visitor(name))
    owners.set(id, name)
    return id
  }
  return {
    stage,
    journey,
    open,
    visitor,
    prepare,
    most: () => counts.most,
    /** Begun; not waited for. */
    async confirm(name: string) {
      const id = await prepare(name)
      void journey.confirm(id, visitor(name)).catch((error) => t.error(error))
      await until('it to begin', async () => (await journey.look(id, visitor(name))).state !== 'claimed', {
        every_ms: 5,
      })
      return id
    },
    ended: (ids: readonly string[]): Promise<KeptRequest[]> =>
      Promise.all(
        ids.map(async (id) => {
          const me = visitor(owners.get(id) ?? '')
          await statesOf(journey.watch(id, me, new AbortController().signal))
          return await journey.look(id, me)
        }),
      ),
  }
}
