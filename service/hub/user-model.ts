/**
 * What `GET /hub/api/user` tells about the holder of a token, and what that says about their servers.
 * Source: JupyterHub REST API, User and Server models; seen on 5.5.1 and 6.1.1.
 */
import { Fault } from '../fault.ts'

/** The holder of a token. */
export interface HubUser {
  readonly name: string
  /** When the account was made (ISO 8601, UTC); undefined for a token without `read:users!user`. */
  readonly created?: string | undefined
  /** Must equal the browser's `jupyterhub-session-id`; null when the token does not come from a login. */
  readonly sessionId: string | null
  /** Expanded scopes of the token, such as `access:servers!user=x`. */
  readonly scopes: readonly string[]
  readonly groups: readonly string[]
  readonly admin: boolean
  /** By server name; the default server is ''. Servers that are stopped are not in it. */
  readonly servers: ReadonlyMap<string, ServerState>
}

/** What a server was started with, as its spawner keeps it; a JSON object. */
export type UserOptions = Readonly<Record<string, unknown>>

export type ServerState =
  /** `url` is exactly as the Hub gives it: a path, or absolute with subdomains. `started` changes at each start. */
  | {
      readonly state: 'ready'
      readonly url: string
      readonly started: string
      readonly options?: UserOptions | undefined
    }
  | { readonly state: 'starting' | 'stopping' | 'stopped'; readonly options?: UserOptions | undefined }

/** It answers, or will: it need not be started. */
export const isUp = ({ state }: ServerState): boolean => state === 'ready' || state === 'starting'

/** Reads the model. Members that a token may not see are empty. @throws Fault 24 hub when it is no user model */
export function readUserModel(model: unknown): HubUser {
  if (!isRecord(model) || typeof model.name !== 'string' || model.kind !== 'user') {
    throw new Fault(24, 'hub', {}, { cause: new Error('GET /user: not a user model') })
  }
  const servers = isRecord(model.servers) ? model.servers : {}
  return {
    name: model.name,
    created: timeOf(model.created),
    sessionId: typeof model.session_id === 'string' ? model.session_id : null,
    scopes: texts(model.scopes),
    groups: texts(model.groups),
    admin: model.admin === true,
    servers: new Map(Object.entries(servers).map(([name, server]) => [name, readServer(server)])),
  }
}

/**
 * `pending` is null, `spawn`, `stop`, `check` (the Hub has come back and looks whether the server is alive) or
 * `rename`; while it is set a server is not ready, even when it answers.
 */
function readServer(server: unknown): ServerState {
  if (!isRecord(server)) return { state: 'stopped' }
  const given = isRecord(server.user_options) ? server.user_options : {}
  // Of a server without options nothing is said.
  const options = Object.keys(given).length === 0 ? {} : { options: given }
  if (server.ready === true && typeof server.url === 'string') {
    return { state: 'ready', url: server.url, started: String(server.started ?? ''), ...options }
  }
  if (server.pending === 'stop') return { state: 'stopping' }
  return server.pending ? { state: 'starting', ...options } : { state: 'stopped' }
}

function timeOf(value: unknown): string | undefined {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** A JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
