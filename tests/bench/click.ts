import { Agent, type Dispatcher, request } from 'undici'
import { browserLike } from '../support/browser-like.ts'
import { prepareClick } from '../support/confirming-click.ts'
import { type RunningHub, startHub } from '../support/hub.ts'
import { contents, startServer } from '../support/servers.ts'
import { testThatEndsWith } from './as-test.ts'
import { median, medianRatio, type Row, showTimes } from './measure.ts'

const goalRatio = 1.25
const user = 'bench'
const folder = 'some_instrument'
const warmUp = 10
const rounds = 60

/**
 * The confirming click on a real JupyterHub whose server runs, from the POST to the 303 to the notebook, beside the bare calls that
 * no program can do without: who holds the token, is the folder there, is the name free, write. And beside these and an answer of the
 * service that asks nobody: a click comes by the hub's proxy, which is no work of the service.
 */
export async function measureClick(): Promise<Row[]> {
  const teardowns: (() => unknown)[] = []
  const agent = new Agent({ connections: 1 })
  try {
    const hub = await startHub(testThatEndsWith(teardowns))
    await startServer(hub, user)
    const clicker = { user, browser: browserLike(), agent }
    await prepareClick(hub, clicker, 'log in').then((click) => click.send())
    const written = await contents(
      hub,
      user,
      `${folder}/Data_Analysis_log in.ipynb`,
      '?type=file&format=text',
    )
    const bare = await openBareCalls(hub, agent, (written.json() as { content: string }).content)
    const times = { click: [] as number[], bare: [] as number[], asked: [] as number[] }
    for (let round = -warmUp; round < rounds; round++) {
      const click = await prepareClick(hub, clicker, `click ${round}`)
      const actions = {
        click: () => click.send(),
        bare: () => bare(`bare ${round}.ipynb`),
        asked: () =>
          request(`${hub.templatesUrl}health`, { dispatcher: agent }).then(({ body }) => body.dump()),
      }
      const order = ['click', 'bare', 'asked'] as const
      for (const which of round % 2 === 0 ? order : order.toReversed()) {
        const start = performance.now()
        await actions[which]()
        if (round >= 0) times[which].push(performance.now() - start)
      }
    }
    const row = (what: string, others: readonly number[]) => ({
      what: `confirming click / bare Hub and Contents calls${what}`,
      size: '8 KB',
      measured: showTimes(medianRatio(times.click, others)),
      beside: `${median(times.click).toFixed(1)} ms / ${median(others).toFixed(1)} ms`,
      goal: '',
    })
    const ratio = medianRatio(times.click, times.bare)
    const withWay = times.bare.map((time, round) => time + times.asked[round]!)
    return [
      { ...row('', times.bare), goal: `≤ ${goalRatio.toFixed(2)} ×`, met: ratio <= goalRatio },
      row(' and an answer of the service that asks nobody', withWay),
    ]
  } finally {
    await agent.close()
    for (const end of teardowns.reverse()) await end()
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
