import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { inProject } from '../support/paths.ts'
import { plainly } from '../support/plainly.ts'
import { sparePort } from '../support/ports.ts'

t.setTimeout(120_000)

async function check(env: Readonly<Record<string, string>>) {
  const child = spawn(
    ...plainly(process.execPath, [inProject('build/service/main.js'), '--check-settings']),
    {
      env,
    },
  )
  const [said, printed, [code]] = await Promise.all([
    text(child.stderr),
    text(child.stdout),
    once(child, 'exit'),
  ])
  return { code, said, printed }
}

const onHub = {
  JUPYTERHUB_API_URL: 'http://127.0.0.1:8081/hub/api',
  JUPYTERHUB_API_TOKEN: 'a'.repeat(32),
  JUPYTERHUB_CLIENT_ID: 'service-templates',
  JUPYTERHUB_OAUTH_CALLBACK_URL: '/services/templates/oauth_callback',
  JUPYTERHUB_SERVICE_NAME: 'templates',
  JUPYTERHUB_SERVICE_PREFIX: '/services/templates/',
  JUPYTERHUB_BASE_URL: '/',
  NOTEBOOK_TEMPLATES_PROXY_URL: 'http://127.0.0.1:8000',
}

t.test('--check-settings ends at once with 0 where nothing is wrong', async (t) => {
  const env = { ...onHub, JUPYTERHUB_SERVICE_URL: `http://127.0.0.1:${await sparePort()}` }
  t.strictSame(await check(env), { code: 0, said: '', printed: '' })
})

t.test('--check-settings says every fault as a failed start does', async (t) => {
  const { code, said } = await check({
    NOTEBOOK_TEMPLATES_OPEN_WITH: 'labb',
    NOTEBOOK_TEMPLATES_TITEL: 'x',
  })
  t.equal(code, 1)
  t.match(said, 'NOTEBOOK_TEMPLATES_OPEN_WITH must be one of auto, notebook, lab\n')
  t.match(said, 'NOTEBOOK_TEMPLATES_TITEL is not a setting (did you mean NOTEBOOK_TEMPLATES_TITLE?)\n')
})

t.test('--check-settings says what a start on a hub would only find later', async (t) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as { port: number }
  const dir = `${t.testdir()}/none`
  const { code, said } = await check({
    ...onHub,
    JUPYTERHUB_SERVICE_URL: `http://127.0.0.1:${port}`,
    NOTEBOOK_TEMPLATES_DIR: dir,
  })
  t.equal(code, 1)
  t.match(said, 'NOTEBOOK_TEMPLATES_DIR must be a folder that exists and can be read\n')
  t.match(
    said,
    `JUPYTERHUB_SERVICE_URL names ${port}, which is in use by another program: choose another port\n`,
  )
  const alone = await check({ NOTEBOOK_TEMPLATES_PORT: String(port) })
  t.match(alone, { code: 1, said: `NOTEBOOK_TEMPLATES_PORT names ${port}, which is in use` })
})
