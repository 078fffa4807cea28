/** Services that have lost their parent, on a real Hub: the Hub's word decides whether they stay. */
import t from 'tap'
import { startFromShell } from '../support/from-shell.ts'
import { send } from '../support/http.ts'
import { startHub } from '../support/hub.ts'
import { isFree, sparePort } from '../support/ports.ts'
import { isRunning } from '../support/processes.ts'
import { until } from '../support/until.ts'

t.setTimeout(480_000)

t.test('a service whose parent is not its Hub', async (t) => {
  const hub = await startHub(t)

  await t.test('a service of its own, whose shell has ended, stays while its Hub accepts it', async (t) => {
    const address = `http://127.0.0.1:${await sparePort()}`
    const asked = () => hub.log().match(/ 200 GET \/hub\/api\/user \(templates@/g)?.length ?? 0
    const before = asked()
    const pid = await startFromShell(t, { ...hub.serviceEnvironment(), JUPYTERHUB_SERVICE_URL: address })
    await until('the service to ask the Hub', () => asked() > before || !isRunning(pid), { within_s: 60 })
    t.ok(asked() > before)
    t.equal(await healthAt(address), 200)
    t.ok(isRunning(pid))
  })

  await t.test('one of a Hub that was killed while Node was loading ends by itself', async (t) => {
    const { port } = new URL(hub.serviceEnvironment().JUPYTERHUB_SERVICE_URL ?? '')
    await hub.stop()
    const starting = hub.restart().catch(() => 'it has ended')
    const pid = await until('the process of the service', () => hub.servicePid(), {
      within_s: 60,
      every_ms: 5,
    })
    // So that the Hub dies first, however slow the machine is.
    process.kill(pid, 'SIGSTOP')
    await hub.kill()
    t.equal(await starting, 'it has ended')
    process.kill(pid, 'SIGCONT')
    await until('the service to end by itself', () => !isRunning(pid), { within_s: 90 })
    t.ok(await isFree(Number(port)), 'and leaves its port to the next')
  })
})

/** The status of its probe, once it answers. */
const healthAt = (address: string) =>
  until('the service to answer', () =>
    send(`${address}/services/templates/health`).then(
      ({ status }) => status,
      () => undefined,
    ),
  )
