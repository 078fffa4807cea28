import t from 'tap'
import { inProject } from '../support/paths.ts'
import { register, serviceOf, table } from './run-config.ts'

t.setTimeout(300_000)

const mayReach = 'access:services!service=templates'

table(
  'register adds a complete service',
  [
    {
      label: 'with no more than the templates said',
      code: `os.mkdir("mine"); ${register.trim()}; register(c, templates="mine")`,
      service: { name: 'templates', oauth_no_confirm: true },
      environment: {
        NOTEBOOK_TEMPLATES_DIR: '<here>/mine',
        NOTEBOOK_TEMPLATES_STATE_DIR: '<here>/jupyterhub-templates',
        NOTEBOOK_TEMPLATES_PROXY_URL: 'http://127.0.0.1:8000',
      },
    },
    {
      label: 'with all that can be said',
      code: `${register}
open("ca.pem", "w").close()
with open("logo.svg", "w") as logo: logo.write('<svg xmlns="http://www.w3.org/2000/svg"/>')
register(c, name="notebooks", state_dir="kept", proxy_url="https://hub.example", proxy_ca="ca.pem", port=10101,
    title="Our lab", logo="logo.svg", target="from/{template_dir}", open_with="lab", start="api", trust=True,
    senders=[{"origin": "https://a.example", "name": "Größen", "object": "{origin}/objects/{object_id}"}],
    environment={"NOTEBOOK_TEMPLATES_LOG_LEVEL": "debug"})`,
      service: { name: 'notebooks', url: 'http://127.0.0.1:10101' },
      environment: {
        NOTEBOOK_TEMPLATES_STATE_DIR: '<here>/kept',
        NOTEBOOK_TEMPLATES_PROXY_URL: 'https://hub.example',
        NOTEBOOK_TEMPLATES_PROXY_CA: '<here>/ca.pem',
        NOTEBOOK_TEMPLATES_TARGET: 'from/{template_dir}',
        NOTEBOOK_TEMPLATES_OPEN_WITH: 'lab',
        NOTEBOOK_TEMPLATES_START: 'api',
        NOTEBOOK_TEMPLATES_TRUST: 'on',
        NOTEBOOK_TEMPLATES_TITLE: 'Our lab',
        NOTEBOOK_TEMPLATES_LOGO: '<here>/logo.svg',
        NOTEBOOK_TEMPLATES_SENDERS:
          '[{"origin": "https://a.example", "name": "Gr\\u00f6\\u00dfen", "object": "{origin}/objects/{object_id}"}]',
        NOTEBOOK_TEMPLATES_LOG_LEVEL: 'debug',
      },
    },
    {
      label: 'with origins alone',
      code: `${register}register(c, allowed_origins=["https://a.example", "https://b.example:8443"])`,
      service: { name: 'templates' },
      environment: {
        NOTEBOOK_TEMPLATES_STATE_DIR: '<here>/jupyterhub-templates',
        NOTEBOOK_TEMPLATES_PROXY_URL: 'http://127.0.0.1:8000',
        NOTEBOOK_TEMPLATES_ALLOWED_ORIGINS: 'https://a.example https://b.example:8443',
      },
    },
    {
      label: 'that listens with TLS where the Hub has internal_ssl',
      code: `c.JupyterHub.internal_ssl = True\n${register}register(c, port=10101)`,
      service: { url: 'https://127.0.0.1:10101' },
      environment: {
        NOTEBOOK_TEMPLATES_STATE_DIR: '<here>/jupyterhub-templates',
        NOTEBOOK_TEMPLATES_PROXY_URL: 'http://127.0.0.1:8000',
      },
    },
  ],
  (t, made, { service, environment }, version) => {
    t.equal(made.error, undefined)
    const found = serviceOf(made)
    t.match(found, service)
    t.match(found?.url, /^https?:\/\/127\.0\.0\.1:\d{4,5}$/)
    t.strictSame(found?.environment, environment, 'and is given nothing else')
    const start = version === '5.5.1' ? ['servers!user'] : ['read:servers!user', 'start:servers!user']
    t.strictSame(found?.oauth_client_allowed_scopes, ['access:servers!user', ...start, 'read:users!user'])
    t.equal(found?.command.length, 2)
    t.match(found?.command[0], /^\/.*node$/)
    t.equal(found?.command[1], inProject('build/service/main.js'))
  },
)

table(
  'register keeps what the admin set',
  [
    { label: 'nothing', code: '', roles: [{ name: 'user', scopes: ['self', mayReach] }], services: [] },
    {
      label: 'services and roles as lists',
      code: `c.JupyterHub.services = [{"name": "cull", "admin": True}]
c.JupyterHub.load_roles = [{"name": "a", "scopes": ["x"]}, {"name": "user", "scopes": ["self", "y"], "groups": ["g"]}, {"name": "b"}]`,
      roles: [
        { name: 'a', scopes: ['x'] },
        { name: 'user', scopes: ['self', 'y', mayReach], groups: ['g'] },
        { name: 'b' },
      ],
      services: [{ name: 'cull', admin: true }],
    },
    {
      label: 'services and roles that were appended',
      code: `c.JupyterHub.services.append({"name": "cull"})
c.JupyterHub.load_roles.append({"name": "user", "scopes": ["self", "y"]})`,
      roles: [{ name: 'user', scopes: ['self', 'y', mayReach] }],
      services: [{ name: 'cull' }],
    },
    {
      label: 'a role user without scopes, which has self by default',
      code: 'c.JupyterHub.load_roles = [{"name": "user", "description": "all"}]',
      roles: [{ name: 'user', description: 'all', scopes: ['self', mayReach] }],
      services: [],
    },
    {
      label: 'a role user that may reach it already',
      code: `c.JupyterHub.load_roles = [{"name": "user", "scopes": ["self", "${mayReach}"]}]`,
      roles: [{ name: 'user', scopes: ['self', mayReach] }],
      services: [],
    },
    {
      label: 'a role user that was deliberately given little',
      code: 'c.JupyterHub.load_roles = [{"name": "user", "scopes": []}]',
      roles: [{ name: 'user', scopes: [mayReach] }],
      services: [],
    },
    {
      label: 'extra_user_scopes, which the Hub ignores beside a role user',
      code: 'c.JupyterHub.extra_user_scopes = ["shares!user"]',
      roles: undefined,
      extra: ['shares!user', mayReach],
      services: [],
    },
    {
      label: 'its own word on who may reach it',
      code: 'everyone = False',
      roles: undefined,
      services: [],
    },
  ].map((test) => ({
    ...test,
    code: `${test.code}\n${register}register(c, everyone=globals().get("everyone", True))`,
  })),
  (t, made, test) => {
    t.equal(made.error, undefined)
    t.strictSame(made.JupyterHub?.load_roles, test.roles)
    t.strictSame(made.JupyterHub?.extra_user_scopes, 'extra' in test ? test.extra : undefined)
    t.strictSame(made.JupyterHub?.services?.slice(0, -1), test.services)
  },
)
