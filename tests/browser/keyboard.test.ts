/** Whatever a page offers can be reached by the keyboard alone, in order, in sight, and one sees where one is. */
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { openBrowser } from '../support/browser.ts'
import { listenOn } from '../support/listen.ts'
import { until } from '../support/until.ts'
import { servePages } from './own-pages.ts'
import { everyView, frameOfViews } from './views.ts'

t.setTimeout(300_000)

for (const javaScriptEnabled of [true, false]) {
  t.test(`every page by keyboard, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const own = await servePages(t)
    const { page, context } = await openBrowser(t, {
      javaScriptEnabled,
      viewport: { width: 390, height: 844 },
    })
    for (const [label, url] of await own.open(context)) {
      await page.goto(url)
      await tabThrough(t, page, label)
      for (const summary of await page.locator('summary').all()) {
        if (!(await summary.isVisible())) continue
        await summary.focus()
        await page.keyboard.press('Enter')
        const isOpen = await summary.evaluate(
          (one) => (one as unknown as { parentElement: { open: boolean } }).parentElement.open,
        )
        t.ok(isOpen, `${label}: Enter unfolds what is folded`)
      }
      await page.keyboard.press('Escape')
    }
  })
}

t.test('what only a hub has, by keyboard', async (t) => {
  const shown = { en: await everyView(t, 'en'), de: await everyView(t, 'de') }
  const { app, pathOf } = await frameOfViews(shown)
  const url = await listenOn(t, app)
  const { page } = await openBrowser(t, { viewport: { width: 390, height: 844 } })
  for (const label of [
    'my notebooks',
    'my notebooks before the first',
    'confirmation of what was made before',
  ]) {
    await page.goto(url + pathOf({ label }))
    await tabThrough(t, page, label)
  }
  const buttons = await page.locator('.primary, button').allInnerTexts()
  t.strictSame(buttons, ['Open it', 'Create another'], 'what was made before is opened first')
  await page.goto(url + pathOf({ label: 'my notebooks' }))
  await page.getByText('Clear history').first().focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  t.equal(await page.locator(':focus').innerText(), 'Clear history', 'clearing takes a second step')
})

t.test('a frame that takes its time is no end of the page', async (t) => {
  const own = await servePages(t)
  const { page, context } = await openBrowser(t, {
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  })
  await page.goto((await own.open(context)).get('a template')!)
  const frame = page.frames().find((one) => one.url().includes('/preview/'))!
  await tabThrough(t, page, 'a template', () => {
    void frame
      .evaluate('for (const end = performance.now() + 300; performance.now() < end; );')
      .catch(() => {})
  })
})

const mostTabs = 300

/** @param beforeTab called before the key is pressed */
async function tabThrough(t: Test, page: Page, label: string, beforeTab = () => {}): Promise<void> {
  const wanted = await page.evaluate(controls)
  const reached: string[] = []
  const wrong: string[] = []
  let focused: Focus | undefined
  for (let tabs = 0; reached.length < wanted.length && tabs < mostTabs; tabs++) {
    beforeTab()
    focused = await tab(page, focused === 'frame')
    // What is in a frame is a page of its own, which is looked at as such.
    if (focused === 'frame') continue
    // A date has parts, and each is a stop of its own.
    if (!focused.isStill) reached.push(focused.name)
    if (!focused.isMarked) wrong.push(`nothing shows that the focus is on ${focused.name}`)
    if (!focused.isInSight) wrong.push(`out of sight: ${focused.name}`)
  }
  t.strictSame(reached, wanted, `${label}: all of it, in order`)
  t.strictSame(wrong, [], `${label}: seen`)
}

type Focus = 'frame' | { name: string; isStill: boolean; isMarked: boolean; isInSight: boolean }

/**
 * Goes one stop on. A sandboxed frame has a process of its own: while the focus is handed over to it, nothing has the
 * focus, and while it is handed back, the frame still has it.
 */
async function tab(page: Page, fromFrame: boolean): Promise<Focus> {
  await page.keyboard.press('Tab')
  const focused = await until(
    'the next stop',
    async () => {
      const focused = await page.evaluate(focus)
      return fromFrame && focused === 'frame' && (await isStillInFrames(page)) ? undefined : focused
    },
    { within_s: 10, every_ms: 20 },
  )
  if (focused === 'frame' && !fromFrame) await isStillInFrames(page)
  return focused
}

/** Whether each frame has its focus where it had it when this was last asked. */
async function isStillInFrames(page: Page): Promise<boolean> {
  const inside = page.frames().filter((frame) => frame !== page.mainFrame())
  const all = await Promise.all(inside.map((frame) => frame.evaluate(focus)))
  return all.every((focused) => focused === undefined || (focused !== 'frame' && focused.isStill))
}

/** Runs in the page: all that can be used, in the order in which it stands there. */
function controls(): string[] {
  const { document } = globalThis as unknown as PageWindow
  const all = [
    ...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]'),
  ]
  return all
    .filter(
      (one) =>
        one.getAttribute('type') !== 'hidden' &&
        !one.hasAttribute('disabled') &&
        one.checkVisibility({ visibilityProperty: true }),
    )
    .map((one) => one.outerHTML.slice(0, 120))
}

/** Runs in the page. */
function focus(): Focus | undefined {
  const window = globalThis as unknown as PageWindow
  const { document, innerHeight, getComputedStyle } = window
  const one = document.activeElement
  const isStill = one === window.before
  window.before = one
  if (one === null || one.localName === 'body') return undefined
  if (one.localName === 'iframe') return 'frame'
  const { top, bottom } = one.getBoundingClientRect()
  const outlined = [undefined, '::after'].some((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one, part)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  })
  const isInSight = bottom > 0 && top < innerHeight
  return { name: one.outerHTML.slice(0, 120), isStill, isMarked: outlined, isInSight }
}

/** What of the DOM is used above: the project has no types of browsers. */
interface PageElement {
  readonly localName: string
  readonly outerHTML: string
  getAttribute(name: string): string | null
  hasAttribute(name: string): boolean
  checkVisibility(options: { visibilityProperty: boolean }): boolean
  getBoundingClientRect(): { top: number; bottom: number }
}
interface PageWindow {
  /** Kept there by `focus`. */
  before?: PageElement | null
  readonly document: {
    readonly activeElement: PageElement | null
    querySelectorAll(selector: string): Iterable<PageElement>
  }
  readonly innerHeight: number
  getComputedStyle(element: PageElement, part?: string): { outlineStyle: string; outlineWidth: string }
}
