/**
 * HTTP to the two places this service talks to: the Hub's API and the proxy in front of the users' servers.
 * A target is one place: whatever a user, a header or a page says, a request (and the token in it) goes there.
 * Redirects are never followed, answers are read up to a limit, and no error text holds a header.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { checkServerIdentity } from 'node:tls'
import { Agent, type Dispatcher } from 'undici'
import { linkSignals } from '../linked-signals.ts'
import { AnswerTooLong, codeOf, TooSlow, Unreachable } from './http-errors.ts'

/** Certificates in PEM, for a target behind https with an authority of its own (or JupyterHub's `internal_ssl`). */
export interface Certificates {
  readonly ca?: string | Buffer
  readonly cert?: string | Buffer
  readonly key?: string | Buffer
}

export interface TargetOptions extends Certificates {
  /** `http://`, `https://`, or `http+unix://%2Fpath%2Fof.sock` as JupyterHub writes it. A path is kept as `base`. */
  readonly url: string
  /** Until a connection stands; default 10 000. */
  readonly connectTimeout_ms?: number
  /** Until the head of an answer has come, and between two parts of its body; default 30 000. */
  readonly timeout_ms?: number
  /** More requests at once stand in line; default 128, null for no limit. */
  readonly connections?: number | null
}

export interface Call {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  /** From the root of the target, already percent-encoded. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>
  readonly signal?: AbortSignal | undefined
  /** As the target's; 0 for no limit. */
  readonly timeout_ms?: number
  /** Until all of the answer has been read, however it comes. */
  readonly whole_ms?: number
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Must be read to its end, or given to `discard`. */
  readonly body: Dispatcher.ResponseData['body']
}

export interface Target {
  /** Path of the target's URL without a slash at its end: `/hub/api`, or empty. */
  readonly base: string
  /**
   * Sends one request. A GET whose kept connection turns out to be closed is sent once more.
   *
   * @throws Unreachable when no answer came; the signal's reason when it was aborted
   */
  request(call: Call): Promise<Answer>
  /** Waits for what is under way. */
  close(): Promise<void>
}

/** Opens one target. Connections are kept and shared; nothing is sent yet. */
export function openTarget(options: TargetOptions): Target {
  const { origin, base, socketPath } = parseTarget(options.url)
  const timeout = options.timeout_ms ?? 30_000
  // The certificate must be the target's own, even when the Host header names a user's subdomain. An address is no
  // name to ask a server for (RFC 6066, 3); another constant keeps undici from taking the Host header's.
  const hostname = new URL(origin).hostname.replace(/^\[|\]$/g, '')
  const servername = isIP(hostname) ? 'localhost' : hostname
  const agent = new Agent({
    connections: options.connections === undefined ? 128 : options.connections,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connect: {
      timeout: options.connectTimeout_ms ?? 10_000,
      ...(socketPath === undefined ? {} : { socketPath }),
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      ...(options.cert === undefined ? {} : { cert: options.cert }),
      ...(options.key === undefined ? {} : { key: options.key }),
      checkServerIdentity: (_, certificate) => checkServerIdentity(hostname, certificate),
    },
  })

  async function send(call: Call, signal: AbortSignal): Promise<Answer> {
    const { statusCode, headers, body } = await agent.request({
      origin,
      path: call.path,
      method: call.method,
      headers: { ...call.headers },
      body: (call.body ?? null) as Dispatcher.DispatchOptions['body'] & {},
      signal,
      ...(call.timeout_ms === undefined
        ? {}
        : { headersTimeout: call.timeout_ms, bodyTimeout: call.timeout_ms }),
      ...(origin.startsWith('https:') ? { servername } : {}),
    })
    return { status: statusCode, headers, body }
  }

  return {
    base,
    async request(call) {
      const end = linkSignals(call.signal)
      const slow = call.whole_ms && setTimeout(() => end.abort(new TooSlow()), call.whole_ms)
      const done = () => {
        clearTimeout(slow)
        end.unlink()
      }
      try {
        const answer = await send(call, end.signal).catch((error) => {
          if (call.method === 'GET' && wasClosed(error) && !end.signal.aborted) return send(call, end.signal)
          throw error
        })
        answer.body.once('close', done)
        return answer
      } catch (error) {
        done()
        call.signal?.throwIfAborted()
        throw new Unreachable(origin, error)
      }
    },
    close: () => agent.close(),
  }
}

/** The body as text. @throws AnswerTooLong, Unreachable */
export async function readText(answer: Answer, limit_bytes = 4 << 20): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of readParts(answer)) {
    length += part.length
    if (length > limit_bytes) throw new AnswerTooLong(`more than ${limit_bytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

/** The body as it comes. Leaving the loop early closes the connection. @throws Unreachable */
export async function* readParts(answer: Answer, signal?: AbortSignal): AsyncGenerator<Buffer> {
  try {
    for await (const part of answer.body) yield part as Buffer
  } catch (error) {
    signal?.throwIfAborted()
    throw new Unreachable('answer', error)
  }
}

/** Lets go of a body that is not needed. */
export async function discard(answer: Answer): Promise<void> {
  await answer.body.dump({ limit: 1 << 20 }).catch(() => {})
}

/** JSON, or undefined when the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parseTarget(text: string): { origin: string; base: string; socketPath?: string } {
  const url = new URL(text)
  const base = url.pathname.replace(/\/+$/, '')
  if (url.protocol === 'http+unix:') {
    return { origin: 'http://localhost', base, socketPath: decodeURIComponent(url.host) }
  }
  return { origin: url.origin, base }
}

function wasClosed(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error))
}
