import type { Contents } from '../hub/files/contents.ts'
import { TooSlow } from '../hub/http-errors.ts'
import { linkSignals, withinTime } from '../linked-signals.ts'
import type { Delivery } from './delivery.ts'

export interface TrustOptions {
  readonly contents: Pick<Contents, 'trust'>
  /** Told why a notebook stayed untrusted. */
  readonly failed: (error: unknown) => void
  /** How long the server may take for that; default 5000. */
  readonly within_ms?: number
}

/**
 * A delivery that has each notebook signed in its user's name once it is written (`NOTEBOOK_TEMPLATES_TRUST`). When that fails nothing
 * is lost: the notebook is there, and shows the rest of its outputs when its user trusts or runs it.
 */
export function trustWhatIsWritten(delivery: Delivery, options: TrustOptions): Delivery {
  const { contents, failed, within_ms: limit_ms = 5000 } = options
  return {
    async deliver(job) {
      let wrote = false
      const trying = async (path: string) => {
        await job.trying(path)
        wrote = true
      }
      const delivered = await delivery.deliver({ ...job, trying })
      // What was found instead may have been changed since, and not by its user.
      if (!wrote) return delivered
      const { signal, unlink } = linkSignals(job.signal, job.closing)
      const limits = { signal, limit_ms, tooLate: () => new TooSlow() }
      await withinTime(limits, (end) => contents.trust({ ...job, signal: end }, delivered.path))
        .catch(failed)
        .finally(unlink)
      return delivered
    },
  }
}
