import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { browserLike } from '../support/browser-like.ts'
import { startHub } from '../support/hub.ts'
import { inProject } from '../support/paths.ts'
import { sparePort } from '../support/ports.ts'
import { withPlainForm } from './example.ts'
import { runConfigs, serviceOf } from './run-config.ts'

t.setTimeout(300_000)

const example = readFileSync(inProject('jupyterhub_config.py.example'), 'utf8')
const package_ = JSON.stringify(inProject())

t.test('the plain form in the example says what register does', async (t) => {
  const settings = `os.environ.update(HUB_NOTEBOOK_TEMPLATES=${package_}, HUB_TEMPLATES=${package_} + "/templates")\n`
  const [called, plain] = runConfigs([
    { code: settings + example },
    { code: `import os, sys\n${settings}${withPlainForm(example)}` },
  ])
  t.equal(called?.error, undefined)
  t.equal(plain?.error, undefined)
  const ofMachine = { url: '', command: [] }
  t.strictSame({ ...serviceOf(plain ?? {}), ...ofMachine }, { ...serviceOf(called ?? {}), ...ofMachine })
  t.strictSame(plain?.JupyterHub?.load_roles, called?.JupyterHub?.load_roles)
  t.strictSame(Object.keys(plain?.JupyterHub ?? {}).sort(), Object.keys(called?.JupyterHub ?? {}).sort())
})

t.test('a hub with the plain form serves its users', async (t) => {
  const [port, service] = [await sparePort(), await sparePort()]
  const hub = await startHub(t, {
    port,
    example(text) {
      const dir = 'os.makedirs(f"{data_dir}/jupyterhub-templates", mode=0o700, exist_ok=True)\n'
      return withPlainForm(text)
        .replace('http://127.0.0.1:10101', `http://127.0.0.1:${service}`)
        .replace('"http://127.0.0.1:8000",\n', `"http://127.0.0.1:${port}",\n`)
        .concat(dir)
    },
  })
  await reachesCatalogue(t, hub.templatesUrl)
})

t.test('register beside other services and roles, below a base URL, on JupyterHub 5.5.1', async (t) => {
  const there = `c.JupyterHub.services = [{"name": "other", "url": "http://127.0.0.1:9", "api_token": "${'t'.repeat(32)}"}]
c.JupyterHub.load_roles = [{"name": "user", "scopes": ["self", "access:services!service=other"]}]
`
  const hub = await startHub(t, {
    version: '5.5.1',
    baseUrl: '/jupyter/',
    example: (text) =>
      text.replace('from notebook_templates import', `${there}from notebook_templates import`),
  })
  await reachesCatalogue(t, hub.templatesUrl)
  const services = (await hub.api('services')).json() as Record<string, unknown>
  t.strictSame(Object.keys(services).sort(), ['other', 'templates', 'tests'])
})

/** A user who logs in is let in, without the Hub's question whether the service may act for them. */
async function reachesCatalogue(t: Test, url: string) {
  const browser = browserLike()
  const page = await browser.login(await browser.get(url), 'alice')
  t.equal(page.status, 200)
  t.equal(page.url, url)
}
