import type { Test } from 'tap'
import { Agent, type Dispatcher, request } from 'undici'
import { type BrowserLike, browserLike } from '../support/browser-like.ts'
import { formOf } from '../support/forms.ts'
import { type RunningHub, startHub } from '../support/hub.ts'
import { contents, startServer } from '../support/servers.ts'
import { median, medianRatio, type Row, showTimes } from './measure.ts'

const goalRatio = 1.5
const user = 'bench'
const folder = 'some_instrument'
const platform = 'http://localhost:8090/'
const warmUp = 10
const rounds = 60

/** One click that was prepared up to its last step; `send` is the click and answers with the notebook's URL. */
interface Click {
  send(): Promise<string>
}

/**
 * The confirming click on a real JupyterHub whose server runs, from the POST to the 303 to the notebook, beside the bare calls that
 * no program can do without: who holds the token, is the folder there, is the name free, write.
 */
export async function measureClick(): Promise<Row[]> {
  const teardowns: (() => unknown)[] = []
  const agent = new Agent({ connections: 1 })
  try {
    const hub = await startHub(testThatEndsWith(teardowns))
    await startServer(hub, user)
    const browser = browserLike()
    await prepareClick(hub, browser, agent, 'log in').then((click) => click.send())
    const written = await contents(
      hub,
      user,
      `${folder}/Data_Analysis_log in.ipynb`,
      '?type=file&format=text',
    )
    const bare = await openBareCalls(hub, agent, (written.json() as { content: string }).content)
    const clicks: number[] = []
    const calls: number[] = []
    for (let round = -warmUp; round < rounds; round++) {
      const click = await prepareClick(hub, browser, agent, `click ${round}`)
      const times = { click: () => click.send(), bare: () => bare(`bare ${round}.ipynb`) }
      const order = round % 2 === 0 ? (['click', 'bare'] as const) : (['bare', 'click'] as const)
      for (const which of order) {
        const start = performance.now()
        await times[which]()
        if (round >= 0) (which === 'click' ? clicks : calls).push(performance.now() - start)
      }
    }
    const ratio = medianRatio(clicks, calls)
    return [
      {
        what: 'confirming click / bare Hub and Contents calls',
        size: '8 KB',
        measured: showTimes(ratio),
        beside: `${median(clicks).toFixed(1)} ms / ${median(calls).toFixed(1)} ms`,
        goal: `≤ ${goalRatio.toFixed(2)} ×`,
        met: ratio <= goalRatio,
      },
    ]
  } finally {
    await agent.close()
    for (const end of teardowns.reverse()) await end()
  }
}

/** What `startHub` needs of a test, for a program that is none. */
function testThatEndsWith(teardowns: (() => unknown)[]): Test {
  const test = {
    teardown: (end: () => unknown) => void teardowns.push(end),
    passing: () => true,
    comment: () => {},
  }
  return test as unknown as Test
}

/** The button, the login if it is asked for, and the page that asks; all that a researcher has done before the click. */
async function prepareClick(
  hub: RunningHub,
  browser: BrowserLike,
  agent: Agent,
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

/** The four calls in sequence, with a token of the user's, on the ways that the service goes. */
async function openBareCalls(hub: RunningHub, agent: Agent, content: string) {
  const made = await hub.api(`users/${user}/tokens`, { method: 'POST', body: '{}' })
  const { token } = made.json() as { token: string }
  const { JUPYTERHUB_API_URL: hubApi = '' } = hub.serviceEnvironment()
  const files = `${hub.url}user/${user}/api/contents/${folder}`
  const body = JSON.stringify({ type: 'file', format: 'text', content })

  const call = async (method: Dispatcher.HttpMethod, url: string, expected: number, sent?: string) => {
    const headers = {
      authorization: `token ${token}`,
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const answer = await request(url, { method, headers, body: sent ?? null, dispatcher: agent })
    await answer.body.dump()
    if (answer.statusCode !== expected) throw new Error(`${method} ${url}: ${answer.statusCode}`)
  }
  return async (name: string) => {
    const file = `${files}/${encodeURIComponent(name)}`
    await call('GET', `${hubApi}/user`, 200)
    await call('GET', `${files}?content=0`, 200)
    await call('GET', `${file}?content=0`, 404)
    await call('PUT', file, 201, body)
  }
}
