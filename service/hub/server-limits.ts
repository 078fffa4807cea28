/** How long a user's server may take. */
export interface ServerLimits {
  /** Until the whole answer to one look has come. */
  readonly step_ms: number
  /** Requests at the same time; more wait for the first ones' answers. */
  readonly connections: number
  /** A write that has begun has at least this time, however long the server was waited for before. */
  readonly leastWrite_ms: number
  /** Each byte of a notebook that the server takes buys the time that it needs on a line as slow as this. */
  readonly slowestLine_bytesPerS: number
}

export const serverLimits: ServerLimits = {
  step_ms: 30_000,
  connections: 4,
  leastWrite_ms: 10_000,
  slowestLine_bytesPerS: 128 * 1024,
}
