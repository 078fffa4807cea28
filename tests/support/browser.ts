import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'
import { inProject } from './paths.ts'

/** Nothing is asked of the network: this machine may have none. Root needs `--no-sandbox`. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface OpenBrowser {
  readonly context: BrowserContext
  readonly page: Page
  /** What pages wrote to their console and threw, and dialogs that they opened; a clean journey has none. */
  readonly complaints: readonly string[]
  /** Keeps a picture as `artefacts/<name>.png`: for looking at, and kept by CI. */
  picture(name: string, page?: Page): Promise<void>
}

/**
 * Debian's Chromium with an empty profile of its own, closed at the end of the test.
 *
 * @param options Playwright's, for example `{ javaScriptEnabled: false }` or `{ colorScheme: 'dark' }`
 */
export async function openBrowser(t: Test, options: BrowserContextOptions = {}): Promise<OpenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'notebook-templates-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    ...options,
  })
  t.teardown(async () => {
    await context.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  })
  const complaints: string[] = []
  const listen = (page: Page) => {
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`)
    })
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error}`))
    page.on('dialog', (dialog) => {
      complaints.push(`${page.url()}: dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
  }
  context.on('page', listen)
  const page = context.pages()[0] ?? (await context.newPage())
  listen(page)
  return {
    context,
    page,
    complaints,
    async picture(name, of = page) {
      mkdirSync(inProject('artefacts'), { recursive: true })
      await of.screenshot({ path: inProject('artefacts', `${name}.png`), fullPage: true })
    },
  }
}
