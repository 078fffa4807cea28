/** A store that a flood of clicks has filled, on a real hub. */
import t from 'tap'
import { send } from '../support/http.ts'
import { type RunningHub, startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { until } from '../support/until.ts'
import { person, platform, shipped } from './person.ts'

t.setTimeout(300_000)

const config = `
class EveFails(spawners.FailsAtFirst):
    async def start(self):
        self.failures = 1 if self.user.name == "eve" else 0
        return await super().start()

c.JupyterHub.spawner_class = EveFails
`

t.test('when clicks have filled the store, logins and confirmed journeys go on', async (t) => {
  const hub = await startHub(t, {
    config,
    service: {
      NOTEBOOK_TEMPLATES_MAX_KEPT_BYTES: String(2 ** 20),
      NOTEBOOK_TEMPLATES_MAX_PARAMS_BYTES: '100000',
    },
  })
  const [ada, eve] = [person(hub, 'ada'), person(hub, 'eve')]
  const asked = await ada.click('Before the flood')
  const failing = await eve.click('Before the flood')
  // From one of the addresses that the flood comes from.
  const fay = person(hub, 'fay')
  const claimed = await fay.browser.login(
    await fay.browser.post(
      hub.templatesUrl + shipped,
      { params: JSON.stringify({ measurement_name: 'Claimed' }) },
      { from: platform, headers: { 'x-forwarded-for': addressOf(0) } },
    ),
    'fay',
  )
  t.match([asked.status, failing.status, claimed.status], [200, 200, 200])
  await fill(hub)

  const bob = person(hub, 'bob')
  const login = await bob.visit(hub.templatesUrl)
  const catalogue = await bob.browser.login(login, 'bob')
  t.match([catalogue.status, catalogue.url], [200, hub.templatesUrl], 'others log in')
  const notebook = await ada.arrive(await ada.confirm(asked))
  t.ok(
    ada.files(notebook.split('/').slice(0, -1).join('/')).length > 0,
    'the server starts, the notebook is written',
  )

  const clicked = await eve.confirm(failing)
  const problem = await until('the failure', async () => {
    const page = clicked.status >= 400 ? clicked : await eve.visit(clicked.url)
    return page.status >= 400 ? page : undefined
  })
  t.equal(problem.status, 502, 'a server that fails to start is told')
  t.match(pageText(problem.text()), /no room<\/b> on the cluster today.*Code 23\b/s)

  const cyd = person(hub, 'cyd')
  const late = await cyd.click('After the flood')
  t.equal(late.status, 200, 'a click from elsewhere is kept')
  await cyd.arrive(await cyd.confirm(late))
  t.same(cyd.files(), ['Data_Analysis_After the flood.ipynb'], 'and its notebook is written')

  const still = await fay.visit(claimed.url)
  t.equal(
    still.status,
    200,
    'what a user has claimed is not pushed out, though the flood came from the same address',
  )
  t.match(still.text(), 'Claimed')
})

const addressOf = (count: number) =>
  count % 5 === 4 ? `2001:db8:1:${count}00::1` : `203.0.113.${1 + (count % 5)}`

/**
 * Large clicks of four IPv4 addresses and one /48 in turn until one does not fit, then the smallest ones of the address that holds
 * the most: nothing makes room for those.
 */
async function fill(hub: RunningHub): Promise<void> {
  const click = async (address: string, more: string) => {
    const params = JSON.stringify({ measurement_name: 'x', more })
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(platform).origin,
      'x-forwarded-for': address,
    }
    const body = new URLSearchParams({ params }).toString()
    return (await send(hub.templatesUrl + shipped, { method: 'POST', headers, body })).status
  }
  let large = 0
  while ((await click(addressOf(large), 'x'.repeat(50_000))) === 303) large++
  if (large < 15) throw new Error(`${large} clicks of 50 KB fill 1 MiB`)
  let last: number
  do last = await click(addressOf(0), '')
  while (last === 303)
  if (last !== 429) throw new Error(`${last} from a full store`)
}
