/**
 * The Hub's REST API, always with a user's own token: this service has no rights of its own over anybody.
 * Source: JupyterHub REST API (`/user`, `/users/:name/server`, `/users/:name/servers/:server`).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../fault.ts'
import {
  type Answer,
  type Call,
  discard,
  hubFault,
  openTarget,
  parseJson,
  readText,
  type TargetOptions,
} from './http.ts'
import { followProgress, type ProgressMessage, readFailure } from './progress.ts'
import { missingScopes } from './scopes.ts'
import { type HubUser, isRecord, readUserModel, type ServerState } from './user-model.ts'

export type { HubUser, ProgressMessage, ServerState }

export interface HubOptions extends Omit<TargetOptions, 'url'> {
  /** `JUPYTERHUB_API_URL` */
  readonly apiUrl: string
  /** Until the Hub has answered a start; it holds the answer back for `slow_spawn_timeout` (10 s by default). */
  readonly startTimeout_ms?: number
}

export interface Hub {
  /** The holder of a token; undefined when it does not hold (any more). One call. @throws Fault 24 hub */
  whoAmI(token: string): Promise<HubUser | undefined>
  /**
   * State of one server; '' is the default one.
   *
   * @throws Fault 27 no-session when the token does not hold or is another user's, 24 hub
   */
  server(token: string, user: string, server: string): Promise<ServerState>
  /**
   * Asks for a start; resolves as soon as the Hub has it under way (its own answer can take 10 s, so that is not
   * waited for). A server that starts already or is ready is no error. What goes wrong later, `progress` tells.
   *
   * @throws Fault 23 failed `{ message }` (the Hub's own words), 22 missing-scope, 22 refused, 27 no-session, 24 hub
   */
  start(token: string, user: string, server: string): Promise<void>
  /**
   * The Hub's messages while a server starts, ending with one that is `ready` or `failed`. Connects again when
   * the stream breaks.
   *
   * @throws Fault 24 hub when the Hub stays away; the signal's reason
   */
  progress(token: string, user: string, server: string, signal: AbortSignal): AsyncIterable<ProgressMessage>
  close(): Promise<void>
}

/** The longest message of the Hub that is passed on, in characters. */
const longestMessage = 1000
const lookAgain_ms = 150
const failureTimeout_ms = 5000

export function createHub(options: HubOptions): Hub {
  const target = openTarget({ ...options, url: options.apiUrl })
  // A start that a course of students waits for must not keep anybody else from logging in.
  const slow = openTarget({ ...options, url: options.apiUrl, connections: null })
  const closing = new AbortController()

  async function call(
    token: string,
    path: string,
    rest: Partial<Call> = {},
    through = target,
  ): Promise<Answer> {
    const headers = { authorization: `token ${token}`, accept: 'application/json', ...rest.headers }
    try {
      return await through.request({ method: 'GET', ...rest, path: through.base + path, headers })
    } catch (error) {
      throw hubFault(error)
    }
  }

  async function whoAmI(token: string): Promise<HubUser | undefined> {
    const answer = await call(token, '/user')
    const text = await readText(answer).catch((error) => {
      throw hubFault(error)
    })
    if (answer.status === 401 || answer.status === 403) return undefined
    if (answer.status !== 200) throw unexpectedAnswer('GET /user', answer.status)
    return readUserModel(parseJson(text))
  }

  async function server(token: string, user: string, name: string): Promise<ServerState> {
    const who = await whoAmI(token)
    if (who?.name !== user) throw new Fault(27, 'no-session')
    return who.servers.get(name) ?? { state: 'stopped' }
  }

  const openProgress = (token: string, user: string, name: string, signal: AbortSignal) =>
    call(
      token,
      `${serverPath(user, name)}/progress`,
      { headers: { accept: 'text/event-stream' }, signal },
      slow,
    )

  /** Settles with the Hub's answer: after the whole start, or after `slow_spawn_timeout`. */
  async function askForStart(token: string, user: string, name: string): Promise<void> {
    const start = {
      method: 'POST',
      signal: closing.signal,
      timeout_ms: options.startTimeout_ms ?? 120_000,
    } as const
    const answer = await call(token, serverPath(user, name), start, slow)
    if (answer.status === 201 || answer.status === 202) {
      return await discard(answer)
    }
    const message = await readMessage(answer)
    if (answer.status === 403) throw await refusal(token, user, name, message)
    // 400: it is already running, or a stop is pending; or the Hub refuses, which the state tells in any version.
    if (answer.status === 400 && (await server(token, user, name)).state !== 'stopped') return
    if (answer.status >= 502) throw unexpectedAnswer('POST server', answer.status)
    // Version 5 answers no more than "error" here; the stream has the spawner's own words in every version.
    const signal = AbortSignal.timeout(failureTimeout_ms)
    const words = await readFailure({ open: () => openProgress(token, user, name, signal), signal }).catch(
      () => '',
    )
    throw new Fault(23, 'failed', { message: words || message })
  }

  /** Resolves when the server is no longer stopped; the look-ups end when the signal says so. */
  async function underWay(token: string, user: string, name: string, signal: AbortSignal): Promise<void> {
    do await sleep(lookAgain_ms, undefined, { signal }).catch(() => {})
    while (!signal.aborted && (await server(token, user, name)).state === 'stopped')
  }

  /** 403: the token has gone, lacks a scope, or the Hub has a reason of its own. */
  async function refusal(token: string, user: string, name: string, message: string): Promise<Fault> {
    const who = await whoAmI(token)
    if (!who) return new Fault(27, 'no-session')
    const [scope] = missingScopes(who.scopes, user, name)
    return scope === undefined
      ? new Fault(22, 'refused', { message })
      : new Fault(22, 'missing-scope', { scope })
  }

  return {
    whoAmI,
    server,
    async start(token, user, name) {
      const looking = new AbortController()
      try {
        await Promise.race([askForStart(token, user, name), underWay(token, user, name, looking.signal)])
      } finally {
        looking.abort()
      }
    },
    progress: (token, user, name, signal) =>
      followProgress({
        open: () => openProgress(token, user, name, signal),
        state: async () => (await server(token, user, name)).state,
        signal,
      }),
    async close() {
      // The Hub goes on with a start whose answer nobody waits for.
      closing.abort(new Error('the service is shutting down'))
      await Promise.all([target.close(), slow.close()])
    },
  }
}

function serverPath(user: string, server: string): string {
  const path = `/users/${encodeURIComponent(user)}`
  return server === '' ? `${path}/server` : `${path}/servers/${encodeURIComponent(server)}`
}

/** The `message` of the Hub's JSON errors, for people; '' when there is none. */
async function readMessage(answer: Answer): Promise<string> {
  const body = parseJson(
    await readText(answer).catch((error) => {
      throw hubFault(error)
    }),
  )
  const message = isRecord(body) ? body.message : undefined
  return typeof message === 'string' ? message.slice(0, longestMessage) : ''
}

function unexpectedAnswer(what: string, status: number): Fault {
  return new Fault(24, 'hub', {}, { cause: new Error(`${what}: status ${status}`) })
}
