/** A person with a browser, who clicks buttons of a data platform and wants notebooks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserLike, type BrowserOptions, browserLike, type Page } from '../support/browser-like.ts'
import { type EventStream, followEvents } from '../support/event-stream.ts'
import { type Answer, send } from '../support/http.ts'
import type { RunningHub } from '../support/hub.ts'
import { isRunning } from '../support/processes.ts'
import { until } from '../support/until.ts'

export const platform = 'http://localhost:8090/'
export const shipped = 't/some_instrument/Data_Analysis_%7Bmeasurement_name%7D.ipynb'

export interface Person {
  readonly name: string
  readonly browser: BrowserLike
  /** Clicks a button and logs in where asked to; the page is the confirmation page, if all is well. */
  click(measurement: string, template?: string): Promise<Page>
  /** Clicks *Create notebook* or *Try again*; stops where the notebook would open. `fields`: what is typed before. */
  confirm(page: Page, fields?: Readonly<Record<string, string>>): Promise<Page>
  /** Clicks *Cancel*. */
  cancel(page: Page): Promise<Page>
  /** Goes to a page of the service; stops where a notebook would open. */
  visit(url: string): Promise<Page>
  /** Comes back to a page, as it does by itself without JavaScript, until the notebook would open: the notebook's path. */
  arrive(page: Page, within_s?: number): Promise<string>
  /** The events of a progress page, as its script gets them. */
  events(page: Page): EventStream
  /** Names of all files in a folder of their home, hidden ones too. */
  files(folder?: string): readonly string[]
  /** A notebook of theirs, as it lies on the disk. */
  notebook(path: string): Made
}

export interface Made {
  readonly cells: readonly { readonly source: string | readonly string[] }[]
  readonly metadata: { readonly notebook_templates?: { readonly made_from?: Record<string, string> } }
}

/** Where a page of the service sends the browser to: the path of a notebook on a user's server. */
export function notebookPath(page: Page | Answer): string | undefined {
  const { location } = page.headers
  const found = /\/user\/[^/]+\/(?:[\w-]+\/)?(?:notebooks|lab\/tree)\/(.*)$/.exec(location ?? '')
  return page.status === 303 && found ? decodeURIComponent(found[1] ?? '') : undefined
}

export function person(hub: RunningHub, name: string, options?: BrowserOptions): Person {
  const browser = browserLike(options)
  const follow = (to: URL) => !to.pathname.includes('/user/')
  const visit = (url: string) => browser.get(url, { follow })
  return {
    name,
    browser,
    visit,
    async click(measurement, template = shipped) {
      const params = JSON.stringify({ measurement_name: measurement })
      const page = await browser.post(hub.templatesUrl + template, { params }, { from: platform, follow })
      return page.url.includes('/hub/login') ? browser.login(page, name, { follow }) : page
    },
    confirm: (page, fields = {}) => browser.submit(page, 'confirm', fields, { follow }),
    cancel: (page) => browser.submit(page, '/cancel', {}, { follow }),
    async arrive(page, within_s = 60) {
      let at = page
      const arrived = async () => {
        const path = notebookPath(at)
        if (path !== undefined) return path
        if (at.status >= 400) throw new Error(`${at.status} from ${at.url}: ${at.text()}`)
        at = await visit(at.url)
        return notebookPath(at)
      }
      return until(`the notebook of ${name}`, arrived, { within_s, every_ms: 300 })
    },
    events(page) {
      const url = new URL(/data-events="([^"]*)"/.exec(page.text())?.[1] ?? '', page.url)
      const cookie = browser.cookies.header(url, { crossSite: false, navigation: false, method: 'GET' })
      const headers = { cookie, referer: page.url, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }
      return followEvents(url, { ...headers, 'sec-fetch-dest': 'empty' }, options?.route?.(url))
    },
    files(folder = 'some_instrument') {
      const path = join(hub.userDir(name), folder)
      return existsSync(path) ? readdirSync(path).sort() : []
    },
    notebook: (path) => JSON.parse(readFileSync(join(hub.userDir(name), path), 'utf8')) as Made,
  }
}

/** The id of a request, from the URL of its page. */
export function requestId(page: Page): string {
  return /\/(?:confirm|progress)\/([\w-]{22})$/.exec(new URL(page.url).pathname)?.[1] ?? ''
}

/** kill -9, and waits for its end. */
export async function killNow(pid: number | undefined): Promise<void> {
  if (pid === undefined) throw new Error('there is no such process')
  process.kill(pid, 'SIGKILL')
  await until('the killed process to be gone', () => !isRunning(pid))
}

/** Whether the service at this URL answers its probe. */
export async function isHealthy(url: string): Promise<boolean> {
  const answer = await send(`${url}health`, { timeout_s: 5 }).catch(() => undefined)
  return answer?.status === 200
}

/** For `startHub`: dora's server takes so long that something can end meanwhile; everybody else's starts at once. */
export const slowForDora = `
class ByName(spawners.Slow):
    async def start(self):
        self.delay_s = 6 if self.user.name == "dora" else 0
        return await super().start()

c.JupyterHub.spawner_class = ByName
`
