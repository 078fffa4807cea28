import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { Fault } from '../../service/fault.ts'
import { createJobs } from '../../service/journey/jobs.ts'
import { createRecords, newId } from '../../service/journey/kept/records.ts'
import type { KeptRequest } from '../../service/journey/request.ts'
import { openStore } from '../../service/store/index.ts'
import { until } from '../support/until.ts'
import { gate, statesOf } from './stage.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

t.test('who watches what another replica works on goes on looking, whatever is collected', async (t) => {
  const store = await openStore('memory:', { maxKeptBytes: 2 ** 20, sealer: undefined })
  const records = createRecords(store)
  const jobs = createJobs(store, records, (error) => t.error(error))
  const alive = setInterval(() => {}, 60_000)
  t.teardown(async () => {
    clearInterval(alive)
    await jobs.close()
    await store.close()
  })
  const request = starting()
  await records.create(request, '{}')

  let looks = 0
  const leaving = new AbortController()
  const watching = statesOf(jobs.watch(request, leaving.signal, () => void looks++))
  for (const end = Date.now() + 10_000; looks < 3 && Date.now() < end; await pause(20)) collectGarbage()
  t.equal(looks, 3)
  await records.save({ ...request, state: 'written' })
  t.same(await watching, ['starting', 'written'])
})

t.test('who leaves is let go, and so are all when the service ends', async (t) => {
  const store = await openStore('memory:', { maxKeptBytes: 2 ** 20, sealer: undefined })
  const records = createRecords(store)
  const jobs = createJobs(store, records, (error) => t.error(error))
  t.teardown(() => store.close())
  const request = starting()
  await records.create(request, '{}')
  const leaving = new AbortController()
  const one = jobs.watch(request, leaving.signal, () => {})
  const other = jobs.watch(request, new AbortController().signal, () => {})
  for (const watch of [one, other]) t.match((await watch.next()).value, { state: 'starting' })
  const ends = [one.next(), other.next()]
  leaving.abort()
  t.same(await ends[0], { done: true, value: undefined })
  await jobs.close()
  t.same(await ends[1], { done: true, value: undefined })
})

t.test('of two replicas that are asked for the same work, one does it', async (t) => {
  const store = await openStore('memory:', { maxKeptBytes: 2 ** 20, sealer: undefined })
  const records = createRecords(store)
  const replicas = [1, 2].map(() => createJobs(store, records, (error) => t.error(error)))
  t.teardown(() => store.close())
  const { open, opened } = gate()
  const worked: number[] = []
  for (const [index, jobs] of replicas.entries()) {
    jobs.begin('a', 'ada', async () => {
      worked.push(index)
      await opened
    })
  }
  // By then the second has asked for the lease and was refused: closing waits for what was begun.
  await replicas[1]!.close()
  t.same(worked, [0])
  open()
  await replicas[0]!.close()
})

t.test('work whose fault cannot be kept is begun ever more rarely, and who watches is told', async (t) => {
  const store = await openStore('memory:', { maxKeptBytes: 2 ** 20, sealer: undefined })
  const records = createRecords(store)
  const errors: unknown[] = []
  const jobs = createJobs(store, records, (error) => void errors.push(error))
  const alive = setInterval(() => {}, 60_000)
  t.teardown(async () => {
    clearInterval(alive)
    await jobs.close()
    await store.close()
  })
  const request = starting()
  await records.create(request, '{}')
  const begun: number[] = []
  let fails = true
  const leaving = new AbortController()
  const resume = () =>
    jobs.begin(request.id, 'ada', async () => {
      begun.push(performance.now())
      if (begun.length > 20) leaving.abort()
      if (fails) throw new Fault(25, 'store-full')
      await records.save({ ...request, state: 'written' })
    })
  await t.rejects(statesOf(jobs.watch(request, leaving.signal, resume)), {
    code: 25,
    reason: 'store-full',
  })
  t.equal(begun.length, 5)
  t.equal(errors.length, 5)
  const pauses = begun.slice(1).map((time, index) => time - begun[index]!)
  for (const [index, least] of [500, 1000, 2000, 4000].entries())
    t.ok(pauses[index]! >= least, `${pauses[index]} ms before attempt ${index + 2}`)
  t.throws(() => jobs.check(request.id), { code: 25 })
  resume()
  t.equal(begun.length, 5, 'it is not begun again at once')

  fails = false
  const looking = async () => {
    resume()
    return (await records.load(request.id)).state === 'written'
  }
  await until('the next attempt', looking)
  t.doesNotThrow(() => jobs.check(request.id), 'a success makes up for it')
})

t.test('closing waits for the work that is under way', async (t) => {
  const store = await openStore('memory:', { maxKeptBytes: 2 ** 20, sealer: undefined })
  const jobs = createJobs(store, createRecords(store), (error) => t.error(error))
  t.teardown(() => store.close())
  const begun = gate()
  const { open, opened } = gate()
  let finished = false
  jobs.begin('a', 'ada', async () => {
    begun.open()
    await opened
    finished = true
  })
  await begun.opened
  const closing = jobs.close()
  setImmediate(open)
  await closing
  t.ok(finished)
})

function starting(): KeptRequest {
  return {
    id: newId(),
    template: 'a.ipynb',
    sha256: '0'.repeat(64),
    languages: [],
    sender: null,
    received: new Date().toISOString(),
    expires: Date.now() + 3_600_000,
    state: 'starting',
    owner: 'ada',
    server: '',
    confirmed: new Date().toISOString(),
    steps: [],
  }
}
