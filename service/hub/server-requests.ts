import { Fault } from '../fault.ts'
import { createWaitingLines } from '../waiting-lines.ts'
import { notReady, readBody, readRefusal } from './files/contents-answers.ts'
import { type Answer, type Call, discard, parseJson, type Target } from './http.ts'
import { encodePath, splitServerUrl } from './paths.ts'
import type { ServerLimits } from './server-limits.ts'
import { isRecord } from './user-model.ts'

/** A user's server, as that user. */
export interface UserServer {
  readonly token: string
  /** Exactly as the Hub gave it. */
  readonly serverUrl: string
  readonly signal?: AbortSignal | undefined
}

/** Requests to a user's server, by way of the proxy. @throws ServerNotReady when no answer comes */
export interface ServerRequests {
  /** `path` is below the server's URL, percent-encoded. */
  send(server: UserServer, path: string, call?: Omit<Call, 'path'>): Promise<Answer>
  /**
   * The answer of the Contents API about a path, 200; undefined when nothing is there.
   *
   * @param absent what the server answers then, besides 404
   * @throws Fault 11 refused
   */
  find(server: UserServer, path: string, query: string, absent?: number): Promise<Answer | undefined>
  /** A model of the Contents API; undefined when nothing is at the path. @throws Fault 11 refused, odd-answer */
  getModel(server: UserServer, path: string, query: string): Promise<Record<string, unknown> | undefined>
}

/** @param limits `step_ms` holds unless the call says otherwise */
export function createServerRequests(target: Target, limits: ServerLimits): ServerRequests {
  // Whoever has many requests to a server that does not answer must leave connections to the proxy for the others.
  const lines = createWaitingLines(limits.connections)
  const requests: ServerRequests = {
    async send(server, path, call = { method: 'GET' }) {
      const { host, path: base } = splitServerUrl(server.serverUrl)
      const headers = {
        authorization: `token ${server.token}`,
        accept: 'application/json',
        ...(host === undefined ? {} : { host }),
        ...call.headers,
      }
      const signal = call.signal ?? server.signal
      const turn = await lines.enter(server.serverUrl, signal).catch((error) => {
        throw notReady(error)
      })
      try {
        const step = { whole_ms: limits.step_ms, ...call, path: base + path, headers, signal }
        const answer = await target.request(step)
        answer.body.once('close', turn.leave)
        return answer
      } catch (error) {
        turn.leave()
        throw notReady(error)
      }
    },

    async find(server, path, query, absent) {
      const answer = await requests.send(server, apiPath(path, query))
      if (answer.status === 200) return answer
      if (answer.status !== 404 && answer.status !== absent) throw await readRefusal(answer, server.token)
      await discard(answer)
      return undefined
    },

    async getModel(server, path, query) {
      const answer = await requests.find(server, path, query)
      if (answer === undefined) return undefined
      const model = parseJson(await readBody(answer))
      if (!isRecord(model)) throw new Fault(11, 'odd-answer')
      return model
    },
  }
  return requests
}

/** Where the Contents API has a file or folder. */
export function apiPath(path: string, query = ''): string {
  return `api/contents/${encodePath(path)}${query && `?${query}`}`
}
