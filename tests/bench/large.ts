import {
  compileTemplate,
  makeCell,
  type Parameters,
  readParameters,
  renderNotebook,
} from '../../service/notebook/index.ts'
import { median, type Row, showTimes } from './measure.ts'

const size = 4 * 1024 * 1024
const goalRatio = 2
const rounds = 15

/** What a lab may send at most: `MAX_PARAMS_BYTES` of one kind. */
const shapes: Readonly<Record<string, () => string>> = {
  'list of numbers': () => `{"x":[${fill((i) => (i / 7).toFixed(6))}]}`,
  'list of texts': () => `{"x":[${fill((i) => `"µm ${i} of the scan"`)}]}`,
  'list of objects': () => `{"x":[${fill((i) => `{"t":${i / 10},"v":"a${i}","ok":true}`)}]}`,
  'object of objects': () =>
    `{"x":{${fill((i) => `"channel ${i}":{"_type":"quantity","magnitude":${i / 3},"units":"nm"}`)}}}`,
  'many parameters': () => `{${fill((i) => `"channel_${i}":${i / 3}`)}}`,
}

function fill(part: (index: number) => string): string {
  const parts: string[] = []
  for (let bytes = 0, index = 0; bytes < size - 200; index++) {
    parts.push(part(index))
    bytes += Buffer.byteLength(parts[index]!) + 1
  }
  return parts.join(',')
}

/** Notebooks with 4 MiB of parameters: what one costs when its parameters have been read, beside the same text through JSON and back. */
export async function measureLarge(): Promise<Row[]> {
  const rows: Row[] = []
  for (const [shape, make] of Object.entries(shapes)) {
    const text = make()
    for (const language of ['python', 'R', 'julia']) {
      const { reading_ms, rendering_ms, json_ms } = measure(text, language)
      rows.push({
        what: `4 MiB, ${shape}, ${language}`,
        size: '3 KB',
        measured: showTimes(rendering_ms / json_ms),
        beside: `${Math.round(rendering_ms)} ms / ${Math.round(json_ms)} ms; reading ${Math.round(reading_ms)} ms`,
        goal: `≤ ${goalRatio.toFixed(1)} ×`,
        met: rendering_ms / json_ms <= goalRatio,
      })
    }
  }
  return rows
}

function measure(
  text: string,
  language: string,
): { reading_ms: number; rendering_ms: number; json_ms: number } {
  const template = compileTemplate(Buffer.from(JSON.stringify(notebookOf(language), null, 1)))
  const reading: number[] = []
  const rendering: number[] = []
  const json: number[] = []
  for (let round = 0; round < rounds; round++) {
    let parameters: Parameters = []
    json.push(timeOf(() => JSON.stringify({ parameters: JSON.stringify(JSON.parse(text)) })))
    reading.push(
      timeOf(() => {
        parameters = readParameters(text)
      }),
    )
    rendering.push(
      timeOf(() => {
        const cell = makeCell(parameters, template, ['en'])
        renderNotebook(template, cell, { ...madeFrom, parameters: text })
      }),
    )
  }
  return { reading_ms: median(reading), rendering_ms: median(rendering), json_ms: median(json) }
}

const madeFrom = {
  request: 'a3pCqWmYxk2v0rT8uFhL5w',
  template: 'large.ipynb',
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  version: '0.1.0',
  time: '2024-05-06T07:08:09.000Z',
  sender: null,
  source: null,
}

function notebookOf(language: string) {
  return {
    cells: [],
    metadata: { kernelspec: { display_name: language, language, name: language } },
    nbformat: 4,
    nbformat_minor: 5,
  }
}

/** Processor time in milliseconds, garbage collection included. */
function timeOf(action: () => void): number {
  const start = process.cpuUsage()
  action()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
