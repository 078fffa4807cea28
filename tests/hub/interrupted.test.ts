import { performance } from 'node:perf_hooks'
import t from 'tap'
import { startGate } from '../support/gate.ts'
import { startHub } from '../support/hub.ts'
import { sparePort } from '../support/ports.ts'
import { serverOf, startServer } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { isHealthy, killNow, person, requestId, slowForDora } from './person.ts'

t.setTimeout(240_000)
// Most of the time is waiting for the Hub's next look at its services.
t.jobs = 2

for (const version of ['6.1.1', '5.5.1'] as const) {
  t.test(`JupyterHub ${version}: kill -9 of the service`, { buffered: true }, async (t) => {
    const port = await sparePort()
    const gate = await startGate(t, port)
    const hub = await startHub(t, {
      version,
      port,
      config: slowForDora,
      service: { NOTEBOOK_TEMPLATES_PROXY_URL: gate.url },
    })
    const ada = person(hub, 'ada')
    const bob = person(hub, 'bob')
    const cleo = person(hub, 'cleo')
    const dora = person(hub, 'dora')
    await startServer(hub, 'bob')
    await startServer(hub, 'cleo')

    // Four people at once, so that one kill meets each of them in another place.
    const asked = await ada.click('Kept')
    const writing = await bob.click('Begun')
    const written = await cleo.click('Done')
    const starting = await dora.confirm(await dora.click('Starting'))
    t.match(starting.url, /\/progress\//)
    const begun = gate.holdSave('bob', 'in-body')
    const done = gate.holdSave('cleo', 'before-answer')
    const lost = [bob.confirm(writing), cleo.confirm(written)].map((page) => page.catch(() => undefined))
    await Promise.all([begun.reached, done.reached])
    t.equal((await serverOf(hub, 'dora'))?.pending, 'spawn')
    t.same(bob.files(), [], 'half a notebook is nowhere')
    t.same(cleo.files(), ['Data_Analysis_Done.ipynb'], 'a notebook lies there that nobody knows of')

    const killed = performance.now()
    await killNow(hub.servicePid())
    await Promise.all(lost)
    t.notOk(await isHealthy(hub.templatesUrl))
    await until('the Hub to bring the service back', () => isHealthy(hub.templatesUrl), { within_s: 45 })
    const away_s = (performance.now() - killed) / 1000
    t.comment(`away for ${away_s.toFixed(1)} s`)
    t.ok(away_s < 40, 'the Hub brings it back within 40 s')
    t.same(
      [ada, bob, dora].flatMap((one) => one.files()),
      [],
      'nothing happens by itself',
    )

    await t.test('between the two clicks: the page that was open works', async (t) => {
      t.equal(await ada.arrive(await ada.confirm(asked)), 'some_instrument/Data_Analysis_Kept.ipynb')
      t.same(ada.files(), ['Data_Analysis_Kept.ipynb'])
    })

    await t.test('in the middle of a write: the next visit finishes it', async (t) => {
      const path = await bob.arrive(await bob.visit(writing.url.replace('confirm', 'progress')))
      t.equal(path, 'some_instrument/Data_Analysis_Begun.ipynb')
      t.same(bob.files(), ['Data_Analysis_Begun.ipynb'], 'one notebook, and no part of one')
      t.equal(bob.notebook(path).metadata.notebook_templates?.made_from?.request, requestId(writing))
      t.equal(gate.saves('bob'), 2)
    })

    await t.test('behind a write: the next visit finds what was written', async (t) => {
      t.equal(await cleo.arrive(await cleo.visit(written.url)), 'some_instrument/Data_Analysis_Done.ipynb')
      t.same(cleo.files(), ['Data_Analysis_Done.ipynb'])
      t.equal(gate.saves('cleo'), 1, 'and does not write it again')
      t.equal(await cleo.arrive(await cleo.confirm(written)), 'some_instrument/Data_Analysis_Done.ipynb')
    })

    await t.test('while a server starts: the next visit goes on', async (t) => {
      t.equal(
        await dora.arrive(await dora.visit(starting.url)),
        'some_instrument/Data_Analysis_Starting.ipynb',
      )
      t.same(dora.files(), ['Data_Analysis_Starting.ipynb'])
    })
  })
}
