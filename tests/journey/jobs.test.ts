import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { createJobs } from '../../service/journey/jobs.ts'
import { createRecords, newId } from '../../service/journey/records.ts'
import type { KeptRequest } from '../../service/journey/request.ts'
import { openStore } from '../../service/store/index.ts'
import { statesOf } from './stage.ts'

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
  const watching = statesOf(jobs.watch(request.id, leaving.signal, () => void looks++))
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
  const one = jobs.watch(request.id, leaving.signal, () => {})
  const other = jobs.watch(request.id, new AbortController().signal, () => {})
  for (const watch of [one, other]) t.match((await watch.next()).value, { state: 'starting' })
  const ends = [one.next(), other.next()]
  leaving.abort()
  t.same(await ends[0], { done: true, value: undefined })
  await jobs.close()
  t.same(await ends[1], { done: true, value: undefined })
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
