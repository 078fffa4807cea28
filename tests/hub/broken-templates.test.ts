/** Template folders and rules that cannot be read, on a real Hub: it runs on, nothing limited is offered, admins are told. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { notebookOf } from '../notebook/support.ts'
import { startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { writeTemplates } from '../support/template-folder.ts'
import { until } from '../support/until.ts'
import { person } from './person.ts'

t.setTimeout(240_000)

const template = JSON.stringify(notebookOf('python', 'n = 1'))

t.test('templates that cannot be offered', async (t) => {
  const folder = join(t.testdir(), 'templates')
  // Root may read everything, but no file is a folder.
  writeFileSync(folder, '')
  const hub = await startHub(t, {
    env: { HUB_ADMIN_USERS: 'admin' },
    service: { NOTEBOOK_TEMPLATES_DIR: folder },
  })
  const [ada, admin] = [person(hub, 'ada'), person(hub, 'admin')]
  for (const one of [ada, admin]) await one.browser.login(await one.visit(hub.templatesUrl), one.name)
  const catalogueFor = async (one: typeof ada) => {
    const page = await one.visit(hub.templatesUrl)
    t.equal(page.status, 200)
    return { text: pageText(page.text()), offers: page.text().match(/\/t\/[^"?]*\.ipynb/g) ?? [] }
  }
  const told = async (what: RegExp) => {
    const users = await catalogueFor(ada)
    const admins = await catalogueFor(admin)
    t.same([users.offers, admins.offers], [[], []])
    t.notMatch(users.text, what)
    t.match(admins.text, what)
  }

  await t.test('a folder that cannot be read', async () => {
    await told(/could not be read: ENOTDIR/)
    t.match(hub.log(), 'the template folder could not be read')
  })

  await t.test('rules that do not parse, at a start', async (t) => {
    await hub.stop()
    rmSync(folder)
    const limited = '.: {groups: [lab}'
    writeTemplates(join(folder, '..'), {
      'templates/a/x.ipynb': template,
      'templates/lab/y.ipynb': template,
      'templates/templates.yaml': limited,
    })
    await hub.restart()
    await told(/templates\.yaml.*line 1/)
    t.match(hub.log(), 'templates.yaml cannot be followed')
    for (const path of ['a/x', 'lab/y']) {
      const page = await ada.visit(`${hub.templatesUrl}t/${path}.ipynb`)
      t.equal(page.status, 404, path)
      t.match(pageText(page.text()), /Code 13\b/)
    }
  })

  await t.test('and when they are fixed, the rest is offered without a restart', async (t) => {
    const service = hub.servicePid()
    writeFileSync(join(folder, 'templates.yaml'), 'lab: {groups: [lab]}\n')
    const offers = await until('the templates', async () => {
      const seen = await catalogueFor(ada)
      return seen.offers.length > 0 && seen.offers
    })
    t.match(offers.join(), 'a/x.ipynb')
    t.notMatch(offers.join(), 'lab/y.ipynb')
    t.equal(hub.servicePid(), service)
  })
})
