import t from 'tap'
import { pinOf } from '../../service/catalogue/catalogue.ts'
import { checkFolder } from '../../service/catalogue/check/check.ts'
import { createFolder } from './folder.ts'

const cell = (source: string, tags?: string[]) => ({
  cell_type: 'code',
  execution_count: null,
  metadata: tags === undefined ? {} : { tags },
  outputs: [],
  source,
})
const markdown = { cell_type: 'markdown', metadata: {}, source: '# A' }
const notebook = (cells: object[]) =>
  JSON.stringify({
    cells,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    nbformat: 4,
    nbformat_minor: 4,
  })
const file = notebook([markdown, cell('a = 1', ['parameters']), cell('b = 2'), cell('print(a, b)')])

t.test('templates.yaml names the cell that the values go after, and pins keep it', async (t) => {
  const folder = createFolder(t, { 'x/a.ipynb': file, 'templates.yaml': 'x: {parameters_cell: 3}' })
  const catalogue = await folder.open()
  const before = (await catalogue.find('x/a.ipynb'))!
  t.same(
    before.compiled.declared.map(({ name }) => name),
    ['b'],
  )
  t.equal(before.compiled.parametersCell, 3)
  t.equal(before.compiled.places.cell.from, before.compiled.cellBounds[5], 'after the third cell')

  folder.write('templates.yaml', 'x: {category: X}')
  await catalogue.find('x/a.ipynb')
  t.equal(
    (await catalogue.find('x/a.ipynb'))?.compiled.parametersCell,
    2,
    'by its tag, once the rule is gone',
  )
  const pinned = (await catalogue.pinned('x/a.ipynb', pinOf(before)))!
  t.equal(pinned.compiled.parametersCell, 3, 'what was shown is what is written')
  t.equal(pinned.sha256, before.sha256)
  t.equal((await catalogue.pinned('x/a.ipynb', before.sha256))?.compiled.parametersCell, 2)
})

t.test('a number that is no code cell is a fault', async (t) => {
  const table: [rule: string, message: RegExp][] = [
    ['parameters_cell: 5', /^templates.yaml says parameters_cell: 5, and it has 4 cells$/],
    ['parameters_cell: 1', /^templates.yaml says parameters_cell: 1, and that is no code cell$/],
    ['parameters_cell: 0', /^parameters_cell is not the number of a cell, from 1$/],
    ['parameters_cell: "3"', /^parameters_cell is not the number of a cell, from 1$/],
    ['parameter_cell: 3', /did you mean "parameters_cell"/],
  ]
  for (const [rule, message] of table) {
    const { dir } = createFolder(t, { 'a.ipynb': file, 'templates.yaml': `a.ipynb: {${rule}}` })
    const { findings } = await checkFolder(dir)
    t.match(
      findings.filter(({ severity }) => severity === 'fault'),
      [{ message }],
      rule,
    )
  }
})

t.test('check looks at the cell that the rule names', async (t) => {
  const untagged = notebook([markdown, cell('a = 1'), cell('print(a)'), cell('a = 2')])
  const { dir } = createFolder(t, { 'a.ipynb': untagged, 'templates.yaml': 'a.ipynb: {parameters_cell: 2}' })
  t.same((await checkFolder(dir)).findings, [], 'it is read before it is set again')
})
