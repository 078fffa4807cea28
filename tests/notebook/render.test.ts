import t from 'tap'
import { makeCell } from '../../service/notebook/cell.ts'
import { compileTemplate } from '../../service/notebook/compile.ts'
import { readParameters } from '../../service/notebook/parameters.ts'
import { renderNotebook } from '../../service/notebook/render.ts'
import { assemble, madeFrom, notebookOf } from './support.ts'

interface Variant {
  readonly label: string
  readonly bytes: Buffer
  /** Where the new cell is expected, and whether it takes the place of another. */
  readonly index: number
  readonly replaces: boolean
  readonly notebook: { cells: object[]; metadata?: Record<string, unknown>; nbformat_minor: number }
}

const code = (tags: string[], id?: string) => ({
  cell_type: 'code',
  execution_count: null,
  ...(id && { id }),
  metadata: { tags },
  outputs: [{ output_type: 'stream', name: 'stdout', text: 'a "quoted" µm \\ 😀 [{' }],
  source: ['a = 1\n', 'b = "Größe"'],
})
const text = (id?: string) => ({ cell_type: 'markdown', ...(id && { id }), metadata: {}, source: '# Größe' })

const cellLists: [label: string, cells: (minor: number) => object[], index: number, replaces: boolean][] = [
  ['no cells', () => [], 0, false],
  ['one cell', (minor) => [text(minor >= 5 ? 'a' : undefined)], 1, false],
  [
    'a parameters cell in the middle',
    (minor) => withIds(minor, [text(), code(['x', 'parameters']), text()]),
    2,
    false,
  ],
  ['a parameters cell last', (minor) => withIds(minor, [text(), code(['parameters'])]), 2, false],
  ['two parameters cells', (minor) => withIds(minor, [code(['parameters']), code(['parameters'])]), 1, false],
  [
    'an injected cell',
    (minor) => withIds(minor, [text(), code(['parameters']), code(['injected-parameters']), text()]),
    2,
    true,
  ],
  [
    'an injected cell before the parameters',
    (minor) => withIds(minor, [code(['injected-parameters']), code(['parameters'])]),
    0,
    true,
  ],
  ['an injected cell alone', (minor) => withIds(minor, [code(['injected-parameters'])]), 0, true],
  [
    'two injected cells',
    (minor) => withIds(minor, [text(), code(['injected-parameters']), code(['injected-parameters'])]),
    1,
    true,
  ],
]

function withIds(minor: number, cells: object[]): object[] {
  return cells.map((cell, index) =>
    minor >= 5 ? { ...cell, id: index === 0 ? 'injected-parameters-2' : `c${index}` } : cell,
  )
}

const kernel = { kernelspec: { name: 'python3', language: 'python', display_name: 'Python 3' } }
const metadataKinds: [label: string, metadata: Record<string, unknown> | undefined][] = [
  ['no metadata', undefined],
  ['empty metadata', {}],
  ['a kernel', kernel],
  ['empty notebook_templates', { ...kernel, notebook_templates: {} }],
  ['notebook_templates of the author', { notebook_templates: { title: 'µ', tags: ['a'] }, ...kernel }],
  [
    'made_from of before',
    {
      ...kernel,
      notebook_templates: { title: 'x', made_from: { request: 'old', parameters: '{}' }, tags: [] },
    },
  ],
]

const layouts: [label: string, write: (notebook: object) => string][] = [
  ['one space, as Jupyter writes', (notebook) => `${JSON.stringify(notebook, null, 1)}\n`],
  ['four spaces', (notebook) => JSON.stringify(notebook, null, 4)],
  ['tabs', (notebook) => JSON.stringify(notebook, null, '\t')],
  ['one line', (notebook) => JSON.stringify(notebook)],
  [
    'one line with spaces, as Python writes',
    (notebook) => JSON.stringify(notebook, null, 1).replace(/\n */g, ' '),
  ],
  ['carriage returns', (notebook) => JSON.stringify(notebook, null, 1).replaceAll('\n', '\r\n')],
  ['a byte-order mark', (notebook) => `\ufeff${JSON.stringify(notebook, null, 1)}`],
  [
    'blank lines and no order',
    (notebook) => `\n\n${JSON.stringify(notebook, null, 2).replaceAll('\n', '\n\n \t')}\n\n`,
  ],
]

function* variants(): Generator<Variant> {
  for (const minor of [0, 1, 2, 3, 4, 5]) {
    for (const [cellLabel, cells, index, replaces] of cellLists) {
      for (const [metadataLabel, metadata] of metadataKinds) {
        for (const first of ['cells', 'metadata']) {
          const parts = {
            ...(first === 'cells' && { cells: cells(minor) }),
            ...(metadata && { metadata }),
            ...(first === 'metadata' && { cells: cells(minor) }),
          }
          const notebook = { ...parts, nbformat: 4, nbformat_minor: minor } as unknown as Variant['notebook']
          for (const [layout, write] of layouts) {
            const label = `4.${minor}, ${cellLabel}, ${metadataLabel}, ${first} first, ${layout}`
            yield { label, bytes: Buffer.from(write(notebook)), index, replaces, notebook }
          }
        }
      }
    }
  }
}

const parameters = readParameters('{"a": 1.0, "class": "µm \\"x\\"\\\\\\n", "l": [NaN, null]}')

