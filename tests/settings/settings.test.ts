import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import t from 'tap'
import { loadSecret } from '../../service/secret.ts'
import { SettingsError } from '../../service/settings/fault.ts'
import { properties } from '../../service/settings/schema.ts'
import { readSettings, type Settings } from '../../service/settings/settings.ts'
import { images, svg } from '../support/images.ts'

/** What JupyterHub 6.1.1 gives a managed service named `templates`, without what has no meaning for us. */
const managed = {
  JUPYTERHUB_API_TOKEN: 'the-api-token',
  JUPYTERHUB_CLIENT_ID: 'service-templates',
  JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED: '0',
  JUPYTERHUB_HOST: '',
  JUPYTERHUB_OAUTH_CALLBACK_URL: '/services/templates/oauth_callback',
  JUPYTERHUB_OAUTH_SCOPES: '["access:services", "access:services!service=templates"]',
  JUPYTERHUB_OAUTH_ACCESS_SCOPES: '["access:services", "access:services!service=templates"]',
  JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES: '["access:servers!user", "servers!user"]',
  JUPYTERHUB_USER: '',
  JUPYTERHUB_SERVER_NAME: '',
  JUPYTERHUB_API_URL: 'http://127.0.0.1:8081/hub/api',
  JUPYTERHUB_BASE_URL: '/',
  JUPYTERHUB_SERVICE_PREFIX: '/services/templates/',
  JUPYTERHUB_SERVICE_URL: 'http://127.0.0.1:10101',
  JUPYTERHUB_PUBLIC_URL: '',
  JUPYTERHUB_PUBLIC_HUB_URL: '',
  JUPYTERHUB_SERVICE_NAME: 'templates',
}
const proxy = { NOTEBOOK_TEMPLATES_PROXY_URL: 'http://127.0.0.1:8000' }
const onHub = { ...managed, ...proxy }

type Env = Record<string, string | undefined>
const ours = (env: Env): Env =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [`NOTEBOOK_TEMPLATES_${name}`, value]))

/** Names and reasons of all faults, or nothing. */
function faultsOf(env: Env): readonly { name: string; reason: string }[] {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.faults
    throw error
  }
}

t.test('without anything set it is a download service on this machine', (t) => {
  const settings = readSettings({ HOME: '/home/somebody', PATH: '/bin' })
  t.match(settings.templatesDir, /\/templates$/)
  t.match(settings, {
    stateDir: '/home/somebody/.local/state/notebook-templates',
    store: 'lmdb:/home/somebody/.local/state/notebook-templates/store',
    secret: undefined,
    delivery: 'download',
    target: '{template_dir}',
    openWith: 'auto',
    trust: false,
    senders: undefined,
    maxParamsBytes: 4 * 1024 * 1024,
    maxKeptBytes: 1024 * 1024 * 1024,
    requestTtl_s: 3600,
    host: '127.0.0.1',
    port: 8888,
    logLevel: 'info',
    prefix: '/',
    hub: undefined,
  })
  t.equal(readSettings({ XDG_STATE_HOME: '/state' }).stateDir, '/state/notebook-templates')
  t.equal(readSettings({}).stateDir, join(homedir(), '.local/state/notebook-templates'))
  t.end()
})

t.test('as a managed service it delivers by the Contents API where the Hub says', (t) => {
  const settings = readSettings(onHub)
  t.match(settings, { delivery: 'contents', host: '127.0.0.1', port: 10101, prefix: '/services/templates/' })
  t.same(settings.hub, {
    apiUrl: 'http://127.0.0.1:8081/hub/api',
    apiToken: 'the-api-token',
    clientId: 'service-templates',
    callbackUrl: '/services/templates/oauth_callback',
    callbackPath: '/services/templates/oauth_callback',
    serviceName: 'templates',
    prefix: '/services/templates/',
    publicHubUrl: '/hub/',
    publicUrl: undefined,
    publicHost: '',
    proxyUrl: 'http://127.0.0.1:8000',
    proxyCa: undefined,
    accessScopes: ['access:services', 'access:services!service=templates'],
    internalSsl: undefined,
    listen: { host: '127.0.0.1', port: 10101, tls: false },
  })
  t.equal(readSettings({ ...managed, NOTEBOOK_TEMPLATES_DELIVERY: 'download' }).delivery, 'download')
  t.end()
})

