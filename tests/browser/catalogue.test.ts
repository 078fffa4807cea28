/** Looking for a template, by mouse and by keyboard, with and without JavaScript. */
import type { Page } from 'playwright-core'
import t from 'tap'
import { openBrowser } from '../support/browser.ts'
import { notebookShowing } from '../support/images.ts'
import { startServiceOn } from '../support/service.ts'
import { servePages } from './own-pages.ts'

t.setTimeout(300_000)

const many = Object.fromEntries(
  Array.from({ length: 130 }, (_, index) => [
    `many/${index}.ipynb`,
    notebookShowing([[]], { title: `Lattice ${index}`, tags: [index % 2 === 0 ? 'even' : 'odd'] }),
  ]),
)
const titles = (page: Page) => page.locator('.template-link').allInnerTexts()

for (const javaScriptEnabled of [true, false]) {
  t.test(`a template is found ${javaScriptEnabled ? 'while one types' : 'without JavaScript'}`, async (t) => {
    const { url } = await servePages(t, { templates: many })
    const { page, complaints } = await openBrowser(t, { javaScriptEnabled })
    let loads = 0
    page.on('load', () => loads++)
    await page.goto(url)
    const status = page.getByRole('status')
    const search = async (words: string, expected: string | RegExp) => {
      await page.getByLabel('Search', { exact: true }).fill(words)
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Search' }).click()
      await status.filter({ hasText: expected }).waitFor()
    }
    await search('decay', /^\s*1 template\b/)
    t.strictSame(await titles(page), ['Decay fit'])
    t.equal(new URL(page.url()).searchParams.get('q'), 'decay', 'the address can be kept')
    await search('lattice 12', '12 templates')
    t.equal((await titles(page))[0], 'Lattice 12', 'the best one first')
    await search('nothing like it', 'No templates match.')
    t.strictSame(await titles(page), [])
    await page.getByRole('link', { name: 'Show all' }).click()
    await status.filter({ hasText: '1–60 of 142 templates' }).waitFor()

    await search('lattice', '1–60 of 131 templates')
    await page.getByLabel('Tag', { exact: true }).selectOption('even')
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Search' }).click()
    await status.filter({ hasText: '1–60 of 65 templates' }).waitFor()
    await page.getByRole('link', { name: 'Next' }).click()
    await status.filter({ hasText: '61–65 of 65 templates' }).waitFor()
    t.equal((await titles(page)).length, 5)
    await page.getByRole('link', { name: 'Previous' }).click()
    await status.filter({ hasText: '1–60 of 65 templates' }).waitFor()
    await page.goto(`${url}?q=decay`)
    t.equal(await page.getByLabel('Search', { exact: true }).inputValue(), 'decay')
    await page.locator('.template', { hasText: 'Decay fit' }).click({ position: { x: 5, y: 5 } })
    await page.waitForURL('**/t/measurement/Decay_Fit_%7Btemperature%7D.ipynb')
    t.equal(loads, javaScriptEnabled ? 6 : 11, 'pages that were loaded')
    t.strictSame(complaints, [])
  })
}

for (const javaScriptEnabled of [true, false]) {
  t.test(
    `a catalogue that is still being read completes itself, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`,
    async (t) => {
      let isComplete = false
      const { url } = await servePages(t, {
        catalogue: (catalogue) => ({ ...catalogue, isComplete: () => isComplete }),
      })
      const { page, complaints } = await openBrowser(t, { javaScriptEnabled })
      await page.goto(url)
      const words = page.getByLabel('Search', { exact: true })
      await words.fill('decay')
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Search' }).click()
      const status = page.getByRole('status')
      await status.filter({ hasText: '1 template so far' }).waitFor()
      const notice = page.getByText('is still reading its template folder')
      t.ok(await notice.isVisible())
      await words.focus()
      isComplete = true
      await notice.waitFor({ state: 'detached' })
      await status.filter({ hasText: /^\s*1 template\s/ }).waitFor()
      t.equal(await words.inputValue(), 'decay')
      if (javaScriptEnabled)
        t.ok(await words.evaluate('document.activeElement.id === "q"'), 'who types is not disturbed')
      t.strictSame(complaints, [])
    },
  )
}