/** What the notebook must be, made in the slow way. */
function expected({ notebook, index, replaces }: Variant, source: string, isPython: boolean): object {
  const raw = { cell_type: 'raw', metadata: { tags: ['injected-parameters'] }, source: lines(source) }
  const cell = {
    ...raw,
    ...(isPython && { cell_type: 'code', execution_count: null, outputs: [] }),
    ...(notebook.nbformat_minor >= 5 && { id: 'injected-parameters' }),
  }
  const cells = [...notebook.cells]
  cells.splice(index, replaces ? 1 : 0, cell)
  const own = notebook.metadata?.notebook_templates as object | undefined
  return {
    ...notebook,
    cells,
    metadata: { ...notebook.metadata, notebook_templates: { ...own, made_from: madeFrom } },
  }
}

function lines(source: string): string[] {
  return source.split(/(?<=\n)/)
}

t.test(
  'every variant of a notebook gets its cell and made_from, and keeps all its other bytes',
  async (t) => {
    let count = 0
    let wrong = 0
    for (const variant of variants()) {
      const template = compileTemplate(variant.bytes)
      const cell = makeCell(parameters, template, [])
      const rendered = renderNotebook(template, cell, madeFrom)
      const bytes = assemble(rendered, variant.bytes)
      const same =
        sorted(JSON.parse(bytes.toString())) ===
          sorted(expected(variant, cell.source, template.language !== undefined)) &&
        rendered.length === bytes.length &&
        keptBytes(rendered.pieces, variant)
      if (!same && wrong++ < 5) t.fail(`${variant.label}\n${bytes}`)
      count++
    }
    t.equal(wrong, 0)
    t.equal(count, 6 * 9 * 6 * 2 * 8)
  },
)

/** Every byte of the file in its order, but the mark, and what was replaced. */
function keptBytes(
  pieces: readonly (Uint8Array | { from: number; to: number })[],
  variant: Variant,
): boolean {
  let at = variant.bytes[0] === 0xef ? 3 : 0
  const gaps: string[] = []
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) continue
    if (piece.from !== at) gaps.push(variant.bytes.subarray(at, piece.from).toString().trim())
    at = piece.to
  }
  if (at !== variant.bytes.length) return false
  const replaced = gaps.filter((gap) => gap !== '').map((gap) => JSON.parse(gap))
  const own = variant.notebook.metadata?.notebook_templates as { made_from?: unknown } | undefined
  const may = [
    ...(variant.replaces ? [variant.notebook.cells[variant.index]] : []),
    ...(own?.made_from ? [own.made_from] : []),
  ]
  return replaced.map(sorted).sort().join() === may.map(sorted).sort().join()
}

/** JSON text in which members stand in alphabetical order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}

t.test('in a notebook as Jupyter writes it, the result is as Jupyter writes it', async (t) => {
  const notebook = {
    ...notebookOf('python', 'a = 1'),
    metadata: { kernelspec: kernel.kernelspec, notebook_templates: { title: 'x' } },
  }
  const bytes = Buffer.from(`${JSON.stringify(notebook, null, 1)}\n`)
  const template = compileTemplate(bytes)
  const out = assemble(
    renderNotebook(template, makeCell(parameters, template, []), madeFrom),
    bytes,
  ).toString()
  t.equal(out, `${JSON.stringify(JSON.parse(out), null, 1)}\n`)
})

t.test('without parameters there is no new cell, and a former one stays', async (t) => {
  const notebook = { ...notebookOf('python'), cells: [code(['injected-parameters'], 'x')] }
  const bytes = Buffer.from(JSON.stringify(notebook))
  const template = compileTemplate(bytes)
  const out = JSON.parse(
    assemble(renderNotebook(template, makeCell([], template, []), madeFrom), bytes).toString(),
  )
  t.strictSame(out.cells, notebook.cells)
})

t.test('the id of the new cell is one that no other cell has', async (t) => {
  const table: [ids: string[], id: string][] = [
    [['a'], 'injected-parameters'],
    [['injected-parameters'], 'injected-parameters-2'],
    [['injected-parameters-2', 'injected-parameters', 'injected-parameters-3'], 'injected-parameters-4'],
  ]
  for (const [ids, id] of table) {
    const notebook = { ...notebookOf('python'), cells: ids.map((own) => text(own)) }
    const bytes = Buffer.from(JSON.stringify(notebook))
    const template = compileTemplate(bytes)
    const out = JSON.parse(
      assemble(renderNotebook(template, makeCell(parameters, template, []), madeFrom), bytes).toString(),
    )
    t.equal(out.cells[1].id, id)
  }
})

t.test('the cost does not depend on the size of the template', async (t) => {
  const cost = (size: number) => {
    const notebook = notebookOf('python', 'a = 1')
    notebook.cells.push({ ...code([], 'big'), outputs: [{ data: { 'image/png': 'A'.repeat(size) } }] })
    const template = compileTemplate(Buffer.from(JSON.stringify(notebook, null, 1)))
    const rounds = () => {
      const start = process.cpuUsage().user
      for (let round = 0; round < 5000; round++)
        renderNotebook(template, makeCell(parameters, template, []), madeFrom)
      return process.cpuUsage().user - start
    }
    return Math.min(rounds(), rounds(), rounds(), rounds())
  }
  cost(100)
  const small = cost(100)
  t.ok(cost(10e6) < 4 * small)
})
