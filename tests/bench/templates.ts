import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A template made for the bench. */
export interface BenchTemplate {
  readonly size: string
  /** Below the folder of templates. */
  readonly path: string
}

/** What the button of the real SampleDB sends to `Data_Analysis_{measurement_name}.ipynb`. */
export const sentParameters = '{"created":"2024-05-06 07:08:09","measurement_name":"Experiment-12345"}'

const sizes = [
  { size: '3 KB', images: 0, imageBytes: 0 },
  { size: '1 MB', images: 8, imageBytes: 96 * 1024 },
  { size: '20 MB', images: 40, imageBytes: 384 * 1024 },
] as const

/**
 * Writes three templates that differ only in the images among their outputs. The same bytes in each run.
 *
 * @param folder an empty folder
 */
export async function makeTemplates(folder: string): Promise<readonly BenchTemplate[]> {
  const made: BenchTemplate[] = []
  for (const { size, images, imageBytes } of sizes) {
    const path = `${size.replace(' ', '_')}_{measurement_name}.ipynb`
    const random = randomBytes(images)
    const cells = [
      ...firstCells(),
      ...Array.from({ length: images }, (_, i) => imageCell(i, random(imageBytes))),
    ]
    await writeFile(join(folder, path), notebookOf(cells))
    made.push({ size, path })
  }
  return made
}

/** Writes small templates, each of its own, a hundred to a folder. */
export async function makeManyTemplates(folder: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const below = join(folder, `instrument_${Math.floor(index / 100)}`)
    if (index % 100 === 0) await mkdir(below, { recursive: true })
    const [title, parameters, ...others] = firstCells()
    const text = `# Analysis ${index}\n\nReads the data file of a measurement, and lists its peaks by method ${index}.`
    const source = `measurement_name = "example"  # name of the measurement\nthreshold_${index} = 0.5  # in counts`
    const cells = [{ ...title, source: text }, { ...parameters, source }, ...others]
    await writeFile(join(below, `Analysis_${index}_{measurement_name}.ipynb`), notebookOf(cells))
  }
}

function notebookOf(cells: object[]): string {
  const metadata = {
    kernelspec: { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
  }
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`
}

function firstCells() {
  const steps = Array.from({ length: 40 }, (_, i) => `column_${i} = [value * ${i} for value in range(10)]\n`)
  return [
    { cell_type: 'markdown', id: 'title', metadata: {}, source: ['# Data analysis\n', '\n', 'A template.'] },
    codeCell('parameters', ['measurement_name = "example"\n', 'created = None'], [], ['parameters']),
    codeCell('steps', steps, []),
    codeCell('last', ['print(measurement_name, created)'], []),
  ]
}

function imageCell(index: number, image: string) {
  const output = {
    output_type: 'display_data',
    data: { 'image/png': image, 'text/plain': ['<Figure>'] },
    metadata: {},
  }
  return codeCell(`image-${index}`, [`plot(column_${index % 40})`], [output])
}

function codeCell(id: string, source: string[], outputs: unknown[], tags?: string[]) {
  const metadata = tags ? { tags } : {}
  return { cell_type: 'code', execution_count: null, id, metadata, outputs, source }
}

/** Base64 of bytes from a small generator (xorshift32): pixels of no picture, but as hard to skip as real ones. */
function randomBytes(seed: number): (length: number) => string {
  let state = seed + 2024
  return (length) => {
    const words = new Uint32Array(length / 4)
    for (let i = 0; i < words.length; i++) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      words[i] = state
    }
    return Buffer.from(words.buffer).toString('base64')
  }
}
