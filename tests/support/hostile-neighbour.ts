import type { Test } from 'tap'
import { Agent } from 'undici'
import { person } from '../hub/person.ts'
import { prepareClick } from './confirming-click.ts'
import { startElsewhere } from './elsewhere.ts'
import { startHub } from './hub.ts'
import { drips, says } from './odd-answers.ts'
import { startServer } from './servers.ts'
import { until } from './until.ts'

export interface Neighbour {
  /** Of ada's confirming clicks, in ms: half of them before the attack, half of them after it. */
  readonly alone: readonly number[]
  /** And while eve's works go on. */
  readonly attacked: readonly number[]
  /** Requests to eve's server that were open at the same time, at most. */
  readonly mostHeld: number
  /** Of eve's confirmations that are answered, each once. */
  readonly answered: readonly number[]
}

const works = 140
const warmUp = 10
/** The service takes a few bodies of one address at a time. */
const together = 8

/**
 * On a real Hub, through its own proxy: eve confirms 140 requests into 140 folders, and her server answers one byte in 5 s; ada has a
 * real server, and clicks.
 *
 * @param clicks of ada's, without the attack and as many with it
 */
export async function measureNeighbour(t: Test, clicks: number): Promise<Neighbour> {
  const eves = { held: 0, most: 0, isHostile: true }
  const servers = await startElsewhere(
    t,
    {
      eve(request, response) {
        eves.most = Math.max(eves.most, ++eves.held)
        response.once('close', () => eves.held--)
        const answer = eves.isHostile ? drips(200, 5000) : says(500, '{}')
        answer(request, response)
      },
    },
    ['ada'],
  )
  const hub = await startHub(t, { config: servers.config })
  await Promise.all(['ada', 'eve'].map((user) => startServer(hub, user)))
  const agent = new Agent({ connections: 1 })
  t.teardown(() => agent.close())

  const ada = person(hub, 'ada')
  const clicker = { user: ada.name, browser: ada.browser, agent }
  let made = 0
  const time = async (count: number): Promise<number[]> => {
    const times: number[] = []
    for (let click = 0; click < count; click++) {
      const { send } = await prepareClick(hub, clicker, `click ${made++}`)
      const start = performance.now()
      await send()
      times.push(performance.now() - start)
    }
    return times
  }

  const eve = person(hub, 'eve')
  const asked = [await eve.click('0')]
  while (asked.length < works) {
    const more = Array.from({ length: together }, (_, at) => eve.click(`${asked.length + at}`))
    asked.push(...(await Promise.all(more)))
  }
  await ada.arrive(await ada.confirm(await ada.click('log in')))
  await time(warmUp)
  const before = await time(clicks / 2)
  const confirmed = asked.slice(0, works).map((page, at) => eve.confirm(page, { folder: `folder-${at}` }))
  await until('the server of eve to hold something', () => eves.held > 0)
  const attacked = await time(clicks)
  if (eves.held === 0) throw new Error('the attack has ended before the clicks')
  const pages = await Promise.all(confirmed)
  const mostHeld = eves.most
  eves.isHostile = false
  const after = await time(clicks / 2)
  return { alone: [...before, ...after], attacked, mostHeld, answered: pages.map(({ status }) => status) }
}
