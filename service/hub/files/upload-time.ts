import { linkSignals } from '../../linked-signals.ts'
import { TooSlow } from '../http-errors.ts'
import type { ServerLimits } from '../server-limits.ts'

/** Runs while a file is sent, and is prolonged by what the server takes: a large notebook on a slow line is no failure. */
export interface UploadTime {
  /** Fires with the signal given, or with `TooSlow`. */
  readonly signal: AbortSignal
  /** So many more bytes were taken. */
  taken(bytes: number): void
  /** Must be called at the end. */
  end(): void
}

/** @param within_ms for the server's answer, beside the time of the bytes */
export function startUploadTime(
  limits: ServerLimits,
  within_ms: number,
  signal: AbortSignal | undefined,
): UploadTime {
  const link = linkSignals(signal)
  let deadline = performance.now() + Math.max(within_ms, limits.leastWrite_ms)
  let timer: NodeJS.Timeout | undefined
  const taken = (bytes: number) => {
    deadline += (bytes / limits.slowestLine_bytesPerS) * 1000
    clearTimeout(timer)
    timer = setTimeout(() => link.abort(new TooSlow()), Math.max(0, deadline - performance.now()))
  }
  taken(0)
  return {
    signal: link.signal,
    taken,
    end() {
      clearTimeout(timer)
      link.unlink()
    },
  }
}
