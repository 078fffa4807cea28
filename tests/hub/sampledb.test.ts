/** The whole way of a researcher: a real SampleDB, a real Hub, Chromium, and the notebook's cells run in the browser. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { arrive, logIn } from '../browser/stage.ts'
import { openBrowser } from '../support/browser.ts'
import { type RunningHub, startHub } from '../support/hub.ts'
import { errorsOf, type RunNotebook, runAllCells } from '../support/notebook-page.ts'
import { inProject } from '../support/paths.ts'
import { sparePort } from '../support/ports.ts'
import { ada, admin, pressButton, psql, scans, signIn, startSampleDb } from '../support/sampledb.ts'

t.setTimeout(600_000)

/** What docs/sampledb.md has its readers paste. */
const docs = readFileSync(inProject('docs/sampledb.md'), 'utf8')
const pasted = (block: RegExp) => block.exec(docs)?.[1] ?? ''
const schema = pasted(/^```json\n([^`]*)^```$/m)
const senders = pasted(/^ {4}senders=(.*),$/m)
const settings = [...pasted(/^```sh\n([^`]*)^```$/m).matchAll(/^(\w+)="(.*)"$/gm)]

const port = await sparePort()
const sampledb = await startSampleDb(t, {
  port: await sparePort(),
  settings: Object.fromEntries(
    settings.map(([, name, value = '']) => [
      name,
      value.replace(/^https:\/\/[^/]+/, `http://127.0.0.1:${port}`),
    ]),
  ),
})
const made = await scans.makeObjects(sampledb, ada)
const known = senders.replace('https://sampledb.example.org', new URL(sampledb.url).origin)
const hubOptions = {
  port,
  example: (text: string) => text.replace(/^register\(\n {4}c,$/m, `$&\n    senders=${known},`),
}

t.test('whoever writes actions pastes what the docs show', async (t) => {
  const { page } = await openBrowser(t)
  await signIn(page, sampledb, admin, 'actions/')
  await page.getByRole('link', { name: 'Create Action' }).click()
  await page.locator('[data-name=input-name]:visible').fill('Measurement')
  await page.keyboard.press('Tab')
  await page.getByLabel('User specific action').uncheck()
  await page.getByLabel('Public').check()
  await page.locator('.toggle', { hasText: 'Graphical Editor' }).click()
  await page.locator('.CodeMirror').click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(schema)
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.waitForURL('**/actions/3')
})

t.test('on Hub 6.1.1', async (t) => {
  const config = pasted(/^```python\n(c\.Spawner\.environment.*\n)```$/m)
  const hub = await startHub(t, {
    ...hubOptions,
    config: config.replace('https://sampledb.example.org', sampledb.url),
  })

  await t.test('a measurement with the schema of the docs', async (t) => {
    const { page } = await openBrowser(t)
    await signIn(page, sampledb, ada, 'objects/new?action_id=3')
    await page.locator('[name="object__name__text_en"]').fill('Experiment-12345')
    await page.getByRole('button', { name: 'Save' }).click()
    const { path, cell } = await makeAndRun(t, page, hub, 'Data Analysis')
    t.equal(path, 'some_instrument/Data_Analysis_Experiment-12345.ipynb')
    t.match(cell, /^measurement_name = "Experiment-12345"$/m)
    t.match(cell, /^created = "\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"$/m)
  })

  await t.test('a scan typed by hand in a German browser', async (t) => {
    const { page } = await openBrowser(t, { locale: 'de-DE' })
    await signIn(page, sampledb, ada, 'objects/new?action_id=2')
    await typeScan(page)
    const fit = await makeAndRun(t, page, hub, 'Decay Fit')
    t.equal(fit.path, 'measurement/Decay_Fit_21.5 degC.ipynb', 'a decimal comma is one')
    t.match(fit.cell, /"units": "degC",\s+"magnitude": 21\.5,/)
    const plot = await makeAndRun(t, page, hub, 'Plot')
    t.equal(plot.path, 'measurement/Plot_Von Hand.ipynb', 'the name is in the language of its user')
  })

  await t.test('a scan that a program made, with a table, a file and a sample', async (t) => {
    const { page } = await openBrowser(t)
    await signIn(page, sampledb, ada, `objects/${made.scan}`)
    const plot = await makeAndRun(t, page, hub, 'Plot')
    t.match(plot.cell, /^sample_name = "Sample S-17"$/m)
    t.match(plot.cell, /^tags = \["beam", "test"\]$/m)
    const profile = await makeAndRun(t, page, hub, 'Scan Profile')
    t.match(profile.cell, /"label": \{.*"dust"/)
  })

  await t.test('a notebook that asks SampleDB for the object and its files', async (t) => {
    const { page } = await openBrowser(t)
    await signIn(page, sampledb, ada, `objects/${made.scan}`)
    const token = await scans.makeToken(sampledb, ada)
    const hidden = page.locator('input.jp-Stdin-input[type=password]')
    const typed = hidden.waitFor().then(async () => {
      await hidden.fill(token)
      await hidden.press('Enter')
    })
    const { path, notebook } = await makeAndRun(t, page, hub, 'Object and Files')
    await typed
    t.equal(path, `sampledb/Object_Files_${made.scan}.ipynb`)
    const said = JSON.stringify(notebook.cells.map(({ outputs }) => outputs))
    t.match(said, `This is ${sampledb.url}objects/${made.scan}, version 1.`)
    for (const value of ['Scan 42', '21.5 °C', `sample ${made.sample}`, 'scan.csv'])
      t.match(said, value, `it shows ${value}`)
    t.match(said, /Voltage \/ V +2 values from 1 to 2/, 'and reads the file that is attached')
    t.notMatch(said, 'SYNTHETIC')
    t.notMatch(JSON.stringify(notebook), token, 'the token is nowhere in it')
  })

  await t.test('a scan of before SampleDB 0.17, without magnitudes', async (t) => {
    const old = await scans.createObject(sampledb, ada, 2, { ...scans.fullScan, name: scans.text('Old') })
    psql(
      sampledb,
      `update objects_current set data = data #- '{temperature,magnitude}' #- '{duration,magnitude}'
        #- '{counts,magnitude}' #- '{scan_points,0,position,magnitude}' where object_id = ${old}`,
    )
    const { page } = await openBrowser(t)
    await signIn(page, sampledb, ada, `objects/${old}`)
    const fit = await makeAndRun(t, page, hub, 'Decay Fit')
    t.equal(fit.path, 'measurement/Decay_Fit_294.65 K.ipynb')
    await makeAndRun(t, page, hub, 'Scan Profile')
  })

  await t.test('a scan of which nothing but its name was filled in', async (t) => {
    const bare = await scans.createObject(sampledb, ada, 2, { name: scans.text('Bare') })
    const { page } = await openBrowser(t)
    await signIn(page, sampledb, ada, `objects/${bare}`)
    await makeAndRun(t, page, hub, 'Decay Fit')
  })
})

t.test('on Hub 5.5.1', async (t) => {
  const hub = await startHub(t, { ...hubOptions, version: '5.5.1' })
  const { page } = await openBrowser(t)
  await signIn(page, sampledb, ada, `objects/${made.scan}`)
  const { path } = await makeAndRun(t, page, hub, 'Plot')
  t.equal(path, 'measurement/Plot_Scan 42.ipynb')
})

/** From the page of an object: two clicks there, the login, one click here, *Run All*, and back to the object by its address. */
async function makeAndRun(t: Test, page: Page, hub: RunningHub, title: string) {
  await page.waitForURL(/\/objects\/\d+$/)
  const object = page.url()
  await pressButton(page, title)
  await page.waitForURL(/\/(hub\/login|services\/templates\/confirm\/)/)
  if (page.url().includes('/hub/login')) await logIn(page, 'ada')
  await page.waitForURL('**/services/templates/confirm/**')
  const link = page.getByRole('link', { name: 'SampleDB', exact: true })
  t.equal(await link.getAttribute('href'), object, 'the confirmation has a link to the object')
  await page.getByRole('button', { name: /^(Create notebook|Notebook anlegen)$/ }).click()
  const path = await arrive(page, 'ada')
  const notebook = await runAllCells(page, join(hub.userDir('ada'), path))
  t.same(errorsOf(notebook), [], `all cells of ${path} run`)
  const cell = newCellOf(notebook)
  const [, address = ''] = /^# From SampleDB: (http\S+),/m.exec(cell) ?? []
  t.equal(address, object, 'and the new cell its address')
  await page.goto(address)
  await page.getByRole('button', { name: 'Create Notebook' }).waitFor()
  return { path, cell, notebook }
}

function newCellOf(notebook: RunNotebook): string {
  const cell = notebook.cells.find(({ metadata }) => metadata.tags?.includes('injected-parameters'))
  return [cell?.source ?? []].flat().join('')
}

/** In SampleDB's own form, with a name in two languages. */
async function typeScan(page: Page): Promise<void> {
  const field = (name: string) => page.locator(`[name="object__${name}"]`)
  await page.getByRole('combobox', { name: 'Englisch' }).first().click()
  await page.locator('.dropdown-menu.open').getByRole('option', { name: 'Deutsch' }).click()
  await page.keyboard.press('Escape')
  await field('name__text_en').fill('By hand')
  await field('name__text_de').fill('Von Hand')
  await field('temperature__magnitude').fill('21,5')
  await field('counts__magnitude').fill('1024')
  await field('duration__magnitude').fill('90')
  await page.locator('[data-object-form-button="table_array_add"]').click()
  await field('scan_points__0__label__text').fill('links')
  await field('scan_points__0__position__magnitude').fill('1,5')
  await field('scan_points__0__intensity__magnitude').fill('40')
  await page.getByRole('button', { name: 'Save' }).click()
}
