/** The page of a template in a real browser: its form, the preview in it, and what it gives to data platforms. */
import { readFileSync } from 'node:fs'
import axe from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { encodePath } from '../../service/hub/paths.ts'
import { notebookOf } from '../notebook/support.ts'
import { type OpenBrowser, openBrowser } from '../support/browser.ts'
import { startPage } from '../support/page-server.ts'
import { startServiceOn } from '../support/service.ts'
import type { Templates } from '../support/template-folder.ts'
import { hostile, hostileTemplate } from '../web/connect-support.ts'
import { formTemplate } from './form-template.ts'

t.setTimeout(600_000)

const plain = JSON.stringify(notebookOf('python'))
const templates = { [formTemplate.path]: formTemplate.bytes, 'Plain.ipynb': plain }

/** The service on these templates; its URL. */
const serve = async (t: Test, more: Templates = {}) =>
  (await startServiceOn(t, { ...templates, ...more })).url

/** Opens the page in a browser of its own. */
async function open(t: Test, url: string, options: BrowserContextOptions = {}): Promise<OpenBrowser> {
  const browser = await openBrowser(t, { reducedMotion: 'reduce', ...options })
  await browser.page.goto(url)
  return browser
}

const next = (page: Page) => page.getByRole('button', { name: 'Continue' })
const field = (page: Page, name: string) => page.locator(`[name="value.${name}"]`)
const errorOf = async (page: Page, name: string) => {
  const id = await field(page, name).getAttribute('id')
  const text = (await page.locator(`#${id}-error`).innerText()).trim()
  const isInvalid = (await field(page, name).getAttribute('aria-invalid')) === 'true'
  return isInvalid === (text !== '') ? text : `marked ${isInvalid}: ${text}`
}
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.id')

async function fillRightly(page: Page): Promise<void> {
  await field(page, 'sample_name').fill('S-42')
  await field(page, 'temperature').fill('12345678901234567890.10')
  await field(page, 'repeats').fill('3')
  await field(page, 'calibrated').selectOption({ label: 'no' })
  await field(page, 'method').selectOption('exact')
  await field(page, 'detector').selectOption({ label: 'CCD camera' })
  await field(page, 'measured').fill('2024-05-06T07:08:09')
  await field(page, 'day').fill('2024-02-29')
  await field(page, 'start').fill('23:59:58')
  await field(page, 'duration').fill('1.50')
  await page.locator('[name="second.duration"]').selectOption('s')
  await field(page, 'created').fill('2024-05-06T07:08:00')
  await field(page, 'peaks').fill('[1.0, 6.02e23]')
  await field(page, 'comment').fill('two\nlines')
  await field(page, 'anything').fill('{"deep": [null]}')
  await page.locator('[name="second.anything"]').selectOption('json')
}

const made = [
  'sample_name = "S-42"',
  'temperature = 12345678901234567890.10',
  'repeats = 3',
  'calibrated = False',
  'method = "exact"',
  'detector = 2',
  'measured = "2024-05-06T07:08:09"',
  'day = "2024-02-29"',
  'start = "23:59:58"',
  '"magnitude": 1.50',
  '"units": "s"',
  '"utc_datetime": "2024-05-06 07:08:00"',
  'peaks = [1.0, 6.02e23]',
  String.raw`comment = "two\nlines"`,
  'anything = {"deep": [None]}',
]

async function download(page: Page, name: string): Promise<{ name: string; text: string }> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name }).click()
  const file = await coming
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

/** The new cell of the notebook that the confirmation page hands out. */
async function newCell(page: Page): Promise<string> {
  await page.waitForURL('**/confirm/**')
  const { text } = await download(page, 'Download notebook')
  const { cells } = JSON.parse(text) as {
    cells: { source: string | string[]; metadata: { tags?: string[] } }[]
  }
  const found = cells.find(({ metadata }) => metadata.tags?.includes('injected-parameters'))
  return [found?.source ?? ''].flat().join('')
}

