/** The address of the proxy is wrong: found by the service itself at its start, on real hubs. */
import t from 'tap'
import { startHub } from '../support/hub.ts'
import { sparePort } from '../support/ports.ts'
import { startReplica } from '../support/service.ts'
import { until } from '../support/until.ts'
import { versions } from './support.ts'

t.setTimeout(300_000)

/** Lines of a log that tell of the proxy's address. */
const warnings = (log: string) =>
  log
    .split('\n')
    .filter((line) => line.includes('"proxy":'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>)

const expected = (proxy: string, instead: RegExp) => ({
  level: 40,
  proxy,
  instead,
  msg: /NOTEBOOK_TEMPLATES_PROXY_URL \(proxy_url= of register\)/,
})

const told = (log: () => string) => until('the warning', () => warnings(log()).length > 0, { within_s: 120 })

for (const version of versions) {
  t.test(`JupyterHub ${version}: the Hub's own port in the place of its proxy`, async (t) => {
    const hub = await startHub(t, {
      version,
      // `--JupyterHub.hub_port` is what the test's hub is started with.
      config: `
import sys
port = next(one.split("=")[1] for one in sys.argv if one.startswith("--JupyterHub.hub_port="))
for service in c.JupyterHub.services:
    if service["name"] == "templates":
        service["environment"]["NOTEBOOK_TEMPLATES_PROXY_URL"] = f"http://127.0.0.1:{port}"
`,
    })
    const url = hub.serviceEnvironment().NOTEBOOK_TEMPLATES_PROXY_URL ?? ''
    t.equal(new URL(url).port, new URL(hub.serviceEnvironment().JUPYTERHUB_API_URL ?? '').port)
    await told(() => hub.log())
    t.match(warnings(hub.log()), [
      expected(url, /^a JupyterHub that has no route to this service \(status (302|404)\)/),
    ])
    t.ok(hub.servicePid(), 'the service goes on')
  })
}

t.test('replicas of a hub whose proxy is where they were told, and where nobody is', async (t) => {
  const hub = await startHub(t)
  const nobody = `http://127.0.0.1:${await sparePort()}`
  // Not this replica but the managed one answers at the proxy.
  const right = await startReplica(t, hub)
  const wrong = await startReplica(t, hub, { NOTEBOOK_TEMPLATES_PROXY_URL: nobody })
  await told(wrong.log)
  t.match(warnings(wrong.log()), [expected(nobody, /^nobody \(ECONNREFUSED\)$/)])
  t.same([warnings(right.log()), warnings(hub.log())], [[], []])
  t.same(await wrong.end(), { code: 0, signal: null }, 'and it ends as told while it still asks')
})
