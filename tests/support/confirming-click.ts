/** The click that makes a notebook, by itself: for measuring how long it takes. */
import { type Agent, request } from 'undici'
import type { BrowserLike } from './browser-like.ts'
import { formOf } from './forms.ts'
import type { RunningHub } from './hub.ts'

const platform = 'http://localhost:8090/'

export interface Clicker {
  readonly user: string
  readonly browser: BrowserLike
  readonly agent: Agent
}

/** One click that was prepared up to its last step; `send` is the click and answers with the notebook's URL. */
export interface Click {
  send(): Promise<string>
}

/** The button, the login if it is asked for, and the page that asks; all that a researcher has done before the click. */
export async function prepareClick(
  hub: RunningHub,
  { user, browser, agent }: Clicker,
  name: string,
): Promise<Click> {
  const params = JSON.stringify({ measurement_name: name, created: '2024-05-06 07:08:09' })
  const button = `${hub.templatesUrl}t/some_instrument/Data_Analysis_%7Bmeasurement_name%7D.ipynb`
  let page = await browser.post(button, { params }, { from: platform })
  if (page.url.includes('/hub/login')) page = await browser.login(page, user)
  const form = formOf(page.text(), page.url, 'confirm')
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    cookie:
      browser.cookies.header(new URL(form.url), { crossSite: false, navigation: true, method: 'POST' }) ?? '',
    origin: new URL(page.url).origin,
    referer: page.url,
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-user': '?1',
    'sec-fetch-dest': 'document',
  }
  const body = new URLSearchParams(form.fields).toString()
  return {
    async send() {
      const answer = await request(form.url, { method: 'POST', headers, body, dispatcher: agent })
      await answer.body.dump()
      const location = String(answer.headers.location)
      if (answer.statusCode === 303 && location.includes(`/user/${user}/notebooks/`)) return location
      throw new Error(`the click was answered by ${answer.statusCode} ${location}`)
    },
  }
}
