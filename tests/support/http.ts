import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { request as requestTls } from 'node:https'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly setCookies: readonly string[]
  readonly body: Buffer
  text(): string
  json(): unknown
}

export interface Outgoing {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Uint8Array
  /** Where the connection goes instead of the URL's own host and port. */
  readonly port?: number
  readonly timeout_s?: number
}

/**
 * One request on a connection of its own, with exactly these headers (a browser's or `fetch`'s own ones are not added)
 * and nothing followed. Names below `.localhost` and 127.0.0.1 alike are this machine.
 */
export function send(url: string | URL, outgoing: Outgoing = {}): Promise<Answer> {
  const target = new URL(url)
  const isTls = target.protocol === 'https:'
  const usual = isTls ? 443 : 80
  const { method = 'GET', headers = {}, body, port = Number(target.port || usual), timeout_s = 60 } = outgoing
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const sent = (isTls ? requestTls : request)(
      {
        // Servers of a test have certificates of their own making.
        rejectUnauthorized: false,
        host: /(^|\.)localhost$/.test(target.hostname) ? '127.0.0.1' : target.hostname,
        port,
        path: target.pathname + target.search,
        method,
        headers: { host: target.host, ...length, ...headers },
        agent: false,
        timeout: timeout_s * 1000,
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve(answerOf(response.statusCode ?? 0, response.headers, Buffer.concat(chunks))),
        )
      },
    )
    sent.on('timeout', () =>
      sent.destroy(new Error(`no answer in ${timeout_s} s: ${method} ${target.pathname}`)),
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Asks another server for what a browser has asked this one for, as that browser did. */
export function sendOn(upstream: string, { url = '/', headers }: IncomingMessage): Promise<Answer> {
  const sent = Object.entries(headers).filter(([name]) => /^(accept|cookie|sec-)/.test(name))
  return send(upstream + url, { headers: Object.fromEntries(sent) as Record<string, string> })
}

function answerOf(status: number, headers: IncomingHttpHeaders, body: Buffer): Answer {
  const text = () => body.toString('utf8')
  return {
    status,
    headers,
    setCookies: headers['set-cookie'] ?? [],
    body,
    text,
    json: () => JSON.parse(text()),
  }
}
