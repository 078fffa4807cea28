/** What people do on the page that asks, in a real Chromium before a real hub. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Frame, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { openBrowser } from '../support/browser.ts'
import { startPlatform } from '../support/platform.ts'
import { startService } from '../support/service.ts'
import { until } from '../support/until.ts'
import {
  arrive,
  createButton,
  logIn,
  notebooksOf,
  ownComplaints,
  type Stage,
  setStage,
  template,
} from './stage.ts'

t.setTimeout(400_000)

const params = JSON.stringify({
  measurement_name: 'Experiment-12345',
  temperature: { _type: 'quantity', units: 'degC', magnitude: 21.5, dimensionality: '[temperature]' },
  created: { _type: 'datetime', utc_datetime: '2024-05-06 07:08:09' },
  operator: { _type: 'user', user_id: 7 },
  calibrated: true,
  'scan-points': [
    { position: 0, valid: true },
    { position: 0.5, valid: null },
  ],
  remark: 'Second run, after the cryostat was refilled.',
})
const path = 'some_instrument/Data_Analysis_Experiment-12345.ipynb'

t.test('the page that asks', async (t) => {
  const stage = await setStage(
    t,
    { button: params },
    {
      env: { HUB_TEMPLATES: longTemplate(t) },
      config: 'c.JupyterHub.spawner_class = spawners.Slow\nc.Slow.delay_s = 4',
    },
  )
  await t.test('shows typed values, a tree, and the new cell in its notebook', (t) => shows(t, stage))
  await t.test('in German, the same', (t) => inGerman(t, stage))
  await t.test('keeps what was typed, without JavaScript and by keyboard', (t) => keeps(t, stage))
  await t.test('cancel, and begin again', (t) => cancels(t, stage))
  await t.test('two tabs, and the Back button, make one notebook', (t) => makesOne(t, stage))
})

t.test('a request that has expired', async (t) => {
  const service = await startService(t, {
    NOTEBOOK_TEMPLATES_STATE_DIR: t.testdir(),
    NOTEBOOK_TEMPLATES_STORE: 'memory:',
    NOTEBOOK_TEMPLATES_REQUEST_TTL_S: '2',
  })
  const platform = await startPlatform(t, [{ label: 'button', action: service.url + template, params }])
  const { page, picture } = await openBrowser(t)
  await page.goto(platform)
  await page.getByRole('button', { name: 'button' }).click()
  const url = page.url()
  await until('it to expire', async () => (await page.request.get(url)).status() === 410)
  await page.getByRole('button', { name: 'Download notebook' }).click()
  await page.getByRole('heading', { name: 'This request is no longer available' }).waitFor()
  t.ok(await page.getByText('click it again').isVisible(), 'the page says what to do')
  await picture('confirmation-expired')
  await page.goBack()
  t.match(await page.locator('h1').innerText(), /no longer available|Download this notebook/)
})

/** As a person who comes from the data platform. */
async function start(page: Page, { platform }: Stage, user: string): Promise<string> {
  await page.goto(platform)
  await page.getByRole('button', { name: 'button' }).click()
  await page.waitForURL(/\/hub\/login|\/confirm\//)
  if (page.url().includes('/hub/login')) await logIn(page, user)
  await page.waitForURL('**/services/templates/confirm/**')
  return page.url()
}

async function shows(t: Test, stage: Stage): Promise<void> {
  const browser = await openBrowser(t, { viewport: { width: 1100, height: 900 } })
  const { page, picture } = browser
  await start(page, stage, 'ada')
  const values = page.getByRole('table')
  const row = (name: string) => values.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  for (const [name, value, kind] of [
    ['temperature', '21.5\u00a0°C', 'quantity'],
    ['created', 'May 6, 2024 at 7:08:09 AM UTC', 'date and time'],
    ['calibrated', 'yes', 'yes or no'],
    ['scan-points', 'scan_points', '2 items'],
  ] as const) {
    const text = (await row(name).innerText()).replace('\u202f', ' ')
    for (const part of [name, value, kind]) t.ok(text.includes(part), `${name}: ${part}`)
  }
  for (const fact of ['Your server', 'will be started', new URL(stage.platform).origin])
    t.ok(await page.getByText(fact, { exact: true }).isVisible(), fact)
  await picture('confirmation')

  await t.test('the tree folds and unfolds by keyboard', async (t) => {
    const inside = row('scan-points').getByText('position').first()
    t.ok(await inside.isVisible(), 'a small one is open')
    await row('scan-points').locator('summary').first().focus()
    await page.keyboard.press('Enter')
    t.notOk(await inside.isVisible())
    await page.keyboard.press('Space')
    t.ok(await inside.isVisible())
  })

  await t.test('the preview begins at the new cell, which is marked', async (t) => {
    await page.getByText('Preview the finished notebook').click()
    const before = await page.evaluate('scrollY')
    const inner = page.frameLocator('iframe')
    await inner.getByText('measurement_name = "Experiment-12345"').waitFor()
    const frame = page.frames().find((one) => one.url().includes('/preview/')) as Frame
    const seen = () =>
      frame.evaluate(`document.getElementById('new-cell').getBoundingClientRect().top`) as Promise<number>
    await until('the frame to be scrolled there', async () => (await seen()) < 300)
    t.ok((await seen()) >= 0, 'it is in sight')
    t.ok(await frame.getByRole('heading', { name: 'New: your parameters' }).isVisible())
    const colours = (await frame.evaluate(
      `['.cell.fresh', '.cell:not(.fresh)'].map((one) => getComputedStyle(document.querySelector(one)).backgroundColor)`,
    )) as readonly string[]
    t.not(colours[0], colours[1], 'on a ground of its own')
    t.equal(await page.evaluate('scrollY'), before, 'and the page around it stays where it was')
    await picture('confirmation-preview')
  })
  t.same(ownComplaints(stage, browser), [])
}

async function inGerman(t: Test, stage: Stage): Promise<void> {
  const browser = await openBrowser(t, { locale: 'de-DE', colorScheme: 'dark' })
  const { page, picture } = browser
  await start(page, stage, 'ada')
  const text = await page.locator('main').innerText()
  for (const part of [
    'Dieses Notebook anlegen?',
    'Ihr Server',
    'wird gestartet',
    '6. Mai 2024 um 07:08:09 UTC',
    'Größe mit Einheit',
    '2 Elemente',
    'Name oder Ordner ändern',
  ])
    t.ok(text.includes(part), part)
  await picture('confirmation-german')
  t.same(ownComplaints(stage, browser), [])
}

async function keeps(t: Test, stage: Stage): Promise<void> {
  const browser = await openBrowser(t, { javaScriptEnabled: false, viewport: { width: 320, height: 640 } })
  const { page, picture } = browser
  await start(page, stage, 'keys')
  await page.getByText('Change name or folder').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  t.equal(await page.locator('input:focus').getAttribute('id'), 'folder')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('my notebooks')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('what: now')
  await page.keyboard.press('Enter')

  const name = page.getByLabel('Name', { exact: true })
  await page.locator('[aria-invalid="true"]').waitFor()
  t.equal(await page.locator('input:focus').getAttribute('id'), 'name', 'the focus is where it went wrong')
  t.equal(await name.inputValue(), 'what: now')
  t.equal(await page.getByLabel('Folder').inputValue(), 'my notebooks')
  const told = (await name.getAttribute('aria-describedby'))?.split(' ')[0]
  t.match(await page.locator(`#${told}`).innerText(), /“what: now” cannot be .* Code 16/)
  t.equal(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), false)
  await picture('confirmation-refused')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('what now')
  await page.keyboard.press('Enter')
  t.equal(await arrive(page, 'keys'), 'my notebooks/what now.ipynb')
  t.same(
    ownComplaints(stage, browser).filter((line) => !line.includes('status of 400')),
    [],
  )
}

