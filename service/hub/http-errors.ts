/** What can go wrong between this service and the Hub, or the proxy, before there is an answer to judge. */
import { Fault } from '../fault.ts'

/** No answer came, or it broke off. */
export class Unreachable extends Error {
  /** Of undici (`UND_ERR_…`), its parser (`HPE_…`, `HTTPParserError`), or the system. */
  readonly code: string
  constructor(what: string, cause: unknown) {
    super(`${what}: ${codeOf(cause)}`, { cause })
    this.name = 'Unreachable'
    this.code = codeOf(cause)
  }
}

/** The reason of a signal that fires because somebody takes too long. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow'
  readonly code = 'ERR_TOO_SLOW'
}

/** An answer is longer than it may be. */
export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong'
}

/** Failures of transport on the way to the Hub become Fault 24; everything else stays what it is. */
export function hubFault(error: unknown): unknown {
  return error instanceof Unreachable || error instanceof AnswerTooLong
    ? new Fault(24, 'hub', {}, { cause: error })
    : error
}

/** The code of an error, or its name where it has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  // undici's parser has no code for what is no HTTP at all.
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