t.test('a hub with a host of its own, a base path and internal TLS is understood', (t) => {
  const { hub } = readSettings({
    ...onHub,
    JUPYTERHUB_HOST: 'https://hub.example',
    JUPYTERHUB_BASE_URL: '/jupyter/',
    JUPYTERHUB_SERVICE_PREFIX: '/jupyter/services/templates/',
    JUPYTERHUB_OAUTH_CALLBACK_URL: 'https://services.hub.example/jupyter/services/templates/oauth_callback',
    JUPYTERHUB_SERVICE_URL: 'https://[::1]:10101/',
    JUPYTERHUB_OAUTH_ACCESS_SCOPES: '',
    JUPYTERHUB_OAUTH_SCOPES: undefined,
    JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED: '1',
    JUPYTERHUB_SSL_KEYFILE: '/k',
    JUPYTERHUB_SSL_CERTFILE: '/c',
    JUPYTERHUB_SSL_CLIENT_CA: '/a',
  } as Env) as { hub: NonNullable<Settings['hub']> }
  t.match(hub, {
    callbackUrl: 'https://services.hub.example/jupyter/services/templates/oauth_callback',
    callbackPath: '/jupyter/services/templates/oauth_callback',
    publicHubUrl: 'https://hub.example/jupyter/hub/',
    accessScopes: ['access:services!service=templates'],
    internalSsl: { keyFile: '/k', certFile: '/c', caFile: '/a' },
    listen: { host: '::1', port: 10101, tls: true },
  })
  const known = {
    JUPYTERHUB_PUBLIC_HUB_URL: 'https://a.example/hub',
    JUPYTERHUB_PUBLIC_URL: 'https://b.example/x/',
  }
  const { hub: told } = readSettings({ ...onHub, ...known })
  t.match(told, { publicHubUrl: 'https://a.example/hub/', publicUrl: 'https://b.example/x/' })
  t.end()
})

t.test('a single lost variable of the Hub is a fault, never a service without a hub', (t) => {
  const needed = [
    'JUPYTERHUB_API_URL',
    'JUPYTERHUB_API_TOKEN',
    'JUPYTERHUB_CLIENT_ID',
    'JUPYTERHUB_OAUTH_CALLBACK_URL',
    'JUPYTERHUB_SERVICE_NAME',
    'JUPYTERHUB_SERVICE_PREFIX',
    'JUPYTERHUB_SERVICE_URL',
    'JUPYTERHUB_BASE_URL',
  ]
  for (const name of needed) {
    for (const lost of [undefined, '']) {
      const faults = faultsOf({ ...onHub, [name]: lost })
      t.same(
        faults.map((fault) => fault.name),
        [name],
        `${name} ${lost === '' ? 'empty' : 'missing'}`,
      )
    }
  }
  for (const [name, value] of Object.entries(onHub)) {
    if (value === '' || name === 'JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES') continue
    t.not(faultsOf({ [name]: value }).length, 0, `nothing but ${name}`)
  }
  t.end()
})

t.test('everything that is wrong is said at once, each with its name, and no value is shown', (t) => {
  const env = {
    ...ours({
      PORT: 'secret-value-1',
      SECRET: 'secret-value-2',
      TARGET: '../secret-value-3',
      PROTX_URL: 'secret-value-4',
      LOG_LEVEL: 'secret-value-5',
      DELIVERY: 'secret-value-6',
    }),
    ...managed,
    JUPYTERHUB_API_TOKEN: 'secret value 7',
  }
  const faults = faultsOf(env)
  t.same(faults.map(({ name }) => name).sort(), [
    'JUPYTERHUB_API_TOKEN',
    'NOTEBOOK_TEMPLATES_DELIVERY',
    'NOTEBOOK_TEMPLATES_LOG_LEVEL',
    'NOTEBOOK_TEMPLATES_PORT',
    'NOTEBOOK_TEMPLATES_PROTX_URL',
    'NOTEBOOK_TEMPLATES_PROXY_URL',
    'NOTEBOOK_TEMPLATES_SECRET',
    'NOTEBOOK_TEMPLATES_TARGET',
  ])
  const { message } = new SettingsError(faults)
  for (const { name } of faults) t.match(message, `${name} `)
  t.match(message, 'did you mean NOTEBOOK_TEMPLATES_PROXY_URL?')
  t.notMatch(message, /secret.value/)
  t.end()
})

t.test('a template folder that is not there ends no start on a hub', (t) => {
  const env = { ...managed, ...ours({ DIR: '/none', PROXY_URL: 'http://127.0.0.1:8000' }) }
  t.same(faultsOf(env), [])
  t.match(faultsOf(ours({ DIR: '/none' })), [{ name: 'NOTEBOOK_TEMPLATES_DIR' }], 'but one without a hub')
  t.end()
})

