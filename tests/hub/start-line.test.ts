/** A Hub that starts one server at a time, or lets only so many run: everybody gets a notebook without a further click. */
import t from 'tap'
import { startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { startServer, stopServer } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { person } from './person.ts'
import { versions } from './support.ts'

t.setTimeout(400_000)

/** A busy machine is no failed start. */
const patient = 'c.Spawner.http_timeout = c.Spawner.start_timeout = 150'
const inLine = /Many servers are starting\. You are number (\d+) in line\./

for (const version of versions) {
  t.test(`JupyterHub ${version}, which starts one server at a time`, async (t) => {
    const hub = await startHub(t, {
      version,
      config: `
c.JupyterHub.concurrent_spawn_limit = 1
c.JupyterHub.spawn_throttle_retry_range = (2, 3)
c.JupyterHub.spawner_class = spawners.Slow
c.Slow.delay_s = 2
${patient}`,
    })
    const names = ['ada', 'bob', 'cleo']
    const people = names.map((name) => person(hub, name))
    const confirmations = await Promise.all(people.map((one) => one.click('Course')))
    const seen = await Promise.all(
      people.map(async (one, at) => {
        const page = await one.confirm(confirmations[at]!)
        t.match(page.url, /\/progress\//, `${one.name} waits on the page`)
        t.match(page.text(), /http-equiv="refresh"/i, 'which comes again without JavaScript')
        const stream = one.events(page)
        const shown = inLine.exec(pageText(page.text()))?.[1]
        t.ok(await stream.ended)
        const { data } = stream.events.at(-1)!
        t.match(data, { state: 'written' }, `${one.name} has a notebook, without a further click`)
        const places = stream.events.flatMap(({ data }) => (data.line as { place: number } | undefined) ?? [])
        return { shown: shown === undefined ? [] : [Number(shown)], told: places.map(({ place }) => place) }
      }),
    )
    t.comment(`places shown: ${JSON.stringify(seen)}`)
    for (const one of people) t.same(one.files(), ['Data_Analysis_Course.ipynb'], one.name)
    const places = seen.flatMap(({ told }) => told)
    for (const place of [1, 2]) t.ok(places.includes(place), `somebody was told number ${place}`)
    t.ok(
      seen.some(({ shown }) => shown.length > 0),
      'the page says so, too',
    )
    for (const { told } of seen)
      t.same(
        told,
        told.toSorted((a, b) => b - a),
        'and nobody’s number goes up',
      )
    t.match(hub.log(), /429 POST .*\/users\/\w+\/server/, 'the Hub has refused some')
  })
}

t.test(
  'a Hub that lets one server run: who waits is told why, and comes in when there is room',
  async (t) => {
    const hub = await startHub(t, { config: `c.JupyterHub.active_server_limit = 1\n${patient}` })
    await startServer(hub, 'ada')
    const ada = person(hub, 'ada')
    const bob = person(hub, 'bob')
    const cleo = person(hub, 'cleo')
    const progress = await bob.confirm(await bob.click('Full'))
    t.match(pageText(progress.text()), 'The Hub cannot start more servers at the moment.')
    t.match(pageText(progress.text()), 'You are number 1 in line.')

    const other = await cleo.confirm(await cleo.click('Full'))
    t.match(pageText(other.text()), 'You are number 2 in line.')
    const running = await ada.confirm(await ada.click('Running'))
    t.equal(await ada.arrive(running, 10), 'some_instrument/Data_Analysis_Running.ipynb', 'ada need not wait')

    t.match((await bob.cancel(progress)).url, /\/confirm\//, 'bob calls it off')
    const first = async () => /You are number 1 in line/.test(pageText((await cleo.visit(other.url)).text()))
    await until('cleo to be the first', first)
    await stopServer(hub, 'ada')
    t.equal(await cleo.arrive(other), 'some_instrument/Data_Analysis_Full.ipynb')
    t.same(bob.files(), [], 'nothing of bob’s was written')
  },
)
