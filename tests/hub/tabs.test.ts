import t, { type Test } from 'tap'
import { type RunningHub, startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { type Person, person, platform, shipped } from './person.ts'

t.setTimeout(240_000)
t.jobs = 2

for (const version of ['6.1.1', '5.5.1'] as const) {
  t.test(`JupyterHub ${version}: logins of many tabs`, { buffered: true }, async (t) => {
    const hub = await startHub(t, { version })
    await t.test('five tabs log in at once, nobody being logged in', (t) => loggedOutTabs(t, hub))
    await t.test('five tabs log in at once, the Hub knowing the user', (t) => knownTabs(t, hub))
    await t.test('links with long queries, nobody being logged in', (t) => longLinks(t, hub))
    await t.test('a login that did not go out so does not come in', (t) => wrongReturns(t, hub))
  })
}

const session = 'notebook-templates-session'
const tabs = [1, 2, 3, 4, 5]

/** Clicks in a new tab, and stops where `follow` says. */
function open({ browser }: Person, hub: RunningHub, tab: number, follow: (to: URL) => boolean) {
  const params = JSON.stringify({ measurement_name: `Tab-${tab}` })
  return browser.post(hub.templatesUrl + shipped, { params }, { from: platform, follow })
}

async function loggedOutTabs(t: Test, hub: RunningHub): Promise<void> {
  const ada = person(hub, 'ada')
  const logins = await Promise.all(tabs.map((tab) => open(ada, hub, tab, () => true)))
  for (const { url } of logins) t.match(url, /\/hub\/login/)
  const states = logins.map(({ url }) => /state%3D([\w-]+)/.exec(url)?.[1])
  t.equal(new Set(states).size, 5, 'each has a state of its own')
  const pages = await Promise.all(logins.map((login) => ada.browser.login(login, 'ada')))
  // The Hub may refuse a form of its own that was opened beside others ("Login form invalid or expired. Try again."), and so may the
  // form that comes with this answer have been: a reload has the one that holds, or goes on, now that the others have logged in.
  for (const [at, page] of pages.entries()) {
    if (page.status !== 403 || !page.url.includes('/hub/login')) continue
    const again = await ada.browser.get(page.url)
    pages[at] = again.url.includes('/hub/login') ? await ada.browser.login(again, 'ada') : again
  }
  tabs.forEach((tab, at) => {
    t.equal(pages[at]?.status, 200)
    t.match(pages[at]?.url, /\/confirm\/[\w-]{22}\?n=/)
    t.match(pageText(pages[at]?.text() ?? ''), `Tab-${tab}`, 'each tab comes back to its own')
  })
}

async function knownTabs(t: Test, hub: RunningHub): Promise<void> {
  const bob = person(hub, 'bob')
  const login = await bob.browser.get(`${hub.url}hub/login`)
  await bob.browser.login(login, 'bob', { follow: () => false })
  t.notOk(bob.browser.cookies.all().some(({ name }) => name === session))
  const pages = await Promise.all(tabs.map((tab) => open(bob, hub, tab, () => true)))
  tabs.forEach((tab, at) => {
    t.equal(pages[at]?.status, 200)
    t.match(pageText(pages[at]?.text() ?? ''), `Tab-${tab}`)
  })
  t.notOk(
    bob.browser.cookies.all().some(({ name }) => name.startsWith('notebook-templates-login-')),
    'nothing of the logins is left',
  )
}

async function longLinks(t: Test, hub: RunningHub): Promise<void> {
  const { browser } = person(hub, 'finn')
  const links = [`?x=${'y'.repeat(2600)}`, `?q=${encodeURIComponent('€'.repeat(500))}`]
  for (const link of [...links, ...links, ...links, ...links]) {
    const page = await browser.get(hub.templatesUrl + link)
    t.match([page.status, new URL(page.url).pathname], [200, '/hub/login'])
    const ours = browser.cookies.all().filter(({ name }) => name.startsWith('notebook-templates-'))
    const sizes = ours.map(({ name, value }) => `${name}=${value}; `.length)
    t.ok(Math.max(...sizes) <= 512)
    t.ok(sizes.reduce((a, b) => a + b, 0) < 4096)
  }
  for (const link of links) {
    const page = await browser.get(hub.templatesUrl + link)
    const arrived = page.url.includes('/hub/login') ? await browser.login(page, 'finn') : page
    t.match(
      [arrived.status, arrived.url],
      [200, hub.templatesUrl + link],
      'the login leads back to all of it',
    )
  }
}

async function wrongReturns(t: Test, hub: RunningHub): Promise<void> {
  const isCallback = (to: URL) => to.pathname.endsWith('/oauth_callback')
  /** A login up to the moment in which the Hub sends the browser back. */
  const comingBack = async (name: string) => {
    const one = person(hub, name)
    const login = await open(one, hub, 1, () => true)
    const page = await one.browser.login(login, name, { follow: (to) => !isCallback(to) })
    return { one, callback: new URL(page.headers.location ?? '', page.url) }
  }
  const refused = async (t: Test, { browser }: Person, url: URL) => {
    const page = await browser.get(url.href, { from: hub.url })
    t.equal(page.status, 400)
    t.match(pageText(page.text()), /Code 27\b/)
    t.notOk(
      browser.cookies.all().some(({ name }) => name === session),
      'nobody is logged in',
    )
  }
  const cases: Record<string, (callback: URL) => void> = {
    'another state': ({ searchParams }) => searchParams.set('state', 'x'.repeat(43)),
    'no state': ({ searchParams }) => searchParams.delete('state'),
    'an empty state': ({ searchParams }) => searchParams.set('state', ''),
    'no code': ({ searchParams }) => searchParams.delete('code'),
    'another code': ({ searchParams }) => searchParams.set('code', 'x'),
  }
  for (const [returned, change] of Object.entries(cases)) {
    await t.test(returned, async (t) => {
      const { one, callback } = await comingBack('cleo')
      change(callback)
      await refused(t, one, callback)
    })
  }
  await t.test('a callback in another browser', async (t) => {
    const { callback } = await comingBack('cleo')
    await refused(t, person(hub, 'cleo'), callback)
    const { one: mallory } = await comingBack('mallory')
    await refused(t, mallory, callback)
  })
  await t.test('the same callback twice', async (t) => {
    const { one, callback } = await comingBack('cleo')
    const login = one.browser.cookies.all().filter(({ name }) => name.startsWith('notebook-templates-login-'))
    t.equal(login.length, 1)
    t.equal((await one.browser.get(callback.href, { from: hub.url })).status, 200)
    for (const { name } of one.browser.cookies.all()) {
      if (name === session)
        one.browser.cookies.set(callback, `${name}=; Path=/services/templates/; Max-Age=0`)
    }
    await refused(t, one, callback)
    for (const { name, value, path } of login)
      one.browser.cookies.set(callback, `${name}=${value}; Path=${path}`)
    await refused(t, one, callback)
  })
}