t.test('the form with JavaScript', async (t) => {
  const url = await serve(t)
  const { page, complaints, picture } = await open(t, url + formTemplate.url)
  const posts: string[] = []
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))

  await t.test('nothing is sent before all is right, and each fault is told at its field', async (t) => {
    await field(page, 'sample_name').fill('x')
    await field(page, 'temperature').fill('-1')
    await field(page, 'repeats').fill('2,5')
    await field(page, 'peaks').fill('{}')
    await field(page, 'comment').fill('😀'.repeat(2001))
    await next(page).click()
    t.equal(await focused(page), 'errors', 'the list of faults has the focus')
    const faults = [
      ['sample_name', '“Sample” is not valid: As written on the vial.'],
      ['temperature', '“Temperature” must be at least 0.'],
      ['repeats', '“repeats” must be a whole number.'],
      ['method', '“Method” is missing.'],
      ['measured', '“Measured” is missing.'],
      ['peaks', '“Peaks” must be a list.'],
      ['comment', '“Comment” must have 2000 or fewer characters.'],
      ['day', ''],
    ] as const
    for (const [name, message] of faults) t.match(await errorOf(page, name), message, name)
    t.equal(await page.locator('#errors li').count(), 7)
    t.match(await page.locator('#errors').innerText(), '7 values must be corrected')
    await picture('template-errors')
    await page.locator('#errors').getByRole('link', { name: 'Temperature' }).click()
    t.equal(await focused(page), await field(page, 'temperature').getAttribute('id'))
    t.strictSame(posts, [])
  })

  await t.test('a correction shows at once', async (t) => {
    await field(page, 'temperature').fill('300')
    t.equal(await errorOf(page, 'temperature'), '')
  })

  await t.test('what is right makes the notebook, with every digit', async (t) => {
    await fillRightly(page)
    await next(page).click()
    const cell = await newCell(page)
    for (const line of made) t.ok(cell.includes(line), line)
    t.equal(posts.length, 2, 'the form, and the confirmation')
  })

  await t.test('back at the form, what was typed is there, and can be saved', async (t) => {
    await page.goBack()
    await page.waitForURL('**/t/**')
    t.equal(await field(page, 'sample_name').inputValue(), 'S-42')
    await page.getByLabel('Send no value (null), Temperature').check()
    const { name, text } = await download(page, 'Save the values as a file')
    t.equal(name, 'Peaks_S-42.parameters.json')
    t.match(text, /^\{"sample_name":"S-42","repeats":3,"temperature":null,/)
    t.match(text, '"peaks":[1.0,6.02e23]')
    t.match(page.url(), '/t/', 'the page stays')
  })
  t.same(complaints, [])
})

t.test('a decimal comma in German, with JavaScript and without', async (t) => {
  const url = await serve(t)
  for (const javaScriptEnabled of [true, false]) {
    const options = { locale: 'de-DE', javaScriptEnabled }
    const { page, complaints, picture } = await open(t, url + formTemplate.url, options)
    const forward = page.getByRole('button', { name: 'Weiter' })
    const readOf = async (name: string) =>
      (await page.locator(`#${await field(page, name).getAttribute('id')}-read`).innerText()).trim()
    await field(page, 'sample_name').fill('S-42')
    await field(page, 'method').selectOption('exact')
    await field(page, 'measured').fill('2024-05-06T07:08:09')
    await field(page, 'temperature').fill('293,50')
    if (javaScriptEnabled)
      t.equal(await readOf('temperature'), 'Gelesen als 293,50 · im Notebook 293.50', 'while one types')
    await field(page, 'duration').fill('1.234,5')
    await forward.click()
    await page.locator('#errors li').waitFor()
    t.match(await errorOf(page, 'duration'), 'ohne Tausendertrennzeichen angegeben werden, etwa 12345,6')
    t.equal(await errorOf(page, 'temperature'), '')
    t.equal(await readOf('temperature'), 'Gelesen als 293,50 · im Notebook 293.50')
    if (javaScriptEnabled) await picture('template-comma')
    await field(page, 'duration').fill('1234,0')
    await forward.click()
    await page.waitForURL('**/confirm/**')
    const { text } = await download(page, 'Notebook herunterladen')
    t.match(text, 'temperature = 293.50')
    t.match(text, String.raw`\"magnitude\": 1234.0`)
    // The form that was refused.
    t.same(
      complaints.filter((line) => !line.includes('status of 400')),
      [],
    )
  }
})

