import type { FaultCode, FaultValues, Reason } from '../fault.ts'
import type { ChosenFile } from '../notebook/chosen-file.ts'

/** kept → claimed → starting → writing → written | failed; a failed one can be confirmed again. */
export type State = 'kept' | 'claimed' | 'starting' | 'writing' | 'written' | 'failed'

/** One line of what the Hub said while a server started. */
export interface Step {
  readonly percent: number
  readonly message: string
}

/** A fault as it is kept: enough to tell the owner again at the next visit. */
export interface KeptFault {
  readonly code: FaultCode
  readonly reason: Reason
  readonly values: FaultValues
}

/**
 * What is kept of one click, beside its parameters. Small, because it is written anew at each step; the parameters
 * (up to MAX_PARAMS_BYTES) lie under a key of their own and never change.
 */
export interface KeptRequest {
  readonly id: string
  readonly template: string
  /** SHA-256 of the template when the button was clicked: what was previewed is what is written. */
  readonly sha256: string
  /** Languages of the clicking browser, best first. */
  readonly languages: readonly string[]
  /** Origin of the site whose button was clicked; null when the browser named none. */
  readonly sender: string | null
  /** True when that was the form on the template's own page. */
  readonly byForm?: boolean
  /** ISO 8601, UTC. */
  readonly received: string
  /** Milliseconds since the epoch. */
  readonly expires: number
  readonly state: State
  /** Name of the user who claimed it; null until then, and always without a hub. */
  readonly owner: string | null
  /** Name of the user's server, '' for the default one. */
  readonly server: string
  /** When it was first confirmed (ISO 8601, UTC): the time that the notebook carries. */
  readonly confirmed: string | null
  /** When it was last confirmed: the work that is under way has taken since then. */
  readonly begun?: string
  /** True when its user called the last attempt off. */
  readonly calledOff?: boolean
  readonly steps: readonly Step[]
  /** Where its user wants it, unless the template's own place will do. */
  readonly chosen?: ChosenFile
  /** Path that the last attempt was about to write. It may or may not have been. */
  readonly tried?: string
  readonly result?: Result
  readonly fault?: KeptFault
}

/** Where the notebook is, and where it opens. */
export interface Result {
  readonly path: string
  readonly url: string
}

/** True while somebody has to work on it: what a crash left in this state is resumed at the owner's next visit. */
export function isUnderWay(request: KeptRequest): boolean {
  return request.state === 'starting' || request.state === 'writing'
}
