/** *My notebooks* with real hubs and servers: what was made is there, opens, and can be forgotten. */
import t, { type Test } from 'tap'
import { type RunningHub, startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { stopServer } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { person } from './person.ts'
import { versions } from './support.ts'

t.setTimeout(300_000)

for (const version of versions) {
  t.test(`JupyterHub ${version}`, async (t) => {
    const hub = await startHub(t, { version })
    await t.test('what a user has made is listed, and opens', (t) => listed(t, hub))
  })
}

const stopped = 'When you open a notebook, the Hub starts it first.'

async function listed(t: Test, hub: RunningHub): Promise<void> {
  const ada = person(hub, 'ada')
  const url = `${hub.templatesUrl}mine`
  const login = await ada.visit(url)
  t.match(login.url, '/hub/login')
  const empty = await ada.browser.login(login, 'ada')
  t.equal(empty.url.split('?')[0], url, 'the login comes back')
  t.match(pageText(empty.text()), 'You have not made a notebook yet')

  const paths: string[] = []
  for (const name of ['First', 'Größe 2']) {
    paths.unshift(await ada.arrive(await ada.confirm(await ada.click(name))))
    await until('the history', async () => (await ada.visit(url)).text().includes('Data_<wbr>Analysis'))
  }
  const page = await until('both', async () => {
    const page = await ada.visit(url)
    return pageText(page.text()).includes(paths[0]!) && page
  })
  const text = pageText(page.text())
  t.ok(text.indexOf(paths[0]!) < text.indexOf(paths[1]!), 'the newest first')
  t.match(text, /\d{1,2}:\d\d [AP]M UTC From http:\/\/localhost:8090/, 'when, and from where')
  t.notMatch(text, stopped)

  const [, href = ''] = /<a class="button" href="([^"]*)">Open</.exec(page.text()) ?? []
  const opened = await ada.browser.get(new URL(href, hub.url).href)
  t.equal(opened.status, 200)
  t.match(decodeURIComponent(opened.url), paths[0]!, 'the notebook opens on the server')

  await stopServer(hub, 'ada')
  t.match(pageText((await ada.visit(url)).text()), stopped)
  const asks = await ada.browser.get(new URL(href, hub.url).href)
  t.match([asks.url, asks.text()], [/\/hub\//, /spawn/], 'and the Hub has it started')

  const dora = person(hub, 'dora')
  const doras = await dora.browser.login(await dora.visit(url), 'dora')
  t.match(pageText(doras.text()), 'You have not made a notebook yet', 'another user sees none of it')

  const cleared = await ada.browser.submit(await ada.visit(url), 'mine/clear')
  t.equal(cleared.url.split('?')[0], url)
  t.match(pageText(cleared.text()), 'You have not made a notebook yet')
  t.equal(ada.files().length, 2, 'the notebooks stay')
}
