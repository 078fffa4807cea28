/** Chromium and Debian's Firefox by one interface: WebDriver BiDi and CDP, as puppeteer speaks them. */
import puppeteer, { type Browser, type BrowserContext } from 'puppeteer-core'
import type { Test } from 'tap'
import type { CookieJar } from './cookies.ts'

export const browserNames = ['chromium', 'firefox-esr'] as const
export type BrowserName = (typeof browserNames)[number]

/** A name of this machine that browsers do not know as one: to them it is another host, and plain http there is not safe. */
export const otherHost = 'hub.lan'

/** Launches it with an empty profile; closed at the end of the test. Nothing is asked of the network. */
export async function launch(t: Test, name: BrowserName): Promise<Browser> {
  const browser = await (name === 'chromium' ? launchChromium() : launchFirefox())
  t.teardown(() => browser.close())
  return browser
}

function launchChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']
  const args = [...quiet, '--disable-component-update', `--host-resolver-rules=MAP ${otherHost} 127.0.0.1`]
  return puppeteer.launch({ browser: 'chrome', executablePath, headless: true, args })
}

function launchFirefox(): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    extraPrefsFirefox: {
      'network.dns.localDomains': otherHost,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    },
  })
}

/** A profile of its own in which somebody is logged in, whose cookies were got elsewhere. @param host theirs in this browser */
export async function contextWith(
  browser: Browser,
  cookies: CookieJar,
  host: string,
): Promise<BrowserContext> {
  const context = await browser.createBrowserContext()
  await context.setCookie(
    ...cookies.all().map(({ name, value, path, attributes }) => ({
      name,
      value,
      path,
      domain: host,
      httpOnly: /httponly/i.test(attributes),
      secure: false,
    })),
  )
  return context
}
