import t from 'tap'
import { Fault } from '../../service/fault.ts'
import { until } from '../support/until.ts'
import { gate, setStage, statesOf, waitingAt } from './stage.ts'

t.test('work is called off while the server starts, from any replica, and can be begun again', async (t) => {
  const stage = await setStage(t)
  const [worker, other] = [stage.replica(), stage.replica()]
  const { open, opened } = gate()
  stage.hub.states.set('ada', 'stopped')
  const ada = stage.visitor('ada')
  stage.hub.tell = waitingAt(stage.hub, opened, ['Server requested'])
  const id = await stage.click(worker)
  await worker.show(id, ada)
  await worker.confirm(id, ada)
  const watching = statesOf(other.watch(id, ada, AbortSignal.timeout(20_000)))

  t.match(await other.cancel(id, ada), { state: 'claimed', steps: [], calledOff: true })
  t.same(await watching, ['starting', 'claimed'], 'who watches is told')
  t.same(stage.delivery.written, [])
  t.same(stage.failures, [], 'it is no failure')

  open()
  await worker.confirm(id, ada)
  t.notOk((await worker.show(id, ada)).request.calledOff, 'and is not called off any more')
  const again = await statesOf(worker.watch(id, ada, AbortSignal.timeout(20_000)))
  t.equal(again.at(-1), 'written', 'once more, and it goes through')
  t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
})

t.test('what is called off a moment before it would be written is not written', async (t) => {
  const stage = await setStage(t)
  const [worker, other] = [stage.replica(), stage.replica()]
  const ada = stage.visitor('ada')
  const id = await stage.click(worker)
  await worker.show(id, ada)
  const looking = gate()
  const looked = gate()
  // The delivery looks for a free name, and meanwhile its user cancels.
  const { deliver } = stage.delivery
  stage.delivery.deliver = async (job) => {
    looking.open()
    await looked.opened
    return deliver(job)
  }
  const confirming = worker.confirm(id, ada)
  await looking.opened
  const cancelling = other.cancel(id, ada)
  const { begun } = await worker.look(id, ada)
  const isCalledOff = async () => (await stage.store.get(`called-off:${id}:${begun}`)) !== undefined
  await until('it to be called off', isCalledOff)
  looked.open()
  t.match(await cancelling, { state: 'claimed', calledOff: true })
  await confirming
  t.same(stage.delivery.written, [])
})

t.test('the time is counted from the last click', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const id = await stage.click(journey)
  await journey.show(id, ada)
  stage.delivery.before = () => {
    throw new Fault(11, 'refused')
  }
  const failed = await journey.confirm(id, ada)
  t.equal(failed.state, 'failed')
  stage.delivery.before = () => {}
  const written = await journey.confirm(id, ada)
  t.equal(written.state, 'written')
  t.equal(written.confirmed, failed.confirmed, 'the notebook carries the time of the first')
  t.ok(Date.parse(written.begun!) > Date.parse(failed.begun!), 'who waits waits since the second')
})

t.test('what is being written, or is written, is not called off', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const { open, opened } = gate()
  const writing = gate()
  stage.delivery.before = () => {
    writing.open()
    return opened
  }
  const id = await stage.click(journey)
  await journey.show(id, ada)
  const confirming = journey.confirm(id, ada)
  await writing.opened
  t.match(await journey.cancel(id, ada), { state: 'writing' })
  open()
  await confirming
  await statesOf(journey.watch(id, ada, AbortSignal.timeout(20_000)))
  t.match(await journey.cancel(id, ada), { state: 'written' })
  t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
})

t.test('nobody calls off what is somebody else’s', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const id = await stage.click(journey)
  await journey.show(id, stage.visitor('ada'))
  await t.rejects(journey.cancel(id, stage.visitor('eve')), { code: 2 })
})

t.test('who waits is told how long starts usually take', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  t.equal(await journey.typicalStart_s(), undefined)
  stage.hub.states.set('ada', 'stopped')
  const ada = stage.visitor('ada')
  stage.hub.tell = waitingAt(stage.hub, Promise.resolve(), ['Server requested'])
  const id = await stage.click(journey)
  await journey.show(id, ada)
  await journey.confirm(id, ada)
  await statesOf(journey.watch(id, ada, AbortSignal.timeout(20_000)))
  t.ok((await journey.typicalStart_s())! < 60)
})
