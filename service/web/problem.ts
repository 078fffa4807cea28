import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Fault, type FaultCode } from '../fault.ts'
import { loggedError } from './error-log.ts'
import { faultOf } from './known-errors.ts'
import { fill, pickTexts, type Texts } from './texts/index.ts'
import type { Sentence } from './texts/texts.ts'
import type { OwnForm, ProblemView, Written } from './view-models.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What a problem page may offer; routes set it as soon as they know. */
    problemContext: ProblemContext | null
  }
}

/** What a route knows about the journey when something fails in it. */
export interface ProblemContext {
  readonly user?: string | undefined
  /** The `Origin` that sent the request, for the way back. */
  readonly sender?: string | undefined
  /** *Try again*: offered for faults that may pass. */
  readonly retry?: OwnForm | undefined
  /** Path of the confirmation page: offered where only starting again helps. */
  readonly againHref?: string | undefined
}

/** RFC 9457, with our own members. */
export interface ProblemDocument {
  readonly type: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly code: FaultCode
  readonly reason: string
  readonly help: string
  readonly written?: Written
  readonly request_id: string
}

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
const statusesByReason: Readonly<Record<string, number>> = { '11 disk-full': 507, '23 too-slow': 504 }

/** Where it is not plain that nothing was written; the rest of the codes that can follow a confirmation are `nothing`. */
const writtenByReason: Readonly<Record<string, Written>> = {
  '1 unexpected': 'unclear',
  '11 unreachable': 'unclear',
  '11 interrupted': 'unclear',
  '14 no-url': 'saved',
  '24 store': 'unclear',
}

/** Codes that pass: *Try again* is offered, and programs may come back. */
const passing: readonly FaultCode[] = [1, 11, 16, 22, 23, 24, 25]
/** Codes that only a new look at the confirmation page heals. */
const startAgain: readonly FaultCode[] = [26, 27]
/** Codes about an address or a token: nobody expects a notebook there. */
const noJourney: readonly FaultCode[] = [2, 29, 30]
const retryAfter_s: { readonly [C in FaultCode]?: number } = { 24: 10, 25: 60 }

/** The HTTP status of a fault. */
export function statusOf(fault: Fault): number {
  return statusesByReason[`${fault.code} ${fault.reason}`] ?? statuses[fault.code]
}

/** Whether a notebook lies somewhere after this fault; undefined where the question does not arise. */
export function writtenOf(fault: Fault): Written | undefined {
  if (noJourney.includes(fault.code)) return undefined
  return writtenByReason[`${fault.code} ${fault.reason}`] ?? 'nothing'
}

/** What happened, as a sentence in the reader's language. */
export function sentenceOf(fault: Fault, texts: Texts): string {
  const reasons: Readonly<Record<string, Sentence>> = texts.faults[fault.code].reasons
  return fill(reasons[fault.reason]!, fault.values)
}

/** The fault as RFC 9457 wants it. The type is a name, not an address: there is nothing to fetch. */
export function problemDocument(fault: Fault, texts: Texts, requestId: string): ProblemDocument {
  const written = writtenOf(fault)
  return {
    type: `urn:x-notebook-templates:fault:${fault.code}`,
    status: statusOf(fault),
    title: texts.faults[fault.code].title,
    detail: sentenceOf(fault, texts),
    code: fault.code,
    reason: fault.reason,
    help: texts.faults[fault.code].help,
    ...(written === undefined ? {} : { written }),
    request_id: requestId,
  }
}

/** The fault as a page, with what the route knew. */
export function problemView(
  fault: Fault,
  texts: Texts,
  requestId: string,
  context: ProblemContext,
): ProblemView {
  return {
    user: context.user,
    code: fault.code,
    status: statusOf(fault),
    title: texts.faults[fault.code].title,
    sentence: sentenceOf(fault, texts),
    help: texts.faults[fault.code].help,
    written: writtenOf(fault),
    requestId,
    retry: passing.includes(fault.code) ? context.retry : undefined,
    againHref: startAgain.includes(fault.code) ? context.againHref : undefined,
    sender: context.sender,
  }
}

/**
 * True when the client names HTML among what it accepts, and nothing of JSON above it. A browser's navigation always
 * does; `curl`, `fetch` and EventSource do not (a bare star-slash-star is no wish for a page).
 */
export function wantsPage(accept: string | undefined): boolean {
  const weights = new Map<string, number>()
  for (const part of (accept ?? '').slice(0, 2000).split(',')) {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    weights.set(type, q === undefined ? 1 : Number(q.slice(2)) || 0)
  }
  const of = (...types: string[]) => Math.max(0, ...types.map((type) => weights.get(type) ?? 0))
  const html = of('text/html', 'application/xhtml+xml')
  return html > 0 && html >= of('application/json', 'application/problem+json')
}

/** Answers every error and every unknown address with a page or a problem document, and logs it with the same id. */
export const problem = fp(
  async (app) => {
    app.decorateRequest('problemContext', null)
    app.setErrorHandler((error, request, reply) => sendFault(faultOf(error, request), request, reply))
    app.setNotFoundHandler((request, reply) => sendFault(new Fault(30, 'unknown'), request, reply))
  },
  { name: 'problem', fastify: '5.x', dependencies: ['pages'] },
)

function sendFault(fault: Fault, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  logFault(fault, request)
  const texts = pickTexts(request.headers['accept-language'])
  const retryAfter = fault.values.retryAfter_s ?? retryAfter_s[fault.code]
  // Whatever the route had begun to say about its own answer is not true of this one.
  for (const name of [
    'content-disposition',
    'content-length',
    'content-type',
    'cache-control',
    'etag',
    'refresh',
  ]) {
    reply.removeHeader(name)
  }
  reply.code(statusOf(fault)).header('vary', 'accept, accept-language')
  if (retryAfter !== undefined && !reply.hasHeader('retry-after'))
    reply.header('retry-after', String(retryAfter))
  // RFC 9110 section 11.6.1: a 401 names its scheme.
  if (fault.code === 29) reply.header('www-authenticate', 'Bearer')
  if (wantsPage(request.headers.accept)) {
    return reply.page('problem', problemView(fault, texts, request.id, request.problemContext ?? {}))
  }
  return reply
    .type('application/problem+json')
    .serializer((document: unknown) => JSON.stringify(document))
    .send(problemDocument(fault, texts, request.id))
}

/** What went wrong inside is an error with its whole cause; what a client did is a line. */
function logFault(fault: Fault, request: FastifyRequest): void {
  const status = statusOf(fault)
  const entry = {
    fault: fault.code,
    reason: fault.reason,
    values: fault.values,
    ...(fault.cause === undefined ? {} : { error: loggedError(fault.cause) }),
  }
  if (fault.code === 1) request.log.error(entry, 'unexpected error')
  else if (status >= 500) request.log.warn(entry, 'request failed')
  else request.log.info(entry, 'request refused')
}

/**
 * For Fastify's `frameworkErrors` option: an address that cannot be decoded or is too long never reaches the hooks, so
 * it would be answered without our headers and pages. It is sent through once more as an address that nobody has.
 */
export function frameworkErrors(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  request.raw.url = '/.not-an-address'
  request.server.routing(request.raw, reply.raw)
}