const png = Buffer.from(images['image/png']!, 'base64')
const dir = t.testdir({
  file: 'x',
  folder: {},
  'logo.svg': svg(),
  'photo.png': Buffer.from(images['image/jpeg']!, 'base64'),
  'large.png': Buffer.concat([png, Buffer.alloc(64 * 1024)]),
  'anim.gif': Buffer.from(images['image/gif']!, 'base64'),
})
const faulty: [label: string, env: Env, name?: string][] = [
  ['a port that is no number', ours({ PORT: '80a' })],
  ['a port with a sign', ours({ PORT: '-1' })],
  ['a port in hexadecimal', ours({ PORT: '0x50' })],
  ['a port beyond the last', ours({ PORT: '65536' })],
  ['a number with a fraction', ours({ REQUEST_TTL_S: '1.5' })],
  ['a time of nothing', ours({ REQUEST_TTL_S: '0' })],
  ['a time beyond a week', ours({ REQUEST_TTL_S: '604801' })],
  ['a size with a unit', ours({ MAX_PARAMS_BYTES: '4MiB' })],
  [
    'less kept than one request needs',
    ours({ MAX_PARAMS_BYTES: '2000000', MAX_KEPT_BYTES: '2000000' }),
    'MAX_KEPT_BYTES',
  ],
  ['less kept than the usual request needs', ours({ MAX_KEPT_BYTES: '5000000' })],
  ['an empty value', ours({ PORT: '' })],
  ['a blank value', ours({ ALLOWED_ORIGINS: '  ' })],
  ['no origin at all', ours({ ALLOWED_ORIGINS: ',' })],
  ['an origin with a path', ours({ ALLOWED_ORIGINS: 'https://a.example/x' })],
  ['an origin with a user', ours({ ALLOWED_ORIGINS: 'https://a@b.example' })],
  ['an origin without a scheme', ours({ ALLOWED_ORIGINS: 'a.example' })],
  ['any origin', ours({ ALLOWED_ORIGINS: '*' })],
  ['the origin of no site', ours({ ALLOWED_ORIGINS: 'null' })],
  ['one odd origin among good ones', ours({ ALLOWED_ORIGINS: 'https://a.example ftp://b.example' })],
  ['a pattern of origins', ours({ ALLOWED_ORIGINS: 'https://*.example' })],
  ['a target that is absolute', ours({ TARGET: '/home' })],
  ['a target above', ours({ TARGET: 'a/../b' })],
  ['a target in a hidden folder', ours({ TARGET: '.config/x' })],
  ['a target with another brace', ours({ TARGET: '{user}' })],
  ['a target with half a brace', ours({ TARGET: 'x{template_dir' })],
  ['a target with a backslash', ours({ TARGET: 'a\\b' })],
  ['a target with a control character', ours({ TARGET: 'a\nb' })],
  ['a target in a home that only a shell knows', ours({ TARGET: '~/x' })],
  ['a folder that is not there', ours({ DIR: join(dir, 'none') })],
  ['a folder that is a file', ours({ DIR: join(dir, 'file') })],
  ['a state folder that is a file', ours({ STATE_DIR: join(dir, 'file') })],
  ['a state folder below a file', ours({ STATE_DIR: join(dir, 'file/below') })],
  ['a store of a later version', ours({ STORE: 'redis://localhost' })],
  ['a store without a path', ours({ STORE: 'lmdb:' })],
  ['a store that is a URL', ours({ STORE: 'lmdb://x' })],
  ['a delivery of a later version', ours({ DELIVERY: 'volume' })],
  ['what belongs to a later version', ours({ VOLUME: '/home/{username}' })],
  ['a view that is none', ours({ OPEN_WITH: 'Lab' })],
  ['trust that is neither on nor off', { ...onHub, ...ours({ TRUST: 'true' }) }, 'TRUST'],
  ['trust in what is downloaded', ours({ TRUST: 'on' })],
  [
    'trust in what is downloaded from a hub',
    { ...onHub, ...ours({ TRUST: 'on', DELIVERY: 'download' }) },
    'TRUST',
  ],
  ['a log level that is none', ours({ LOG_LEVEL: 'loud' })],
  ['a secret that is too short', ours({ SECRET: 'x'.repeat(31) })],
  ['a title of two lines', ours({ TITLE: 'a\nb' })],
  ['a title that fills the page', ours({ TITLE: 'x'.repeat(61) })],
  ['a blank title', ours({ TITLE: ' ' })],
  ['a logo that is not there', ours({ LOGO: join(dir, 'none.svg') })],
  ['a logo that is no image', ours({ LOGO: join(dir, 'file') })],
  ['a logo that is a folder', ours({ LOGO: join(dir, 'folder') })],
  ['a logo that is too large', ours({ LOGO: join(dir, 'large.png') })],
  ['a logo that moves', ours({ LOGO: join(dir, 'anim.gif') })],
  ['a host with a path', ours({ HOST: 'a/b' })],
  ['a name of ours in small letters', { NOTEBOOK_TEMPLATES_port: '1' }, 'port'],
  ['a name that an object has anyway', ours({ constructor: '1' })],
  ['delivery into a hub without one', ours({ DELIVERY: 'contents' })],
  ["a hub's proxy without a hub", ours({ PROXY_URL: 'http://127.0.0.1:8000' })],
  ['a hub without its proxy', managed, 'PROXY_URL'],
  ['a proxy with a user', { ...managed, ...ours({ PROXY_URL: 'http://a:b@127.0.0.1' }) }, 'PROXY_URL'],
  ['a proxy of another scheme', { ...managed, ...ours({ PROXY_URL: 'ftp://127.0.0.1' }) }, 'PROXY_URL'],
  ['a CA that is not there', { ...onHub, ...ours({ PROXY_CA: join(dir, 'none') }) }, 'PROXY_CA'],
]
t.test('what a setting may not be', (t) => {
  for (const [label, env, name = Object.keys(env)[0]?.replace('NOTEBOOK_TEMPLATES_', '')] of faulty) {
    t.same(
      faultsOf(env).map((fault) => fault.name),
      [`NOTEBOOK_TEMPLATES_${name}`],
      label,
    )
  }
  t.end()
})

