import t, { type Test } from 'tap'
import { hubGone } from '../../service/hub/still-there.ts'
import { startFromShell } from '../support/from-shell.ts'
import { listenWith } from '../support/listen.ts'
import { sparePort } from '../support/ports.ts'
import { isRunning } from '../support/processes.ts'
import { until } from '../support/until.ts'

t.setTimeout(180_000)

/** A Hub that answers each question with the status that is set. */
async function stubHub(t: Test, status: number) {
  const hub = { status, asked: [] as string[], url: '' }
  hub.url = await listenWith(t, (request, response) => {
    hub.asked.push(`${request.url} ${request.headers.authorization}`)
    response.writeHead(hub.status, { 'content-type': 'application/json' }).end('{}')
  })
  return hub
}

const quick = { silence_ms: 200, again_ms: 10, rest_ms: 10 }

t.test('a Hub that accepts the token is asked again until it refuses it', async (t) => {
  for (const status of [401, 403]) {
    const hub = await stubHub(t, 200)
    const gone = hubGone({ url: `${hub.url}/hub/api` }, 'own', quick)
    await until('several questions', () => hub.asked.length > 2)
    hub.status = status
    t.equal(await gone, 'the Hub refuses this service')
    t.equal(hub.asked[0], '/hub/api/user token own')
  }
})

t.test('a Hub that is silent for so long is gone', async (t) => {
  // A server that listens also keeps the process, as the service's own does.
  const hanging = await listenWith(t, () => {})
  const before = performance.now()
  t.equal(await hubGone({ url: `http://127.0.0.1:${await sparePort()}` }, 'own', quick), 'the Hub has ended')
  t.ok(performance.now() - before >= quick.silence_ms)
  t.equal(await hubGone({ url: hanging }, 'own', quick), 'the Hub has ended')
  const failing = await stubHub(t, 503)
  t.equal(await hubGone({ url: failing.url }, 'own', quick), 'the Hub has ended')
})

t.test('where nobody listens any more, it may count as gone sooner', async (t) => {
  const watch = { silence_ms: 60_000, closed_ms: 100, again_ms: 10, rest_ms: 10 }
  await listenWith(t, () => {})
  t.equal(await hubGone({ url: `http://127.0.0.1:${await sparePort()}` }, 'own', watch), 'the Hub has ended')
})

/** Starts the service from a shell that ends at once. @returns the service's pid */
async function fromShell(t: Test, hubUrl: string) {
  return startFromShell(t, {
    JUPYTERHUB_API_URL: `${hubUrl}/hub/api`,
    JUPYTERHUB_API_TOKEN: 'own-token',
    JUPYTERHUB_CLIENT_ID: 'service-templates',
    JUPYTERHUB_OAUTH_CALLBACK_URL: '/services/templates/oauth_callback',
    JUPYTERHUB_SERVICE_NAME: 'templates',
    JUPYTERHUB_SERVICE_PREFIX: '/services/templates/',
    JUPYTERHUB_SERVICE_URL: `http://127.0.0.1:${await sparePort()}`,
    JUPYTERHUB_BASE_URL: '/',
    NOTEBOOK_TEMPLATES_PROXY_URL: 'http://127.0.0.1:9',
    NOTEBOOK_TEMPLATES_STORE: 'memory:',
    NOTEBOOK_TEMPLATES_STATE_DIR: t.testdir(),
  })
}

t.test('a service whose Hub died while it was loading ends', async (t) => {
  const hub = await stubHub(t, 403)
  const pid = await fromShell(t, hub.url)
  await until('the service to end', () => !isRunning(pid), { within_s: 60 })
  t.ok(hub.asked.includes('/hub/api/user token own-token'), 'because it was refused')
})

t.test('a service whose shell has ended stays while its Hub accepts it', async (t) => {
  const hub = await stubHub(t, 200)
  const pid = await fromShell(t, hub.url)
  const asked = () => hub.asked.includes('/hub/api/user token own-token')
  await until('the service to ask', () => asked() || !isRunning(pid), { within_s: 60 })
  t.ok(asked())
  t.ok(isRunning(pid))
})
