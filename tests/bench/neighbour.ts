import { measureNeighbour as measure } from '../support/hostile-neighbour.ts'
import { testThatEndsWith } from './as-test.ts'
import { median, type Row, showTimes } from './measure.ts'

const goalRatio = 1.2
const clicks = 60

/** The confirming click of one user while another one's server holds 140 works. */
export async function measureNeighbour(): Promise<Row[]> {
  const teardowns: (() => unknown)[] = []
  try {
    const { alone, attacked } = await measure(testThatEndsWith(teardowns), clicks)
    const ratio = median(attacked) / median(alone)
    return [
      {
        what: 'confirming click beside a hostile neighbour / without',
        size: '8 KB',
        measured: showTimes(ratio),
        beside: `${median(attacked).toFixed(1)} ms / ${median(alone).toFixed(1)} ms`,
        goal: `≤ ${goalRatio.toFixed(2)} ×`,
        met: ratio <= goalRatio,
      },
    ]
  } finally {
    for (const end of teardowns.reverse()) await end()
  }
}
