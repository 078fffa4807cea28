import { setTimeout as pause } from 'node:timers/promises'
import type { Journey } from '../../../journey/journey.ts'
import type { KeptRequest, PlaceInLine, State } from '../../../journey/request.ts'
import type { Visit } from '../../session/visitor.ts'

/** Proxies close a connection on which nothing is said for a minute or so. */
const HEARTBEAT_MS = 15_000

/** Server-Sent Events (HTML standard, section 9.2) about a request until its work has ended; what each tells is in `eventOf`. */
export async function* eventsOf(
  journey: Journey,
  visitor: Visit,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const changes = journey.watch(visitor.asked, visitor, signal)[Symbol.asyncIterator]()
  let next = changes.next()
  while (!signal.aborted) {
    const answered = new AbortController()
    const quiet = pause(HEARTBEAT_MS, undefined, { signal: answered.signal }).catch(() => undefined)
    const change = await Promise.race([next, quiet])
    answered.abort()
    if (change === undefined) yield ':\n\n'
    else if (change.done) return
    else {
      yield `data: ${JSON.stringify(eventOf(change.value))}\n\n`
      next = changes.next()
    }
  }
}

/** What `scripts/progress.js` is told. */
function eventOf(request: KeptRequest) {
  return {
    state: eventStates[request.state],
    percent: request.state === 'written' ? 100 : percentOf(request),
    message: request.steps.at(-1)?.message ?? '',
    line: lineOf(request),
    ...(request.result && { location: request.result.url }),
  }
}

const eventStates: { readonly [S in State]: string } = {
  kept: 'starting',
  // It was called off; its own page goes on from there.
  claimed: 'cancelled',
  starting: 'starting',
  writing: 'writing',
  written: 'written',
  failed: 'failed',
}

/** Its place while its start waits for others'. */
export function lineOf({ state, line }: KeptRequest): PlaceInLine | undefined {
  return state === 'starting' ? line : undefined
}

/** How far the work is, 0–100, as the Hub says. */
export function percentOf({ steps }: KeptRequest): number {
  return steps.at(-1)?.percent ?? 0
}
