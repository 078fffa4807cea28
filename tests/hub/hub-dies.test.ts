import { performance } from 'node:perf_hooks'
import t from 'tap'
import { startHub } from '../support/hub.ts'
import { isFree } from '../support/ports.ts'
import { isRunning } from '../support/processes.ts'
import { serverOf } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { person, slowForDora } from './person.ts'

t.setTimeout(240_000)
t.jobs = 2

for (const version of ['6.1.1', '5.5.1'] as const) {
  t.test(`JupyterHub ${version}: kill -9 of the Hub`, { buffered: true }, async (t) => {
    const hub = await startHub(t, { version, config: slowForDora })
    const ada = person(hub, 'ada')
    const dora = person(hub, 'dora')
    const asked = await ada.click('Before')
    const starting = await dora.confirm(await dora.click('Starting'))
    const stream = dora.events(starting)
    t.equal(await stream.status, 200)
    await until('the first event', () => stream.events.length > 0)
    t.equal((await serverOf(hub, 'dora'))?.pending, 'spawn')
    const service = hub.servicePid() ?? 0
    const port = Number(new URL(hub.serviceEnvironment().JUPYTERHUB_SERVICE_URL ?? '').port)
    t.notOk(await isFree(port))

    const killed = performance.now()
    await hub.kill()
    await until('the service to end by itself', () => !isRunning(service), { within_s: 60 })
    t.comment(`the service ended ${((performance.now() - killed) / 1000).toFixed(1)} s after its Hub`)
    t.ok(performance.now() - killed < 20_000, 'before the Hub is started again')
    t.ok(await isFree(port), 'and leaves its port to the next')
    await stream.ended

    await hub.restart()
    t.not(hub.servicePid(), service)
    t.equal(Number(new URL(hub.serviceEnvironment().JUPYTERHUB_SERVICE_URL ?? '').port), port)

    await t.test('a new journey, with a login', async (t) => {
      const again = person(hub, 'ada')
      const confirmation = await again.click('After')
      t.ok(confirmation.steps.some(({ url }) => url.includes('/hub/login')))
      t.equal(
        await again.arrive(await again.confirm(confirmation)),
        'some_instrument/Data_Analysis_After.ipynb',
      )
    })

    await t.test('the page that was open before works', async (t) => {
      t.equal(await ada.arrive(await ada.confirm(asked)), 'some_instrument/Data_Analysis_Before.ipynb')
      t.same(ada.files(), ['Data_Analysis_After.ipynb', 'Data_Analysis_Before.ipynb'])
    })

    await t.test('a start that died with the Hub is begun again at the next visit', async (t) => {
      t.equal(
        await dora.arrive(await dora.visit(starting.url)),
        'some_instrument/Data_Analysis_Starting.ipynb',
      )
      t.same(dora.files(), ['Data_Analysis_Starting.ipynb'])
    })
  })
}
