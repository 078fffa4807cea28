/** How long a server may keep its user waiting in all: looks, pauses, and the write of a notebook of ordinary size. */
export const patience_ms = 45_000
/** How much of that it may spend on being not ready, before the Hub is asked for its state again. */
export const readyWait_ms = 15_000

/** Time that runs only while something is asked of the server, over all attempts of one delivery. */
export interface Patience {
  left_ms(): number
  /** The clock runs until the function that is returned is called; `over` is called when nothing is left. */
  start(over: () => void): () => void
}

export function createPatience(limit_ms = patience_ms): Patience {
  let spent = 0
  let since: number | undefined
  const left_ms = () => Math.max(0, limit_ms - spent - (since === undefined ? 0 : performance.now() - since))
  return {
    left_ms,
    start(over) {
      const timer = setTimeout(over, left_ms())
      since = performance.now()
      return () => {
        clearTimeout(timer)
        spent = limit_ms - left_ms()
        since = undefined
      }
    },
  }
}
