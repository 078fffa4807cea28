import { readFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Nanoseconds that this thread was on a processor: what others on the machine do does not count (Linux, proc(5)). */
const used_ns = () => Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0])

/**
 * The longest time, in milliseconds of the processor, for which something kept this thread from turning to anything
 * else.
 */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let running = true
  const watch = (async () => {
    while (running) {
      const since = used_ns()
      await nextTurn()
      longest = Math.max(longest, used_ns() - since)
    }
  })()
  await nextTurn()
  try {
    await work()
  } finally {
    running = false
    await watch
  }
  return longest / 1e6
}
