/**
 * What a page of another user on the same host reads of our pages that hold a token: in Chromium and in Firefox, with each value of
 * `Cross-Origin-Opener-Policy` that it may send itself, as the page that opens ours and as one that ours has opened.
 */
import type { BrowserContext, Page } from 'puppeteer-core'
import t, { type Test } from 'tap'
import { type Person, person, requestId } from '../hub/person.ts'
import { startHub } from '../support/hub.ts'
import { type BrowserName, browserNames, contextWith, launch, otherHost } from '../support/two-browsers.ts'
import { until } from '../support/until.ts'
import { serveEvilPage } from './evil-page.ts'

t.setTimeout(600_000)

const policies = ['', 'same-origin', 'same-origin-allow-popups', 'noopener-allow-popups'] as const
const token = /name="csrf" value="[\w-]{43}"/
const field = 'input[name=csrf]'

/** Everybody's server starts at once, but for one that does not and one that never will. */
const config = (evil: string) => `
class ByName(spawners.Slow):
    async def start(self):
        if self.user.name == "fails":
            raise RuntimeError("no room")
        self.delay_s = 600
        return await super().start()

c.JupyterHub.spawner_class = ByName
c.Spawner.start_timeout = 900
c.JupyterHub.services = [*c.JupyterHub.services, {"name": "evil", "url": "${evil}"}]
`

interface Victim {
  readonly label: string
  readonly who: Person
  /** Path of the page. */
  readonly path: string
}

t.test('a page of another user on the same host', async (t) => {
  const hub = await startHub(t, { config: config(await serveEvilPage(t)) })
  const [asked, waits, fails] = [person(hub, 'asked'), person(hub, 'waits'), person(hub, 'fails')]
  const question = await asked.click('A')
  const start = await waits.confirm(await waits.click('B'))
  const failure = await fails.confirm(await fails.click('C'))
  const victims = [
    victim('the confirmation', asked, 'confirm', question),
    victim('the progress page', waits, 'progress', start),
    victim('the page with Try again', fails, 'progress', failure),
  ]
  for (const [at, text] of [/Create notebook/, /Starting your server/, /Try again/].entries()) {
    const { label, who, path } = victims[at]!
    const page = await until(label, async () => {
      const found = await who.visit(new URL(path, hub.url).href)
      return text.test(found.text()) && found
    })
    t.match(page.text(), token, `${label} holds a token`)
  }
  t.jobs = browserNames.length
  await Promise.all(
    browserNames.map((name) => t.test(`in ${name}`, (t) => inBrowser(t, name, hub.port, victims))),
  )
})

const victim = (
  label: string,
  who: Person,
  route: string,
  page: Parameters<typeof requestId>[0],
): Victim => ({
  label,
  who,
  path: `/services/templates/${route}/${requestId(page)}`,
})

async function inBrowser(t: Test, name: BrowserName, port: number, victims: readonly Victim[]) {
  const browser = await launch(t, name)
  for (const { label, who, path } of victims) {
    await t.test(`reads nothing of ${label}`, async (t) => {
      const context = await contextWith(browser, who.browser.cookies, '127.0.0.1')
      const origin = `http://127.0.0.1:${port}`
      for (const policy of policies) {
        const evil = `${origin}/services/evil/?coop=${policy}`
        const said = policy || 'none'
        t.notMatch(await asOpener(context, evil, path), token, `as its opener, with ${said}`)
        t.notMatch(await asPopup(context, evil, path), token, `as a popup beside it, with ${said}`)
      }
      await t.test('by script', (t) => byScript(t, context, `${origin}/services/evil/`, path))
      await t.test('by a service worker', (t) => byWorker(t, context, `${origin}/services/evil/`, path))
      await context.close()
    })
  }

  // Over plain http browsers look at none of the headers that this rests on: documented, in docs/security.md.
  await t.test('over plain http on another host reads all: documented', async (t) => {
    const [{ who, path }] = victims as [Victim]
    const context = await contextWith(browser, who.browser.cookies, otherHost)
    const evil = `http://${otherHost}:${port}/services/evil/`
    t.match(await asOpener(context, evil, path), token, 'as its opener')
    t.match(await asPopup(context, evil, path), token, 'as a popup beside it')
    const attacker = await opened(context, evil)
    t.match(await call(attacker, 'fetched', path), token, 'by script')
    await context.close()
  })
}

/** What a page that opens ours in a window sees in that window. */
async function asOpener(context: BrowserContext, evil: string, path: string): Promise<string> {
  const attacker = await opened(context, evil)
  const victim = await popupOf(attacker, () => call(attacker, 'openWindow', path))
  await shows(victim, field)
  const seen = await call(attacker, 'seen')
  await victim.close()
  await attacker.close()
  return seen
}

/** What a page sees of the window that has opened it, when that goes to ours. */
async function asPopup(context: BrowserContext, evil: string, path: string): Promise<string> {
  const victim = await opened(context, evil)
  const attacker = await popupOf(victim, () => call(victim, 'openWindow', evil))
  await shows(attacker, 'button')
  // With `noopener-allow-popups` a page has no opener, not even of its own kind.
  if (await attacker.evaluate('opener === null')) await victim.goto(new URL(path, evil).href)
  else await call(attacker, 'sendOpener', path)
  await shows(victim, field)
  const seen = await call(attacker, 'seenOfOpener')
  await attacker.close()
  await victim.close()
  return seen
}

async function byScript(t: Test, context: BrowserContext, evil: string, path: string): Promise<void> {
  const attacker = await opened(context, evil)
  for (const attack of ['fetched', 'requested', 'framed', 'embedded', 'pretended'])
    t.notMatch(await call(attacker, attack, path), token, attack)
  await attacker.close()
}

async function byWorker(t: Test, context: BrowserContext, evil: string, path: string): Promise<void> {
  const page = await opened(context, evil)
  await call(page, 'registerWorker')
  await page.goto(new URL(path, evil).href)
  await page.goto(evil)
  const seen = await call(page, 'seenByWorker')
  t.match(seen, /^403 /m, 'what it asks for is refused')
  t.notMatch(seen, token)
  await page.evaluate('navigator.serviceWorker.getRegistration("/").then((found) => found.unregister())')
  await page.close()
}

/** Asked again and again: while a window changes to another process, nothing that waits in it is told. */
function shows(page: Page, selector: string): Promise<unknown> {
  const isThere = () => page.$(selector).then((found) => found !== null)
  return until(`${selector} in ${page.url()}`, () => isThere().catch(() => false), { within_s: 30 })
}

async function opened(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  return page
}

/** A function of the evil page, with what it tells. */
async function call(page: Page, name: string, argument?: string): Promise<string> {
  return String(await page.evaluate(`${name}(${argument === undefined ? '' : JSON.stringify(argument)})`))
}

async function popupOf(page: Page, act: () => Promise<unknown>): Promise<Page> {
  const popup = new Promise<Page>((resolve) => page.once('popup', (found) => found && resolve(found)))
  await act()
  return popup
}
