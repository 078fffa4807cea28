/** Leases over any store: who holds one renews it in the background, who waits for one asks again and again. */
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { errorName } from '../error-name.ts'
import { Fault } from '../fault.ts'
import type { Backend, Lease, Store, StoreLog } from './store.ts'

type LeaseBackend = Pick<Backend, 'takeLease' | 'renewLease' | 'dropLease'>
export type Leases = Pick<Store, 'lease' | 'waitForLease'> & { releaseAll(): Promise<void> }

/** Milliseconds between two attempts: the first, and the most. */
const firstPause = 5
const longestPause = 50

export function createLeases(backend: LeaseBackend, log: StoreLog): Leases {
  const held = new Set<Held>()
  const queues = new Map<string, Promise<void>>()

  async function lease(key: string, ttl_s: number): Promise<Held | undefined> {
    const holder = randomBytes(16).toString('base64url')
    const asked = performance.now()
    if (!(await backend.takeLease(key, holder, ttl_s * 1000))) return undefined
    const one = holdLease(backend, { key, holder, ttl_ms: ttl_s * 1000, asked }, log)
    held.add(one)
    one.lost.addEventListener('abort', () => held.delete(one), { once: true })
    return { ...one, release: () => one.release().finally(() => held.delete(one)) }
  }

  /** Those who wait in this process stand in line: only the first of them asks the store. */
  async function waitForLease(
    key: string,
    ttl_s: number,
    wait_s: number,
    signal?: AbortSignal,
  ): Promise<Lease> {
    const limit = limitWaiting(wait_s, signal)
    const turn = joinQueue(queues, key)
    try {
      await Promise.race([turn.come, limit.reached])
      const one = await askUntil(() => lease(key, ttl_s), limit.signal)
      one.lost.addEventListener('abort', turn.end, { once: true })
      return { lost: one.lost, release: () => one.release().finally(turn.end) }
    } catch (error) {
      turn.end()
      throw limit.signal.aborted ? limit.signal.reason : error
    } finally {
      limit.clear()
    }
  }

  return {
    lease,
    waitForLease,
    async releaseAll() {
      await Promise.all(Array.from(held, (one) => one.giveUp()))
    },
  }
}

async function askUntil(ask: () => Promise<Held | undefined>, enough: AbortSignal): Promise<Held> {
  for (let wait = firstPause; ; wait = Math.min(wait * 1.5, longestPause)) {
    enough.throwIfAborted()
    const lease = await ask()
    if (lease) return lease
    // Jitter, so that replicas that began together do not ask together.
    await pause(firstPause + Math.random() * (wait - firstPause), undefined, { signal: enough })
  }
}

interface Held extends Lease {
  /** Says that it is lost, then releases it. */
  giveUp(): Promise<void>
}

interface Holding {
  readonly key: string
  readonly holder: string
  readonly ttl_ms: number
  /** When the lease was asked for, by this process's own clock: it runs out `ttl_ms` later at the earliest. */
  readonly asked: number
}

function holdLease(backend: LeaseBackend, holding: Holding, log: StoreLog): Held {
  const { key, holder, ttl_ms } = holding
  const lost = new AbortController()
  let until = holding.asked + ttl_ms
  let ended = false
  let renewing: Promise<void> = Promise.resolve()
  let expiry: NodeJS.Timeout

  const end = () => {
    ended = true
    clearInterval(renewal)
    clearTimeout(expiry)
  }
  const lose = () => {
    if (ended) return
    end()
    lost.abort(new Fault(24, 'store', {}, { cause: new Error('a lease was lost') }))
  }
  const watch = () => {
    clearTimeout(expiry)
    expiry = setTimeout(lose, until - performance.now())
    expiry.unref()
  }
  const renew = async () => {
    const asked = performance.now()
    const isOurs = await backend.renewLease(key, holder, ttl_ms)
    if (ended) return
    if (!isOurs) return lose()
    until = asked + ttl_ms
    watch()
  }
  // A store that cannot be reached may be back before the lease has run out.
  const renewal = setInterval(() => {
    renewing = renew().catch((error) => log.warn({ why: errorName(error) }, 'a lease could not be renewed'))
  }, ttl_ms / 3)
  renewal.unref()
  watch()

  let released: Promise<void> | undefined
  const release = () => {
    end()
    released ??= renewing.then(() => backend.dropLease(key, holder))
    return released
  }
  const giveUp = () => {
    lose()
    return release()
  }
  return { lost: lost.signal, release, giveUp }
}

/** A place after all who wait for `key`: `come` resolves when it is the first, `end` lets the next one go. */
function joinQueue(
  queues: Map<string, Promise<void>>,
  key: string,
): { come: Promise<void>; end: () => void } {
  const come = queues.get(key) ?? Promise.resolve()
  let leave = () => {}
  const left = new Promise<void>((resolve) => {
    leave = resolve
  })
  const last = come.then(() => left)
  queues.set(key, last)
  const end = () => {
    leave()
    if (queues.get(key) === last) last.then(() => queues.get(key) === last && queues.delete(key))
  }
  return { come, end }
}

/** Aborted with a fault after `wait_s`, or with the signal's own reason; `reached` rejects then. */
function limitWaiting(wait_s: number, signal: AbortSignal | undefined) {
  const limit = new AbortController()
  const late = new Error(`a lease was not free within ${wait_s} s`)
  const timer = setTimeout(() => limit.abort(new Fault(24, 'store', {}, { cause: late })), wait_s * 1000)
  const stop = () => limit.abort(signal?.reason)
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  const reached = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason), { once: true })
    if (limit.signal.aborted) reject(limit.signal.reason)
  })
  const clear = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
  return { signal: limit.signal, reached, clear }
}