const odd: [label: string, name: string, value: string][] = [
  ['an address that is none', 'JUPYTERHUB_API_URL', 'hub:8081'],
  ['a token with a line break', 'JUPYTERHUB_API_TOKEN', 'a\r\nb'],
  ['a prefix without its last slash', 'JUPYTERHUB_SERVICE_PREFIX', '/services/templates'],
  ['a base that is another host', 'JUPYTERHUB_BASE_URL', '//evil.example/'],
  ['a callback that is another host', 'JUPYTERHUB_OAUTH_CALLBACK_URL', '//evil.example/services/templates/x'],
  ['a callback outside the prefix', 'JUPYTERHUB_OAUTH_CALLBACK_URL', '/elsewhere'],
  ['a service without a port', 'JUPYTERHUB_SERVICE_URL', 'http://127.0.0.1:0/'],
  ['a host without a scheme', 'JUPYTERHUB_HOST', 'hub.example'],
  ['scopes that are no list', 'JUPYTERHUB_OAUTH_ACCESS_SCOPES', '{"a": 1}'],
  ['scopes that are no JSON', 'JUPYTERHUB_OAUTH_ACCESS_SCOPES', 'access:services'],
]
t.test('what the Hub cannot have meant', (t) => {
  for (const [label, name, value] of odd) {
    t.same(
      faultsOf({ ...onHub, [name]: value }).map((fault) => fault.name),
      [name],
      label,
    )
  }
  const half = { ...onHub, JUPYTERHUB_SSL_KEYFILE: '/k' }
  t.same(
    faultsOf(half).map((fault) => fault.name),
    ['JUPYTERHUB_SSL_CERTFILE', 'JUPYTERHUB_SSL_CLIENT_CA'],
  )
  t.end()
})

