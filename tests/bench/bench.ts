/** `npm run bench`: one table; exit code 1 when a goal is missed. Ratios are taken within this run, medians of several rounds. */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureBesidePapermill } from './beside-papermill.ts'
import { measureClick } from './click.ts'
import { measureJourneys } from './journeys.ts'
import { measureLarge } from './large.ts'
import { type Row, showTable } from './measure.ts'
import { measureMemory } from './memory.ts'
import { measureNeighbour } from './neighbour.ts'
import { measurePieces } from './pieces.ts'
import { measureScan } from './scan.ts'
import { measureSocket } from './socket.ts'
import { measureStart } from './start.ts'
import { makeTemplates } from './templates.ts'

const folder = await mkdtemp(join(tmpdir(), 'notebook-templates-bench-'))
try {
  console.error('Measuring for about four minutes …')
  const templates = await makeTemplates(folder)
  const rows: Row[] = []
  const all = [
    measurePieces,
    measureLarge,
    measureScan,
    measureMemory,
    measureStart,
    measureSocket,
    measureJourneys,
    measureClick,
    measureNeighbour,
    measureBesidePapermill,
  ]
  for (const measure of all) {
    rows.push(...(await measure(folder, templates)))
  }
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`)
  console.log(showTable(rows))
  const missed = rows.filter((row) => row.met === false).length
  if (missed > 0) {
    console.log(`\n${missed} missed`)
    process.exitCode = 1
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
