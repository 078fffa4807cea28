import type { Delivery } from '../delivery/delivery.ts'
import type { Fault } from '../fault.ts'
import type { Hub } from '../hub/hub.ts'
import type { WaitingLines } from '../waiting-lines.ts'
import type { Admission } from './admission.ts'
import type { History } from './kept/history.ts'
import type { Records } from './kept/records.ts'
import type { Notebooks } from './notebook.ts'
import type { KeptRequest } from './request.ts'
import type { StartLine } from './starts/start-line.ts'
import type { Starts } from './starts/starts.ts'

/** What work needs, whoever's it is. */
export interface Workplace {
  readonly records: Records
  readonly notebooks: Notebooks
  readonly admission: Pick<Admission, 'admit'>
  readonly history: History
  readonly starts: Starts
  /** By user. */
  readonly lines: WaitingLines
  /** Of all users. */
  readonly startLine: StartLine
  readonly hub: Hub
  readonly delivery: Delivery
  /** See `JourneyParts`. */
  readonly service: string | undefined
  readonly start: 'api' | 'form'
  /** Told the code and the cause of what failed; never a token. */
  failed(request: KeptRequest, fault: Fault): void
  unexpected(error: unknown): void
}
