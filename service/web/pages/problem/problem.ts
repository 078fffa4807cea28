import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { loggedError } from '../../../error-log.ts'
import { Fault, type FaultCode, type FaultValues } from '../../../fault.ts'
import { wantsPage } from '../../input/accept.ts'
import { fill, pickTexts, type Texts } from '../../texts/index.ts'
import type { Sentence } from '../../texts/sentence.ts'
import { legible, legibleName } from '../../values/display-json.ts'
import type { StartLink } from '../spawn-page.ts'
import type { OwnForm, ProblemView, Written } from '../view-models.ts'
import { passing, retryAfter_s, startAgain, statusOf, writtenOf } from './fault-table.ts'
import { faultOf } from './known-errors.ts'
import { reportOf } from './report.ts'

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
  /** *Try again*, once the user has confirmed: offered for faults that may pass. */
  readonly retry?: OwnForm | undefined
  /** Path of the confirmation page: offered where only starting again helps. */
  readonly againHref?: string | undefined
  /** The Hub's own page that starts the user's server: offered where that has not started. */
  readonly start?: StartLink | undefined
  /** The same on the user's default server: offered where another has not started. */
  readonly other?: OwnForm | undefined
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
  /** Of parameters that are not as their template declares them, each. */
  readonly errors?: readonly { readonly name: string; readonly reason: string; readonly detail: string }[]
  readonly written?: Written
  readonly request_id: string
}

/** What happened, as a sentence in the reader's language. */
export function sentenceOf(fault: Fault, texts: Texts): string {
  const reasons: Readonly<Record<string, Sentence>> = texts.faults[fault.code].reasons
  return fill(reasons[fault.reason]!, legibleValues(fault.values))
}

/** The details of a fault, each as a sentence; [] when it has none. */
export function detailsOf(fault: Fault, texts: Texts): readonly string[] {
  return fault.details.map(({ reason, values: { title, ...values } }) => {
    const place = title === undefined ? values.place! : `${title} (${values.place})`
    const sentence = texts.parameters[values.said === undefined ? reason : 'said']
    return fill(sentence, legibleValues({ ...values, place }))
  })
}

function legibleValues(values: FaultValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      // Only the Hub's messages have lines: another site's words must not look like lines of our own.
      return [name, name === 'message' ? legible(String(value)) : legibleName(String(value))]
    }),
  )
}

/** The fault as RFC 9457 wants it. The type is a name, not an address: there is nothing to fetch. */
export function problemDocument(
  fault: Fault,
  texts: Texts,
  requestId: string,
  context: ProblemContext,
): ProblemDocument {
  const written = writtenOf(fault, context.retry !== undefined)
  return {
    type: `urn:x-notebook-templates:fault:${fault.code}`,
    status: statusOf(fault),
    title: texts.faults[fault.code].title,
    detail: sentenceOf(fault, texts),
    code: fault.code,
    reason: fault.reason,
    help: texts.faults[fault.code].help,
    ...(fault.details.length > 0 && {
      errors: fault.details.map(({ reason, values }, index) => ({
        name: String(values.name),
        reason,
        detail: detailsOf(fault, texts)[index]!,
      })),
    }),
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
  now = new Date(),
): ProblemView {
  const told = {
    user: context.user,
    code: fault.code,
    status: statusOf(fault),
    title: texts.faults[fault.code].title,
    sentence: sentenceOf(fault, texts),
    details: detailsOf(fault, texts),
    help: texts.faults[fault.code].help,
    written: writtenOf(fault, context.retry !== undefined),
    requestId,
  }
  return {
    ...told,
    report: reportOf({ ...told, reason: fault.reason, time: now.toISOString() }, texts),
    retry: passing.includes(fault.code) ? context.retry : undefined,
    againHref: startAgain.includes(fault.code) ? context.againHref : undefined,
    start: fault.code === 23 && !isNever(fault) ? context.start : undefined,
    other: fault.code === 23 ? context.other : undefined,
    sender: context.sender,
  }
}

/** No page of the Hub can start it. */
function isNever({ reason }: Fault): boolean {
  return reason === 'named-off' || reason === 'named-limit'
}

/**
 * Answers every error and every unknown address with a page or a problem document, and logs it with the same id.
 * Register it first: routes keep the error handler that is there when they are added. Pages are needed at run time.
 */
export const problem = fp(
  async (app) => {
    app.decorateRequest('problemContext', null)
    app.setErrorHandler((error, request, reply) => sendFault(faultOf(error, request), request, reply))
    app.setNotFoundHandler((request, reply) => sendFault(new Fault(30, 'unknown'), request, reply))
  },
  { name: 'problem', fastify: '5.x' },
)

/** Whatever the route had begun to say about its own answer is not true of this one. */
const unsaid = ['cache-control', 'content-disposition', 'content-length', 'content-type', 'etag', 'refresh']

function sendFault(fault: Fault, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  logFault(fault, request)
  const texts = pickTexts(request.headers['accept-language'])
  const context = request.problemContext ?? {}
  const retryAfter = fault.values.retryAfter_s ?? retryAfter_s[fault.code]
  for (const name of unsaid) reply.removeHeader(name)
  reply.code(statusOf(fault)).header('vary', 'accept, accept-language')
  if (retryAfter !== undefined && !reply.hasHeader('retry-after'))
    reply.header('retry-after', String(retryAfter))
  // RFC 9110 section 11.6.1: a 401 names its scheme.
  if (fault.code === 29) reply.header('www-authenticate', 'Bearer')
  if (wantsPage(request.headers.accept)) {
    return reply.page('problem', problemView(fault, texts, request.id, context))
  }
  return reply
    .type('application/problem+json')
    .serializer((document: unknown) => JSON.stringify(document))
    .send(problemDocument(fault, texts, request.id, context))
}

/** Logs it with the request's id. What went wrong inside is an error with its whole cause; what a client did is a line. */
export function logFault(fault: Fault, request: FastifyRequest): void {
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
