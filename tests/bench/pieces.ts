import { compile, makePieces } from './core.ts'
import { median, type Row, rateOf, showRate, takeTurns } from './measure.ts'
import type { BenchTemplate } from './templates.ts'

const goalPerSecond = 50_000
/** How far apart the rates of the sizes may be and still be noise: the same work is done for each. */
const noise = 0.75

/** Pieces of a notebook per second, from the parameters' text: at least 50,000, whatever the size of the template. */
export async function measurePieces(folder: string, templates: readonly BenchTemplate[]): Promise<Row[]> {
  const contenders: Record<string, () => number> = {}
  for (const template of templates) {
    const compiled = await compile(folder, template)
    contenders[template.size] = () => rateOf(() => makePieces(compiled), 250)
  }
  const figures = await takeTurns(contenders, 9)
  const rates = templates.map(({ size }) => median(figures[size]!))
  const rows = templates.map(
    ({ size }, index): Row => ({
      what: 'pieces of a notebook',
      size,
      measured: showRate(rates[index]!),
      beside: '',
      goal: `≥ ${showRate(goalPerSecond)}`,
      met: rates[index]! >= goalPerSecond,
    }),
  )
  const evenness = Math.min(...rates) / Math.max(...rates)
  const what = 'pieces: slowest size beside the fastest'
  const goal = `≥ ${noise.toFixed(2)} (noise)`
  return [
    ...rows,
    { what, size: 'all', measured: evenness.toFixed(2), beside: '', goal, met: evenness >= noise },
  ]
}
