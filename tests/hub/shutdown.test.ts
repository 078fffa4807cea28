import { performance } from 'node:perf_hooks'
import t, { type Test } from 'tap'
import { type Gate, startGate } from '../support/gate.ts'
import { type RunningHub, startHub } from '../support/hub.ts'
import { sparePort } from '../support/ports.ts'
import { startServer } from '../support/servers.ts'
import { type RunningService, startReplica } from '../support/service.ts'
import { until } from '../support/until.ts'
import { isHealthy, notebookPath, person, requestId } from './person.ts'

t.setTimeout(240_000)

const config = `
class ByName(spawners.Slow):
    async def start(self):
        self.delay_s = 8 if self.user.name == "dora" else 0
        return await super().start()

c.JupyterHub.spawner_class = ByName
`

t.test('SIGTERM to the service', async (t) => {
  const port = await sparePort()
  const gate = await startGate(t, port)
  const hub = await startHub(t, { port, config, service: { NOTEBOOK_TEMPLATES_PROXY_URL: gate.url } })
  await startServer(hub, 'ada')
  await t.test('a request under way is answered, and nothing new is taken', (t) => answered(t, hub, gate))
  await t.test('a write that takes longer than its click is finished', (t) => finished(t, hub, gate))
  await t.test('a write that has not begun is left to the next visit', (t) => left(t, hub, gate))
  await t.test('streams end, and a pending start is resumed at the next visit', (t) => resumed(t, hub))
})

/** A replica of its own, whose end can be seen, and somebody whose requests go to it until `leave`. */
async function atReplica(t: Test, hub: RunningHub, name: string) {
  const replica = await startReplica(t, hub)
  let port: number | undefined = replica.port
  const route = (url: URL) => (url.pathname.startsWith('/services/templates/') ? port : undefined)
  const leave = () => {
    port = undefined
  }
  return { replica, visitor: person(hub, name, { route }), leave }
}

/** Asks it to end, and waits until it takes no more requests. */
async function terminate(replica: RunningService) {
  const from = performance.now()
  const ended = replica
    .end('SIGTERM')
    .then(({ code }) => ({ code, after_s: (performance.now() - from) / 1000 }))
  await until('the probe to stop', async () => !(await isHealthy(replica.url)))
  return { ended }
}

function endsSoon(t: Test, { code, after_s }: { code: number | null; after_s: number }): void {
  t.comment(`ended after ${after_s.toFixed(1)} s`)
  t.equal(code, 0)
  t.ok(after_s < 5, 'ends within five seconds')
}

async function answered(t: Test, hub: RunningHub, gate: Gate): Promise<void> {
  const { replica, visitor: ada } = await atReplica(t, hub, 'ada')
  const confirmation = await ada.click('Answered')
  const hold = gate.holdSave('ada', 'before-answer')
  const answer = ada.confirm(confirmation)
  await hold.reached
  const { ended } = await terminate(replica)
  hold.release()
  t.equal(notebookPath(await answer), 'some_instrument/Data_Analysis_Answered.ipynb')
  endsSoon(t, await ended)
}

async function finished(t: Test, hub: RunningHub, gate: Gate): Promise<void> {
  const { replica, visitor: ada, leave } = await atReplica(t, hub, 'ada')
  const hold = gate.holdSave('ada', 'in-body')
  const progress = await ada.confirm(await ada.click('Finished'))
  t.match(progress.url, /\/progress\//, 'the click did not wait for it')
  await hold.reached
  const { ended } = await terminate(replica)
  t.notOk(ada.files().includes('Data_Analysis_Finished.ipynb'))
  hold.release()
  endsSoon(t, await ended)
  t.ok(ada.files().includes('Data_Analysis_Finished.ipynb'))
  const saves = gate.saves('ada')
  leave()
  const path = notebookPath(await ada.visit(progress.url))
  t.equal(path, 'some_instrument/Data_Analysis_Finished.ipynb', 'its result was kept')
  t.equal(gate.saves('ada'), saves)
}

async function left(t: Test, hub: RunningHub, gate: Gate): Promise<void> {
  const { replica, visitor: ada, leave } = await atReplica(t, hub, 'ada')
  const neighbour = await atReplica(t, hub, 'ada')
  const first = await neighbour.visitor.click('Left')
  const second = await ada.click('Left')
  const hold = gate.holdSave('ada', 'in-body')
  const writing = neighbour.visitor.confirm(first)
  await hold.reached
  const waiting = await ada.confirm(second)
  t.match(waiting.url, /\/progress\//, 'the folder is held by the first one')
  endsSoon(t, await (await terminate(replica)).ended)
  hold.release()
  t.equal(await neighbour.visitor.arrive(await writing), 'some_instrument/Data_Analysis_Left.ipynb')
  leave()
  t.equal(await ada.arrive(await ada.visit(waiting.url)), 'some_instrument/Data_Analysis_Left (2).ipynb')
  const made = ['Left', 'Left (2)'].map((name) => ada.notebook(`some_instrument/Data_Analysis_${name}.ipynb`))
  t.same(
    made.map(({ metadata }) => metadata.notebook_templates?.made_from?.request),
    [first, second].map(requestId),
  )
}

async function resumed(t: Test, hub: RunningHub): Promise<void> {
  const { replica, visitor: dora, leave } = await atReplica(t, hub, 'dora')
  const progress = await dora.confirm(await dora.click('Resumed'))
  const stream = dora.events(progress)
  t.equal(await stream.status, 200)
  await until('the first event', () => stream.events.length > 0)
  endsSoon(t, await (await terminate(replica)).ended)
  t.ok(await stream.ended, 'the stream came to its end')
  t.same(dora.files(), [])
  leave()
  t.equal(await dora.arrive(await dora.visit(progress.url)), 'some_instrument/Data_Analysis_Resumed.ipynb')
  t.same(dora.files(), ['Data_Analysis_Resumed.ipynb'])
}
