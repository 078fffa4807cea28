import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { openPieces } from '../../service/catalogue/template-pieces.ts'
import { binOf, inProject } from '../support/paths.ts'
import { type Compiled, compile, makePieces } from './core.ts'
import {
  asyncRateOf,
  median,
  medianRatio,
  type Row,
  rateOf,
  showRate,
  showTimes,
  takeTurns,
} from './measure.ts'
import { type BenchTemplate, sentParameters } from './templates.ts'

/**
 * papermill 2.7.0 in one warm process beside us: the same template and parameters in, a notebook's file out. papermill has no step of
 * reading a template once; we do, as the service does.
 */
export async function measureBesidePapermill(
  folder: string,
  templates: readonly BenchTemplate[],
): Promise<Row[]> {
  const environments = await import(pathToFileURL(inProject('tests/support/environments.mjs')).href)
  await environments.makeEnvironment('bench', console.error)
  const papermill = startPapermill(join(binOf('bench'), 'python'), folder, templates)
  try {
    const rows: Row[] = []
    for (const [index, template] of templates.entries()) {
      const compiled = await compile(folder, template)
      const target = join(folder, 'ours.ipynb')
      const figures = await takeTurns(
        {
          pieces: () => rateOf(() => makePieces(compiled), 250),
          ours: () => asyncRateOf(() => writeNotebook(compiled, target), 500),
          papermill: () => papermill.rate(index, 500),
        },
        5,
      )
      const row = (what: string, ours: number[]): Row => ({
        what: `${what} / papermill 2.7.0`,
        size: template.size,
        measured: showTimes(medianRatio(ours, figures.papermill)),
        beside: `${showRate(median(ours))} / ${showRate(median(figures.papermill))}`,
        goal: '',
      })
      rows.push(row('notebook into a file', figures.ours), row('pieces of a notebook', figures.pieces))
    }
    return rows
  } finally {
    papermill.end()
  }
}

function writeNotebook(template: Compiled, target: string): Promise<void> {
  return pipeline(openPieces(template.file, makePieces(template).pieces), createWriteStream(target))
}

function startPapermill(python: string, folder: string, templates: readonly BenchTemplate[]) {
  const files = templates.map(({ path }) => join(folder, path))
  const program = inProject('tests/bench/run_papermill.py')
  const child = spawn(python, [program, sentParameters, folder, ...files], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    /** Notebooks of one template per second. */
    async rate(index: number, duration_ms: number): Promise<number> {
      child.stdin.write(`${index} ${duration_ms}\n`)
      const { value, done } = await answers.next()
      if (done) throw new Error('papermill ended early')
      return Number(value)
    },
    end: () => child.stdin.end(),
  }
}
