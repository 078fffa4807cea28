/**
 * What an answer on the way to a user's server means: the server's own word, or a sign that it is not there (yet).
 * A proxy sends requests for a server it does not know to the Hub, so much of this comes from the Hub.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { Fault } from '../fault.ts'
import { type Answer, AnswerTooLong, parseJson, readText, Unreachable } from './http.ts'
import { isRecord } from './user-model.ts'

/** The server does not answer for itself: not started, stopping, or its route is not in the proxy yet. */
export class ServerNotReady extends Error {
  /** True when no answer came at all, not even from the proxy. */
  readonly unreachable: boolean
  constructor(what: string, options: { cause?: unknown; unreachable?: boolean } = {}) {
    super(`the server is not ready: ${what}`, { cause: options.cause })
    this.name = 'ServerNotReady'
    this.unreachable = options.unreachable ?? false
  }
}

/** 424: the Hub, for a server that is stopped or stopping; the others: a proxy, for one that is dead. */
const notReadyStatuses = [424, 502, 503, 504, 599]
const longestMessage = 300
const longestAnswer = 32 << 20

/** Whether this is an answer of the Hub or the proxy instead of the server. */
export function isNotReady(status: number, headers: IncomingHttpHeaders): boolean {
  if (notReadyStatuses.includes(status)) return true
  // GET: a redirect into /hub/. PUT: the Hub misses an XSRF token and says so in HTML, where a server answers JSON.
  return (status >= 300 && status < 400) || ((status === 401 || status === 403) && !isJson(headers))
}

/** The server's own answer of an error, as a fault. Reads the body. @throws ServerNotReady */
export async function readRefusal(answer: Answer): Promise<Fault<11>> {
  const { status, headers } = answer
  const text = await readBody(answer)
  if (isNotReady(status, headers)) throw new ServerNotReady(`status ${status}`)
  const body = isJson(headers) ? parseJson(text) : undefined
  const said = isRecord(body) && typeof body.message === 'string' ? body.message : ''
  const values = { status, message: withoutHostPaths(said) }
  // Tornado cuts a body above `max_body_size` off with a bare 400.
  if (status === 413 || (status === 400 && text === '' && !headers['content-type'])) {
    return new Fault(11, 'too-large', values)
  }
  if (status === 507 || /\[Errno (28|122)\]|no space left|quota exceeded/i.test(said)) {
    return new Fault(11, 'disk-full', values)
  }
  return new Fault(11, 'refused', values)
}

/** The body as text. @throws ServerNotReady when it breaks off; Fault 11 refused when it has no end */
export async function readBody(answer: Answer): Promise<string> {
  try {
    return await readText(answer, longestAnswer)
  } catch (error) {
    if (!(error instanceof AnswerTooLong)) throw notReady(error)
    throw new Fault(11, 'refused', { status: answer.status, message: '' }, { cause: error })
  }
}

/** A broken connection as `ServerNotReady`; anything else as it is. */
export function notReady(error: unknown): unknown {
  if (!(error instanceof Unreachable)) return error
  return new ServerNotReady('no answer', { cause: error, unreachable: true })
}

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
