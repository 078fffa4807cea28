import type { Fault, FaultCode } from '../../../fault.ts'
import type { Written } from '../view-models.ts'

/** HTTP status by code (DESIGN 2.6). */
const statuses: { readonly [C in FaultCode]: number } = {
  1: 500,
  2: 410,
  11: 502,
  13: 404,
  14: 502,
  15: 400,
  16: 400,
  20: 400,
  21: 413,
  22: 403,
  23: 502,
  24: 503,
  25: 429,
  26: 403,
  27: 400,
  28: 403,
  29: 401,
  30: 404,
  31: 415,
}

/** Statuses of reasons that differ from their code's (DESIGN 2.6). */
const statusesByReason: Readonly<Record<string, number>> = {
  '11 disk-full': 507,
  '23 too-slow': 504,
  '23 busy': 504,
}

/** Where it is not plain that nothing was written; the rest of the codes that can follow a confirmation are `nothing`. */
const writtenByReason: Readonly<Record<string, Written>> = {
  '1 unexpected': 'unclear',
  '11 unreachable': 'unclear',
  '11 interrupted': 'unclear',
  '11 reset': 'unclear',
  '11 too-slow': 'unclear',
  '14 no-url': 'saved',
  '24 store': 'unclear',
}

/** Codes that pass: *Try again* is offered, and programs may come back. */
export const passing: readonly FaultCode[] = [1, 11, 16, 22, 23, 24, 25]
/** Codes that only a new look at the confirmation page heals. */
export const startAgain: readonly FaultCode[] = [26, 27]
/** Codes about an address or a token: nobody expects a notebook there. */
const noJourney: readonly FaultCode[] = [2, 29, 30]
/** Seconds after which coming back is worth it. */
export const retryAfter_s: { readonly [C in FaultCode]?: number } = { 24: 10, 25: 60 }

/** The HTTP status of a fault. */
export function statusOf(fault: Fault): number {
  return statusesByReason[`${fault.code} ${fault.reason}`] ?? statuses[fault.code]
}

/**
 * Whether a notebook lies somewhere after this fault; undefined where the question does not arise.
 *
 * @param confirmed whether the fault came after a valid confirmation: before it, nothing can have been written
 */
export function writtenOf(fault: Fault, confirmed: boolean): Written | undefined {
  if (noJourney.includes(fault.code)) return undefined
  if (!confirmed) return 'nothing'
  return writtenByReason[`${fault.code} ${fault.reason}`] ?? 'nothing'
}
