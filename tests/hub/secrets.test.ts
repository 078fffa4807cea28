/** A thousand secrets through whole journeys on a real Hub with a real server: click, login, page, preview, write. */
import { join } from 'node:path'
import t from 'tap'
import { createRecords } from '../../service/journey/kept/records.ts'
import { createSealer } from '../../service/seal.ts'
import { loadSecret } from '../../service/secret.ts'
import { openStore } from '../../service/store/index.ts'
import { notebookOf } from '../notebook/support.ts'
import { browserLike } from '../support/browser-like.ts'
import { startHub } from '../support/hub.ts'
import { createSecrets, filesBelow } from '../support/secrets.ts'
import { startServer } from '../support/servers.ts'
import { writeTemplates } from '../support/template-folder.ts'

t.setTimeout(300_000)

const usual = ['jwt', 'auth_token', 'Access-Token', 'API_KEY', 'password', 'authorization']
const marked = Array.from({ length: 94 }, (_, index) => `pin_${index}`)
const properties = Object.fromEntries(
  marked.map((name, index) => [name, index % 2 ? { writeOnly: true } : { format: 'password' }]),
)
const template = JSON.stringify(notebookOf('python', 'jwt = ""\nn = 1', { params: properties }))

t.test(
  'of a thousand secrets nothing is found at the Hub, in homes or in what the service keeps',
  async (t) => {
    const templates = t.testdir()
    writeTemplates(templates, { 'a/{n}.ipynb': template })
    const hub = await startHub(t, { env: { HUB_TEMPLATES: templates } })
    await startServer(hub, 'ada')
    const stateDir = hub.serviceEnvironment().NOTEBOOK_TEMPLATES_STATE_DIR ?? ''
    const browser = browserLike()
    const secrets = createSecrets()
    const ids: string[] = []

    for (let round = 0; secrets.count() < 1000; round++) {
      const values = [...usual, ...marked].map((name) => [name, secrets.next()])
      const params = JSON.stringify({ ...Object.fromEntries(values), n: `control-${round}` })
      const from = { from: 'https://scicat.example/' }
      const clicked = await browser.post(`${hub.templatesUrl}t/a/%7Bn%7D.ipynb`, { params }, from)
      const page = round === 0 ? await browser.login(clicked, 'ada') : clicked
      const id = /\/confirm\/([\w-]{22})/.exec(page.url)?.[1] ?? ''
      ids.push(id)
      t.match(page.text(), 'Withheld as credentials')
      const preview = await browser.get(`${hub.templatesUrl}preview/${id}`)
      const saved = await browser.get(`${hub.templatesUrl}parameters/${id}`)
      const created = await browser.submit(page, 'confirm')
      t.match(created.url, `/user/ada/notebooks/a/control-${round}.ipynb`)
      const again = await browser.get(`${hub.templatesUrl}confirm/${id}`)
      for (const { url, steps } of [clicked, page, preview, saved, created, again]) {
        const seen = steps.map(
          ({ answer }) => `${JSON.stringify(answer.headers)}\n${answer.body.toString('latin1')}`,
        )
        secrets.look(url, seen.join('\n'))
      }
      t.match(preview.text(), 'not set: withheld, looks like a credential')
    }

    await hub.stop()
    const notebooks = filesBelow(hub.userDir('ada')).filter(([path]) => path.endsWith('.ipynb'))
    t.equal(
      notebooks.filter(([path, bytes]) => /control-\d+\.ipynb$/.test(path) && bytes.includes('control-'))
        .length,
      ids.length,
    )
    // The Hub's own database and log, the proxy's and the servers' output, homes, and the service's state folder.
    for (const [path, bytes] of [...filesBelow(hub.dir), ...filesBelow(stateDir)]) {
      secrets.look('a name', path)
      secrets.look(path, bytes)
    }
    const sealer = createSealer(await loadSecret({ secret: undefined, stateDir }))
    const store = await openStore(`lmdb:${join(stateDir, 'store')}`, { maxKeptBytes: 2 ** 30, sealer })
    t.teardown(() => store.close())
    const records = createRecords(store)
    for (const [index, id] of ids.entries()) {
      const request = await records.load(id)
      const parameters = await records.parameters(request)
      t.equal(parameters, `{"n":"control-${index}"}`)
      secrets.look('kept', `${JSON.stringify(request)}${parameters}`)
    }
    const history = await store.get('list:history:ada')
    t.match(history?.toString(), 'control-0')
    secrets.look('the history', history ?? '')
    t.ok(secrets.count() >= 1000)
    t.same(secrets.found(), [])
  },
)