t.test('rows of cards go on across categories, in the order of the page', async (t) => {
  const templates = Object.fromEntries(
    Array.from({ length: 18 }, (_, index) => [
      `${index}.ipynb`,
      notebookShowing([[]], { title: `Card ${index + 10}`, category: `Category ${index >> 1}` }),
    ]),
  )
  const { url } = await startServiceOn(t, templates)
  const { page } = await openBrowser(t)
  await page.goto(url)
  const boxes = await Promise.all((await page.locator('.template').all()).map((card) => card.boundingBox()))
  const tops = boxes.map((box) => Math.round(box!.y))
  t.strictSame(
    [...new Set(tops)].map((top) => tops.filter((one) => one === top).length),
    [4, 4, 4, 4, 2],
  )
  const inOrder = boxes.toSorted((a, b) => a!.y - b!.y || a!.x - b!.x)
  t.strictSame(boxes, inOrder)
  t.strictSame((await titles(page))[17], 'Card 27')
  t.equal(await page.locator('.of-category:visible').count(), 18)
  t.equal(await page.getByRole('heading', { level: 2 }).count(), 9, 'a reader of headings has them all')
  t.equal((await page.getByRole('list', { name: 'Category 3' }).getByRole('listitem').count()) > 0, true)
})

t.test('by keyboard alone', async (t) => {
  const { url } = await servePages(t)
  const { page, complaints } = await openBrowser(t)
  await page.goto(url)
  const focused = () =>
    page.evaluate('document.activeElement.textContent.trim() || document.activeElement.name')
  await page.keyboard.press('Tab')
  t.equal(await focused(), 'Skip to content')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  t.equal(await focused(), 'q', 'the first thing behind it is the search')
  await page.keyboard.type('plot one')
  await page
    .getByRole('status')
    .filter({ hasText: /^\s*1 template\b/ })
    .waitFor()
  t.equal(await focused(), 'q', 'which one stays in while the results change')
  for (let tabs = 0; (await focused()) !== 'Plot one measurement'; tabs++) {
    if (tabs > 10) throw new Error('the template cannot be reached')
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await page.waitForURL('**/t/measurement/**')
  t.strictSame(complaints, [])
})

t.test(
  'images are there, in their place before they come; titles of any kind stay in their card',
  async (t) => {
    const { url } = await servePages(t)
    const { page, picture } = await openBrowser(t, { viewport: { width: 390, height: 844 } })
    await page.goto(url)
    const boxes = () =>
      page.evaluate(() => {
        const { document } = globalThis as unknown as {
          document: { querySelectorAll(selector: string): Iterable<Box> }
        }
        const rounded = ({ left, top, right, bottom }: Rect) => [left, top, right, bottom].map(Math.round)
        return [...document.querySelectorAll('.template')].map((card) => ({
          card: rounded(card.getBoundingClientRect()),
          parts: [...card.querySelectorAll(':scope > *, :scope > * > *')].map((part) =>
            rounded(part.getBoundingClientRect()),
          ),
          image: [...card.querySelectorAll('img')].map((image) => rounded(image.getBoundingClientRect())),
          title: [...card.querySelectorAll('a')].map((title) => rounded(title.getBoundingClientRect())),
        }))
      })
    const before = await boxes()
    const images = page.locator('.thumbnail img')
    t.equal(await images.count(), 2)
    for (const image of await images.all()) {
      await image.scrollIntoViewIfNeeded()
      await image.evaluate((element) => (element as unknown as { decode(): Promise<void> }).decode())
      t.match(await image.getAttribute('alt'), /^Picture from “.+”$/)
    }
    await page.evaluate('scrollTo(0, 0)')
    const after = await boxes()
    t.strictSame(after, before, 'nothing has moved')
    for (const { card, parts, image, title } of after) {
      const [left, top, right, bottom] = card as [number, number, number, number]
      for (const part of parts) {
        t.ok(
          part[0]! >= left && part[1]! >= top && part[2]! <= right && part[3]! <= bottom,
          'no part leaves its card',
        )
      }
      for (const one of image) t.ok(one[3]! <= title[0]![1]!, 'the image ends above the title')
    }
    await picture('catalogue-images')
    const rtl = page.locator('.template', { hasText: 'XRD)' }).first()
    t.equal(
      await rtl
        .locator('.about')
        .evaluate(
          (about) =>
            (
              globalThis as unknown as { getComputedStyle(of: unknown): { direction: string } }
            ).getComputedStyle(about).direction,
        ),
      'rtl',
    )
  },
)

interface Rect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
interface Box {
  getBoundingClientRect(): Rect
  querySelectorAll(selector: string): Iterable<Box>
}
