import { EventEmitter, setMaxListeners } from 'node:events'
import { linkSignals } from '../linked-signals.ts'
import type { Store } from '../store/store.ts'
import { createAttempts } from './attempts.ts'
import type { Records } from './kept/records.ts'
import { isUnderWay, type KeptRequest } from './request.ts'

/** A process that died holds its requests' leases for at most this long. */
const LEASE_S = 15
/** How often a request that another replica works on is looked at. */
const LOOK_MS = 400

/** Runs each request's work once among all replicas, and lets anyone watch it. */
export interface Jobs {
  /**
   * Begins or joins the work; nothing is awaited. `task` is not called when another replica has it, nor too soon after it has
   * thrown.
   */
  begin(id: string, owner: string, task: Task): void
  /** How many of an owner's go on here. */
  countOf(owner: string | null): number
  /**
   * A request that was read a moment ago, then as it is after each change, until the work has ended. `resume` is called
   * while nobody here works on it: the replica that did may have died.
   *
   * @throws what the task has thrown several times in a row
   */
  watch(request: KeptRequest, signal: AbortSignal, resume: () => void): AsyncGenerator<KeptRequest>
  /** @throws what the task has thrown several times in a row, unless it is running again */
  check(id: string): void
  /** Stops what can be resumed, lets what is being written finish. */
  close(): Promise<void>
}

/** Work that goes on here. */
interface Job {
  readonly owner: string
  ended: Promise<void>
  /** The request after its last change. */
  latest?: KeptRequest
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
  const running = new Map<string, Job>()
  const attempts = createAttempts()
  const closing = new AbortController()
  const changes = new EventEmitter().setMaxListeners(0)
  setMaxListeners(0, closing.signal)

  /** False when another replica has the work. */
  const run = async (id: string, task: Task, job: Job): Promise<boolean> => {
    const lease = await store.lease(`job:${id}`, LEASE_S)
    if (lease === undefined) return false
    try {
      await task({
        closing: closing.signal,
        lost: lease.lost,
        changed(request) {
          job.latest = request
          changes.emit(id)
        },
      })
      return true
    } finally {
      await lease.release()
    }
  }

  const check = (id: string): void => {
    const fault = running.has(id) ? undefined : attempts.fault(id)
    if (fault !== undefined) throw fault
  }

  return {
    begin(id, owner, task) {
      if (running.has(id) || closing.signal.aborted || !attempts.isDue(id)) return
      const job: Job = { owner, ended: Promise.resolve() }
      const work = run(id, task, job).catch((error) => {
        unexpected(error)
        attempts.failed(id, error)
        return false
      })
      job.ended = work.then((worked) => {
        running.delete(id)
        // Else a watcher would begin it again at once, and so on: who cannot work looks again after a while.
        if (!worked) return
        attempts.ended(id)
        changes.emit(id)
      })
      running.set(id, job)
    },

    check,
    countOf: (owner) => Array.from(running.values()).filter((job) => job.owner === owner).length,

    async *watch(asked, signal, resume) {
      const { id } = asked
      let read: KeptRequest | undefined = asked
      for (let last = ''; !signal.aborted; read = undefined) {
        const change = nextChange(changes, id, [signal, closing.signal])
        // While it is worked on here, nobody else changes it.
        const request: KeptRequest = running.get(id)?.latest ?? read ?? (await records.load(id))
        const state = JSON.stringify(request)
        if (state !== last) yield request
        last = state
        if (!isUnderWay(request) || closing.signal.aborted) return
        if (!running.has(id)) resume()
        check(id)
        await change
      }
    },

    async close() {
      closing.abort(new Error('the service is shutting down'))
      await Promise.all(Array.from(running.values(), ({ ended }) => ended))
    },
  }
}

/**
 * Settles at the next change in this process or when one of the signals fires, else after a while: another replica's
 * changes make no event here.
 */
function nextChange(changes: EventEmitter, id: string, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const stop = linkSignals(...signals)
    const end = () => {
      clearTimeout(timer)
      changes.off(id, end)
      stop.unlink()
      resolve()
    }
    const timer = setTimeout(end, LOOK_MS).unref()
    changes.once(id, end)
    stop.signal.addEventListener('abort', end)
    if (stop.signal.aborted) end()
  })
}
