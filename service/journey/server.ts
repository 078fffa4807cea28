import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '../fault.ts'
import type { Hub, HubUser, ServerState } from '../hub/hub.ts'
import { missingScopes } from '../hub/scopes.ts'
import type { Step } from './request.ts'

/** Between two looks at a server that neither starts nor is ready, for example one that is stopping. */
const LOOK_AGAIN_MS = 300

/** The Hub ends a start that is too slow by itself (`Spawner.start_timeout`); this is for what it does not end. */
const LIMIT_MS = 30 * 60_000

export interface WantedServer {
  readonly token: string
  readonly user: string
  /** '' for the default server. */
  readonly server: string
  /** Name of this service at the Hub, which its users need the right to use. */
  readonly service: string | undefined
  /** What the Hub said of this user a moment ago; saves asking it again. */
  readonly known: HubUser | undefined
  readonly signal: AbortSignal
  /** Told what the Hub says while the server starts. */
  said(step: Step): Promise<void>
}

/**
 * Finds or starts a user's single-user server and waits until the Hub calls it ready. The last thing it does is to ask
 * about the token: the Hub deletes a user's tokens at logout, and then nothing is to be written any more (DESIGN 3).
 *
 * @returns its URL exactly as the Hub gives it
 * @throws Fault 22 when the token may not, 23 when the start failed, 24 when the Hub is away, 27 when the token is gone;
 *   the signal's reason
 */
export async function readyServer(hub: Hub, wanted: WantedServer): Promise<ReadyServer> {
  const limit = AbortSignal.timeout(LIMIT_MS)
  try {
    return await untilReady(hub, { ...wanted, signal: AbortSignal.any([wanted.signal, limit]) })
  } catch (error) {
    throw limit.aborted && !wanted.signal.aborted ? new Fault(23, 'too-slow', {}, { cause: error }) : error
  }
}

export type ReadyServer = Extract<ServerState, { state: 'ready' }>

async function untilReady(hub: Hub, wanted: WantedServer): Promise<ReadyServer> {
  const { token, user, server, signal } = wanted
  let state = stateFor(wanted.known ?? (await hub.whoAmI(token)), wanted)
  for (let asked = false; ; ) {
    signal.throwIfAborted()
    if (state.state === 'ready') return state
    if (state.state === 'starting') await followStart(hub, wanted)
    else if (state.state === 'stopping') await pause(LOOK_AGAIN_MS, undefined, { signal })
    // It has started and is stopped again: once more would be a loop.
    else if (asked) throw new Fault(23, 'stopped')
    else {
      await hub.start(token, user, server)
      asked = true
    }
    state = stateFor(await hub.whoAmI(token), wanted)
  }
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

async function followStart(hub: Hub, { token, user, server, signal, said }: WantedServer): Promise<void> {
  for await (const { percent, message, failed } of hub.progress(token, user, server, signal)) {
    if (failed) throw new Fault(23, 'failed', { message })
    await said({ percent, message })
  }
}
