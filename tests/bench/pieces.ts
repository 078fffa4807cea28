import { compile, makePieces } from './core.ts'
import { median, medianRatio, type Row, rateOf, showRate, showTimes, takeTurns } from './measure.ts'
import { type BenchTemplate, sentParameters } from './templates.ts'

const goalRatio = 15
/** How far apart the rates of the sizes may be and still be noise: the same work is done for each. */
const noise = 0.75

/** Pieces of a notebook, from the parameters' text, beside reading that text and writing it as text of a notebook: at any size. */
export async function measurePieces(folder: string, templates: readonly BenchTemplate[]): Promise<Row[]> {
  const contenders: Record<string, () => number> = {}
  for (const template of templates) {
    const compiled = await compile(folder, template)
    contenders[template.size] = () => rateOf(() => makePieces(compiled), 250)
  }
  contenders.floor = () => rateOf(least, 250)
  const figures = await takeTurns(contenders, 9)
  const rates = templates.map(({ size }) => median(figures[size]!))
  const ratios = templates.map(({ size }) => medianRatio(figures.floor!, figures[size]!))
  const rows = templates.map(
    ({ size }, index): Row => ({
      what: 'pieces of a notebook / parameters through JSON and back',
      size,
      measured: showTimes(ratios[index]!),
      beside: `${showRate(rates[index]!)} / ${showRate(median(figures.floor!))}`,
      goal: `≤ ${goalRatio.toFixed(1)} ×`,
      met: ratios[index]! <= goalRatio,
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

/** What nobody can do without: the parameters are read, and stand in the notebook twice, as literals and as they were sent. */
function least(): string {
  const { measurement_name, created } = JSON.parse(sentParameters)
  const source = [
    `measurement_name = ${JSON.stringify(measurement_name)}`,
    `created = ${JSON.stringify(created)}`,
  ]
  return (
    JSON.stringify(source, null, 1) + JSON.stringify({ made_from: { parameters: sentParameters } }, null, 1)
  )
}
