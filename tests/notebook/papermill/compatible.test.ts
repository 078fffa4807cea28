import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'
import { binOf, inProject } from '../../support/paths.ts'
import { fillNotebook, label, run } from '../support.ts'

t.setTimeout(600_000)

interface Cell {
  cell_type: string
  id?: string
  source: string | string[]
  metadata: { tags?: string[] }
  outputs?: { text?: string | string[] }[]
}

interface Notebook {
  cells: Cell[]
  metadata: { notebook_templates?: { made_from?: { template: string } } }
}

const codeCell = (source: string, tags: string[] = []): Cell => ({
  cell_type: 'code',
  metadata: { tags },
  outputs: [],
  source,
})
const markdown = (source: string, tags: string[] = []): Cell => ({
  cell_type: 'markdown',
  metadata: { tags },
  source,
})

/** A notebook of Python whose cells are these. */
function notebookWith(cells: readonly Cell[]): Buffer {
  const whole = cells.map((cell, index) => ({
    ...cell,
    id: `cell-${index}`,
    ...(cell.cell_type === 'code' && { execution_count: null }),
  }))
  const metadata = {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
  }
  return Buffer.from(JSON.stringify({ cells: whole, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1))
}

const template = notebookWith([
  markdown('# Title'),
  codeCell('name = "nobody"\ncount = 0', ['parameters']),
  codeCell('print(name, count)'),
])

const sourceOf = ({ source }: Cell) => [source].flat().join('')
const injected = ({ cells }: Notebook) =>
  cells.flatMap((cell, index) => (cell.metadata.tags?.includes('injected-parameters') ? [index] : []))
const printed = ({ cells }: Notebook) =>
  cells.flatMap(({ outputs = [] }) => outputs.flatMap(({ text = [] }) => text)).join('')
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Notebook

function papermill(...args: string[]): void {
  run(join(binOf('bench'), 'papermill'), ['--no-progress-bar', ...args], '')
}

t.test(
  'a notebook made here is run again by papermill -p: its cell is replaced, and its values win',
  async (t) => {
    const folder = t.testdir()
    const [made, again, plain] = ['made', 'again', 'plain'].map((name) => join(folder, `${name}.ipynb`)) as [
      string,
      string,
      string,
    ]
    writeFileSync(
      made,
      fillNotebook(template, '{"name": "Größe \\"M\\" 😀", "count": 3, "other": [null, NaN]}'),
    )
    papermill(made, plain)
    t.equal(printed(read(plain)), 'Größe "M" 😀 3\n', 'without -p ours hold')
    t.equal(sourceOf(read(plain).cells[2]!), sourceOf(read(made).cells[2]!), 'and our cell stays')

    papermill(made, again, '-p', 'name', 'papermill', '-p', 'count', '7')
    const notebook = read(again)
    t.strictSame(injected(notebook), [2], 'one injected cell, where ours was')
    t.equal(notebook.cells.length, 4)
    t.match(sourceOf(notebook.cells[2]!), /^# Parameters\nname = "papermill"\ncount = 7\n$/)
    t.equal(printed(notebook), 'papermill 7\n')
    t.match(
      notebook.metadata.notebook_templates?.made_from,
      { template: String },
      'where it came from is kept',
    )
  },
)

t.test('a notebook that papermill prepared or ran is a template here: its cell is replaced', async (t) => {
  const folder = t.testdir({ 'template.ipynb': template })
  const file = join(folder, 'template.ipynb')
  for (const options of [['--prepare-only'], []]) {
    const theirs = join(folder, `theirs-${options.length}.ipynb`)
    papermill(file, theirs, ...options, '-p', 'name', 'papermill', '-p', 'count', '7')
    const bytes = readFileSync(theirs)
    t.strictSame(
      compileTemplate(bytes).declared.map(({ name }) => name),
      ['name', 'count'],
      'its parameters are read',
    )
    const ours = fillNotebook(bytes, '{"name": "ours", "count": -0.0}')
    const notebook = JSON.parse(ours.toString()) as Notebook
    t.strictSame(injected(notebook), [2], 'one injected cell, where papermill’s was')
    t.equal(sourceOf(notebook.cells[2]!), '# Parameters\nname = "ours"\ncount = -0.0')
    t.notMatch(JSON.stringify(notebook.cells[2]), /papermill|7/, 'nothing of it is left')
    const made = join(folder, 'made.ipynb')
    writeFileSync(made, ours)
    papermill(made, join(folder, 'run.ipynb'))
    t.match(printed(read(join(folder, 'run.ipynb'))), /^ours -0\.0\n$/)
  }
})

t.test('the new cell goes where papermill puts it, or where the docs say otherwise', async (t) => {
  const own = codeCell('a = 1', ['x', 'parameters'])
  const old = codeCell('a = 2', ['injected-parameters'])
  const table: [label: string, cells: Cell[], theirs: number, ours: number][] = [
    ['behind the parameters', [markdown('# A'), own, markdown('B')], 2, 2],
    ['behind the first of two', [own, markdown('# A'), own], 1, 1],
    ['in place of an injected one', [markdown('# A'), own, old, markdown('B')], 2, 2],
    ['in place of one that is elsewhere', [old, markdown('# A'), own], 0, 0],
    ['in place of the first of two', [markdown('# A'), old, old], 1, 1],
    ['behind a tagged text', [markdown('# A', ['parameters']), codeCell('b = 1')], 1, 1],
    ['in place of a tagged text', [codeCell('b = 1'), markdown('# A', ['injected-parameters'])], 1, 1],
    ['as the only cell', [], 0, 0],
    // A title stays the first thing that one reads (docs/writing-templates.md).
    ['behind the first cell, where papermill has it on top', [markdown('# A'), codeCell('b = 1')], 0, 1],
  ]
  const folder = t.testdir()
  const jobs = table.map(([, cells], index) => {
    const [source, target] = [join(folder, `${index}.ipynb`), join(folder, `${index}-out.ipynb`)]
    writeFileSync(source, notebookWith(cells))
    return [source, target, { a: 3 }] as const
  })
  const program = inProject('tests/notebook/papermill/prepare.py')
  run(join(binOf('bench'), 'python'), [program], JSON.stringify(jobs))
  for (const [index, [what, cells, theirs, ours]] of table.entries()) {
    const [source, target] = jobs[index]!
    const made = JSON.parse(fillNotebook(readFileSync(source), '{"a": 3}').toString()) as Notebook
    const places = [read(target), made].map((notebook) =>
      notebook.cells.findIndex((cell) => sourceOf(cell).trim() === '# Parameters\na = 3'),
    )
    t.strictSame(places, [theirs, ours], label(what))
    t.equal(made.cells.length, read(target).cells.length, `${cells.length} cells become as many`)
  }
})
