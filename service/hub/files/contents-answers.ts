/**
 * What an answer on the way to a user's server means: the server's own word, or a sign that it is not there (yet).
 * A proxy sends requests for a server it does not know to the Hub, so much of this comes from the Hub.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { Fault } from '../../fault.ts'
import { type Answer, parseJson, readText } from '../http.ts'
import { AnswerTooLong, TooSlow, Unreachable } from '../http-errors.ts'
import { withoutToken } from '../token-echo.ts'
import { isRecord } from '../user-model.ts'

/** The server does not answer for itself: not started, stopping, or its route is not in the proxy yet. */
export class ServerNotReady extends Error {
  /** Why no whole answer came. Undefined: one did, from the Hub or the proxy in the server's place. */
  readonly reason: NoAnswer | undefined
  constructor(what: string, options: { cause?: unknown; reason?: NoAnswer } = {}) {
    super(`the server is not ready: ${what}`, { cause: options.cause })
    this.name = 'ServerNotReady'
    this.reason = options.reason
  }
}

/** Reasons of code 11. `unreachable`: not even the proxy answers. All of them may pass. */
type NoAnswer = 'unreachable' | 'reset' | 'too-slow'

/** 424: the Hub, for a server that is stopped or stopping; the others: a proxy, for one that is dead. */
const notReadyStatuses = [424, 502, 503, 504, 599]
const longestMessage = 300
/** In characters; so much of it is looked through for parts of the token. */
const longestSaid = 10 * longestMessage
/**
 * A model without its content, or an error. JSON of 30 MB that its server has made for that takes ten seconds and more to be
 * parsed, in which nobody else is answered.
 */
const longestAnswer = 1 << 16

/** Whether this is an answer of the Hub or the proxy instead of the server. */
export function isNotReady(status: number, headers: IncomingHttpHeaders): boolean {
  if (notReadyStatuses.includes(status)) return true
  // GET: a redirect into /hub/. PUT: the Hub misses an XSRF token and says so in HTML, where a server answers JSON.
  if (isRedirect(status)) return /\/hub\//.test(`${headers.location}`)
  return (status === 401 || status === 403) && !isJson(headers)
}

/**
 * The server's own answer of an error, as a fault. Reads the body.
 *
 * @param token that the request carried: no part of it is passed on
 * @throws ServerNotReady
 */
export async function readRefusal(answer: Answer, token: string): Promise<Fault<11>> {
  const { status, headers } = answer
  const text = await readBody(answer)
  if (isNotReady(status, headers)) throw new ServerNotReady(`status ${status}`)
  if (isRedirect(status)) return new Fault(11, 'redirected', { status })
  const body = isJson(headers) ? parseJson(text) : undefined
  const said = isRecord(body) && typeof body.message === 'string' ? body.message.slice(0, longestSaid) : ''
  const values = { status, message: withoutHostPaths(withoutToken(said, token)) }
  // Tornado cuts a body above `max_body_size` off with a bare 400.
  if (status === 413 || (status === 400 && text === '' && !headers['content-type'])) {
    return new Fault(11, 'too-large', values)
  }
  if (status === 507 || /\[Errno (28|122)\]|no space left|quota exceeded/i.test(said)) {
    return new Fault(11, 'disk-full', values)
  }
  return new Fault(11, 'refused', values)
}

/** The body as text. @throws ServerNotReady when it breaks off; Fault 11 odd-answer when it has no end */
export async function readBody(answer: Answer): Promise<string> {
  try {
    return await readText(answer, longestAnswer)
  } catch (error) {
    throw error instanceof AnswerTooLong ? new Fault(11, 'odd-answer', {}, { cause: error }) : notReady(error)
  }
}

/**
 * A broken connection or an answer that took too long as `ServerNotReady`, one that is not HTTP or whose headers have no
 * end as Fault 11; anything else as it is.
 */
export function notReady(error: unknown): unknown {
  if (!(error instanceof Unreachable) && !(error instanceof TooSlow)) return error
  const { code } = error
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return new Fault(11, 'long-headers', {}, { cause: error })
  if (/^(HPE_|HTTPParserError$)/.test(code)) return new Fault(11, 'odd-answer', {}, { cause: error })
  return new ServerNotReady('no answer', { cause: error, reason: noAnswers[code] ?? 'unreachable' })
}

/** By undici's code, and Node's. */
const noAnswers: Readonly<Record<string, NoAnswer>> = {
  ERR_TOO_SLOW: 'too-slow',
  UND_ERR_HEADERS_TIMEOUT: 'too-slow',
  UND_ERR_BODY_TIMEOUT: 'too-slow',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
}

const isRedirect = (status: number) => status >= 300 && status < 400

/**
 * The server's words without paths of its host: quoted ones, and a bare one to the end of the text.
 *
 * @example "[Errno 2] No such file or directory: '/home/ada/b'" → "[Errno 2] No such file or directory: …"
 */
export function withoutHostPaths(message: string): string {
  return message
    .replace(/(['"])(?:[A-Za-z]:\\|\/).*?\1/gs, '…')
    .replace(/(^|\s)(?:[A-Za-z]:\\|\/).*$/s, '$1…')
    .slice(0, longestMessage)
}

function isJson(headers: IncomingHttpHeaders): boolean {
  return `${headers['content-type'] ?? ''}`.startsWith('application/json')
}
