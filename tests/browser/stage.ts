/** A hub, a data platform on another site with buttons to it, and what people do in a real browser between them. */
import { existsSync, readdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import type { OpenBrowser } from '../support/browser.ts'
import { type HubOptions, type RunningHub, startHub } from '../support/hub.ts'
import { startPlatform } from '../support/platform.ts'

export const template = 't/some_instrument/Data_Analysis_%7Bmeasurement_name%7D.ipynb'

export interface Stage {
  readonly hub: RunningHub
  /** The page with the buttons. */
  readonly platform: string
}

/** @param buttons label → parameters as JSON text */
export async function setStage(
  t: Test,
  buttons: Readonly<Record<string, string>>,
  options: HubOptions = {},
): Promise<Stage> {
  const hub = await startHub(t, options)
  const action = hub.templatesUrl + template
  const platform = await startPlatform(
    t,
    Object.entries(buttons).map(([label, params]) => ({ label, action, params })),
  )
  return { hub, platform }
}

/** On the Hub's own login page. */
export async function logIn(page: Page, user: string): Promise<void> {
  await page.waitForURL('**/hub/login**')
  await page.getByLabel('Username').fill(user)
  await page.getByLabel('Password').fill('any')
  await page.getByRole('button', { name: 'Sign in' }).click()
}

export const createButton = (page: Page) => page.getByRole('button', { name: 'Create notebook' })

/** Waits for the notebook; tells its path on the user's server. Jupyter's own page need not have loaded. */
export async function arrive(page: Page, user: string): Promise<string> {
  const start = `/user/${user}/notebooks/`
  await page.waitForURL((url) => url.pathname.startsWith(start), { waitUntil: 'commit', timeout: 90_000 })
  return decodeURIComponent(new URL(page.url()).pathname.slice(start.length))
}

/** Complaints about our own pages: Jupyter's are not ours to keep clean. */
export function ownComplaints({ hub, platform }: Stage, { complaints }: OpenBrowser): string[] {
  return complaints.filter((line) => line.startsWith(hub.templatesUrl) || line.startsWith(platform))
}

/** Notebooks in a user's home, as they lie on the disk; Jupyter's own copies of what was opened are none. */
export function notebooksOf(hub: RunningHub, user: string): string[] {
  const home = hub.userDir(user)
  if (!existsSync(home)) return []
  return readdirSync(home, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints'))
    .sort()
}
