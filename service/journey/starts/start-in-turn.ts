import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '../../fault.ts'
import type { Hub } from '../../hub/hub.ts'
import { linkSignals } from '../../linked-signals.ts'
import { stateFor, type WantedServer } from './wanted-server.ts'

/** How often the place in line is told, when it has changed. */
const TELL_MS = 500

/** Has a server started, in line where need be, and tells its place there. As `StartLine.start`. */
export async function startInTurn(hub: Hub, wanted: WantedServer): Promise<void> {
  const { token, user, server, options, line, signal, placed } = wanted
  const end = linkSignals(signal)
  let place: number | undefined
  const start = line.start(() => hub.start(token, user, server, options), {
    signal: end.signal,
    moved(now) {
      place = now
    },
  })
  const started = start.then(() => true)
  // It may end while something else is awaited.
  started.catch(() => {})
  try {
    for (let due = performance.now() + line.look_ms; !(await soon(started)); ) {
      if (place === undefined) continue
      await placed({ place, ...(line.isFull() && { full: true }) })
      if (performance.now() < due) continue
      if (await isUnderWay(hub, wanted)) break
      due = performance.now() + line.look_ms
    }
  } finally {
    end.abort()
    end.unlink()
  }
  await placed(undefined)
}

/** False when the work has not ended a moment later. */
async function soon(work: Promise<boolean>): Promise<boolean> {
  const over = new AbortController()
  try {
    return await Promise.race([work, pause(TELL_MS, false, { signal: over.signal })])
  } finally {
    over.abort()
  }
}

async function isUnderWay(hub: Hub, wanted: WantedServer): Promise<boolean> {
  try {
    return stateFor(await hub.whoAmI(wanted.token), wanted).state !== 'stopped'
  } catch (error) {
    // A Hub that is away is asked again; the line itself tells when it stays away.
    if (error instanceof Fault && error.code === 24) return false
    throw error
  }
}
