/** The service with ten thousand templates, which take longer to read than anybody wants to wait for its start. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { makeManyTemplates } from '../bench/templates.ts'
import { type Outgoing, send } from '../support/http.ts'
import { startService } from '../support/service.ts'
import { until } from '../support/until.ts'

t.setTimeout(240_000)

const path = 't/instrument_99/Analysis_9999_%7Bmeasurement_name%7D.ipynb'
const page: Outgoing = { headers: { accept: 'text/html' } }
const count = /id="count"[^>]*>([^<]*)/

t.test('it answers while they are read, and leaves none out', async (t) => {
  const root = t.testdir({ templates: {} })
  await makeManyTemplates(join(root, 'templates'), 10_000)
  const env = {
    NOTEBOOK_TEMPLATES_DIR: join(root, 'templates'),
    NOTEBOOK_TEMPLATES_STATE_DIR: join(root, 'state'),
  }

  await t.test('at once', async (t) => {
    const service = await startService(t, env)
    const reading = await send(service.url, page)
    t.match(
      reading.text(),
      'is still reading its template folder',
      'the catalogue says that it is incomplete',
    )
    t.match(count.exec(reading.text())?.[1], / so far\.?$/, 'and its number is of those')
    const search = await send(`${service.url}?q=nothing+like+it`, page)
    t.match(count.exec(search.text())?.[1], 'No templates so far.', 'so does a search')
    const german = await send(service.url, { headers: { ...page.headers, 'accept-language': 'de' } })
    t.match(german.text(), 'liest den Vorlagenordner noch ein', 'in German, too')

    t.equal((await send(service.url + path, page)).status, 200, 'a template by its own path')
    const clicked = await send(service.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://sampledb.example' },
      body: new URLSearchParams({ params: '{"measurement_name":"x"}' }).toString(),
    })
    t.equal(clicked.status, 303, 'its button')
    t.match(clicked.headers.location, /\/confirm\//)
    t.equal((await send(`${service.url}t/instrument_99/none.ipynb`, page)).status, 404, 'none where none is')
    t.match((await send(service.url, page)).text(), 'is still reading', 'all of that before they are read')

    t.strictSame(await service.end(), { code: 0, signal: null }, 'told to end, it ends')
    const copies = readdirSync(join(root, 'state/templates')).length
    t.ok(copies < 10_000, `before they are all read (${copies} were)`)
  })

  await t.test('and later with all of them', async (t) => {
    const service = await startService(t, env)
    const last = await until(
      'all templates to be read',
      async () => {
        const text = (await send(service.url, page)).text()
        return text.includes('is still reading') ? undefined : text
      },
      { within_s: 200, every_ms: 500 },
    )
    t.equal(count.exec(last)?.[1], '1–60 of 10000 templates')
    t.notMatch(last, /so far|http-equiv="refresh"/)
  })
})
