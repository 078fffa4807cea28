import type { FaultCode, FaultDetail, FaultValues, Reason } from '../fault.ts'
import type { ChosenFile } from '../notebook/index.ts'
import type { Source } from '../senders.ts'

export type { Source }

/** kept → claimed → starting → writing → written | failed; a failed one can be confirmed again. */
export type State = 'kept' | 'claimed' | 'starting' | 'writing' | 'written' | 'failed'

/** One line of what the Hub said while a server started. */
export interface Step {
  readonly percent: number
  readonly message: string
}

/** Where a start stands while the Hub starts no more servers (`start-line.ts`). */
export interface PlaceInLine {
  /** From 1 on. */
  readonly place: number
  /** True when too many servers run, not only start. */
  readonly full?: boolean
}

/** A fault as it is kept: enough to tell the owner again at the next visit. */
export interface KeptFault {
  readonly code: FaultCode
  readonly reason: Reason
  readonly values: FaultValues
}

/** A fault about parameters as it is kept, with all that it lists. */
export interface Refused extends KeptFault {
  readonly details: readonly FaultDetail[]
}

/**
 * What is kept of one click, beside its parameters. Small, because it is written again at each step; the parameters
 * (up to MAX_PARAMS_BYTES) lie under a key of their own and never change.
 */
export interface KeptRequest {
  readonly id: string
  readonly template: string
  /**
   * The pin of the template when the button was clicked (catalogue/template.ts): its SHA-256, and what a rule says of its parameters cell.
   * What was previewed is what is written. A version of this service that knows no rules does not find such a template.
   */
  readonly sha256: string
  /** Languages of the clicking browser, best first. */
  readonly languages: readonly string[]
  /** Origin of the site whose button was clicked; null when the browser named none. */
  readonly sender: string | null
  /** The object that the parameters are of. Absent where it is not known, and in records of before. */
  readonly source?: Source
  /** True when that was the form on the template's own page. */
  readonly byForm?: boolean
  /** ISO 8601, UTC. */
  readonly received: string
  /** Milliseconds since the epoch. */
  readonly expires: number
  readonly state: State
  /** Name of the user who claimed it; null until then, and always without a hub. */
  readonly owner: string | null
  /** When the owner's account was made, where the Hub tells (`account.ts`). */
  readonly ownerCreated?: string
  /** Name of the user's server, '' for the default one. */
  readonly server: string
  /** Its user knows that it runs with other options than the template asks for. */
  readonly asItIs?: boolean
  /** When it was first confirmed (ISO 8601, UTC): the time that the notebook carries. */
  readonly confirmed: string | null
  /** When it was last confirmed: the work that is under way has taken since then. */
  readonly begun?: string
  /** True when its user called the last attempt off. */
  readonly calledOff?: boolean
  /**
   * Names of secrets that were sent: all that is kept of them. The schema has seen them; after that each counts as present
   * and valid. Absent where there were none.
   */
  readonly withheld?: readonly string[]
  /** What the schema found wrong while it saw them, where only users of a limited template may hear of it. */
  readonly refused?: Refused
  /** Path of the notebook as it was proposed when the request was kept. Absent where no place for it was found, or before. */
  readonly file?: string
  readonly steps: readonly Step[]
  /** While it is `starting`: its start waits for others'. */
  readonly line?: PlaceInLine | undefined
  /** Where its user wants it, unless the template's own place will do. */
  readonly chosen?: ChosenFile
  /** Path that the last attempt was about to write. It may or may not have been. */
  readonly tried?: string
  readonly result?: Result
  readonly fault?: KeptFault
  /** Its user has confirmed it, and starts the server on the Hub's page (`starts/choosing.ts`). */
  readonly choosing?: Choosing | undefined
}

/** A confirmation that holds for when its user comes back from the Hub's page. */
export interface Choosing {
  /** SHA-256 of the Hub's session that it was given in. */
  readonly session: string
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
