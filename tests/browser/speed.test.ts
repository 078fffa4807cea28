/** What a page weighs, and how long it takes until all of it is there, with nothing in the browser's cache. */
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import t from 'tap'
import { median } from '../bench/measure.ts'
import { launchBrowser } from '../support/browser.ts'
import { servePages } from './own-pages.ts'

t.setTimeout(300_000)

const rounds = 9
const mostBytes = 100_000
const mostTime_ms = 200

t.test('a page weighs less than 100 KB compressed and is complete within 200 ms', async (t) => {
  const browser = await launchBrowser(t)
  const own = await servePages(t)
  const context = await browser.newContext()
  const pages = await own.open(context)
  const storageState = await context.storageState()
  // What an address costs at which there is next to nothing: that much is this machine's, and what else it does.
  const all = [['next to nothing', `${own.url}health`], ...pages] as const
  const times = new Map(all.map(([label]) => [label, [] as number[]]))
  const weights = new Map<string, number>()
  for (let round = 0; round < rounds; round++) {
    for (const [label, url] of all) {
      const { time_ms, bytes } = await load(browser, url, storageState)
      times.get(label)!.push(time_ms)
      weights.set(label, bytes)
    }
  }
  const least = (label: string) => Math.min(...times.get(label)!)
  for (const [label] of pages) {
    const figures = `${(weights.get(label)! / 1000).toFixed(1)} KB | ${Math.round(median(times.get(label)!))} ms`
    t.comment(`| ${label} | ${figures} |`)
    t.ok(weights.get(label)! < mostBytes, `${label}: ${figures}`)
    // The least disturbed of the rounds.
    const own_ms = least(label) - least('next to nothing')
    t.ok(own_ms < mostTime_ms, `${label}: ${Math.round(own_ms)} ms beside next to nothing`)
  }
})

async function load(
  browser: Browser,
  url: string,
  storageState: Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>,
) {
  const context = await browser.newContext({ storageState })
  const page = await context.newPage()
  const bodies: Promise<Buffer>[] = []
  page.on('response', (response) => {
    // The fonts of formulas are many, and come only where there are some.
    if (!response.url().endsWith('.woff2')) bodies.push(response.body())
  })
  await page.goto(url)
  const time_ms = await page.evaluate(() => {
    const { performance } = globalThis as unknown as {
      performance: { getEntriesByType(type: string): readonly [{ readonly loadEventEnd: number }] }
    }
    return performance.getEntriesByType('navigation')[0].loadEventEnd
  })
  const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0)
  await context.close()
  return { time_ms, bytes }
}
