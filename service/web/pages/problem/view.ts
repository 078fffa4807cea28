import type { FaultCode } from '../../../fault.ts'
import type { StartLink } from '../spawn-page.ts'
import type { OwnForm, PageFrame } from '../view-parts.ts'

/** Whether the fault left a notebook behind. */
export type Written = 'nothing' | 'saved' | 'unclear'

/** Any fault (DESIGN 2.6). `web/pages/problem/problem.ts` fills it; routes only set `request.problemContext`. */
export interface ProblemView extends PageFrame {
  readonly code: FaultCode
  readonly status: number
  readonly title: string
  /** What happened, in one sentence. */
  readonly sentence: string
  /** Where it is about several things, a sentence about each. */
  readonly details?: readonly string[]
  /** What the user can do. */
  readonly help: string
  /** undefined where nothing could have been written (an unknown page). */
  readonly written?: Written | undefined
  /** Is in the log as well. */
  readonly requestId: string
  /** Plain text of several lines to send to an admin. */
  readonly report: string
  readonly retry?: OwnForm | undefined
  /** A page of ours to go on from, e.g. the confirmation again. */
  readonly againHref?: string | undefined
  /** The Hub's own page that starts the user's server. */
  readonly start?: StartLink | undefined
  /** Makes it on the user's default server instead. */
  readonly other?: OwnForm | undefined
  /** The `Origin` that sent the request. */
  readonly sender?: string | undefined
}
