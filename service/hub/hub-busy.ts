/** 429 of the Hub to a start: so many servers start (`concurrent_spawn_limit`) or run (`active_server_limit`) already. */
export class HubBusy extends Error {
  override readonly name = 'HubBusy'
  /** The Hub's own words, '' when it has none. */
  readonly words: string
  /**
   * How long the Hub wants nobody to ask again; undefined when it does not say. JupyterHub says it while too many servers
   * start, and not when too many run.
   */
  readonly retryAfter_ms: number | undefined

  constructor(words: string, retryAfter_ms: number | undefined) {
    super('the Hub starts no more servers at the moment')
    this.words = words
    this.retryAfter_ms = retryAfter_ms
  }
}

/** A date as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`. `Date.parse` alone reads a date out of nearly anything. */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * A `Retry-After` header (RFC 9110, 10.2.3): whole seconds, or a date.
 *
 * @returns milliseconds from `now_ms` on, never less than 0; undefined when there is none, or none that can be read
 */
export function readRetryAfter(header: string | undefined, now_ms: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const date_ms = httpDate.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date_ms) ? undefined : Math.max(0, date_ms - now_ms)
}
