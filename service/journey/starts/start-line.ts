import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '../../fault.ts'
import { HubBusy } from '../../hub/hub-busy.ts'
import { withinTime } from '../../linked-signals.ts'
import { createWaitingLines } from '../../waiting-lines.ts'

/**
 * The Hub starts only so many servers at a time. Those that it refuses, and those that come while others wait, stand in one
 * line of the whole process, first come, first served. The first one asks when the Hub wants to be asked again; as soon
 * as its start is under way, the next one does. Who waits holds no connection.
 */
export interface StartLine {
  /**
   * Asks for a start at once when nobody waits, else when its turn has come.
   *
   * @param ask resolves when the start is under way; throws HubBusy when the Hub starts no more
   * @throws Fault 23 `busy` after a time; what else `ask` throws; the signal's reason
   */
  start(ask: () => Promise<void>, where: Where): Promise<void>
  /** Whether the Hub has not said when to ask again: then too many servers run, not only start. */
  isFull(): boolean
  /** How often who waits looks whether the server runs already: its user may have started it, or have logged out. */
  readonly look_ms: number
}

interface Where {
  readonly signal: AbortSignal
  /** Told the place in line, from 1 on; not at all by a start that need not wait. */
  moved(place: number): void
}

export interface StartLineLimits {
  /** So long anybody waits in line. */
  readonly longest_ms: number
  /** Where the Hub does not say when to ask again. */
  readonly pause_ms: number
  /** What the Hub says counts within these bounds. */
  readonly leastPause_ms: number
  readonly mostPause_ms: number
  /** The next one asks although this one's answer has not come. */
  readonly answer_ms: number
  /** See `StartLine`. */
  readonly look_ms: number
}

/** A request is kept for half an hour after its confirmation: the start itself needs some of it. */
const usual: StartLineLimits = {
  longest_ms: 20 * 60_000,
  pause_ms: 15_000,
  leastPause_ms: 1000,
  mostPause_ms: 5 * 60_000,
  answer_ms: 10_000,
  look_ms: 15_000,
}
/** Several replicas, each with a line of its own, do not ask all at once. */
const JITTER = 0.1
/** A Hub that is away for a moment costs the first one its turn, not all of them. */
const AWAY_MS = 5000
const KEY = 'starts'

export function createStartLine(changed: Partial<StartLineLimits> = {}): StartLine {
  const limits = { ...usual, ...changed }
  const line = createWaitingLines(1)
  let busy: HubBusy | undefined
  let notBefore = 0

  const notFor = (wanted_ms: number) => {
    notBefore = Math.max(notBefore, performance.now() + wanted_ms)
  }

  /** False when the Hub starts no more. */
  const attempt = async (ask: () => Promise<void>): Promise<boolean> => {
    try {
      await ask()
      return true
    } catch (error) {
      if (!(error instanceof HubBusy)) throw error
      busy = error
      notFor(pauseAfter(error, limits))
      return false
    }
  }

  const wait = async (ask: () => Promise<void>, { signal, moved }: Where): Promise<void> => {
    // Who is inside is the first in line.
    const turn = await line.enter(KEY, signal, (place) => moved(place + 1))
    let slow: NodeJS.Timeout | undefined
    try {
      for (let isStarted = false; !isStarted; ) {
        moved(1)
        await pause(Math.ceil(Math.max(0, notBefore - performance.now())), undefined, { signal })
        slow = setTimeout(turn.leave, limits.answer_ms).unref()
        isStarted = await orAborted(attempt(ask), signal)
        clearTimeout(slow)
      }
    } catch (error) {
      if (error instanceof Fault && error.code === 24) notFor(AWAY_MS)
      throw error
    } finally {
      clearTimeout(slow)
      turn.leave()
    }
  }

  return {
    look_ms: limits.look_ms,
    isFull: () => busy !== undefined && busy.retryAfter_ms === undefined,

    async start(ask, { signal, moved }) {
      const mayAsk = line.isFree(KEY) && performance.now() >= notBefore
      if (mayAsk && (await attempt(ask))) return
      const tooLate = () => {
        const minutes = Math.ceil(limits.longest_ms / 60_000)
        const message = busy?.words
        return new Fault(23, 'busy', { minutes, ...(message && { message }) })
      }
      const limit = { signal, limit_ms: limits.longest_ms, tooLate }
      await withinTime(limit, (signal) => wait(ask, { signal, moved }))
    },
  }
}

function pauseAfter({ retryAfter_ms }: HubBusy, limits: StartLineLimits): number {
  const wanted_ms = retryAfter_ms ?? limits.pause_ms
  const bounded_ms = Math.min(limits.mostPause_ms, Math.max(limits.leastPause_ms, wanted_ms))
  return bounded_ms * (1 + JITTER * Math.random())
}

/** As the work ends, or with the signal's reason as soon as that fires; then the work goes on without anybody. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason)
    signal.addEventListener('abort', leave)
    const end = () => signal.removeEventListener('abort', leave)
    work.then(resolve, reject).finally(end)
    if (signal.aborted) leave()
  })
}
