import type { Records } from './kept/records.ts'
import type { KeptRequest } from './request.ts'

/** How often it is asked. */
const LOOK_MS = 500

/** Whether the work was called off, by whichever process. */
export interface CalledOff {
  /** Fires soon after it was. */
  readonly signal: AbortSignal
  /** Looks now, and the signal has fired when it is. */
  isSet(): Promise<boolean>
  stop(): void
}

/** Looks from now on, until it is stopped. */
export function watchForEnd(records: Records, request: KeptRequest): CalledOff {
  const end = new AbortController()
  const isSet = async () => {
    // A store that cannot be asked shows elsewhere.
    if (await records.isCalledOff(request).catch(() => false)) end.abort(new Error('the work was called off'))
    return end.signal.aborted
  }
  const timer = setInterval(isSet, LOOK_MS).unref()
  return { signal: end.signal, isSet, stop: () => clearInterval(timer) }
}
