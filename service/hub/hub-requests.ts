/**
 * Requests to the Hub's REST API, always with a user's own token.
 * Source: JupyterHub REST API (`/user`, `/users/:name/server`, `/users/:name/servers/:server`).
 */
import { Fault } from '../fault.ts'
import { type Answer, type Call, openTarget, parseJson, readText, type TargetOptions } from './http.ts'
import { hubFault } from './http-errors.ts'
import { type HubUser, readUserModel, type ServerState } from './user-model.ts'

/** @throws Fault 24 hub when no answer comes */
export interface HubRequests {
  /** See `Hub.whoAmI`. */
  whoAmI(token: string): Promise<HubUser | undefined>
  /** See `Hub.server`. */
  server(token: string, user: string, server: string): Promise<ServerState>
  /** The server's own resource, or its `/progress`: for what the Hub answers after a while. */
  slowly(token: string, path: string, call: Omit<Call, 'path'>): Promise<Answer>
  close(): Promise<void>
}

/** @param options.url `JUPYTERHUB_API_URL` */
export function createHubRequests(options: TargetOptions): HubRequests {
  const target = openTarget(options)
  // A start that a course of students waits for must not keep anybody else from logging in.
  const slow = openTarget({ ...options, connections: null })

  async function send(through: typeof target, token: string, path: string, call: Omit<Call, 'path'>) {
    const headers = { authorization: `token ${token}`, accept: 'application/json', ...call.headers }
    try {
      return await through.request({ ...call, path: through.base + path, headers })
    } catch (error) {
      throw hubFault(error)
    }
  }

  async function whoAmI(token: string): Promise<HubUser | undefined> {
    const answer = await send(target, token, '/user', { method: 'GET' })
    const text = await readHubText(answer)
    if (answer.status === 401 || answer.status === 403) return undefined
    if (answer.status !== 200) throw unexpectedAnswer('GET /user', answer.status)
    return readUserModel(parseJson(text))
  }

  return {
    whoAmI,
    async server(token, user, name) {
      const who = await whoAmI(token)
      if (who?.name !== user) throw new Fault(27, 'no-session')
      return who.servers.get(name) ?? { state: 'stopped' }
    },
    slowly: (token, path, call) => send(slow, token, path, call),
    async close() {
      await Promise.all([target.close(), slow.close()])
    },
  }
}

/** Where the API has a server; '' is the default one. */
export function serverPath(user: string, server: string): string {
  const path = `/users/${encodeURIComponent(user)}`
  return server === '' ? `${path}/server` : `${path}/servers/${encodeURIComponent(server)}`
}

/** The body as text. @throws Fault 24 hub when it breaks off or has no end */
export async function readHubText(answer: Answer): Promise<string> {
  return await readText(answer).catch((error) => {
    throw hubFault(error)
  })
}

/** An answer that the API's documentation does not know. */
export function unexpectedAnswer(what: string, status: number): Fault {
  return new Fault(24, 'hub', {}, { cause: new Error(`${what}: status ${status}`) })
}
