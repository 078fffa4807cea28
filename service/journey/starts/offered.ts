/** On which of a user's servers a notebook can be opened, and what is chosen of them. */
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { HubUser, ServerState, UserOptions } from '../../hub/hub.ts'
import { isUp } from '../../hub/user-model.ts'
import type { CompiledTemplate } from '../../notebook/index.ts'
import type { KeptRequest } from '../request.ts'

/** Thrown where a server runs with other options than the template asks for, and nobody has said that it will do. */
export class ChoiceWanted extends Error {}

/** A server, and whether it will do as it runs. */
export interface ServerChoice {
  /** '' for the default one. */
  readonly server: string
  readonly asItIs: boolean
}

export interface OfferedServer extends ServerChoice {
  /** What is sent back. */
  readonly key: string
  readonly state: ServerState['state']
  /**
   * `wanted`: what the template asks for; `other-options`: the same, but it runs with other options; `further`: a new one with
   * those of the template; `default`: the user's default server; `running`: one more that runs.
   */
  readonly kind: 'wanted' | 'other-options' | 'further' | 'default' | 'running'
  /** What it runs with, of `other-options`. */
  readonly options?: UserOptions | undefined
}

/** More than anybody chooses from. */
const mostOffered = 20

/** Whether a server that runs or starts was started with all that is asked for; what else it has does not matter. */
export function runsWith({ options = {} }: ServerState, wanted: UserOptions | undefined): boolean {
  return Object.entries(wanted ?? {}).every(([name, value]) => isDeepStrictEqual(options[name], value))
}

/** What a user may choose from, what the template asks for first. */
export function offeredServers(
  { server: name = '', serverOptions }: Pick<CompiledTemplate['settings'], 'server' | 'serverOptions'>,
  servers: HubUser['servers'],
): readonly OfferedServer[] {
  const offered: OfferedServer[] = []
  const offer = (kind: OfferedServer['kind'], server: string, asItIs: boolean) => {
    if (offered.some((one) => one.server === server) || offered.length === mostOffered) return
    const { state, options } = servers.get(server) ?? { state: 'stopped' as const }
    const key = keyOf({ server, asItIs })
    offered.push({ kind, server, asItIs, key, state, ...(kind === 'other-options' && { options }) })
  }
  const wanted = servers.get(name)
  if (serverOptions && wanted && isUp(wanted) && !runsWith(wanted, serverOptions)) {
    const further = furtherName(serverOptions)
    const other = servers.get(further)
    if (other && isUp(other) && runsWith(other, serverOptions)) offer('wanted', further, false)
    offer('other-options', name, true)
    if (!other || !isUp(other)) offer('further', further, false)
  } else offer('wanted', name, false)
  offer('default', '', true)
  for (const [server, state] of servers) if (isUp(state)) offer('running', server, true)
  return offered
}

/** What was chosen, if it is still offered. The default server always is. */
export function chooseServer(key: string, offered: readonly OfferedServer[]): ServerChoice | undefined {
  const found = offered.find((one) => one.key === key)
  if (found) return { server: found.server, asItIs: found.asItIs }
  return key === defaultServer ? { server: '', asItIs: true } : undefined
}

/** The one that a request goes to now; undefined where its user must choose. */
export function currentOf(
  offered: readonly OfferedServer[],
  { server, asItIs = false }: Pick<KeptRequest, 'server' | 'asItIs'>,
): OfferedServer | undefined {
  const same = offered.find((one) => one.server === server)
  if (same?.kind === 'other-options' && !asItIs) return offered.find(({ kind }) => kind === 'wanted')
  return same ?? offered[0]
}

function keyOf({ server, asItIs }: ServerChoice): string {
  return `${asItIs ? 'as-it-is' : 'wanted'}:${server}`
}

/** The key of the default server, which is always there. */
export const defaultServer = keyOf({ server: '', asItIs: true })

/** The same for the same options, so that the next notebook finds it; letters that JupyterHub 6 takes. */
function furtherName(options: UserOptions): string {
  const sorted = JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)))
  return `templates-${createHash('sha256').update(sorted).digest('hex').slice(0, 8)}`
}
