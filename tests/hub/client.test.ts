import type { AddressInfo } from 'node:net'
import { createServer, connect as openSocket, type Socket } from 'node:net'
import { inspect } from 'node:util'
import t, { type Test } from 'tap'
import { createHub, type Hub, type ProgressMessage } from '../../service/hub/hub.ts'
import { missingScopes } from '../../service/hub/scopes.ts'
import { faultOf } from '../support/fault-of.ts'
import type { RunningHub } from '../support/hub.ts'
import { until } from '../support/until.ts'
import { loggedIn, partsFor, started, startPlainHub, tokenOf, versions } from './support.ts'

t.setTimeout(600_000)

/** How a server starts and stops is in its user's name, so that one hub does for all. */
const config = `
class ByName(spawners.Slow):
    failed = set()

    async def start(self):
        name = self.user.name
        self.delay_s = 3 if name in ("slow", "fails-late") else 0
        self.stop_delay_s = 2 if name == "slow" else 0
        if name == "fails-late":
            await __import__("asyncio").sleep(2)
        if name.startswith("fails") and name not in self.failed:
            self.failed.add(name)
            error = RuntimeError("no room on <b>the cluster</b>")
            error.jupyterhub_message = "no room on <b>the cluster</b>"
            error.jupyterhub_html_message = "<script>alert(1)</script>"
            raise error
        return await super().start()

c.JupyterHub.spawner_class = ByName
c.JupyterHub.tornado_settings = {"slow_spawn_timeout": 1.5, "slow_stop_timeout": 0.5}
`

for (const version of versions) {
  t.test(`the Hub's API, JupyterHub ${version}`, { timeout: 240_000 }, async (t) => {
    const hub = await startPlainHub(t, { version, config })
    const { client } = partsFor(t, hub)
    // One after the other: two cores start one server at a time well.
    await t.test('who holds a token', (t) => holders(t, hub, client))
    await t.test('a server is found, started and told of', (t) => fromStoppedToReady(t, hub, client))
    await t.test('a named server has its own start', (t) => namedServer(t, hub, client))
    await t.test('a start that fails at once, in the words of the Hub', (t) => failsAtOnce(t, hub, client))
    await t.test('a start that fails later, in the words of the Hub', (t) => failsLater(t, hub, client))
    await t.test('a slow start is followed through a broken stream, then a slow stop', (t) =>
      slow(t, hub, client),
    )
    await t.test('a scope that is missing is named', (t) => scopes(t, hub, client))
  })
}

async function holders(t: Test, hub: RunningHub, client: Hub): Promise<void> {
  const token = await tokenOf(hub, 'ada')
  const who = await client.whoAmI(token)
  t.match(who, { name: 'ada', groups: [] })
  t.equal(who?.servers.size, 0)
  t.same(missingScopes(who?.scopes ?? [], 'ada', '', 'templates'), [])
  t.equal(await client.whoAmI('unknown'), undefined)
  t.match(await faultOf(client.server('unknown', 'ada', '')), { code: 27, reason: 'no-session' })
  t.match(await faultOf(client.server(token, 'bob', '')), { code: 27, reason: 'no-session' })
  t.match(await faultOf(client.start('unknown', 'ada', '')), { code: 27, reason: 'no-session' })
}

async function fromStoppedToReady(t: Test, hub: RunningHub, client: Hub): Promise<void> {
  const user = 'x.y@lab.example'
  const token = await tokenOf(hub, user)
  t.same(await client.server(token, user, ''), { state: 'stopped' })
  const from = performance.now()
  await client.start(token, user, '')
  t.ok(performance.now() - from < 1500, 'the start is not waited for')
  t.same(await client.server(token, user, ''), { state: 'starting' })
  await client.start(token, user, '')
  t.pass('a start that is under way may be asked for again')

  const told: ProgressMessage[] = []
  for await (const message of client.progress(token, user, '', AbortSignal.timeout(60_000)))
    told.push(message)
  t.match(told.at(-1), { percent: 100, ready: true, failed: false })
  t.same(
    told,
    [...told].sort((a, b) => a.percent - b.percent),
    'never goes back',
  )
  t.ok(told.length > 1)

  const state = await client.server(token, user, '')
  t.match(state, { state: 'ready', url: '/user/x.y@lab.example/', started: /^20\d\d-/ })
  await client.start(token, user, '')
  t.pass('a server that runs may be asked for again')

  const browser = await loggedIn(hub, user)
  const again = await tokenOf(hub, user)
  t.ok(await client.whoAmI(again))
  await browser.get(`${hub.url}hub/logout`)
  t.ok(await client.whoAmI(again), 'the logout of another session ends nothing here')
}

