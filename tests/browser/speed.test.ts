/** What a page weighs, and how long it takes until all of it is there, with nothing in the browser's cache. */
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext } from 'playwright-core'
import t from 'tap'
import { median } from '../bench/measure.ts'
import { launchBrowser } from '../support/browser.ts'
import { servePages } from './own-pages.ts'

t.setTimeout(300_000)

const rounds = 7
const mostBytes = 100_000
const mostTime_ms = 200
/** What next to nothing takes on a machine that does nothing else. */
const nothing_ms = 20

t.test('a page weighs less than 100 KB compressed and is complete within 200 ms', async (t) => {
  const browser = await launchBrowser(t)
  const own = await servePages(t)
  const context = await browser.newContext()
  const pages = await own.open(context)
  const state = await context.storageState()
  const all = [['next to nothing', `${own.url}health`], ...pages] as const
  const times = new Map(all.map(([label]) => [label, [] as number[]]))
  const files = new Map<string, readonly string[]>()
  for (let round = 0; round < rounds; round++) {
    for (const [label, url] of all) {
      const { time_ms, urls } = await load(browser, url, state)
      times.get(label)!.push(time_ms)
      files.set(label, [url, ...urls])
    }
  }
  // The least disturbed of the rounds; where even next to nothing takes long, so may a page.
  const least = (label: string) => Math.min(...times.get(label)!)
  const slowness = Math.max(1, least('next to nothing') / nothing_ms)
  t.comment(`| next to nothing | | ${Math.round(median(times.get('next to nothing')!))} ms |`)
  for (const [label] of pages) {
    const bytes = await weigh(context, files.get(label)!)
    const figures = [`${(bytes / 1000).toFixed(1)} KB`, `${Math.round(median(times.get(label)!))} ms`]
    t.comment(`| ${[label, ...figures].join(' | ')} |`)
    t.ok(bytes < mostBytes, `${label}: ${figures[0]}`)
    t.ok(
      least(label) < slowness * mostTime_ms,
      `${label}: ${Math.round(least(label))} ms, ${slowness.toFixed(1)} × as slow as idle`,
    )
  }
})

type State = Awaited<ReturnType<BrowserContext['storageState']>>

/** Until its load event has ended, in a browser that has nothing of it. */
async function load(browser: Browser, url: string, storageState: State) {
  const context = await browser.newContext({ storageState })
  const page = await context.newPage()
  await page.goto(url)
  const loaded = await page.evaluate(() => {
    const { performance } = globalThis as unknown as PageWindow
    return {
      time_ms: performance.getEntriesByType('navigation')[0]!.loadEventEnd,
      urls: performance.getEntriesByType('resource').map(({ name }) => name),
    }
  })
  await context.close()
  return loaded
}

/** Of these files, compressed; the fonts of formulas are many, and come only where there are some. */
async function weigh({ request }: BrowserContext, urls: readonly string[]): Promise<number> {
  const files = urls.filter((url) => !url.endsWith('.woff2'))
  const bodies = await Promise.all(files.map(async (url) => (await request.get(url)).body()))
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
}

interface PageWindow {
  readonly performance: {
    getEntriesByType(type: string): readonly { readonly name: string; readonly loadEventEnd: number }[]
  }
}
