import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright-core'
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

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

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
    executablePath,
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
  context.on('page', (page) => listen(page, complaints))
  const page = context.pages()[0] ?? (await context.newPage())
  listen(page, complaints)
  return { context, page, complaints, picture: (name, of = page) => takePicture(of, name) }
}

/** One browser for many contexts, which are opened in a moment; closed at the end of the test. */
export async function launchBrowser(t: Test, options: LaunchOptions = {}): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: flags, ...options })
  t.teardown(() => browser.close())
  return browser
}

/** Collects what the page complains about (`OpenBrowser.complaints`). */
export function listen(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error}`))
  page.on('dialog', (dialog) => {
    complaints.push(`${page.url()}: dialog ${dialog.message()}`)
    // Jupyter asks before a notebook is left, once its kernel has told its language: that is answered with yes.
    void (dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss())
  })
}

/** The whole page as `artefacts/<name>.png`, with the images that are loaded when one comes near them. */
export async function takePicture(page: Page, name: string): Promise<void> {
  // In one go: a page that asks again by itself replaces its images.
  await page.evaluate(async () => {
    const images = [...document.querySelectorAll<HTMLImageElement>('img[loading=lazy]')]
    for (const image of images) image.loading = 'eager'
    await Promise.all(images.map((image) => image.decode().catch(() => undefined)))
  })
  mkdirSync(inProject('artefacts'), { recursive: true })
  await page.screenshot({ path: inProject('artefacts', `${name}.png`), fullPage: true })
}
