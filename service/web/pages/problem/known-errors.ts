import type { FastifyRequest } from 'fastify'
import { Fault } from '../../../fault.ts'

/** What Fastify and its plugins put on the errors they throw. */
interface FrameworkError {
  readonly code?: unknown
  readonly statusCode?: unknown
  readonly validation?: unknown
  readonly validationContext?: unknown
}

/** Fastify's error codes (fastify.dev, Reference/Errors) and what they are to our users. */
const byCode: Readonly<Record<string, () => Fault>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Fault(21, 'body'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new Fault(31, 'content-type'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => new Fault(20, 'not-json'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new Fault(20, 'not-json'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => new Fault(20, 'cut-short'),
  FST_ERR_BAD_URL: () => new Fault(30, 'unknown'),
  FST_ERR_MAX_PARAM_LENGTH: () => new Fault(30, 'unknown'),
}

const byStatus: Readonly<Record<number, () => Fault>> = {
  // Only of a body that breaks off: what else Fastify finds wrong has a code of its own above.
  400: () => new Fault(20, 'cut-short'),
  404: () => new Fault(30, 'unknown'),
  413: () => new Fault(21, 'body'),
  414: () => new Fault(30, 'unknown'),
  415: () => new Fault(31, 'content-type'),
  429: () => new Fault(25, 'too-many'),
}

/** Any error that reached Fastify's error handler, as a fault; what we do not know becomes code 1 and keeps it as cause. */
export function faultOf(error: unknown, request: FastifyRequest): Fault {
  if (error instanceof Fault) return error
  const { code, statusCode, validation, validationContext } = (error ?? {}) as FrameworkError
  if (validation !== undefined) return validationFault(validationContext, request)
  const known =
    (typeof code === 'string' && Object.hasOwn(byCode, code) ? byCode[code] : undefined) ??
    (typeof statusCode === 'number' ? byStatus[statusCode] : undefined)
  return known?.() ?? new Fault(1, 'unexpected', {}, { cause: error })
}

/**
 * A request that its route's schema refuses. A malformed id or template path is answered just as an unknown one is,
 * so that nobody learns what a valid one looks like.
 */
function validationFault(context: unknown, request: FastifyRequest): Fault {
  if (context !== 'params') return new Fault(20, 'not-as-expected', { place: placeOf(context) })
  const params = request.params as Record<string, unknown>
  if ('id' in params) return new Fault(2, 'unknown')
  return '*' in params ? new Fault(13, 'unknown') : new Fault(30, 'unknown')
}

function placeOf(context: unknown): string {
  return context === 'querystring' || context === 'headers' ? context : 'body'
}
