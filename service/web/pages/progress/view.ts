import type { PlaceInLine } from '../../../journey/request.ts'
import type { Source } from '../../../senders.ts'
import type { OwnForm, PageFrame, ShownTemplate } from '../view-parts.ts'

/** `GET /progress/<id>` while there is something to wait for; all else has a page of its own. */
export interface ProgressView extends PageFrame {
  readonly template: ShownTemplate
  readonly file: string
  /** The object that the values are of. */
  readonly source?: Source | undefined
  readonly state: 'starting' | 'writing'
  /** 0–100. */
  readonly percent: number
  /** The Hub's messages so far, oldest first, as text. */
  readonly messages: readonly string[]
  /** Its start waits for others'. */
  readonly line?: PlaceInLine | undefined
  /** Since the click, in seconds. */
  readonly elapsed_s: number
  /** Server-Sent Events, see `scripts/progress.js`. */
  readonly eventsHref: string
  readonly cancel: OwnForm
  /** How long a start usually takes, in whole seconds. */
  readonly typical_s?: number | undefined
}
