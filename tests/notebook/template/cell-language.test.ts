import t from 'tap'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { makeCell } from '../../../service/notebook/render/cell.ts'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'
import { fillNotebook } from '../support.ts'

interface Shape {
  /** The notebook's metadata. */
  readonly notebook: object
  readonly source: string
  /** Of the `parameters` cell, beside its tag. */
  readonly marks?: object
}

function fileOf({ notebook, source, marks }: Shape): Buffer {
  const metadata = { tags: ['parameters'], ...marks }
  const cell = { cell_type: 'code', execution_count: null, metadata, outputs: [], source }
  return Buffer.from(JSON.stringify({ cells: [cell], metadata: notebook, nbformat: 4, nbformat_minor: 4 }))
}

/** The new cell for `{"x": 1.5}`, as its source and metadata. */
function newCell(shape: Shape) {
  const file = fileOf(shape)
  const { cells } = JSON.parse(fillNotebook(file, '{"x": 1.5}').toString())
  const template = compileTemplate(file)
  return {
    type: cells[1].cell_type,
    source: cells[1].source.join(''),
    metadata: cells[1].metadata,
    language: template.language?.name,
    withoutValues: template.withoutValues,
    declared: template.declared.map(({ name }) => name),
  }
}

const tags = ['injected-parameters']
const python = { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } }
const dotnet = {
  kernelspec: { name: '.net-csharp', display_name: '.NET (C#)', language: 'C#' },
  language_info: { name: 'polyglot-notebook' },
}
const sos = {
  kernelspec: { name: 'sos', display_name: 'SoS', language: 'sos' },
  language_info: { name: 'sos' },
  sos: {
    kernels: [
      ['R', 'ir', 'R', '#DCDCDA', 'r'],
      ['Oct', 'octave', 'MATLAB', '#dff8fb', ''],
      ['SAS', 'sas', 'sas'],
    ],
  },
}
const ofDatabricks = {
  kernelspec: { name: 'x', display_name: 'x' },
  'application/vnd.databricks.v1+notebook': { language: 'python' },
}

t.test('a parameters cell in another language gets its values in that one', async (t) => {
  const polyglot = (kernelName: string) => ({ polyglot_notebook: { kernelName } })
  const interactive = (language: string) => ({ dotnet_interactive: { language } })
  const fsharp = '// Parameters\nlet x = 1.5'
  const table: [label: string, shape: Shape, language: string, source: string, metadata: object][] = [
    [
      'polyglot_notebook',
      { notebook: dotnet, source: 'let x = 2.0', marks: polyglot('fsharp') },
      'F#',
      fsharp,
      polyglot('fsharp'),
    ],
    [
      'dotnet_interactive',
      { notebook: dotnet, source: 'let x = 2.0', marks: interactive('fsharp') },
      'F#',
      fsharp,
      interactive('fsharp'),
    ],
    [
      'both',
      { notebook: dotnet, source: '$x = 2', marks: { ...polyglot('pwsh'), ...interactive('pwsh') } },
      'PowerShell',
      '# Parameters\n$x = 1.5',
      { ...interactive('pwsh'), ...polyglot('pwsh') },
    ],
    ['#!fsharp', { notebook: dotnet, source: '#!fsharp\nlet x = 2.0' }, 'F#', `#!fsharp\n${fsharp}`, {}],
    [
      'the directive wins over the mark',
      { notebook: dotnet, source: '\n#!fsharp  \r\nlet x = 2.0', marks: polyglot('csharp') },
      'F#',
      `#!fsharp\n${fsharp}`,
      polyglot('csharp'),
    ],
    [
      'C# in C#',
      { notebook: dotnet, source: 'var x = 2.0;', marks: polyglot('csharp') },
      'C#',
      '// Parameters\nvar x = 1.5;',
      polyglot('csharp'),
    ],
    [
      'the kernel around them',
      { notebook: dotnet, source: 'var x = 2.0;', marks: polyglot('.NET') },
      'C#',
      '// Parameters\nvar x = 1.5;',
      {},
    ],
    [
      'a kernel that was connected',
      {
        notebook: {
          ...dotnet,
          polyglot_notebook: { kernelInfo: { items: [{ name: 'lab', languageName: 'R' }] } },
        },
        source: 'x <- 2',
        marks: polyglot('lab'),
      },
      'R',
      '# Parameters\nx <- 1.5',
      polyglot('lab'),
    ],
    [
      'SoS, R',
      { notebook: sos, source: 'x <- 2', marks: { kernel: 'R' } },
      'R',
      '# Parameters\nx <- 1.5',
      { kernel: 'R' },
    ],
    [
      'SoS, by a name of its own',
      { notebook: sos, source: 'x = 2', marks: { kernel: 'Oct' } },
      'MATLAB/Octave',
      '% Parameters\nx = 1.5;',
      { kernel: 'Oct' },
    ],
    [
      'SoS, Python',
      { notebook: sos, source: 'x = 2', marks: { kernel: 'Python3' } },
      'Python',
      '# Parameters\nx = 1.5',
      { kernel: 'Python3' },
    ],
    [
      'SoS itself',
      { notebook: sos, source: 'x = 2', marks: { kernel: 'SoS' } },
      'Python',
      '# Parameters\nx = 1.5',
      { kernel: 'SoS' },
    ],
    ['SoS without a mark', { notebook: sos, source: 'x = 2' }, 'Python', '# Parameters\nx = 1.5', {}],
    ['%%R', { notebook: python, source: '%%R -o x\nx <- 2' }, 'R', '%%R -o x\n# Parameters\nx <- 1.5', {}],
    [
      '%%julia',
      { notebook: python, source: '%%julia\nx = 2' },
      'Julia',
      '%%julia\n# Parameters\nx = 1.5',
      {},
    ],
    [
      '%%local of Spark',
      { notebook: { kernelspec: { name: 'pysparkkernel', language: '' } }, source: '%%local\nx = 2' },
      'Python',
      '%%local\n# Parameters\nx = 1.5',
      {},
    ],
    ['%%time', { notebook: python, source: '%%time\nx = 2' }, 'Python', '# Parameters\nx = 1.5', {}],
    ['#!time', { notebook: dotnet, source: '#!time\nvar x = 2.0;' }, 'C#', '// Parameters\nvar x = 1.5;', {}],
    [
      'Databricks, %r',
      { notebook: ofDatabricks, source: '%r\nx <- 2' },
      'R',
      '%r\n# Parameters\nx <- 1.5',
      {},
    ],
  ]
  for (const [label, shape, language, source, metadata] of table) {
    const made = newCell(shape)
    t.equal(made.language, language, label)
    t.equal(made.source, source, label)
    t.same(made.metadata, { ...metadata, tags }, label)
    t.same(made.declared, ['x'], `${label}: what it declares is read by that language`)
    t.equal(made.withoutValues, undefined, label)
  }
})

