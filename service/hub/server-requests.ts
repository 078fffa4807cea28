import { Fault } from '../fault.ts'
import { notReady, readBody, readRefusal } from './contents-answers.ts'
import { type Answer, type Call, discard, parseJson, type Target } from './http.ts'
import { encodePath, splitServerUrl } from './paths.ts'
import { isRecord } from './user-model.ts'

/** One server, for one user. */
export interface Place {
  readonly token: string
  /** Exactly as the Hub gave it. */
  readonly serverUrl: string
  /** From `ServerState`: what is learnt about the server holds until it starts again. */
  readonly started?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** Requests to a user's server, by way of the proxy. @throws ServerNotReady when no answer comes */
export interface ServerRequests {
  /** `path` is below the server's URL, percent-encoded. */
  send(place: Place, path: string, call?: Omit<Call, 'path'>): Promise<Answer>
  /** A model of the Contents API; undefined when nothing is at the path. @throws Fault 11 refused */
  getModel(place: Place, path: string, query: string): Promise<Record<string, unknown> | undefined>
}

export function createServerRequests(target: Target): ServerRequests {
  const requests: ServerRequests = {
    async send(place, path, call = { method: 'GET' }) {
      const server = splitServerUrl(place.serverUrl)
      const headers = {
        authorization: `token ${place.token}`,
        accept: 'application/json',
        ...(server.host === undefined ? {} : { host: server.host }),
        ...call.headers,
      }
      try {
        return await target.request({ ...call, path: server.path + path, headers, signal: place.signal })
      } catch (error) {
        throw notReady(error)
      }
    },

    async getModel(place, path, query) {
      const answer = await requests.send(place, apiPath(path, query))
      if (answer.status === 404) {
        await discard(answer)
        return undefined
      }
      if (answer.status !== 200) throw await readRefusal(answer)
      const model = parseJson(await readBody(answer))
      if (!isRecord(model)) throw new Fault(11, 'refused', { status: 200, message: '' })
      return model
    },
  }
  return requests
}

/** Where the Contents API has a file or folder. */
export function apiPath(path: string, query = ''): string {
  return `api/contents/${encodePath(path)}${query && `?${query}`}`
}
