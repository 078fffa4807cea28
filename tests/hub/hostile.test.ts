/** What other sites, other users and pages of theirs on the same host try against a user with a running server. */
import { existsSync, readdirSync } from 'node:fs'
import t, { type Test } from 'tap'
import { type BrowserLike, browserLike, type Navigation, type Page } from '../support/browser-like.ts'
import { formOf } from '../support/forms.ts'
import type { Answer } from '../support/http.ts'
import { type RunningHub, startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { startServer } from '../support/servers.ts'
import { notebookPath } from './person.ts'

t.setTimeout(300_000)

const platform = 'http://localhost:8090/'
const evil = 'http://evil.localhost:8091/'
const template = 't/measurement/Plot_%7Bname%7D.ipynb'
const requestCookie = 'notebook-templates-request-'
const sessionCookie = 'notebook-templates-session'
const noSecFetch = {
  'sec-fetch-site': undefined,
  'sec-fetch-mode': undefined,
  'sec-fetch-user': undefined,
  'sec-fetch-dest': undefined,
}

t.test('nobody but the user creates a notebook in the user’s name', async (t) => {
  const hub = await startHub(t)
  await startServer(hub, 'ada')
  const ada = await loggedIn(hub, 'ada')
  const eve = await loggedIn(hub, 'eve')
  const evePage = `${hub.url}user/eve/files/page.html`
  const click = (browser: BrowserLike, name = 'x') =>
    browser.post(hub.templatesUrl + template, { params: JSON.stringify({ name }) }, { from: platform })

  const page = await click(ada, 'wanted')
  const form = formOf(page.text(), page.url, 'confirm')
  const csrf = form.fields.csrf ?? ''
  const other = await click(ada, 'other')
  const othersCsrf = formOf(other.text(), other.url, 'confirm').fields.csrf ?? ''
  const theirs = await click(eve, 'theirs')
  const evesCsrf = formOf(theirs.text(), theirs.url, 'confirm').fields.csrf ?? ''
  t.match([csrf, othersCsrf, evesCsrf], [/^[\w-]{43}$/, /^[\w-]{43}$/, /^[\w-]{43}$/])
  t.equal(new Set([csrf, othersCsrf, evesCsrf]).size, 3)

  const stillUnwritten = async (t: Test) => {
    t.same(notebooksOf(hub, 'ada'), [], 'no notebook was written')
    t.match(pageText((await ada.get(page.url)).text()), 'Create this notebook?', 'it was not confirmed')
  }

  t.test('a confirmation that was not clicked on its page', async (t) => {
    const from = page.url
    const cases: [string, Record<string, string>, Navigation][] = [
      ['a form on another site', { csrf }, { from: evil }],
      ['a form on another site, sent by its script', { csrf }, { from: evil, byScript: true }],
      ['another site, in a browser without Sec-Fetch', { csrf }, { from: evil, headers: noSecFetch }],
      ['a form on another user’s page on the same host', { csrf }, { from: evePage }],
      ['the same in a browser without Sec-Fetch', { csrf }, { from: evePage, headers: noSecFetch }],
      ['the same, its script having changed the address to ours', { csrf }, { from, byScript: true }],
      ['the same with a click, but without the token', {}, { from }],
      ['an empty token', { csrf: '' }, { from }],
      ['a token of another request of the same user', { csrf: othersCsrf }, { from }],
      ['a token of another user', { csrf: evesCsrf }, { from }],
      ['no page at all', { csrf }, {}],
      ['a page that hides its address', { csrf }, { from, headers: { referer: undefined } }],
      ['a page that hides its path', { csrf }, { from, headers: { referer: hub.url } }],
      ['a sandboxed frame', { csrf }, { from, headers: { origin: 'null' } }],
      ['no origin', { csrf }, { from, headers: { origin: undefined } }],
      ['a frame', { csrf }, { from, headers: { 'sec-fetch-dest': 'iframe' } }],
      ['a page below ours that is not ours', { csrf }, { from: `${hub.url}services/templatesx/` }],
      ['an address that only looks like ours', { csrf }, { from: `${evil}services/templates/confirm/x` }],
    ]
    for (const [label, fields, navigation] of cases) {
      const answer = await ada.post(form.url, fields, navigation)
      t.match([answer.status, codeOf(answer)], [403, 26], label)
      t.notOk(notebookPath(answer))
    }
    await stillUnwritten(t)
  })

  t.test('a script on another page of the same host', async (t) => {
    for (const from of [evePage, page.url]) {
      for (const url of [page.url, page.url.replace('/confirm/', '/progress/')]) {
        const read = await ada.fetch(url, { from })
        t.equal(read.status, 403, `reads nothing of ${new URL(url).pathname.split('/')[3]}`)
        t.notMatch(read.text(), csrf)
      }
      const sent = await ada.fetch(form.url, {
        from,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ csrf }).toString(),
      })
      t.equal(sent.status, 403, 'confirms nothing, even if it had the token')
    }
    const framed = await ada.get(page.url, { from: evePage, headers: { 'sec-fetch-dest': 'iframe' } })
    t.equal(framed.status, 403)
    t.notMatch(framed.text(), csrf)
    const policies = page.steps.slice(-2).map(({ answer }) => answer.headers['cross-origin-opener-policy'])
    t.same(
      policies,
      ['same-origin', 'noopener-allow-popups'],
      'a page that sends one of them has not the other',
    )
    t.match(page.headers, {
      'x-frame-options': 'DENY',
      'content-security-policy': "frame-ancestors 'none'",
    })
    await stillUnwritten(t)
  })

  t.test('another user', async (t) => {
    const seen = await eve.get(page.url)
    t.match([seen.status, codeOf(seen)], [410, 2], 'cannot see it')
    const sent = await eve.post(form.url, { csrf }, { from: page.url })
    t.equal(sent.status, 403, 'cannot confirm it, even if they had the token')
    const own = await eve.post(form.url, { csrf: evesCsrf }, { from: page.url })
    t.equal(own.status, 403, 'nor with a token of their own')
    const progress = new URL(new URL(page.url).pathname.replace('/confirm/', '/progress/'), page.url).href
    t.equal((await eve.get(progress)).status, 410)
    t.equal((await eve.fetch(`${progress}/events`, { from: progress })).status, 410)
    const cookies = eve.cookies
    for (const { name, value, host } of ada.cookies.all()) {
      if (name.startsWith(requestCookie)) cookies.set(new URL(`http://${host}/`), `${name}=${value}; Path=/`)
    }
    t.equal((await eve.get(page.url)).status, 410, 'also with the cookie of the browser that sent it')
    t.same(notebooksOf(hub, 'eve'), [])
    await stillUnwritten(t)
  })

  t.test('a request that somebody else has sent opens for nobody', async (t) => {
    const forged = browserLike()
    const headers = { origin: 'https://sampledb.example', referer: 'https://sampledb.example/' }
    const sent = await forged.post(
      hub.templatesUrl + template,
      { params: '{"name":"forged"}' },
      { headers, follow: () => false },
    )
    const link = new URL(sent.headers.location ?? '', hub.url).href
    const loggedOut = browserLike()
    for (const [label, browser] of [
      ['logged in', ada],
      ['logged out', loggedOut],
    ] as const) {
      const opened = await browser.get(link, { from: evil })
      t.match([opened.status, codeOf(opened)], [410, 2], label)
      t.equal(opened.url, link, 'and nobody is asked for a password for it')
    }
    const claimed = await ada.get(theirs.url)
    t.match([claimed.status, codeOf(claimed)], [410, 2], 'nor does one that its sender has opened')
    await stillUnwritten(t)
  })

  t.test('planted cookies', async (t) => {
    const plant = (name: string, value: string, path: string) =>
      ada.cookies.set(new URL(page.url), `${name}=${value}; Path=${path}`)
    const forget = (name: string, path: string) => plant(name, 'x; Max-Age=0', path)
    const narrow = '/services/templates/confirm'
    const evesSession = cookieOf(eve, sessionCookie)
    const evesHubSession = cookieOf(eve, 'jupyterhub-session-id')

    plant(sessionCookie, evesSession, narrow)
    t.match(codeOf(await ada.get(page.url)), 27, 'a second session')
    t.equal((await ada.post(form.url, { csrf }, { from: page.url })).status, 400)
    forget(sessionCookie, narrow)

    plant('jupyterhub-session-id', evesHubSession, narrow)
    t.match(codeOf(await ada.get(page.url)), 27, 'a second session of the Hub')
    forget('jupyterhub-session-id', narrow)

    plant(sessionCookie, evesSession, '/services/templates/')
    const asAda = await ada.get(page.url)
    t.match(pageText(asAda.text()), 'Signed in as ada', 'another’s session instead of one’s own: a new login')
    t.ok(asAda.steps.some(({ url }) => url.includes('/hub/api/oauth2/authorize')))
    t.not(cookieOf(ada, sessionCookie), evesSession)

    plant(sessionCookie, 'eyJhbGciOiJkaXIifQ..a.b.c', '/services/templates/')
    t.match(pageText((await ada.get(page.url)).text()), 'Signed in as ada', 'nonsense: a new login')
    t.same(notebooksOf(hub, 'eve'), [])
    await stillUnwritten(t)
  })

  t.test('a login that comes back differently', async (t) => {
    const browser = browserLike()
    const stopped = await browser.get(hub.templatesUrl, {
      follow: (to) => !to.pathname.endsWith('/oauth_callback'),
    })
    const back = await browser.login(stopped, 'ada', {
      follow: (to) => !to.pathname.endsWith('/oauth_callback'),
    })
    const callback = new URL(back.headers.location ?? '', hub.url)
    t.match(callback.pathname, '/services/templates/oauth_callback')

    const inEves = await eve.get(callback.href)
    t.match([inEves.status, codeOf(inEves)], [400, 27], 'in another browser')
    const changed = new URL(callback)
    changed.searchParams.set('state', 'A'.repeat(43))
    t.match(codeOf(await browser.get(changed.href)), 27, 'with another state')
    const without = new URL(callback)
    without.searchParams.delete('state')
    t.match(codeOf(await browser.get(without.href)), 27, 'without a state')

    const jar = browser.cookies.all().filter(({ name }) => name.startsWith('notebook-templates-login-'))
    t.equal((await browser.get(callback.href)).status, 200, 'as it went out')
    t.match(codeOf(await browser.get(callback.href)), 27, 'twice')
    for (const { name, value, path } of jar) {
      browser.cookies.set(callback, `${name}=${value}; Path=${path}`)
    }
    t.match(codeOf(await browser.get(callback.href)), 27, 'twice, by somebody who kept the cookie')

    const denied = await loginUnderWay(hub)
    const state = denied.state
    const answer = await denied.browser.get(
      `${hub.templatesUrl}oauth_callback?error=access_denied&state=${encodeURIComponent(state)}`,
    )
    t.match([answer.status, codeOf(answer)], [400, 27], 'with an error')
    const wrong = await loginUnderWay(hub)
    const refused = await wrong.browser.get(
      `${hub.templatesUrl}oauth_callback?code=invented&state=${encodeURIComponent(wrong.state)}`,
    )
    t.match([refused.status, codeOf(refused)], [400, 27], 'with an invented code')
    t.notMatch(hub.log(), callback.searchParams.get('code') ?? '-', 'the code is in no log of ours')
  })

  t.test('and the user’s own click still works', async (t) => {
    const created = await ada.submit(page, 'confirm')
    t.match(created.url, '/user/ada/notebooks/measurement/Plot_wanted.ipynb')
    t.same(notebooksOf(hub, 'ada'), ['measurement/Plot_wanted.ipynb'])
  })
})

