import { Fault } from '../../fault.ts'
import type { HubUser, ServerState, UserOptions } from '../../hub/hub.ts'
import { missingScopes } from '../../hub/scopes.ts'
import type { PlaceInLine, Step } from '../request.ts'
import type { StartLine } from './start-line.ts'

export interface WantedServer {
  readonly token: string
  readonly user: string
  /** '' for the default server. */
  readonly server: string
  /** What the template asks to start it with. */
  readonly options: UserOptions | undefined
  /** It will do with other options, too. */
  readonly asItIs: boolean
  /** Name of this service at the Hub, which its users need the right to use. */
  readonly service: string | undefined
  /** What the Hub said of this user a moment ago; saves asking it again. */
  readonly known: HubUser | undefined
  /** `form`: one that is stopped is not started here. */
  readonly start: 'api' | 'form'
  readonly signal: AbortSignal
  /** Where it stands when the Hub starts no more servers at the moment. */
  readonly line: StartLine
  /** Told its place in that line now and then; undefined: it stands there no more. */
  placed(place: PlaceInLine | undefined): Promise<void>
  /** Told what the Hub says while the server starts. */
  said(step: Step): Promise<void>
}

/** The Hub's word on this user's server, after making sure that the token still stands for all that is needed. */
export function stateFor(
  who: HubUser | undefined,
  { user, server, service }: Pick<WantedServer, 'user' | 'server' | 'service'>,
): ServerState {
  if (who?.name !== user) throw new Fault(27, 'no-session')
  const [scope] = missingScopes(who.scopes, user, server, service)
  if (scope !== undefined) throw new Fault(22, 'missing-scope', { scope })
  return who.servers.get(server) ?? { state: 'stopped' }
}
