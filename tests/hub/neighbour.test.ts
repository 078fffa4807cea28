/** One user whose server takes for ever, and another who wants a notebook, on a real Hub with its own proxy. */
import t from 'tap'
import { median } from '../bench/measure.ts'
import { measureNeighbour } from '../support/hostile-neighbour.ts'

t.setTimeout(240_000)

/** Without the lines it is ninety times. Other tests run beside this one: the goal of 1.2 is one of the bench. */
const mostRatio = 2

t.test(
  '140 works of one user, whose server answers one byte in 5 s, do not keep another one waiting',
  async (t) => {
    const { alone, attacked, mostHeld, answered } = await measureNeighbour(t, 40)
    const ratio = median(attacked) / median(alone)
    t.comment(
      `${median(attacked).toFixed(1)} ms beside ${median(alone).toFixed(1)} ms: ${ratio.toFixed(2)} ×`,
    )
    t.ok(ratio <= mostRatio, `${ratio.toFixed(2)} × of the time without`)
    t.ok(
      mostHeld > 0 && mostHeld <= 4,
      `no more than four connections to the proxy are the other one's: ${mostHeld}`,
    )
    t.same([...new Set(answered)], [200], 'all of the confirmations were answered')
    t.equal(answered.length, 140)
  },
)
