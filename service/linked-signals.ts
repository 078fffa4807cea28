/** A signal that fires with the first of several, until it is let go. */
export interface LinkedSignals {
  readonly signal: AbortSignal
  /** Fires it by itself. */
  abort(reason?: unknown): void
  /** Must be called at the end: then the sources remember nothing of it, and the signal fires no more with them. */
  unlink(): void
}

/**
 * What `AbortSignal.any` does, with an end. Node 20 and 22 keep each `AbortSignal.any` for as long as its longest source
 * lives, which here is the process, and Node 20 forgets an `AbortSignal.timeout` inside of it.
 *
 * @example const link = linkSignals(closing, gone); try { await work(link.signal) } finally { link.unlink() }
 */
export function linkSignals(...sources: readonly (AbortSignal | undefined)[]): LinkedSignals {
  const linked = new AbortController()
  const given = sources.filter((source) => source !== undefined)
  const fire = ({ target }: Event) => end(target as AbortSignal)
  const unlink = () => {
    for (const source of given) source.removeEventListener('abort', fire)
  }
  const end = (source: AbortSignal) => {
    unlink()
    linked.abort(source.reason)
  }
  for (const source of given) source.addEventListener('abort', fire)
  const fired = given.find(({ aborted }) => aborted)
  if (fired) end(fired)
  return { signal: linked.signal, abort: (reason) => linked.abort(reason), unlink }
}

/**
 * Runs work until it ends, the signal fires, or the time is over. In the last two cases it throws that reason, whatever the work
 * itself throws: a timer that was aborted throws an error of its own.
 *
 * @param tooLate makes the reason when the time is over
 */
export async function withinTime<T>(
  { signal, limit_ms, tooLate }: { signal: AbortSignal; limit_ms: number; tooLate(): unknown },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = linkSignals(signal)
  const limit = setTimeout(() => end.abort(tooLate()), limit_ms).unref()
  try {
    return await work(end.signal)
  } catch (error) {
    throw end.signal.aborted ? end.signal.reason : error
  } finally {
    clearTimeout(limit)
    end.unlink()
  }
}
