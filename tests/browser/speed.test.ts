/**
 * What a page weighs, and how long it takes until all of it is there, with nothing in the browser's cache: beside the same bytes from
 * a server that has them ready, in the same rounds.
 */
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext } from 'playwright-core'
import t, { type Test } from 'tap'
import { median } from '../bench/measure.ts'
import { launchBrowser } from '../support/browser.ts'
import { sendOn } from '../support/http.ts'
import { listenWith } from '../support/listen.ts'
import { servePages } from './own-pages.ts'

t.setTimeout(300_000)

const rounds = 5
const mostBytes = 100_000
const mostTime_ms = 200
/** What the bytes of a page alone take on a machine that does nothing else. */
const floor_ms = 50

t.test('a page weighs less than 100 KB compressed, and is complete within 200 ms', async (t) => {
  const browser = await launchBrowser(t)
  const own = await servePages(t)
  const context = await browser.newContext()
  const pages = await own.open(context)
  const state = await context.storageState()
  const { origin } = new URL(own.url)
  const ready = await serveReady(t, origin)
  for (const [label, url] of pages) {
    const [times, floor]: [number[], number[]] = [[], []]
    let files: readonly string[] = []
    for (let round = 0; round < rounds; round++) {
      const { time_ms, urls } = await load(browser, url, state)
      times.push(time_ms)
      files = [url, ...urls]
      floor.push((await load(browser, ready + url.slice(origin.length), state)).time_ms)
    }
    const bytes = await weigh(context, files)
    const ms = (time: number) => `${Math.round(time)} ms`
    t.comment(`| ${label} | ${(bytes / 1000).toFixed(1)} KB | ${ms(median(times))} | ${ms(median(floor))} |`)
    t.ok(bytes < mostBytes, `${label}: ${bytes} bytes`)
    // The least disturbed of the rounds; where the bytes alone take longer than usual, so may the page.
    const [least, slowness] = [Math.min(...times), Math.max(1, Math.min(...floor) / floor_ms)]
    t.ok(least < slowness * mostTime_ms, `${label}: ${ms(least)}, ${slowness.toFixed(1)} × as slow as idle`)
  }
})

/** A server that asks another one for each address once, and has its answer ready from then on. */
async function serveReady(t: Test, upstream: string): Promise<string> {
  const answers = new Map<string | undefined, ReturnType<typeof sendOn>>()
  return listenWith(t, async (request, response) => {
    const asked = answers.get(request.url) ?? sendOn(upstream, request)
    answers.set(request.url, asked)
    const { status, headers, body } = await asked
    response.writeHead(status, headers).end(body)
  })
}

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
