import t from 'tap'
import { startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { startServer } from '../support/servers.ts'
import { person } from './person.ts'

t.setTimeout(180_000)

const right = 'access:services!service=templates'
const config = `c.JupyterHub.load_groups = {"lab": {"users": ["ada"]}}
c.JupyterHub.load_roles = [{"name": "templates", "groups": ["lab"], "scopes": ["${right}"]}]
`

t.test('where an admin names who may use the service', async (t) => {
  const hub = await startHub(t, {
    example: (text) =>
      text
        .replace('from notebook_templates import', `${config}from notebook_templates import`)
        .replace('register(\n    c,\n', 'register(\n    c,\n    everyone=False,\n'),
  })
  await startServer(hub, 'ada')

  await t.test('nobody else gets in', async (t) => {
    const page = await person(hub, 'bob').click('Bob')
    t.equal(page.status, 403)
    t.notMatch(page.url, /\/confirm\//)
  })

  await t.test('who has lost the right creates nothing, though still logged in', async (t) => {
    const ada = person(hub, 'ada')
    const confirmation = await ada.click('Allowed')
    t.equal(confirmation.status, 200)
    const body = JSON.stringify({ users: ['ada'] })
    t.equal((await hub.api('groups/lab/users', { method: 'DELETE', body })).status, 200)
    for (const page of [await ada.confirm(confirmation), await ada.visit(hub.templatesUrl)]) {
      t.equal(page.status, 403)
      t.match(pageText(page.text()), right)
    }
    t.same(ada.files(), [])

    t.equal((await hub.api('groups/lab/users', { method: 'POST', body })).status, 200)
    const path = await ada.arrive(await ada.confirm(confirmation))
    t.equal(path, 'some_instrument/Data_Analysis_Allowed.ipynb', 'and with it back the same click goes on')
  })
})
