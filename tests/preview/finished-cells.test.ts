import t from 'tap'
import { compileTemplate, makeCell, readParameters, renderNotebook } from '../../service/notebook/index.ts'
import { findCells } from '../../service/preview/finished-cells.ts'
import { assemble, madeFrom } from '../notebook/support.ts'

const cell = (name: string, tags: string[] = []) => ({
  cell_type: 'code',
  execution_count: null,
  metadata: { tags },
  outputs: [{ output_type: 'stream', name: 'stdout', text: `{"[${name}]": "},{" µ` }],
  source: [name],
})
const lists: [label: string, cells: object[], fresh: number | undefined][] = [
  ['no cells', [], 0],
  ['one cell', [cell('a')], 1],
  ['several', [cell('a'), cell('b'), cell('c')], 1],
  ['a parameters cell', [cell('a'), cell('b', ['parameters']), cell('c')], 2],
  ['a parameters cell last', [cell('a'), cell('b', ['parameters'])], 2],
  ['an old cell to replace', [cell('a'), cell('b', ['injected-parameters']), cell('c')], 1],
  ['an old cell to replace, first', [cell('b', ['injected-parameters']), cell('c')], 0],
  ['an old cell to replace, alone', [cell('b', ['injected-parameters'])], 0],
]
const kernelspec = { name: 'python3', display_name: 'Python 3', language: 'python' }
const tops: [label: string, top: (cells: object[]) => object][] = [
  ['cells first', (cells) => ({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 4 })],
  ['cells last', (cells) => ({ nbformat: 4, nbformat_minor: 4, metadata: { kernelspec }, cells })],
  ['no kernel', (cells) => ({ nbformat: 4, cells, metadata: {}, nbformat_minor: 2 })],
  [
    'made before',
    (cells) => ({
      metadata: { kernelspec, notebook_templates: { made_from: { a: '{}' } } },
      cells,
      nbformat: 4,
      nbformat_minor: 0,
    }),
  ],
]
const layouts: [label: string, write: (notebook: object) => string][] = [
  ['one space', (notebook) => JSON.stringify(notebook, null, 1)],
  ['one line', (notebook) => JSON.stringify(notebook)],
  [
    'tabs and line ends of Windows',
    (notebook) => JSON.stringify(notebook, null, '\t').replaceAll('\n', '\r\n'),
  ],
  ['a byte-order mark', (notebook) => `\ufeff${JSON.stringify(notebook, null, 2)}\n`],
]

t.test('the cells that are shown are the bytes of those that are written', async (t) => {
  for (const [list, cells, expected] of lists) {
    for (const [top, notebook] of tops) {
      for (const [layout, write] of layouts) {
        for (const parameters of ['{}', '{"a": "} , ] µ", "b": [1]}']) {
          const file = Buffer.from(write(notebook(cells)))
          const template = compileTemplate(file)
          const made = makeCell(readParameters(parameters), template, [])
          const rendered = renderNotebook(template, made, madeFrom)
          const written = assemble(rendered, file)
          const found = findCells(template, rendered.pieces)
          const shown = Array.from({ length: found.count }, (_, index) => {
            const { from, to } = found.range(index)
            return JSON.parse(written.subarray(from, to).toString())
          })
          const label = `${list}, ${top}, ${layout}, ${parameters}`
          t.strictSame(shown, JSON.parse(written.toString()).cells, label)
          t.equal(found.fresh, parameters === '{}' ? undefined : expected, label)
        }
      }
    }
  }
})

t.test('a template as it is has no new cell, whatever its tags say', async (t) => {
  const file = Buffer.from(JSON.stringify(tops[0]![1]([cell('a'), cell('b', ['injected-parameters'])])))
  const { places, cellBounds } = compileTemplate(file)
  const found = findCells({ places, cellBounds }, [{ from: places.start, to: places.end }])
  t.equal(found.count, 2)
  t.equal(found.fresh, undefined)
})
