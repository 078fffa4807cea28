import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Asks again and again until there is an answer, for what tells nobody when it happens (another process, a port).
 *
 * @param what for the error: `until` fails with "waited 30 s for …"
 * @param ask undefined or false: not yet; an exception ends the waiting
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  options: { within_s?: number; every_ms?: number } = {},
): Promise<T> {
  const { within_s = 30, every_ms = 100 } = options
  const end = performance.now() + within_s * 1000
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > end) throw new Error(`waited ${within_s} s for ${what}`)
    await sleep(every_ms)
  }
}
