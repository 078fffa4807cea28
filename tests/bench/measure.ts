/** One line of the table. `met` is absent when the line is only there for comparison. */
export interface Row {
  readonly what: string
  readonly size: string
  readonly measured: string
  readonly beside: string
  readonly goal: string
  readonly met?: boolean
}

/** The middle one of several figures (of an even number: the mean of both). */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * How often a synchronous `action` runs in one second of this process's processor time, its garbage collection and compilation
 * included: on an idle machine at most what a clock on the wall shows, and the same when others are busy.
 *
 * @param duration_ms how long to try
 * @param together how often before the time is looked at
 */
export function rateOf(action: () => unknown, duration_ms: number, together = 64): number {
  const start = process.cpuUsage()
  let runs = 0
  for (;;) {
    for (let i = 0; i < together; i++) action()
    runs += together
    const { user, system } = process.cpuUsage(start)
    const passed_ms = (user + system) / 1000
    if (passed_ms >= duration_ms) return (runs / passed_ms) * 1000
  }
}

/**
 * How often per second an asynchronous `action` completes.
 *
 * @param lanes how many run at the same time
 */
export async function asyncRateOf(
  action: () => Promise<unknown>,
  duration_ms: number,
  lanes = 1,
): Promise<number> {
  const start = performance.now()
  let runs = 0
  const lane = async () => {
    do {
      await action()
      runs++
    } while (performance.now() - start < duration_ms)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return (runs / (performance.now() - start)) * 1000
}

/** Figures of several contenders, taken in turns so that a busy machine is busy for all of them. */
export async function takeTurns<Name extends string>(
  contenders: Readonly<Record<Name, () => number | Promise<number>>>,
  rounds: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[]
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (const name of names) await contenders[name]() // warm: compiled, files cached
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? names : names.toReversed()
    for (const name of order) figures[name].push(await contenders[name]())
  }
  return figures
}

/** The median of the quotients of each round. */
export function medianRatio(figures: readonly number[], others: readonly number[]): number {
  return median(figures.map((figure, round) => figure / others[round]!))
}

/** 1234567 → '1 234 567', 12.3 → '12.3'. */
export function showRate(perSecond: number): string {
  const text = perSecond >= 100 ? String(Math.round(perSecond)) : perSecond.toPrecision(3)
  return `${text.replace(/\B(?=(\d{3})+$)/g, ' ')}/s`
}

/** How many times as much: '0.94 ×', '12.3 ×', '790 ×'. */
export function showTimes(ratio: number): string {
  return `${ratio >= 100 ? Math.round(ratio) : ratio.toPrecision(ratio >= 1 ? 3 : 2)} ×`
}

/** The rows as a table with aligned columns. */
export function showTable(rows: readonly Row[]): string {
  const head = ['what', 'template', 'measured', 'beside', 'goal', '']
  const body = rows.map((row) => [row.what, row.size, row.measured, row.beside, row.goal, verdict(row)])
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((cells) => cells[column]!.length)))
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd()
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

function verdict(row: Row): string {
  if (row.met === undefined) return ''
  return row.met ? 'met' : 'MISSED'
}