async function cancels(t: Test, stage: Stage): Promise<void> {
  const browser = await openBrowser(t)
  const { page, picture } = browser
  await start(page, stage, 'cancel')
  await createButton(page).click()
  await page.waitForURL('**/progress/**')
  await page.getByRole('button', { name: 'Cancel' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('You cancelled. Nothing was written.').waitFor()
  t.match(page.url(), /\/confirm\//)
  await picture('confirmation-cancelled')
  t.same(notebooksOf(stage.hub, 'cancel'), [])
  await createButton(page).click()
  t.equal(await arrive(page, 'cancel'), path)
  t.same(ownComplaints(stage, browser), [])
}

async function makesOne(t: Test, stage: Stage): Promise<void> {
  const browser = await openBrowser(t)
  const { page, context } = browser
  const url = await start(page, stage, 'tabs')
  const [second, third] = [await context.newPage(), await context.newPage()]
  for (const tab of [second, third]) await tab.goto(url)
  await createButton(page).click()
  await page.waitForURL('**/progress/**')

  await page.goBack({ waitUntil: 'commit' })
  await until('a page to go on from', async () => {
    if (page.url().includes('/progress/')) return true
    return (await createButton(page).count()) > 0
  })
  if (!page.url().includes('/progress/')) await createButton(page).click()
  await createButton(second).click()
  await second.waitForURL('**/progress/**')
  // Two tabs that arrive at once would get into each other's way at the login of Jupyter itself.
  await second.close()
  t.equal(await arrive(page, 'tabs'), path)
  await createButton(third).click()
  t.equal(await arrive(third, 'tabs'), path, 'a tab from before finds the same')
  t.same(notebooksOf(stage.hub, 'tabs'), [path], 'one notebook')

  await third.goto(url)
  await third.getByRole('link', { name: 'Open it' }).waitFor()
  await start(third, stage, 'tabs')
  await third.getByText('You have made a notebook from this template with the same values before').waitFor()
  t.ok(await third.getByRole('button', { name: 'Create another' }).isVisible())
  await browser.picture('confirmation-before', third)
  t.same(ownComplaints(stage, browser), [])
}

/** A template in which one would have to look for the new cell. */
function longTemplate(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'notebook-templates-long-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const text = (index: number) => ({
    cell_type: 'markdown',
    id: `text-${index}`,
    metadata: {},
    source: index === 0 ? '# Data analysis\n\nLoads a measurement and plots it.' : `Paragraph ${index}`,
  })
  const code = (id: string, source: string, tags: readonly string[]) => ({
    cell_type: 'code',
    id,
    execution_count: null,
    metadata: { tags },
    outputs: [],
    source,
  })
  const notebook = {
    cells: [
      ...Array.from({ length: 40 }, (_, index) => text(index)),
      code('parameters', 'measurement_name = ""', ['parameters']),
      code('plot', 'print(measurement_name)', []),
      ...Array.from({ length: 40 }, (_, index) => text(50 + index)),
    ],
    metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } },
    nbformat: 4,
    nbformat_minor: 5,
  }
  mkdirSync(join(folder, 'some_instrument'))
  const file = join(folder, 'some_instrument/Data_Analysis_{measurement_name}.ipynb')
  writeFileSync(file, JSON.stringify(notebook))
  return folder
}