t.test('a cell whose variables reach no other cell gets none, and says so', async (t) => {
  const marks = (kernelName: string) => ({ polyglot_notebook: { kernelName } })
  const table: [label: string, shape: Shape, withoutValues: string][] = [
    ...[
      '%%bash',
      '%%sh',
      '%%script perl',
      '%%ruby',
      '%%perl',
      '%%js',
      '%%html',
      '%%writefile a.py',
      '%%timeit',
      '%%unknown',
    ].map((line): [string, Shape, string] => [line, { notebook: python, source: `${line}\nx=1` }, line]),
    ['#!javascript', { notebook: dotnet, source: '#!javascript\nx = 1' }, '#!javascript'],
    [
      'a polyglot cell of JavaScript',
      { notebook: dotnet, source: 'x = 1', marks: marks('javascript') },
      'javascript',
    ],
    ['a polyglot cell of SQL', { notebook: dotnet, source: 'x = 1', marks: marks('sql-lab') }, 'sql-lab'],
    ['Databricks, %sql', { notebook: ofDatabricks, source: '%sql\nSET x = 1' }, '%sql'],
  ]
  for (const [label, shape, withoutValues] of table) {
    const made = newCell(shape)
    t.equal(made.withoutValues, withoutValues, label)
    t.match(made.source, /^(# |\/\/ )Parameters\n(x = 1\.5|var x = 1\.5;)$/, `${label}: it is the notebook’s`)
    t.same(made.declared, [], label)
    t.same(made.metadata, { tags }, label)
  }
})

t.test('a language that is not known is not guessed', async (t) => {
  const made = newCell({ notebook: sos, source: 'data x; run;', marks: { kernel: 'SAS' } })
  t.equal(made.language, undefined)
  t.equal(made.type, 'raw')
  t.match(made.source, /"x": ?1\.5/)
})

t.test('marks of one kind of notebook mean nothing in another', async (t) => {
  const plain = '# Parameters\nx = 1.5'
  for (const marks of [
    { kernel: 'R' },
    { polyglot_notebook: { kernelName: 'fsharp' } },
    { kernel: [] },
    { polyglot_notebook: null },
  ]) {
    t.equal(newCell({ notebook: python, source: 'x = 2', marks }).source, plain, JSON.stringify(marks))
  }
  for (const source of ['%%R\nx <- 2', '#!fsharp\nx <- 2', '%sql\nx <- 2']) {
    const { source: made } = newCell({ notebook: { kernelspec: { name: 'ir', language: 'R' } }, source })
    t.equal(made, '# Parameters\nx <- 1.5', source)
  }
})

t.test('names, nulls and secrets are written by the language of the cell', async (t) => {
  const template = compileTemplate(fileOf({ notebook: python, source: '%%R\npassword <- "a"\nb <- 1' }))
  const parameters = readParameters('{"b": null, "a-b": "x\\"y"}')
  t.equal(
    makeCell(parameters, template, [], ['password']).source,
    '%%R\n# Parameters\nb <- NULL\na_b <- "x\\"y"  # "a-b"\npassword <- NULL  # not set: withheld, looks like a credential',
  )
})

t.test('a magic line that is made to be slow or long is not', async (t) => {
  const start = performance.now()
  for (const source of [
    '\n'.repeat(1e6),
    `%%R${' '.repeat(1e6)}\nx <- 1`,
    `%%${'x'.repeat(1e6)}`,
    ' \n'.repeat(1e6),
  ]) {
    const { source: made } = newCell({ notebook: python, source })
    t.equal(made, '# Parameters\nx = 1.5')
  }
  t.ok(performance.now() - start < 5000)
})
