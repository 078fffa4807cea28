/** What is asked of every page, whatever it shows: measured in a real browser, in every look. */
import axe from 'axe-core'
import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core'
import { listen } from '../support/browser.ts'
import { send } from '../support/http.ts'

export const sizes = {
  '320': { width: 320, height: 700 },
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 900 },
  '4K': { width: 3840, height: 2160 },
} as const
export type Size = keyof typeof sizes

/** A way of looking at pages; each is a browser context of its own. */
export interface Look {
  readonly language: 'en' | 'de'
  readonly colorScheme: 'light' | 'dark'
  readonly javaScriptEnabled: boolean
}
export const looks: readonly Look[] = (['en', 'de'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((colorScheme) =>
    [true, false].map((javaScriptEnabled) => ({ language, colorScheme, javaScriptEnabled })),
  ),
)
/** Set by `.ci/nightly`: each page in each look and size, where one of a kind is enough otherwise. */
export const isEveryLook = process.env.EVERY_LOOK === '1'
export const nameOf = ({ language, colorScheme, javaScriptEnabled }: Look) =>
  `${language} ${colorScheme}${javaScriptEnabled ? '' : ' without JavaScript'}`

export interface Eye {
  readonly context: BrowserContext
  readonly page: Page
  readonly complaints: readonly string[]
  /** Addresses that were asked for, of other origins than the page's own. */
  readonly elsewhere: readonly string[]
  /** Makes the window of this size, before a page is opened. */
  resize(size: Size): Promise<void>
  /** Opens an address, and tells what is wrong with its page. */
  examine(url: string, options: { barriers: boolean }): Promise<readonly string[]>
  /** What has moved by itself since the page was last asked about, once it is drawn as it is now. */
  moved(): Promise<readonly string[]>
}

/** @param own addresses of the pages */
export async function openEye(
  browser: Browser,
  look: Look,
  own: readonly string[],
  more: BrowserContextOptions = {},
): Promise<Eye> {
  const { language, colorScheme, javaScriptEnabled } = look
  const context = await browser.newContext({
    locale: language === 'de' ? 'de-DE' : 'en-US',
    colorScheme,
    javaScriptEnabled,
    reducedMotion: 'reduce',
    ...more,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  listen(page, complaints)
  const elsewhere: string[] = []
  const origins = own.map((url) => new URL(url).origin)
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol !== 'data:' && !origins.includes(origin)) elsewhere.push(request.url())
  })
  const shifts = await watchShifts(await context.newCDPSession(page))
  const moved = async () => shifts(await page.evaluate(() => performance.timeOrigin))

  async function examine(url: string, { barriers }: { barriers: boolean }): Promise<readonly string[]> {
    await page.goto(url)
    const found = await page.evaluate(measure)
    return [
      ...(await moved()),
      ...found,
      ...((await page.getAttribute('html', 'lang')) === language ? [] : ['it is in another language']),
      ...(barriers && javaScriptEnabled ? await findBarriers(page) : []),
    ]
  }

  return {
    context,
    page,
    complaints,
    elsewhere,
    examine,
    async moved() {
      await page.evaluate(drawn)
      return moved()
    },
    async resize(size) {
      // A page that is resized shifts by right.
      await page.goto('about:blank')
      await page.setViewportSize(sizes[size])
    },
  }
}

/** What moves by itself while a page loads, as the browser itself notes it; it needs no script in the page. */
async function watchShifts(session: CDPSession): Promise<(since_ms: number) => Promise<string[]>> {
  const found: { readonly time_ms: number; readonly told: Promise<string> }[] = []
  session.on('PerformanceTimeline.timelineEventAdded', ({ event }) => {
    const { layoutShiftDetails: shift, time } = event
    if (!shift || shift.hadRecentInput || shift.value === 0) return
    const moved = shift.sources.map(async ({ nodeId: backendNodeId, previousRect, currentRect }) => {
      const node = backendNodeId && (await describe(session, backendNodeId))
      return `${node ?? 'something'} from ${JSON.stringify(previousRect)} to ${JSON.stringify(currentRect)}`
    })
    const told = Promise.all(moved).then((all) => `it shifts by ${shift.value}: ${all.join()}`)
    found.push({ time_ms: 1000 * time, told })
  })
  await session.send('PerformanceTimeline.enable', { eventTypes: ['layout-shift'] })
  // What shifted on the page before, when its picture was taken, is none of this one's.
  return (since_ms) =>
    Promise.all(
      found
        .splice(0)
        .filter(({ time_ms }) => time_ms >= since_ms)
        .map(({ told }) => told),
    )
}

