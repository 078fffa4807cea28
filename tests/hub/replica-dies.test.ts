import { performance } from 'node:perf_hooks'
import t from 'tap'
import { startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { startReplica } from '../support/service.ts'
import { killNow, person, requestId } from './person.ts'

t.setTimeout(240_000)

const config = `
c.JupyterHub.spawner_class = spawners.Slow
c.Slow.delay_s = 22
`

t.test('a replica is killed while it starts a server: the other one carries on', async (t) => {
  const hub = await startHub(t, { config })
  const replica = await startReplica(t, hub)
  const route = (url: URL) => (url.pathname.startsWith('/services/templates/') ? replica.port : undefined)
  const here = person(hub, 'ada', { route })
  const progress = await here.confirm(await here.click('Carried'))
  t.match(progress.url, /\/progress\//)
  t.match(pageText(progress.text()), /Cancel/)

  // The same browser, through the Hub's proxy to the other replica.
  const there = person(hub, 'ada', { cookies: here.browser.cookies })
  const stream = there.events(progress)
  t.equal(await stream.status, 200, 'it is watched through a replica that does not work on it')
  const killed = performance.now()
  await killNow(replica.pid)
  t.same(here.files(), [], 'nothing was written yet')

  t.ok(await stream.ended, 'who watches is told to the end')
  const { events } = stream
  t.comment(`carried on to the end ${((performance.now() - killed) / 1000).toFixed(1)} s after the kill`)
  t.match(events.at(-1)?.data, { state: 'written', percent: 100 })
  const messages = events.map(({ data }) => data.message)
  t.ok(new Set(messages).size >= 5, 'what the Hub says goes on, too')
  const steps = messages.filter((message, at) => message !== messages[at - 1])
  t.equal(new Set(steps).size, steps.length, 'and begins nothing again')
  t.notOk(
    events.some(({ data }) => data.state === 'failed'),
    'and it is no failure',
  )

  const path = await there.arrive(await there.visit(progress.url))
  t.equal(path, 'some_instrument/Data_Analysis_Carried.ipynb')
  t.same(there.files(), ['Data_Analysis_Carried.ipynb'], 'one notebook')
  t.equal(there.notebook(path).metadata.notebook_templates?.made_from?.request, requestId(progress))
})
