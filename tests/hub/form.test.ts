/** The journey that begins on a template's own page, on a real hub. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { notebookOf } from '../notebook/support.ts'
import { startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { startServer } from '../support/servers.ts'
import { person } from './person.ts'

t.setTimeout(300_000)

const params = '{"sample":{"type":"string"},"temperature":{"type":"number","maximum":400}}'
const template = JSON.stringify(
  notebookOf('python', 'sample = "S-1"\ntemperature = 293.150', { params: 0 }),
).replace('"params":0', `"params":${params}`)
const values = { 'value.sample': 'S-7', 'value.temperature': '12.50' }

t.test('from the form of a template to the notebook', async (t) => {
  const templates = t.testdir({ 'Cool_{sample}.ipynb': template, lab: {} })
  writeFileSync(join(templates, 'templates.yaml'), 'lab:\n  groups: [lab]\n')
  mkdirSync(join(templates, 'lab'), { recursive: true })
  writeFileSync(join(templates, 'lab/Secret.ipynb'), template)
  const hub = await startHub(t, {
    env: { HUB_TEMPLATES: templates },
    config: 'c.JupyterHub.load_groups = {"lab": {"users": ["bob"]}}',
  })
  await startServer(hub, 'ada')
  const url = `${hub.templatesUrl}t/Cool_%7Bsample%7D.ipynb`
  const ada = person(hub, 'ada')

  await t.test('its page asks for a login, and comes back', async (t) => {
    const page = await ada.browser.login(await ada.visit(url), 'ada')
    t.equal(page.url, url)
    t.match(pageText(page.text()), 'Create a notebook from it')
    const wrong = await ada.browser.submit(page, '/form/', { ...values, 'value.temperature': '500' })
    t.equal(wrong.status, 400)
    t.match(pageText(wrong.text()), '“temperature” must be at most 400.')
    const confirmation = await ada.browser.submit(wrong, '/form/', { 'value.temperature': '12.50' })
    t.match(confirmation.url, '/confirm/', 'corrected, with the rest as it was typed')
    const text = pageText(confirmation.text())
    for (const shown of ['ada', 'Cool_S-7.ipynb', '12.50', 'Sent by the form of this service'])
      t.match(text, shown)

    const saved = confirmation.url.replace('/confirm/', '/parameters/')
    t.equal((await ada.visit(saved)).text(), '{"sample":"S-7","temperature":12.50}')
    const bob = person(hub, 'bob')
    await bob.browser.login(await bob.visit(url), 'bob')
    t.equal((await bob.visit(saved)).status, 410, 'not for anybody else')

    const path = await ada.arrive(await ada.confirm(confirmation))
    t.equal(path, 'Cool_S-7.ipynb')
    const source = ada.notebook(path).cells.map((cell) => [cell.source].flat().join(''))
    t.ok(source.some((text) => text.includes('temperature = 12.50') && text.includes('sample = "S-7"')))
    t.equal((await ada.visit(saved)).status, 200, 'also when it is written')
  })

  await t.test('a login that has ended does not lose what was typed', async (t) => {
    const page = await ada.visit(url)
    await ada.browser.get(`${hub.url}hub/logout`)
    const login = await ada.browser.submit(page, '/form/', { ...values, 'value.sample': 'S-8' })
    t.match(login.url, '/hub/login')
    const confirmation = await ada.browser.login(login, 'ada')
    t.match(pageText(confirmation.text()), 'Cool_S-8.ipynb')
    t.equal(await ada.arrive(await ada.confirm(confirmation)), 'Cool_S-8.ipynb')
  })

  await t.test('a template of others does not exist, by its form neither', async (t) => {
    const page = await ada.visit(url)
    const form = `${hub.templatesUrl}form/lab/Secret.ipynb`
    for (const [label, fields] of [
      ['with wrong values', { 'value.temperature': '500' }],
      ['for a file', { ...values, save: '1' }],
    ] as const) {
      const answer = await ada.browser.post(form, fields, { from: page.url })
      t.equal(answer.status, 404, label)
      t.notMatch(answer.text(), 'name="value.', label)
    }
    const sent = await ada.browser.post(form, values, { from: page.url })
    t.equal(sent.status, 404, 'with right ones its confirmation says so')
    t.equal((await ada.visit(`${hub.templatesUrl}t/lab/Secret.ipynb`)).status, 404)
  })
})