async function loggedIn(hub: RunningHub, user: string): Promise<BrowserLike> {
  const browser = browserLike()
  await browser.login(await browser.get(hub.templatesUrl), user)
  return browser
}

/** A browser that stands at the Hub's login, sent there by the service. */
async function loginUnderWay(hub: RunningHub) {
  const browser = browserLike()
  const page = await browser.get(hub.templatesUrl)
  const asked = page.steps.find(({ url }) => url.includes('/oauth2/authorize'))
  return { browser, state: new URL(asked?.url ?? '').searchParams.get('state') ?? '' }
}

function cookieOf(browser: BrowserLike, wanted: string): string {
  const found = browser.cookies.all().find(({ name }) => name === wanted)
  if (!found) throw new Error(`the browser has no cookie ${wanted}`)
  return found.value
}

/** Of the home on the disk, hidden ones and what another name would hide included. */
function notebooksOf(hub: RunningHub, user: string): string[] {
  const home = hub.userDir(user)
  if (!existsSync(home)) return []
  const names = readdirSync(home, { recursive: true }).map(String)
  return names.filter((name) => /ipynb|Plot|measurement\//.test(name))
}

function codeOf(answer: Answer | Page): number | undefined {
  const found = /Code\s*<code>(\d+)<\/code>/.exec(answer.text())
  return found ? Number(found[1]) : undefined
}
