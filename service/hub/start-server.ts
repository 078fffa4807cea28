import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../fault.ts'
import { type Answer, discard, parseJson } from './http.ts'
import { HubBusy, readRetryAfter } from './hub-busy.ts'
import { type HubRequests, readHubText, serverPath, unexpectedAnswer } from './hub-requests.ts'
import { readFailure } from './progress.ts'
import { missingScopes } from './scopes.ts'
import { withoutToken } from './token-echo.ts'
import { isRecord, type UserOptions } from './user-model.ts'

/** Whose server is to be started, and until when that is waited for. */
export interface Start {
  readonly token: string
  readonly user: string
  /** '' is the default one. */
  readonly server: string
  readonly options: UserOptions | undefined
  readonly timeout_ms: number
  /** Aborted at shutdown. */
  readonly closing: AbortSignal
}

/** The longest message of the Hub that is passed on, in characters. */
const longestMessage = 1000
const lookAgain_ms = 150
const failureTimeout_ms = 5000

/** See `Hub.start`. */
export async function startServer(requests: HubRequests, start: Start): Promise<void> {
  const looking = new AbortController()
  try {
    await Promise.race([askForStart(requests, start), underWay(requests, start, looking.signal)])
  } finally {
    looking.abort()
  }
}

/** Settles with the Hub's answer: after the whole start, or after `slow_spawn_timeout`. */
async function askForStart(requests: HubRequests, start: Start): Promise<void> {
  const { token, user, server, options, timeout_ms, closing: signal } = start
  const path = serverPath(user, server)
  const body = options && {
    body: JSON.stringify(options),
    headers: { 'content-type': 'application/json' },
  }
  const answer = await requests.slowly(token, path, { method: 'POST', ...body, signal, timeout_ms })
  if (answer.status === 201 || answer.status === 202) return await discard(answer)
  const message = withoutToken(await readMessage(answer), token)
  if (answer.status === 429)
    throw new HubBusy(message, readRetryAfter(answer.headers['retry-after'], Date.now()))
  if (answer.status === 403) throw await refusal(requests, start, message)
  // 400: it is already running, or a stop is pending; or the Hub refuses, which the state tells in any version.
  if (answer.status === 400 && (await requests.server(token, user, server)).state !== 'stopped') return
  const none = server === '' || answer.status !== 400 ? undefined : noNamed(message)
  if (none) throw none
  if (answer.status >= 502) throw unexpectedAnswer('POST server', answer.status)
  // Version 5 answers no more than "error" here; the stream has the spawner's own words in every version.
  const enough = AbortSignal.timeout(failureTimeout_ms)
  const source = { open: () => openProgress(requests, start, enough), signal: enough }
  const words = await readFailure(source).catch(() => '')
  throw new Fault(23, 'failed', { message: withoutToken(words, token) || message })
}

/** The Hub's words where it starts no further named server, the same in 4.1.6, 5.5.1 and 6.1.1; undefined for all others. */
function noNamed(message: string): Fault | undefined {
  if (/^Named servers are not enabled/.test(message)) return new Fault(23, 'named-off')
  const [, limit] = /maximum of (\d+) named servers/.exec(message) ?? []
  return limit === undefined ? undefined : new Fault(23, 'named-limit', { limit: Number(limit) })
}

/** Resolves when the server is no longer stopped; the look-ups end when the signal says so. */
async function underWay(requests: HubRequests, { token, user, server }: Start, signal: AbortSignal) {
  do await sleep(lookAgain_ms, undefined, { signal }).catch(() => {})
  while (!signal.aborted && (await requests.server(token, user, server)).state === 'stopped')
}

/** 403: the token has gone, lacks a scope, or the Hub has a reason of its own. */
async function refusal(requests: HubRequests, { token, user, server }: Start, message: string) {
  const who = await requests.whoAmI(token)
  if (!who) return new Fault(27, 'no-session')
  const [scope] = missingScopes(who.scopes, user, server)
  return scope === undefined
    ? new Fault(22, 'refused', { message })
    : new Fault(22, 'missing-scope', { scope })
}

/** Asks for the Hub's stream of messages about a start. */
export function openProgress(
  requests: HubRequests,
  { token, user, server }: Pick<Start, 'token' | 'user' | 'server'>,
  signal: AbortSignal,
): Promise<Answer> {
  const headers = { accept: 'text/event-stream' }
  return requests.slowly(token, `${serverPath(user, server)}/progress`, { method: 'GET', headers, signal })
}

/** The `message` of the Hub's JSON errors, for people; '' when there is none. */
async function readMessage(answer: Answer): Promise<string> {
  const body = parseJson(await readHubText(answer))
  const message = isRecord(body) ? body.message : undefined
  return typeof message === 'string' ? message.slice(0, longestMessage) : ''
}
