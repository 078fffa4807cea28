import { isNotReady, ServerNotReady } from './contents-answers.ts'
import { discard } from './http.ts'
import type { Place, ServerRequests } from './server-requests.ts'

const mostKnown = 10_000

/** See `Contents.hasNotebookView`. Asked once for each start of a server, where the caller knows its time. */
export function createNotebookViews({ send }: ServerRequests): (place: Place) => Promise<boolean> {
  const known = new Map<string, boolean>()

  async function ask(place: Place): Promise<boolean> {
    // GET: to a HEAD the Hub answers 405 for a stopped server, as a server does that has such a view.
    const answer = await send(place, 'notebooks/x')
    const { status, headers } = answer
    await discard(answer)
    const elsewhere = status >= 300 && status < 400 && !/\/hub\//.test(`${headers.location}`)
    if (!elsewhere && isNotReady(status, headers)) throw new ServerNotReady(`status ${status}`)
    return status < 400
  }

  return async (place) => {
    if (place.started === undefined) return await ask(place)
    const key = `${place.started} ${place.serverUrl}`
    const before = known.get(key)
    if (before !== undefined) return before
    const view = await ask(place)
    if (known.size >= mostKnown) known.clear()
    known.set(key, view)
    return view
  }
}
