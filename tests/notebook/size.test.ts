import t from 'tap'
import { readParameters } from '../../service/notebook/parameters/read.ts'
import { makeCell } from '../../service/notebook/render/cell.ts'
import { renderNotebook } from '../../service/notebook/render/pieces.ts'
import { compileTemplate } from '../../service/notebook/template/compile.ts'
import { assemble, madeFrom, notebookOf } from './support.ts'

const code = {
  cell_type: 'code',
  execution_count: 1,
  metadata: { tags: ['a'] },
  outputs: [],
  source: ['x\n', 'y'],
}
const output = { output_type: 'display_data', metadata: {}, data: { 'text/plain': ['a', 'b'] } }
const repeat = <Value>(count: number, value: (index: number) => Value) =>
  Array.from({ length: count }, (_, i) => value(i))
const numbered = (count: number, value: unknown) =>
  Object.fromEntries(repeat(count, (index) => [`n${index}`, value]))
const outputOf = (data: object) => ({ ...code, outputs: [{ ...output, data }] })

/** Notebooks that grow with `size` in one way each: cells, or a metadata object. */
const shapes: Readonly<Record<string, (size: number) => { cells?: object[]; metadata?: object }>> = {
  cells: (size) => ({ cells: repeat(size / 200, (index) => ({ ...code, id: `c${index}` })) }),
  'Markdown without headings': (size) => ({
    cells: repeat(size / 200, () => ({ cell_type: 'markdown', metadata: {}, source: ['#'.repeat(100)] })),
  }),
  outputs: (size) => ({ cells: [{ ...code, outputs: repeat(size / 100, () => output) }] }),
  'small outputs': (size) => ({
    cells: [
      { ...code, outputs: repeat(size / 50, () => ({ output_type: 'stream', name: 'stdout', text: '' })) },
    ],
  }),
  'metadata with the name of a member of every object': (size) => ({
    cells: [{ ...code, metadata: { constructor: repeat(size / 3, () => []) } }],
  }),
  'one image': (size) => ({ cells: [outputOf({ 'image/png': 'A'.repeat(size) })] }),
  'many images': (size) => ({
    cells: repeat(size / 5e4, () => outputOf({ 'image/png': 'iVBO/'.repeat(1e4) })),
  }),
  'lines of text': (size) => ({
    cells: [{ ...code, source: repeat(size / 50, () => `${'é'.repeat(20)}"\\\n`) }],
  }),
  'a text of escapes': (size) => ({ cells: [{ ...code, source: '"'.repeat(size / 2) }] }),
  numbers: (size) => ({
    cells: [outputOf({ 'application/json': repeat(size / 10, (index) => index / 7e5) })],
  }),
  'members of an output': (size) => ({ cells: [outputOf(numbered(size / 20, 'a'))] }),
  'members of the metadata': (size) => ({ metadata: numbered(size / 20, { a: null }) }),
  'members of our metadata': (size) => ({ metadata: { notebook_templates: numbered(size / 20, {}) } }),
  'members of a cell’s metadata': (size) => ({ cells: [{ ...code, metadata: numbered(size / 20, []) }] }),
  tags: (size) => ({
    cells: [{ ...code, metadata: { tags: repeat(size / 10, (index) => `tag ${index}`) } }],
  }),
  nesting: (size) => ({
    metadata: { a: repeat(size / 600, () => JSON.parse(`${'['.repeat(280)}${']'.repeat(280)}`)) },
  }),
}

function fileOf(shape: string, size: number): Buffer {
  const notebook = { nbformat: 4, nbformat_minor: 5, cells: [], metadata: {}, ...shapes[shape]!(size) }
  return Buffer.from(JSON.stringify(notebook))
}

/** Milliseconds of processor time, the least of several times: what others do on the machine does not count. */
function costOf(file: Uint8Array): number {
  const times = repeat(3, () => {
    const start = process.cpuUsage()
    compileTemplate(file)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  })
  return Math.min(...times)
}

t.test('the time grows with the size of a file and no faster', async (t) => {
  for (const shape of Object.keys(shapes)) {
    const [small, large] = [fileOf(shape, 4e5), fileOf(shape, 4e6)]
    costOf(small)
    const perByte = costOf(small) / small.length
    const growth = costOf(large) / large.length / perByte
    // What grows with the square would be ten times as slow for each byte.
    t.ok(growth < 5, `${shape}: ${growth.toFixed(2)} × the time for each byte`)
  }
})

const parameters = readParameters('{"a": 1}')

t.test('a notebook of a hundred thousand cells, or with 20 MB of images, is spliced right', async (t) => {
  for (const [shape, size] of [
    ['cells', 2e7],
    ['many images', 2e7],
  ] as const) {
    const { cells, ...rest } = notebookOf('python', 'a = 0')
    const more = shapes[shape]!(size).cells!
    const file = Buffer.from(JSON.stringify({ ...rest, cells: [...cells, ...more] }, null, 1))
    const start = process.cpuUsage()
    const template = compileTemplate(file)
    t.ok(process.cpuUsage(start).user / 1e6 < 5, `${shape}: within seconds`)
    const cell = makeCell(parameters, template, ['en'])
    const made = assemble(renderNotebook(template, cell, madeFrom), file)
    const kept = made.length - file.length
    t.ok(kept > 0 && kept < 1000, `${shape}: little is added`)
    const notebook = JSON.parse(made.toString())
    t.equal(notebook.cells.length, cells.length + 1 + more.length)
    t.equal(notebook.cells.splice(2, 1)[0].source.join(''), cell.source)
    delete notebook.metadata.notebook_templates
    t.ok(
      `${JSON.stringify(notebook)}` === JSON.stringify({ ...notebook, ...rest, cells: [...cells, ...more] }),
    )
  }
})
