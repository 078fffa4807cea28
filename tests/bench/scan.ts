import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compileTemplate } from '../../service/notebook/index.ts'
import { median, type Row, rateOf, takeTurns } from './measure.ts'
import type { BenchTemplate } from './templates.ts'

/** What it costs to scan and check a template, by its size, beside what the engine needs to parse the same text. */
export async function measureScan(folder: string, templates: readonly BenchTemplate[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const { size, path } of [...templates, await makeCells(folder)]) {
    const bytes = await readFile(join(folder, path))
    const times = await takeTurns(
      {
        scanned: () => 1000 / rateOf(() => compileTemplate(bytes), 400, 1),
        parsed: () => 1000 / rateOf(() => JSON.parse(bytes.toString()), 400, 1),
      },
      5,
    )
    const megabytes = bytes.length / 1e6
    const show = (figures: number[]) => `${(median(figures) / megabytes).toPrecision(2)} ms/MB`
    rows.push({
      what: 'scan of a template',
      size,
      measured: show(times.scanned),
      beside: `JSON.parse ${show(times.parsed)}`,
      goal: '',
    })
  }
  return rows
}

/** Many small cells and nothing else: the other end from images. */
async function makeCells(folder: string): Promise<BenchTemplate> {
  const cells = Array.from({ length: 5000 }, (_, index) => ({
    cell_type: 'code',
    execution_count: index,
    id: `cell-${index}`,
    metadata: {},
    outputs: [],
    source: [`x_${index} = ${index}\n`, `print(x_${index})`],
  }))
  const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }
  const path = 'cells.json'
  await writeFile(join(folder, path), JSON.stringify(notebook, null, 1))
  return { size: '1 MB of cells', path }
}
