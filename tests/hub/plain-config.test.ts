import t, { type Test } from 'tap'
import { withPlainForm } from '../hub-config/example.ts'
import { type HubOptions, type RunningHub, startHub } from '../support/hub.ts'
import { sparePort } from '../support/ports.ts'
import { person } from './person.ts'

t.setTimeout(240_000)

t.test('the plain form of the configuration', async (t) => {
  const port = await sparePort()
  const servicePort = await sparePort()
  const hub = await journeyOn(t, {
    port,
    // Its comments tell the admin to put their own values here.
    example: (text) =>
      withPlainForm(text)
        .replace('"http://127.0.0.1:10101"', `"http://127.0.0.1:${servicePort}"`)
        .replace(
          '"NOTEBOOK_TEMPLATES_PROXY_URL": "http://127.0.0.1:8000"',
          `"NOTEBOOK_TEMPLATES_PROXY_URL": "http://127.0.0.1:${port}"`,
        ),
    config: `
import os
os.makedirs(f"{os.environ['HUB_DATA_DIR']}/jupyterhub-templates", mode=0o700, exist_ok=True)
assert "notebook_templates" not in sys.modules, "register was not called"
`,
  })
  t.equal(hub.serviceEnvironment().JUPYTERHUB_SERVICE_URL, `http://127.0.0.1:${servicePort}`)
})

t.test('a hub below a path', async (t) => {
  const hub = await journeyOn(t, { baseUrl: '/jupyter/' })
  t.equal(hub.serviceEnvironment().JUPYTERHUB_SERVICE_PREFIX, '/jupyter/services/templates/')
})

t.test('a hub that has a role user and services of its own', async (t) => {
  const own = `
c.JupyterHub.services = [{"name": "cull", "command": ["sleep", "600"]}, {"name": "other", "api_token": "x" * 32}]
c.JupyterHub.load_roles = [
    {"name": "user", "description": "Ours", "scopes": ["self", "read:users:name", "access:services!service=other"]},
    {"name": "cull", "scopes": ["list:users"], "services": ["cull"]},
]
`
  const hub = await journeyOn(t, {
    example: (text) => text.replace(/^# ---- Notebook templates/m, `${own}$&`),
  })
  const services = (await hub.api('services')).json() as Record<string, unknown>
  t.same(Object.keys(services).sort(), ['cull', 'other', 'templates', 'tests'])
  const user = (await hub.api('users/ada')).json() as { roles: string[] }
  t.same(user.roles, ['user'])
})

/** From the button to the notebook, twice: the server stopped, the server running. */
async function journeyOn(t: Test, options: HubOptions): Promise<RunningHub> {
  const hub = await startHub(t, options)
  const ada = person(hub, 'ada')
  for (const name of ['First', 'Second']) {
    const confirmation = await ada.click(name)
    t.equal(confirmation.url.split('/confirm/')[0], `${hub.templatesUrl}confirm/`.replace('/confirm/', ''))
    const steps = confirmation.steps.map(({ url }) => new URL(url).pathname)
    t.equal(
      steps.some((path) => path.endsWith('/hub/login')),
      name === 'First',
      'one login for both',
    )
    const page = await ada.confirm(confirmation)
    t.equal(await ada.arrive(page), `some_instrument/Data_Analysis_${name}.ipynb`)
    const { location } = (await ada.visit(page.url.replace('/confirm/', '/progress/'))).headers
    t.match(location, new RegExp(`^${hub.baseUrl}user/ada/notebooks/`))
  }
  t.same(ada.files(), ['Data_Analysis_First.ipynb', 'Data_Analysis_Second.ipynb'])
  return hub
}
