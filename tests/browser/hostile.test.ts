/**
 * A page of another user on the same host, and values that want to be code, in a real Chromium: only a browser shows
 * what a script can really reach.
 */
import type { Page, Response } from 'playwright-core'
import t, { type Test } from 'tap'
import { openBrowser } from '../support/browser.ts'
import { startServer } from '../support/servers.ts'
import { serveEvilPage } from './evil-page.ts'
import { arrive, createButton, logIn, notebooksOf, ownComplaints, setStage } from './stage.ts'

t.setTimeout(600_000)

const hostile = {
  measurement_name: '<script>alert(1)</script>',
  '"><img src=x onerror=alert(2)>': '"><img src=x onerror=alert(3)>',
  link: 'javascript:alert(4)',
  closing: '</textarea></script></style><svg onload=alert(5)>',
  nested: { '<b onmouseover=alert(6)>': ['</pre><script>alert(7)</script>', "'-alert(8)-'"] },
  reversed: '\u202Egnp.exe',
  template: '<%= process.env %>{{7*7}}',
  cell: "'''\nimport os\nos.system('false')\n\"\"\"",
}

t.test('in a browser, nobody gets at what is the user’s', async (t) => {
  const evil = await serveEvilPage(t)
  const stage = await setStage(
    t,
    { wanted: '{"measurement_name": "wanted"}', hostile: JSON.stringify(hostile) },
    // As close as another user's server comes: the same host, and any page it likes.
    { config: `c.JupyterHub.services = [*c.JupyterHub.services, {"name": "evil", "url": "${evil}"}]` },
  )
  const { hub, platform } = stage
  await startServer(hub, 'ada')
  const browser = await openBrowser(t)
  const { page, context } = browser
  await page.goto(platform)
  await page.getByRole('button', { name: 'wanted' }).click()
  await logIn(page, 'ada')
  await page.waitForURL('**/confirm/**')
  const confirmation = page.url()
  const path = new URL(confirmation).pathname
  const csrf = await page.locator('input[name=csrf]').first().inputValue()
  t.match(csrf, /^[\w-]{43}$/)

  const stillUnwritten = async (t: Test) => {
    t.same(notebooksOf(hub, 'ada'), [], 'nothing was written')
    const look = await context.newPage()
    await look.goto(confirmation)
    t.ok(await createButton(look).isVisible(), 'nothing was confirmed')
    await look.close()
  }

  await t.test('a page on the same host that knows the address of the confirmation', async (t) => {
    const attacker = await context.newPage()
    let visits = 0
    const open = (query = {}) => {
      const all = new URLSearchParams({ ...query, visit: String(++visits) })
      return attacker.goto(`${hub.url}services/evil/?${all}#${path.split('/').at(-1)}`, {
        waitUntil: 'commit',
      })
    }
    await open()
    t.equal(await attacker.evaluate('origin'), new URL(confirmation).origin, 'it is of the same origin')
    for (const url of ['confirm', 'progress', 'preview'].map((page) => path.replace('confirm', page))) {
      for (const attack of ['fetched', 'requested', 'framed', 'embedded', 'pretended']) {
        const read = String(await attacker.evaluate(`${attack}(${JSON.stringify(url)})`))
        t.notMatch(read, csrf, `${attack}: no token of ${url.split('/')[3]}`)
        t.notMatch(read, 'Create notebook')
        t.notMatch(read, 'measurement_name', `${attack}: no value of ${url.split('/')[3]}`)
      }
    }

    await t.test('opens it in a window', async (t) => {
      await open()
      const opened = context.waitForEvent('page')
      await attacker.getByRole('button', { name: 'open' }).click()
      const victim = await opened
      await createButton(victim).waitFor()
      t.equal(await attacker.evaluate('seen()'), 'closed', 'the window that it holds is empty')
      t.equal(await victim.evaluate('window.opener'), null)
      await victim.close()
    })

    const forms: [string, string][] = [
      ['sends a form without a click', 'submitted'],
      ['sends a form without a click from an address below ours', 'submittedPretending'],
    ]
    for (const [label, attack] of forms) {
      await t.test(label, async (t) => {
        // Nothing is asked of the page before it has sent the form: the browser would take that for a user's gesture.
        // No script has the token; even if it had …
        const answered = answerToForm(attacker)
        await open({ act: attack, csrf })
        t.equal((await answered).status(), 403)
        await attacker.getByText('Code 26').waitFor()
        t.match(new URL(attacker.url()).pathname, path)
      })
    }
    await t.test('gets a click, but has no token', async () => {
      for (const button of ['send', 'send pretending']) {
        await open()
        await attacker.getByRole('button', { name: button, exact: true }).click()
        await attacker.getByText('Code 26').waitFor()
      }
    })
    await attacker.close()
    await stillUnwritten(t)
  })

  await t.test('a page on another site', async (t) => {
    const attacker = await context.newPage()
    // Its own origin: a host that is not the hub's.
    const elsewhere = evil.replace('127.0.0.1', 'localhost')
    await attacker.goto(`${elsewhere}/`)
    for (const attack of ['fetched', 'framed', 'embedded']) {
      const read = String(await attacker.evaluate(`${attack}(${JSON.stringify(confirmation)})`))
      t.notMatch(read, csrf, attack)
    }
    const answered = answerToForm(attacker)
    await attacker.goto(
      `${elsewhere}/?${new URLSearchParams({ act: 'submitted', url: confirmation, csrf })}`,
      {
        waitUntil: 'commit',
      },
    )
    t.equal((await answered).status(), 403)
    await attacker.getByText('Code 26').waitFor()
    t.match(attacker.url(), confirmation)
    await attacker.close()
    await stillUnwritten(t)
  })

  await t.test('values that want to be code are text', async (t) => {
    await page.goto(platform)
    await page.getByRole('button', { name: 'hostile' }).click()
    await page.waitForURL('**/confirm/**')
    await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`)
    const text = await page.locator('main').innerText()
    for (const value of [
      '<script>alert(1)</script>',
      hostile['"><img src=x onerror=alert(2)>'],
      hostile.link,
    ]) {
      t.match(text, value)
    }
    t.match(text, '</pre><script>alert(7)</script>')
    t.match(text, '⟨U+202E⟩gnp.exe')
    t.match(text, hostile.template)
    t.equal(
      await page.locator('main script, main img, main svg[onload], main b, main a[href*=alert]').count(),
      0,
    )
    await browser.picture('hostile-values')
    await createButton(page).click()
    t.equal(await arrive(page, 'ada'), 'some_instrument/Data_Analysis__script_alert(1)__script_.ipynb')
    await page.locator('.jp-CodeCell', { hasText: 'alert(1)' }).first().waitFor({ timeout: 60_000 })
    t.equal(await page.title().then((title) => title.includes('<script>')), false)
    t.same(
      ownComplaints(stage, browser).filter(isUnexpected),
      [],
      'no dialog, no violation of our own policy',
    )
  })
})

/** A page that is refused shows in the console of the one that asked, with its status. */
const isUnexpected = (line: string) => !/responded with a status of 403|Refused to (frame|display)/.test(line)

function answerToForm(page: Page): Promise<Response> {
  return page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && answer.url().includes('/confirm/'),
  )
}
