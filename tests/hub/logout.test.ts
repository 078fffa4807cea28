import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type BrowserLike, browserLike } from '../support/browser-like.ts'
import { type RunningHub, startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { serverOf, startServer } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { type Person, person, requestId } from './person.ts'

t.setTimeout(240_000)

/** Dora's server takes so long that she logs out meanwhile. */
const config = `
class ByName(spawners.Slow):
    async def start(self):
        self.delay_s = 5 if self.user.name == "dora" else 0
        return await super().start()

c.JupyterHub.spawner_class = ByName
`
const session = 'notebook-templates-session'

t.test('who is logged in, and who is not any more', async (t) => {
  const hub = await startHub(t, { config })
  await startServer(hub, 'ada')
  await t.test('after a logout the old cookies create nothing', (t) => loggedOut(t, hub))
  await t.test('what was not yet written at a logout is not written', (t) => whileStarting(t, hub))
  await t.test('an expired token means a login that comes back', (t) => expired(t, hub))
  await t.test("another user's confirmation does not exist", (t) => notTheirs(t, hub))
  await t.test("another user's session is nobody's in this browser", (t) => planted(t, hub))
})

const cookieOf = (browser: BrowserLike, name: string) =>
  browser.cookies.all().find((one) => one.name === name)

/** What this browser holds for the service, in another one; not the Hub's own login. */
function stolen(browser: BrowserLike, hub: RunningHub): BrowserLike {
  const thief = browserLike()
  for (const { name, value, path } of browser.cookies.all()) {
    if (path.startsWith('/hub/')) continue
    thief.cookies.set(new URL(hub.url), `${name}=${value}; Path=${path}`)
  }
  return thief
}

async function loggedOut(t: Test, hub: RunningHub): Promise<void> {
  const ada = person(hub, 'ada')
  const confirmation = await ada.click('Out')
  const thief = stolen(ada.browser, hub)
  t.equal((await thief.get(confirmation.url)).status, 200, 'these cookies are all that it takes')
  t.ok(cookieOf(ada.browser, session))
  await ada.browser.get(`${hub.url}hub/logout`)
  t.ok(cookieOf(ada.browser, session), 'the Hub cannot delete the cookie of this service')

  for (const [who, browser] of Object.entries({ thief, 'the tab itself': ada.browser })) {
    const page = await browser.submit(confirmation, 'confirm')
    t.match(page.url, /\/hub\/login/, `${who} is sent to the login`)
    t.same(ada.files(), [])
  }
  const login = await ada.browser.submit(confirmation, 'confirm')
  const back = await ada.browser.login(login, 'ada')
  t.equal(requestId(back), requestId(confirmation), 'and comes back to the same confirmation')
  t.equal(back.status, 200)
  t.same(ada.files(), [], 'which asks again')
  t.equal(await ada.arrive(await ada.confirm(back)), 'some_instrument/Data_Analysis_Out.ipynb')
  t.match((await thief.get(confirmation.url)).url, /\/hub\/login/, 'the old cookies stay worthless')
}

async function whileStarting(t: Test, hub: RunningHub): Promise<void> {
  const dora = person(hub, 'dora')
  const progress = await dora.confirm(await dora.click('Starting'))
  t.match(progress.url, /\/progress\//)
  t.equal((await serverOf(hub, 'dora'))?.pending, 'spawn')
  await dora.browser.get(`${hub.url}hub/logout`)
  const watched = dora.events(progress)
  t.equal(await watched.status, 400, 'nobody watches it any more')
  await until('the server to be ready', async () => (await serverOf(hub, 'dora'))?.ready, { within_s: 60 })

  const login = await dora.visit(progress.url)
  t.match(login.url, /\/hub\/login/)
  const back = await dora.browser.login(login, 'dora')
  t.match(back.url, /\/progress\//)
  t.equal(requestId(back), requestId(progress))
  const told = await until('the service to tell', async () => {
    const page = await dora.visit(progress.url)
    return page.status >= 400 ? page : undefined
  })
  t.equal(told.status, 400)
  t.match(pageText(told.text()), /Code 27\b/)
  t.same(dora.files(), [], 'nothing was written')

  const confirmation = await dora.visit(progress.url.replace('progress', 'confirm'))
  t.equal(confirmation.status, 200)
  t.match(told.text(), new URL(confirmation.url).pathname, 'the page leads to the confirmation')
  t.equal(await dora.arrive(await dora.confirm(confirmation)), 'some_instrument/Data_Analysis_Starting.ipynb')
  t.same(dora.files(), ['Data_Analysis_Starting.ipynb'])
}

async function expired(t: Test, hub: RunningHub): Promise<void> {
  const ada = person(hub, 'ada')
  const confirmation = await ada.click('Expired')
  expireTokens(hub)
  const back = await ada.confirm(confirmation)
  t.equal(requestId(back), requestId(confirmation))
  t.equal(back.status, 200)
  const hosts = back.steps.map(({ url }) => new URL(url).pathname)
  t.ok(hosts.includes('/hub/api/oauth2/authorize'), 'through the Hub')
  t.notOk(hosts.includes('/hub/login'), 'where the user is still logged in')
  t.notOk(ada.files().includes('Data_Analysis_Expired.ipynb'))
  t.equal(await ada.arrive(await ada.confirm(back)), 'some_instrument/Data_Analysis_Expired.ipynb')
}

/** As if their time had come: what the Hub gave this service for its users holds no longer. */
function expireTokens(hub: RunningHub): void {
  const database = join(hub.dir, 'jupyterhub.sqlite')
  const program = `
import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=20) as database:
    done = database.execute(
        "update api_tokens set expires_at = '2020-01-01 00:00:00.000000' where client_id = 'service-templates'"
    )
    assert done.rowcount > 0
`
  execFileSync('python3', ['-c', program, database])
}

/** What a person reads, without what differs by nature. */
const said = (text: string) => pageText(text).replace(/[0-9a-f]{12}|Time: [-\d: ]+ UTC/g, '')

async function notTheirs(t: Test, hub: RunningHub): Promise<void> {
  const ada = person(hub, 'ada')
  const bob = person(hub, 'bob')
  const adas = await ada.click('Hers')
  const unclaimed = await ada.browser.post(
    `${hub.templatesUrl}t/some_instrument/Data_Analysis_%7Bmeasurement_name%7D.ipynb`,
    { params: '{"measurement_name":"Nobodys"}' },
    { follow: () => false },
  )
  const bobs = await bob.click('His')
  const unknown = await bob.visit(bobs.url.replace(/[\w-]{22}\?n=.*/, 'A'.repeat(22)))
  t.equal(unknown.status, 410)
  const unclaimedUrl = new URL(unclaimed.headers.location ?? '', hub.url).href
  for (const url of [adas.url, adas.url.replace('confirm', 'progress'), unclaimedUrl]) {
    const page = await bob.visit(url)
    t.equal(page.status, 410)
    t.equal(said(page.text()), said(unknown.text()), 'as an unknown one')
  }
  const stranger = browserLike()
  t.equal((await stranger.get(unclaimedUrl)).status, 410, 'the link alone opens for nobody')
  t.match((await stranger.get(adas.url)).url, /\/hub\/login/)
  const forged = await bob.confirm({
    ...bobs,
    body: Buffer.from(''),
    text: () => bobs.text().replaceAll(requestId(bobs), requestId(adas)),
  })
  t.equal(forged.status, 403, "a form for it with Bob's own token")
  t.equal((await ada.visit(unclaimedUrl)).status, 200)
  t.equal(await ada.arrive(await ada.confirm(adas)), 'some_instrument/Data_Analysis_Hers.ipynb')
  t.same(bob.files(), [])
}

async function planted(t: Test, hub: RunningHub): Promise<void> {
  const ada = person(hub, 'ada')
  const bob = person(hub, 'bob')
  const confirmation = await ada.click('Planted')
  const bobs = await bob.click('Own')
  const cookie = cookieOf(ada.browser, session)
  const plant = (browser: Person['browser'], path: string) =>
    browser.cookies.set(new URL(hub.url), `${session}=${cookie?.value}; Path=${path}`)

  plant(bob.browser, '/services/templates/confirm')
  const twice = await bob.visit(bobs.url)
  t.equal(twice.status, 400, 'two cookies of the name: neither counts')
  t.match(pageText(twice.text()), /Code 27\b/)
  bob.browser.cookies.set(new URL(hub.url), `${session}=; Path=/services/templates/confirm; Max-Age=0`)
  t.equal((await bob.visit(bobs.url)).status, 200)

  plant(bob.browser, '/services/templates/')
  const page = await bob.visit(confirmation.url)
  t.equal(page.status, 410, 'Bob is Bob')
  t.ok(
    page.steps.some(({ url }) => url.includes('/oauth2/authorize')),
    'after he was asked again',
  )
  t.equal((await bob.visit(bobs.url)).status, 200)
}