async function namedServer(t: Test, hub: RunningHub, client: Hub): Promise<void> {
  const token = await tokenOf(hub, 'ada')
  // From version 6 on the Hub takes only what can stand in a host name.
  const [name, path] = hub.version === '5.5.1' ? ['näm ed', 'n%C3%A4m%20ed'] : ['second', 'second']
  t.equal(await started(client, token, 'ada', name), `/user/ada/${path}/`)
  t.same(await client.server(token, 'ada', ''), { state: 'stopped' })
  const who = await client.whoAmI(token)
  t.same([...(who?.servers.keys() ?? [])], [name])
  t.match(await faultOf(client.start(token, 'ada', 'a/b')), {
    code: 23,
    reason: 'failed',
    values: { message: /a\/b/ },
  })
}

async function failsAtOnce(t: Test, hub: RunningHub, client: Hub): Promise<void> {
  const token = await tokenOf(hub, 'fails')
  const fault = await faultOf(client.start(token, 'fails', ''))
  t.match(fault, { code: 23, reason: 'failed', values: { message: /no room on <b>the cluster<\/b>/ } })
  t.notMatch(inspect(fault, { depth: 9 }), /script/)
  t.same(await client.server(token, 'fails', ''), { state: 'stopped' })
  t.equal(await started(client, token, 'fails'), '/user/fails/', 'it can be tried again')
}

async function failsLater(t: Test, hub: RunningHub, client: Hub): Promise<void> {
  const token = await tokenOf(hub, 'fails-late')
  await client.start(token, 'fails-late', '')
  const told: ProgressMessage[] = []
  for await (const message of client.progress(token, 'fails-late', '', AbortSignal.timeout(60_000)))
    told.push(message)
  t.match(told.at(-1), { ready: false, failed: true, message: /no room on <b>the cluster<\/b>/ })
  t.notMatch(inspect(told), /script/)
}

async function slow(t: Test, hub: RunningHub, client: Hub): Promise<void> {
  const token = await tokenOf(hub, 'slow')
  const cutting = await cuttingProxy(t, hub.port)
  const throughIt = createHub({ apiUrl: `http://127.0.0.1:${cutting.port}${hub.baseUrl}hub/api` })
  t.teardown(() => throughIt.close())
  await client.start(token, 'slow', '')
  const told: ProgressMessage[] = []
  for await (const message of throughIt.progress(token, 'slow', '', AbortSignal.timeout(60_000))) {
    told.push(message)
    if (told.length === 2) cutting.cut()
  }
  t.equal(cutting.cuts(), 1)
  t.match(told.at(-1), { ready: true })
  t.ok(
    told.some(({ message }) => message === 'Step 3 of 3 <i>for you</i>'),
    'what came after the break is told',
  )
  const messages = told.map(({ message }) => message)
  t.same(messages, [...new Set(messages)], 'nothing is told twice')

  const browserGone = AbortSignal.timeout(50)
  await t.rejects(async () => {
    for (;;)
      for await (const _ of client.progress(token, 'slow', '', browserGone)) browserGone.throwIfAborted()
  })

  await hub.api('users/slow/server', { method: 'DELETE' })
  t.same(await client.server(token, 'slow', ''), { state: 'stopping' })
  await client.start(token, 'slow', '')
  t.pass('a start while it stops is no failure')
  await until('the server to stop', async () => (await client.server(token, 'slow', '')).state === 'stopped')
}

async function scopes(t: Test, hub: RunningHub, client: Hub): Promise<void> {
  const token = await tokenOf(hub, 'ada', 'poor')
  const fault = await faultOf(client.start(token, 'ada', ''))
  t.same(fault, { code: 22, reason: 'missing-scope', values: { scope: 'access:servers!user=ada' } })
  const who = await client.whoAmI(token)
  t.same(missingScopes(who?.scopes ?? [], 'ada', '', 'templates'), [
    'access:servers!user=ada',
    'servers!user=ada',
    'access:services!service=templates',
  ])
}

t.test('a Hub that is not there is fault 24, and the token stands nowhere in it', async (t) => {
  const client = createHub({ apiUrl: 'http://127.0.0.1:9/hub/api' })
  t.teardown(() => client.close())
  const error = await client.whoAmI('a-secret-token').catch((error) => error)
  t.match(error, { code: 24, reason: 'hub' })
  t.notMatch(inspect(error, { depth: 12, showHidden: true }), /a-secret-token/)
})

/** A TCP proxy to a port of this machine whose connections can all be cut. */
async function cuttingProxy(t: Test, port: number) {
  const sockets = new Set<Socket>()
  let cuts = 0
  const server = createServer((near) => {
    const far = openSocket(port, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    cuts++
    for (const socket of sockets) socket.destroy()
  }
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, cut, cuts: () => cuts }
}
