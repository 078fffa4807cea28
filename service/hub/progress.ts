/**
 * The Hub's progress stream (Server-Sent Events, WHATWG HTML 9.2) of a server that starts. A dropped stream is
 * opened again: the Hub then tells everything from the beginning, so what was told is left out.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../fault.ts'
import { type Answer, discard, parseJson, readParts } from './http.ts'
import { Unreachable } from './http-errors.ts'
import { isRecord, type ServerState } from './user-model.ts'

export interface ProgressMessage {
  /** 0 to 100, never falling. */
  readonly percent: number
  /** The Hub's plain text; its `html_message` is never used. */
  readonly message: string
  readonly ready: boolean
  readonly failed: boolean
}

export interface ProgressSource {
  /** Asks for the stream. */
  readonly open: () => Promise<Answer>
  /** Asks for the server's state. */
  readonly state: () => Promise<ServerState['state']>
  readonly signal: AbortSignal
}

/** A stopped server counts as failed only after this time: the start may still be on its way to the Hub. */
const settle_ms = 5000
/** So long the Hub may be away. */
const away_ms = 30_000
const pause_ms = 300
const longestEvent = 1 << 16
const longestMessage = 1000

/** See `Hub.progress`. */
export async function* followProgress(source: ProgressSource): AsyncGenerator<ProgressMessage> {
  const told = new Set<string>()
  let percent = 0
  let lastContact = Date.now()
  let stoppedSince: number | undefined
  for (;;) {
    source.signal.throwIfAborted()
    try {
      for await (const event of readProgress(source)) {
        lastContact = Date.now()
        percent = Math.max(percent, event.percent)
        const message = { ...event, percent }
        const last = event.ready || event.failed
        const words = JSON.stringify([event.percent, event.message])
        if (last || !told.has(words)) yield message
        if (last) return
        told.add(words)
      }
      const state = await source.state()
      lastContact = Date.now()
      if (state === 'ready') return yield { percent: 100, message: '', ready: true, failed: false }
      stoppedSince = state === 'stopped' ? (stoppedSince ?? Date.now()) : undefined
      if (stoppedSince !== undefined && Date.now() - stoppedSince > settle_ms) {
        return yield { percent, message: '', ready: false, failed: true }
      }
    } catch (error) {
      source.signal.throwIfAborted()
      const away = error instanceof Unreachable || (error instanceof Fault && error.code === 24)
      if (!away || Date.now() - lastContact > away_ms) throw error
    }
    await sleep(pause_ms, undefined, { signal: source.signal })
  }
}

/** What the Hub's stream says of a start that has failed just now; '' when it says something else. */
export async function readFailure(source: Pick<ProgressSource, 'open' | 'signal'>): Promise<string> {
  for await (const { failed, message } of readProgress(source)) return failed ? message : ''
  return ''
}

/** One stream to its end. Anything but a stream (400: not starting, 404: no such server yet) is an empty one. */
async function* readProgress(
  source: Pick<ProgressSource, 'open' | 'signal'>,
): AsyncGenerator<ProgressMessage> {
  const answer = await source.open()
  if (answer.status !== 200 || !`${answer.headers['content-type']}`.startsWith('text/event-stream')) {
    return await discard(answer)
  }
  for await (const data of readEvents(readParts(answer, source.signal))) {
    const event = parseJson(data)
    if (!isRecord(event)) continue
    yield {
      percent: clampPercent(event.progress),
      message: typeof event.message === 'string' ? event.message.slice(0, longestMessage) : '',
      ready: event.ready === true,
      failed: event.failed === true,
    }
  }
}

/** The `data` of each event of a stream; other fields and comments are left out. */
export async function* readEvents(parts: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const part of parts) {
    rest += decoder.decode(part, { stream: true })
    const events = rest.split(/\r\n\r\n|\n\n|\r\r/)
    rest = events.pop() ?? ''
    if (rest.length > longestEvent) throw new Unreachable('event stream', new Error('event too long'))
    for (const event of events) {
      const data = event
        .split(/\r\n|\n|\r/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).replace(/^ /, ''))
      if (data.length > 0) yield data.join('\n')
    }
  }
}

function clampPercent(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(100, Math.max(0, value)) : 0
}
