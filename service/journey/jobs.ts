import { EventEmitter, setMaxListeners } from 'node:events'
import type { Store } from '../store/store.ts'
import type { Records } from './records.ts'
import { isUnderWay, type KeptRequest } from './request.ts'

/** A process that died holds its requests' leases for at most this long. */
const LEASE_S = 15
/** How often a request that another replica works on is looked at. */
const LOOK_MS = 400

/** Runs each request's work once among all replicas, and lets anyone watch it. */
export interface Jobs {
  /** Begins or joins the work; nothing is awaited. `task` is not called when another replica has it. */
  begin(id: string, task: Task): void
  /**
   * The request now and after each change, until the work has ended. `resume` is called while nobody here works on it:
   * the replica that did may have died.
   */
  watch(id: string, signal: AbortSignal, resume: () => void): AsyncGenerator<KeptRequest>
  /** Stops what can be resumed, lets what is being written finish. */
  close(): Promise<void>
}

export type Task = (shift: Shift) => Promise<unknown>

/** What a running task is told, and tells. */
export interface Shift {
  /** Fires at shutdown: end where the work can be resumed. */
  readonly closing: AbortSignal
  /** Fires when another replica may have taken over: end at once. */
  readonly lost: AbortSignal
  /** Tells the watchers of a change that was kept. */
  changed(request: KeptRequest): void
}

/** @param unexpected told of errors that no request could keep, such as a store that went away */
export function createJobs(store: Store, records: Records, unexpected: (error: unknown) => void): Jobs {
  const running = new Map<string, Promise<void>>()
  const closing = new AbortController()
  const changes = new EventEmitter().setMaxListeners(0)
  setMaxListeners(0, closing.signal)

  /** False when another replica has the work. */
  const run = async (id: string, task: Task): Promise<boolean> => {
    const lease = await store.lease(`job:${id}`, LEASE_S)
    if (lease === undefined) return false
    try {
      await task({
        closing: closing.signal,
        lost: lease.lost,
        changed: (request) => void changes.emit(id, request),
      })
      return true
    } finally {
      await lease.release()
    }
  }

  return {
    begin(id, task) {
      if (running.has(id) || closing.signal.aborted) return
      const job = run(id, task).catch((error) => {
        unexpected(error)
        return false
      })
      const ended = job.then((worked) => {
        running.delete(id)
        // Else a watcher would begin it again at once, and so on: who cannot work looks again after a while.
        if (worked) changes.emit(id)
      })
      running.set(id, ended)
    },

    async *watch(id, signal, resume) {
      for (let last = ''; !signal.aborted; ) {
        const change = nextChange(changes, id, [signal, closing.signal])
        const request = await records.load(id)
        const state = JSON.stringify(request)
        if (state !== last) yield request
        last = state
        if (!isUnderWay(request) || closing.signal.aborted) return
        if (!running.has(id)) resume()
        await change
      }
    },

    async close() {
      closing.abort(new Error('the service is shutting down'))
      await Promise.all(running.values())
    },
  }
}

/**
 * Settles at the next change in this process or when one of the signals fires, else after a while: another replica's
 * changes make no event here. By hand, because Node 20 forgets an `AbortSignal.timeout` inside `AbortSignal.any`, and
 * 20 and 22 remember each `AbortSignal.any` for as long as its longest source.
 */
function nextChange(changes: EventEmitter, id: string, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      changes.off(id, end)
      for (const signal of signals) signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, LOOK_MS).unref()
    changes.once(id, end)
    for (const signal of signals) signal.addEventListener('abort', end)
    if (signals.some(({ aborted }) => aborted)) end()
  })
}
