/** A notebook in one way of writing it. */
export interface Variant {
  readonly label: string
  readonly bytes: Buffer
  /** Where the new cell is expected, and whether it takes the place of another. */
  readonly index: number
  readonly replaces: boolean
  readonly notebook: { cells: object[]; metadata: Record<string, unknown>; nbformat_minor: number }
}

/** A code cell with outputs. */
export const codeCell = (tags: string[], id?: string) => ({
  cell_type: 'code',
  execution_count: null,
  ...(id && { id }),
  metadata: { tags },
  outputs: [{ output_type: 'stream', name: 'stdout', text: 'a "quoted" µm \\ 😀 [{' }],
  source: ['a = 1\n', 'b = "Größe"'],
})
/** A Markdown cell. */
export const textCell = (id?: string) => ({
  cell_type: 'markdown',
  ...(id && { id }),
  metadata: {},
  source: '# Größe',
})

const cellLists: [label: string, cells: (minor: number) => object[], index: number, replaces: boolean][] = [
  ['no cells', () => [], 0, false],
  ['one cell', (minor) => [textCell(minor >= 5 ? 'a' : undefined)], 1, false],
  [
    'a parameters cell in the middle',
    (minor) => withIds(minor, [textCell(), codeCell(['x', 'parameters']), textCell()]),
    2,
    false,
  ],
  ['a parameters cell last', (minor) => withIds(minor, [textCell(), codeCell(['parameters'])]), 2, false],
  [
    'two parameters cells',
    (minor) => withIds(minor, [codeCell(['parameters']), codeCell(['parameters'])]),
    1,
    false,
  ],
  [
    'an injected cell',
    (minor) =>
      withIds(minor, [textCell(), codeCell(['parameters']), codeCell(['injected-parameters']), textCell()]),
    2,
    true,
  ],
  [
    'an injected cell before the parameters',
    (minor) => withIds(minor, [codeCell(['injected-parameters']), codeCell(['parameters'])]),
    0,
    true,
  ],
  ['an injected cell alone', (minor) => withIds(minor, [codeCell(['injected-parameters'])]), 0, true],
  [
    'two injected cells',
    (minor) =>
      withIds(minor, [textCell(), codeCell(['injected-parameters']), codeCell(['injected-parameters'])]),
    1,
    true,
  ],
]

function withIds(minor: number, cells: object[]): object[] {
  return cells.map((cell, index) =>
    minor >= 5 ? { ...cell, id: index === 0 ? 'injected-parameters-2' : `c${index}` } : cell,
  )
}

/** The metadata of a Python notebook. */
export const kernel = { kernelspec: { name: 'python3', language: 'python', display_name: 'Python 3' } }
const metadataKinds: [label: string, metadata: Record<string, unknown>][] = [
  ['empty metadata', {}],
  ['a kernel', kernel],
  [
    'metadata of others',
    {
      widgets: { 'a "[{,': [{ b: ['}]', {}] }] },
      language_info: { name: 'python', version: '3.11', codemirror_mode: { name: 'ipython', version: 3 } },
    },
  ],
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

/** Every version, list of cells, kind of metadata, order of members and layout with every other. */
export function* variants(): Generator<Variant> {
  for (const minor of [0, 1, 2, 3, 4, 5]) {
    for (const [cellLabel, cells, index, replaces] of cellLists) {
      for (const [metadataLabel, metadata] of metadataKinds) {
        for (const first of ['cells', 'metadata']) {
          const parts = {
            ...(first === 'cells' && { cells: cells(minor) }),
            metadata,
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