const good: [label: string, env: Env, expected: object][] = [
  [
    'relative folders',
    ours({ DIR: '.', STATE_DIR: 'x' }),
    { templatesDir: resolve('.'), stateDir: resolve('x') },
  ],
  ['a store in the state folder', ours({ STATE_DIR: '/s' }), { store: 'lmdb:/s/store' }],
  ['a store elsewhere', ours({ STORE: 'lmdb:x/y' }), { store: `lmdb:${resolve('x/y')}` }],
  ['a store in memory', ours({ STORE: 'memory:' }), { store: 'memory:' }],
  ['a target with text', ours({ TARGET: 'Lab Data/{template_dir}/' }), { target: 'Lab Data/{template_dir}' }],
  ['the home itself', ours({ TARGET: './' }), { target: '' }],
  ['trust', { ...onHub, ...ours({ TRUST: 'on' }) }, { trust: true }],
  ['no trust, said so', ours({ TRUST: 'off' }), { trust: false }],
  ['any free port', ours({ PORT: '0' }), { port: 0 }],
  ['the last port', ours({ PORT: '65535', HOST: '::' }), { port: 65535, host: '::' }],
  [
    'origins as a browser writes them',
    ours({ ALLOWED_ORIGINS: 'https://Data.Example/, http://localhost:80 https://münchen.example:8443' }),
    {
      senders: [
        { origin: 'https://data.example', name: 'data.example' },
        { origin: 'http://localhost', name: 'localhost' },
        { origin: 'https://xn--mnchen-3ya.example:8443', name: 'xn--mnchen-3ya.example:8443' },
      ],
    },
  ],
  [
    'a proxy on a socket',
    { ...managed, ...ours({ PROXY_URL: 'http+unix://%2Frun%2Fproxy.sock' }) },
    { hub: { proxyUrl: 'http+unix://%2Frun%2Fproxy.sock' } },
  ],
  [
    'a proxy with its CA',
    { ...onHub, ...ours({ PROXY_CA: join(dir, 'file') }) },
    { hub: { proxyCa: join(dir, 'file') } },
  ],
  ['a title', ours({ TITLE: ' Größe & Co ' }), { title: 'Größe & Co', logo: undefined }],
  ['a logo', ours({ LOGO: join(dir, 'logo.svg') }), { logo: join(dir, 'logo.svg'), title: undefined }],
  [
    'a logo that is not what it is called',
    ours({ LOGO: join(dir, 'photo.png') }),
    { logo: join(dir, 'photo.png') },
  ],
  ['a secret', ours({ SECRET: 'x'.repeat(32) }), { secret: 'x'.repeat(32) }],
]
t.test('what a setting may be', (t) => {
  for (const [label, env, expected] of good) t.match(readSettings(env), expected, label)
  t.end()
})

t.test('names of credentials are added to the usual ones, or take their place', (t) => {
  const namesBy = (setting?: string) =>
    readSettings(setting === undefined ? {} : { NOTEBOOK_TEMPLATES_SECRET_NAMES: setting }).secretNames
  t.ok(namesBy().has('jwt'))
  t.ok(namesBy('SciCat-Token, pin').has('jwt'))
  t.ok(namesBy('SciCat-Token, pin').has('scicat_token'))
  t.same([...namesBy('none')], [])
  t.same([...namesBy('none pin')], ['pin'])
  t.end()
})

t.test('every setting stands in docs/settings.md, and nothing else does', (t) => {
  const doc = readFileSync(join(process.cwd(), 'docs/settings.md'), 'utf8')
  const rows = Array.from(doc.matchAll(/^\| `NOTEBOOK_TEMPLATES_([A-Z_]+)` \|/gm), (match) => match[1])
  t.same(rows, Object.keys(properties))
  t.end()
})

t.test('the secret', async (t) => {
  t.test('is made once, for this user alone, and stays', async (t) => {
    const stateDir = join(t.testdir(), 'a/state')
    const first = await loadSecret({ secret: undefined, stateDir })
    t.equal(first.length, 32)
    t.same(await loadSecret({ secret: undefined, stateDir }), first)
    t.equal(statSync(stateDir).mode & 0o777, 0o700)
    t.equal(statSync(join(stateDir, 'secret')).mode & 0o777, 0o600)
    t.same(readdirSync(stateDir), ['secret'], 'nothing else is left')
  })

  t.test('is one for all who start at once', async (t) => {
    const stateDir = t.testdir()
    const secrets = await Promise.all(
      Array.from({ length: 20 }, () => loadSecret({ secret: undefined, stateDir })),
    )
    t.equal(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size, 1)
    t.same(readdirSync(stateDir), ['secret'])
  })

  t.test('is the one that is given', async (t) => {
    const stateDir = join(t.testdir(), 'state')
    const secret = 'ä secret of the admin, long enough'
    t.same(await loadSecret({ secret, stateDir }), Buffer.from(secret))
    t.same(readdirSync(stateDir), [], 'and is not written down')
  })

  t.test('is refused when its file holds something else, and nothing of it is shown', async (t) => {
    const stateDir = t.testdir({ secret: 'cut-off' })
    for (const text of ['cut-off', '']) {
      chmodSync(join(stateDir, 'secret'), 0o600)
      writeFileSync(join(stateDir, 'secret'), text)
      const error = await loadSecret({ secret: undefined, stateDir }).catch((error) => error)
      t.match(error, { name: 'SettingsError', faults: [{ name: 'NOTEBOOK_TEMPLATES_STATE_DIR' }] })
      t.notMatch(error.message, 'cut-off')
    }
  })

  t.test('needs a folder', async (t) => {
    const stateDir = join(t.testdir({ file: '' }), 'file')
    await t.rejects(loadSecret({ secret: undefined, stateDir }), SettingsError)
  })
})