t.test('the form without JavaScript', async (t) => {
  const url = await serve(t)
  const { page, complaints, picture } = await open(t, url + formTemplate.url, { javaScriptEnabled: false })

  await t.test('the browser itself asks for what is missing', async (t) => {
    await next(page).click()
    t.match(page.url(), '/t/')
    t.equal(await page.locator(':focus').getAttribute('name'), 'value.method')
  })

  await t.test('the service tells the rest, and keeps what was typed', async (t) => {
    await fillRightly(page)
    await field(page, 'sample_name').fill('"><b>x')
    await field(page, 'repeats').fill('11')
    await field(page, 'peaks').fill('[1.0,\n "<i>"]')
    await next(page).click()
    await page.waitForURL('**/form/**')
    t.match(await errorOf(page, 'sample_name'), 'As written on the vial.')
    t.match(await errorOf(page, 'repeats'), 'at most 10')
    t.match(await errorOf(page, 'peaks'), 'must be a number')
    t.equal(await page.locator(':focus').getAttribute('id'), 'errors', 'the reader begins at the list')
    await picture('template-errors-without-javascript')
    const kept = {
      sample_name: '"><b>x',
      measured: '2024-05-06T07:08:09',
      day: '2024-02-29',
      peaks: '[1.0,\n "<i>"]',
    }
    for (const [name, value] of Object.entries(kept))
      t.equal(await field(page, name).inputValue(), value, name)
    t.equal(await page.locator('[name="second.anything"]').inputValue(), 'json')
  })

  await t.test('corrected, it makes the same notebook', async (t) => {
    await field(page, 'sample_name').fill('S-42')
    await field(page, 'repeats').fill('3')
    await field(page, 'peaks').fill('[1.0, 6.02e23]')
    await next(page).click()
    const cell = await newCell(page)
    for (const line of made) t.ok(cell.includes(line), line)
  })

  await t.test('the template can be looked at on the page', async () => {
    await page.goto(url + formTemplate.url)
    await page.frameLocator('iframe[src]').getByText('how often each spectrum is taken').waitFor()
  })
  // Chromium writes of the status of a page as it does of a script that is missing.
  t.same(
    complaints.filter((line) => !line.endsWith('400 (Bad Request)')),
    [],
  )
})

t.test('by keyboard alone, and a template that asks for nothing', async (t) => {
  const url = await serve(t)
  const { page, complaints } = await open(t, `${url}t/Plain.ipynb`)
  for (let count = 0; count < 8; count++) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate('document.activeElement.textContent.trim()')) === 'Create this notebook') break
  }
  await page.keyboard.press('Enter')
  t.equal(await newCell(page), '')

  await page.goto(url + formTemplate.url)
  const typed: Record<string, string> = { sample_name: 'S-7', method: 'e', measured: '05062024\t070809AM' }
  for (let count = 0; count < 60 && Object.keys(typed).length > 0; count++) {
    await page.keyboard.press('Tab')
    const name = String(await page.evaluate('document.activeElement.name')).replace('value.', '')
    const text = typed[name]
    if (text === undefined) continue
    delete typed[name]
    if (name === 'sample_name') await page.keyboard.press('Control+A')
    await page.keyboard.type(text.split('\t')[0]!)
    if (text.includes('\t')) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(text.split('\t')[1]!)
    }
  }
  t.same(typed, {}, 'every field was reached')
  await page.keyboard.press('Enter')
  const cell = await newCell(page)
  for (const line of ['"S-7"', 'method = "exact"', 'measured = "2024-05-06T07:08:09"']) t.match(cell, line)
  t.same(complaints, [])
})

const looks = [
  ['wide', {}],
  ['dark', { colorScheme: 'dark' }],
  ['german', { locale: 'de-DE' }],
  ['narrow', { viewport: { width: 320, height: 700 } }],
  ['narrow-german-dark', { viewport: { width: 320, height: 700 }, locale: 'de-DE', colorScheme: 'dark' }],
  ['4k', { viewport: { width: 3840, height: 2160 } }],
] as const

t.test('everybody can use it, however it looks', async (t) => {
  const url = await serve(t)
  for (const [look, options] of looks) {
    await t.test(look, async (t) => {
      const { page, complaints, picture } = await open(t, url + formTemplate.url, options)
      await page.locator('iframe').scrollIntoViewIfNeeded()
      await page.frameLocator('iframe').getByText('sample_name: str').waitFor()
      t.equal(await page.evaluate(shifts), 0, 'nothing moves while it loads')
      await page.evaluate('scrollTo(0, 0)')
      await picture(`template-${look}`)
      t.strictSame(await barriers(page), [])
      await field(page, 'sample_name').fill('')
      await page.locator('#connect summary').click()
      await page.locator('button.primary').click()
      await page.locator('#errors li').first().waitFor()
      await picture(`template-all-${look}`)
      t.strictSame(await barriers(page), [], 'nor with faults, and all unfolded')
      t.equal(
        await page.evaluate('document.documentElement.scrollWidth > innerWidth'),
        false,
        'no wider than the window',
      )
      if (look.includes('german'))
        t.match(await page.locator('#errors').innerText(), 'Werte müssen korrigiert werden')
      t.same(complaints, [])
    })
  }
})

