import { type IncomingMessage, request } from 'node:http'
import { performance } from 'node:perf_hooks'

export interface StreamEvent {
  /** Milliseconds since the stream was asked for. */
  readonly at_ms: number
  readonly data: Record<string, unknown>
}

export interface EventStream {
  readonly status: Promise<number>
  /** Those that have come so far. */
  readonly events: readonly StreamEvent[]
  /** Resolves when the stream has ended; false: it was cut off. */
  readonly ended: Promise<boolean>
}

/**
 * Reads Server-Sent Events as they come.
 *
 * @param port where the connection goes instead of the URL's own
 */
export function followEvents(
  url: URL,
  headers: Readonly<Record<string, string>>,
  port?: number,
): EventStream {
  const asked = performance.now()
  const events: StreamEvent[] = []
  const all = { accept: 'text/event-stream', host: url.host, ...headers }
  const sent = request({
    host: url.hostname,
    port: port ?? url.port,
    path: url.pathname + url.search,
    headers: all,
    agent: false,
  })
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    sent.on('response', resolve).on('error', reject),
  )
  const ended = answered.then(
    (answer) =>
      new Promise<boolean>((resolve) => {
        let rest = ''
        answer.setEncoding('utf8').on('data', (text: string) => {
          const parts = (rest + text).split('\n\n')
          rest = parts.pop() ?? ''
          for (const part of parts.filter((one) => one.startsWith('data: '))) {
            events.push({ at_ms: performance.now() - asked, data: JSON.parse(part.slice(6)) })
          }
        })
        answer.on('error', () => resolve(false)).on('close', () => resolve(answer.complete))
      }),
  )
  ended.catch(() => {})
  sent.end()
  return { status: answered.then((answer) => answer.statusCode ?? 0), events, ended }
}
