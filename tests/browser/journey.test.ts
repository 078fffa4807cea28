/** The whole journey in a real Chromium, from a page on another site, so that cookies behave as they do in life. */
import type { Page } from 'playwright-core'
import t from 'tap'
import { openBrowser } from '../support/browser.ts'
import { serverOf } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { arrive, createButton, logIn, notebooksOf, ownComplaints, setStage } from './stage.ts'

t.setTimeout(600_000)

const params = (name: string) =>
  JSON.stringify({ measurement_name: name, created: '2024-05-06 07:08:09', temperature: 21.5, tags: ['a'] })
const pathOf = (name: string) => `some_instrument/Data_Analysis_${name}.ipynb`

t.test('from the button to the open notebook, in a real browser', async (t) => {
  const buttons = Object.fromEntries(['first', 'second', 'third'].map((name) => [name, params(name)]))
  const stage = await setStage(t, buttons, {
    // Long enough to see every message come.
    config: 'c.JupyterHub.spawner_class = spawners.Slow\nc.Slow.delay_s = 4',
  })
  const { hub, platform } = stage
  const start = async (page: Page, button: string) => {
    await page.goto(platform)
    await page.getByRole('button', { name: button }).click()
  }

  await t.test('by mouse', async (t) => {
    const browser = await openBrowser(t)
    const { page, picture } = browser

    await t.test('first click: logged out, server stopped', async (t) => {
      await start(page, 'first')
      await logIn(page, 'ada')
      await page.waitForURL('**/services/templates/confirm/**')
      for (const shown of ['ada', pathOf('first'), '21.5', new URL(platform).origin]) {
        t.ok(await page.getByText(shown, { exact: true }).first().isVisible(), `the page shows ${shown}`)
      }
      await picture('journey-confirmation')
      const loads: string[] = []
      page.on('framenavigated', (frame) => loads.push(new URL(frame.url()).pathname))
      await createButton(page).click()
      await page.waitForURL('**/progress/**')
      await page.getByText('Step 2 of 4 <i>for you</i>', { exact: true }).waitFor()
      const bar = page.getByRole('progressbar')
      t.ok(Number(await bar.getAttribute('value')) > 0, 'the bar moves')
      await picture('journey-progress')
      t.equal(await page.getByText('Step 1 of 4 <i>for you</i>', { exact: true }).count(), 1)
      t.match(await page.title(), /^\d+ % · Starting your server/)
      t.equal(await arrive(page, 'ada'), pathOf('first'))
      t.equal(
        loads.filter((path) => path.includes('/services/templates/')).length,
        1,
        'the progress page was loaded once and followed the start by itself',
      )
    })

    await t.test('the notebook shows the values as variables', async (t) => {
      const cell = page.locator('.jp-CodeCell', { hasText: 'measurement_name = "first"' })
      await cell.waitFor({ timeout: 60_000 })
      const text = await cell.innerText()
      for (const line of ['temperature = 21.5', 'tags = ["a"]', 'created = "2024-05-06 07:08:09"']) {
        t.match(text, line)
      }
      await picture('journey-notebook')
    })

    await t.test('second click: straight to the notebook', async (t) => {
      const visited: string[] = []
      page.on('framenavigated', (frame) => {
        if (frame === page.mainFrame()) visited.push(new URL(frame.url()).pathname.split('/')[3] ?? '')
      })
      await start(page, 'second')
      await page.waitForURL('**/confirm/**')
      await createButton(page).click()
      t.equal(await arrive(page, 'ada'), pathOf('second'))
      t.same(
        visited.filter((part) => part !== ''),
        ['confirm', 'notebooks'],
        'two clicks: nothing lies between the button, one page and the notebook',
      )
    })

    await t.test('back from the notebook, its page offers to open it and makes no second', async (t) => {
      await page.goBack({ waitUntil: 'commit' })
      const open = page.getByRole('link', { name: 'Open it' })
      await open.waitFor()
      t.equal(await createButton(page).count(), 0)
      await picture('journey-written')
      await open.click()
      t.equal(await arrive(page, 'ada'), pathOf('second'))
    })

    await t.test('a double click makes one notebook', async (t) => {
      await start(page, 'third')
      await createButton(page).dblclick()
      t.equal(await arrive(page, 'ada'), pathOf('third'))
      t.same(notebooksOf(hub, 'ada'), ['first', 'second', 'third'].map(pathOf))
    })

    t.same(ownComplaints(stage, browser), [], 'nothing was complained about')
  })

  await t.test('by keyboard alone', async (t) => {
    const browser = await openBrowser(t)
    const { page } = browser
    const keys = async (...names: string[]) => {
      for (const name of names) await page.keyboard.press(name)
    }
    await page.goto(platform)
    await keys('Tab', 'Enter')
    await page.waitForURL('**/hub/login**')
    await page.getByLabel('Username').waitFor()
    await page.keyboard.type('keys')
    await keys('Tab')
    await page.keyboard.type('any')
    await keys('Enter')
    await page.waitForURL('**/confirm/**')
    await tabTo(page, 'Create notebook', 6)
    await browser.picture('journey-keyboard')
    await keys('Enter')
    t.equal(await arrive(page, 'keys'), pathOf('first'))
    t.same(ownComplaints(stage, browser), [])
  })

  await t.test('without JavaScript', async (t) => {
    const browser = await openBrowser(t, { javaScriptEnabled: false })
    const { page } = browser
    await start(page, 'first')
    await logIn(page, 'plain')
    await page.waitForURL('**/confirm/**')
    await createButton(page).click()
    await page.waitForURL('**/progress/**')
    await page.getByText('Step 4 of 4 <i>for you</i>', { exact: true }).waitFor()
    await browser.picture('journey-progress-without-javascript')
    t.equal(
      await arrive(page, 'plain'),
      pathOf('first'),
      'the page refreshed itself until the notebook was there',
    )
    t.same(notebooksOf(hub, 'plain'), [pathOf('first')])
    t.same(ownComplaints(stage, browser), [])
  })

  await t.test('the work goes on when the tab is closed right after the click', async (t) => {
    const { page, context } = await openBrowser(t)
    await start(page, 'first')
    await logIn(page, 'gone')
    await page.waitForURL('**/confirm/**')
    const confirmation = page.url()
    await createButton(page).click({ noWaitAfter: true })
    await until('the Hub to be asked', async () => (await serverOf(hub, 'gone'))?.pending === 'spawn')
    await page.close()
    await until('the notebook', () => notebooksOf(hub, 'gone').length > 0, { within_s: 60 })
    t.same(notebooksOf(hub, 'gone'), [pathOf('first')])
    const later = await context.newPage()
    await later.goto(confirmation)
    await later.getByRole('link', { name: 'Open it' }).waitFor()
  })

  await t.test('on a phone, in the dark', async (t) => {
    const browser = await openBrowser(t, {
      viewport: { width: 320, height: 640 },
      colorScheme: 'dark',
      hasTouch: true,
    })
    const { page } = browser
    const wide = () => page.evaluate('document.documentElement.scrollWidth > innerWidth')
    await start(page, 'first')
    await logIn(page, 'phone')
    await page.waitForURL('**/confirm/**')
    t.equal(await wide(), false, 'the confirmation need not be scrolled sideways')
    await browser.picture('journey-confirmation-phone')
    await createButton(page).tap()
    await page.getByText('Step 2 of 4 <i>for you</i>', { exact: true }).waitFor()
    t.equal(await wide(), false, 'nor the progress')
    await browser.picture('journey-progress-phone')
    t.equal(await arrive(page, 'phone'), pathOf('first'))
    t.same(ownComplaints(stage, browser), [])
  })
})

/** Presses Tab until the control of this name has the focus. */
async function tabTo(page: Page, name: string, most: number): Promise<void> {
  for (let count = 0; count < most; count++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate('document.activeElement.textContent.trim()')
    if (focused === name) return
  }
  throw new Error(`${name} has no focus after ${most} times Tab`)
}