/** What axe finds. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(
      { exclude: [['iframe']] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    ),
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}

/** How much of the page has moved by itself so far. Runs in the page. */
const shifts = `new Promise((resolve) => {
  let sum = 0
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) sum += value
  }).observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => resolve(sum), 300)
})`

t.test('what is shown to data platforms works as it is shown', async (t) => {
  const nasty = hostileTemplate()
  const url = await serve(t, { [nasty.path]: nasty.bytes })
  const cases = [
    ['a usual template', formTemplate.url, 'sample_name = "S-1"'],
    ['hostile names', `t/${encodePath(nasty.path)}`, JSON.stringify(hostile[0])],
  ] as const
  for (const [label, template, line] of cases) {
    await t.test(label, async (t) => {
      const { page, context, complaints, picture } = await open(t, url + template)
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.locator('#connect summary').click()
      await picture(`template-connect-${label.replaceAll(' ', '-')}`)
      const copied: Record<string, string> = {}
      for (const name of ['SampleDB', 'Button on a web page', 'Link', 'Try it in a shell']) {
        await page.getByRole('button', { name: `Copy ${name}` }).click()
        await page.getByRole('button', { name: `Copied ${name}` }).waitFor()
        copied[name] = await page.evaluate('navigator.clipboard.readText()')
      }
      t.equal(await page.locator('#connect-unknown').isVisible(), false)
      const { origin } = new URL(url)
      for (const name of ['Button on a web page', 'Link', 'Try it in a shell'])
        t.ok(copied[name]!.includes(`${origin}/t/`), `${name}: the true address`)
      t.ok(JSON.parse(`{${copied.SampleDB}}`).notebookTemplates[0].url.endsWith('.ipynb'))

      await page.goto(await startPage(t, copied['Button on a web page']!))
      t.equal(await page.locator('form > *').count(), 2, 'a field and a button, and nothing else')
      await page.locator('form button').click()
      t.match(await newCell(page), line)

      await page.goto(await startPage(t, '<a href="about:blank">link</a>'))
      await page.locator('a').evaluate((link, href) => link.setAttribute('href', href), copied.Link!)
      await page.locator('a').click()
      t.match(await newCell(page), line)
      t.equal(await page.evaluate(`'pwned' in window`), false)
      t.same(complaints, [], 'no dialog and no error')
    })
  }
})

t.test('hostile words of a template are words', async (t) => {
  const script =
    '</textarea></select></script><script>window.pwned=1</script><img src=x onerror=window.pwned=1>'
  const properties = Object.fromEntries(
    [...hostile, script].map((text, index) => [
      `${text}${index}`,
      {
        type: 'string',
        title: text,
        description: text,
        default: text,
        pattern: `${'('.repeat(index % 2)}${')'.repeat(index % 2)}`,
        'x-unit': text,
      },
    ]),
  )
  const choices = { enum: [...hostile, script], title: script }
  const own = { title: script, description: script, tags: [script], params: { ...properties, choices } }
  const url = await serve(t, { 'Hostile.ipynb': JSON.stringify(notebookOf('python', undefined, own)) })
  const { page, complaints, picture } = await open(t, `${url}t/Hostile.ipynb`)
  await page.locator('#connect summary').click()
  await picture('template-hostile')
  await page.locator('[name="value.choices"]').selectOption(String(hostile.length))
  await next(page).click()
  t.ok((await newCell(page)).includes('window.pwned=1'), 'as values they go into the notebook')
  t.equal(await page.evaluate(`'pwned' in window`), false)
  t.same(complaints, [])
})

t.test('a megabyte in a field is sent', async (t) => {
  const url = await serve(t)
  const { page } = await open(t, url + formTemplate.url)
  await fillRightly(page)
  const text = `"${'x'.repeat(1_000_000)}"`
  await field(page, 'anything').fill(text)
  await next(page).click()
  t.ok((await newCell(page)).includes(text))
})
