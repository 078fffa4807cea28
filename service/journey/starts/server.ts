import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '../../fault.ts'
import type { Hub, ServerState } from '../../hub/hub.ts'
import { isUp } from '../../hub/user-model.ts'
import { withinTime } from '../../linked-signals.ts'
import { OptionsWanted } from './choosing.ts'
import { ChoiceWanted, runsWith } from './offered.ts'
import { startInTurn } from './start-in-turn.ts'
import { stateFor, type WantedServer } from './wanted-server.ts'

/** Between two looks at a server that neither starts nor is ready, for example one that is stopping. */
const LOOK_AGAIN_MS = 300

/** The Hub ends a start that is too slow by itself (`Spawner.start_timeout`); this is for what it does not end. */
const LIMIT_MS = 30 * 60_000

/**
 * Finds or starts a user's single-user server and waits until the Hub calls it ready. The last thing it does is to ask
 * about the token: the Hub deletes a user's tokens at logout, and then nothing is to be written any more (DESIGN 3).
 *
 * @returns its URL exactly as the Hub gives it
 * @throws Fault 22 when the token may not, 23 when the start failed, 24 when the Hub is away, 27 when the token is gone;
 *   OptionsWanted where the Hub's page is to start it; ChoiceWanted where it runs with other options; the signal's reason
 */
export async function readyServer(hub: Hub, wanted: WantedServer): Promise<ReadyServer> {
  const limit = { signal: wanted.signal, limit_ms: LIMIT_MS, tooLate: () => new Fault(23, 'too-slow') }
  return await withinTime(limit, (signal) => untilReady(hub, { ...wanted, signal }))
}

export type ReadyServer = Extract<ServerState, { state: 'ready' }>

async function untilReady(hub: Hub, wanted: WantedServer): Promise<ReadyServer> {
  const { token, signal } = wanted
  let state = stateFor(wanted.known ?? (await hub.whoAmI(token)), wanted)
  for (let asked = false; ; ) {
    signal.throwIfAborted()
    // What was started here has them, whatever the spawner made of them.
    if (isOther(state, wanted) && !asked) throw new ChoiceWanted()
    if (state.state === 'ready') return state
    if (state.state === 'starting') await followStart(hub, wanted)
    else if (state.state === 'stopping') await pause(LOOK_AGAIN_MS, undefined, { signal })
    // It has started and is stopped again: once more would be a loop.
    else if (asked) throw new Fault(23, 'stopped')
    else if (wanted.start === 'form' && wanted.options === undefined) throw new OptionsWanted()
    else {
      await startInTurn(hub, wanted)
      asked = true
    }
    state = stateFor(await hub.whoAmI(token), wanted)
  }
}

function isOther(state: ServerState, { options, asItIs }: WantedServer): boolean {
  return !asItIs && isUp(state) && !runsWith(state, options)
}

async function followStart(hub: Hub, { token, user, server, signal, said }: WantedServer): Promise<void> {
  for await (const { percent, message, failed } of hub.progress(token, user, server, signal)) {
    if (failed) throw new Fault(23, 'failed', { message })
    await said({ percent, message })
  }
}