/** A node as its HTML begins; `undefined` when it is gone. */
async function describe(session: CDPSession, backendNodeId: number): Promise<string | undefined> {
  const answer = await session.send('DOM.getOuterHTML', { backendNodeId }).catch(() => undefined)
  return answer?.outerHTML.slice(0, 120)
}

/** What stands between the page and somebody, by axe's rules for WCAG 2.2 AA and its own good practice. */
export async function findBarriers(page: Page): Promise<string[]> {
  // No script runs in a sandboxed page, axe included: for it alone the page is opened without its policy.
  if ((await page.evaluate(() => globalThis.origin)) === 'null') await openWithoutPolicy(page)
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      iframes: false,
      resultTypes: ['violations'],
    } as axe.RunOptions),
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`))
}

async function openWithoutPolicy(page: Page): Promise<void> {
  const url = page.url()
  await page.route(url, async (route) => {
    // On a connection of its own: one that `route.fetch` kept may be closed by the server at that moment.
    const { status, headers, body } = await send(url, { headers: await route.request().allHeaders() })
    await route.fulfill({ status, contentType: headers['content-type'] ?? '', body })
  })
  await page.reload()
  await page.unroute(url)
}

/** Runs in the page: ends when all that was changed before it has been drawn. */
const drawn = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))'

/** Runs in the page, at once: where scripts are switched off, nothing else would. */
function measure(): string[] {
  const { document, getComputedStyle } = globalThis as unknown as PageWindow
  const width = document.documentElement.clientWidth
  const scrolls = document.documentElement.scrollWidth > width
  const wide = [...document.querySelectorAll('body *')].filter(
    (one) => scrolls && one.getBoundingClientRect().right > width + 1,
  )
  const moving = [...document.querySelectorAll('*')].filter((one) => {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one)
    return /[1-9]/.test(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth'
  })
  const headings = document.querySelectorAll('h1').length
  const broken = [...document.querySelectorAll('.folded *')].filter(
    (one) => getComputedStyle(one).display === 'block',
  )
  return [
    ...(scrolls ? ['it scrolls sideways'] : []),
    ...wide.slice(0, 3).map((one) => `too wide: ${one.outerHTML.slice(0, 200)}`),
    ...moving
      .slice(0, 3)
      .map((one) => `moves, although less motion is asked for: ${one.outerHTML.slice(0, 200)}`),
    ...broken.slice(0, 3).map((one) => `breaks a line of names: ${one.outerHTML.slice(0, 200)}`),
    ...(headings === 1 ? [] : [`${headings} headings of the first level`]),
    ...(getComputedStyle(document.querySelector('main')!).maxWidth === 'none'
      ? ['the styles are missing']
      : []),
  ]
}

/** What of the DOM is used above: the project has no types of browsers. */
interface PageElement {
  readonly outerHTML: string
  getBoundingClientRect(): { right: number }
}
interface PageWindow {
  readonly document: {
    readonly documentElement: { clientWidth: number; scrollWidth: number }
    querySelector(selector: string): PageElement | null
    querySelectorAll(selector: string): Iterable<PageElement> & { length: number }
  }
  getComputedStyle(
    element: PageElement,
  ): Readonly<
    Record<'transitionDuration' | 'animationName' | 'scrollBehavior' | 'maxWidth' | 'display', string>
  >
}
