import { getEventListeners } from 'node:events'
import t from 'tap'
import type { Shift } from '../../service/journey/jobs.ts'
import { createRecords } from '../../service/journey/kept/records.ts'
import { readyServer } from '../../service/journey/starts/server.ts'
import { createStartLine } from '../../service/journey/starts/start-line.ts'
import { work } from '../../service/journey/work.ts'
import { faultOf, setStage } from './stage.ts'
import { workplaceOn } from './workplace.ts'

t.test('work whose lease is lost leaves the request to whoever has taken it over', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const id = await stage.click(journey)
  await journey.show(id, ada)
  const records = createRecords(stage.store)
  const request = await records.update(id, (request) => ({ ...request, state: 'starting' }))
  const lost = new AbortController()
  const closing = new AbortController().signal
  const shift: Shift = { closing, lost: lost.signal, changed() {} }
  // The lease is lost while the notebook is being written.
  stage.delivery.before = () => lost.abort(new Error('the lease was lost'))
  const failures: unknown[] = []
  await work(
    request,
    workplaceOn(stage, (fault) => void failures.push(fault)),
    { user: ada.user!, since: performance.now(), token: ada.token! },
    shift,
  )
  t.same(failures, [], 'it is no failure')
  t.match(await records.load(id), { state: 'writing', tried: 'a/Plot_x.ipynb' }, 'and nothing is said of one')
  t.same(stage.delivery.written, [])
  t.same(getEventListeners(closing, 'abort'), [], 'the process remembers nothing of it')
})

t.test('a token that stands for somebody else by now starts and writes nothing', async (t) => {
  const stage = await setStage(t)
  const wanted = {
    token: 'token-of-eve',
    user: 'ada',
    server: '',
    service: 'templates',
    start: 'api' as const,
    options: undefined,
    asItIs: false,
    known: undefined,
    signal: new AbortController().signal,
    line: createStartLine(),
    placed: async () => {},
    said: async () => {},
  }
  t.equal(await faultOf(readyServer(stage.hub, wanted)), '27 no-session')
  t.same(stage.hub.starts, [])
})
