import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { compileTemplate } from '../../service/notebook/compile.ts'
import { placeNotebook } from '../../service/notebook/file-name.ts'
import { readParameters } from '../../service/notebook/parameters.ts'
import { listTemplates, templatesFolder } from './support.ts'

interface Notebook {
  nbformat: number
  nbformat_minor: number
  cells: {
    cell_type: string
    id?: string
    source: string | string[]
    outputs?: unknown[]
    execution_count?: number | null
    metadata: { tags?: string[] }
  }[]
  metadata: { notebook_templates?: Record<string, unknown> }
}

t.test('the shipped templates are clean notebooks', async (t) => {
  const templates = await listTemplates()
  t.ok(templates.length >= 4, 'there are at least four')
  for (const path of templates) {
    t.test(path, async (t) => {
      const bytes = await readFile(join(templatesFolder, path))
      const notebook = JSON.parse(bytes.toString()) as Notebook
      t.strictSame([notebook.nbformat, notebook.nbformat_minor], [4, 5], 'nbformat 4.5')
      t.equal(
        new Set(notebook.cells.map((cell) => cell.id)).size,
        notebook.cells.length,
        'every cell has an id',
      )
      t.match([notebook.cells[0]?.source].flat().join(''), /^# \S/, 'starts with its title')
      const code = notebook.cells.filter((cell) => cell.cell_type === 'code')
      t.strictSame(
        code.flatMap((cell) => [cell.outputs?.length, cell.execution_count]),
        code.flatMap(() => [0, null]),
        'no outputs are left in',
      )
      t.equal(
        code.filter((cell) => cell.metadata.tags?.includes('parameters')).length,
        1,
        'one cell of parameters',
      )
      const about = notebook.metadata.notebook_templates
      t.match(about, { title: String, description: String, category: String, tags: [String] }, 'is described')
      t.equal(bytes.toString(), `${JSON.stringify(notebook, null, 1)}\n`, 'is written as Jupyter writes')
    })
  }
})

t.test('the core reads the shipped templates', async (t) => {
  for (const path of await listTemplates()) {
    t.test(path, async (t) => {
      const bytes = await readFile(join(templatesFolder, path))
      const compiled = compileTemplate(bytes)
      const notebook = JSON.parse(bytes.toString()) as Notebook
      t.equal(compiled.title, notebook.metadata.notebook_templates?.title, 'its title')
      t.ok(compiled.language, 'its language')
      const declared = compiled.declared.map((parameter) => parameter.name)
      const needed = [...path.matchAll(/\{(.+?)\}/g)].map((match) => match[1]!)
      for (const name of needed) t.ok(declared.includes(name), `{${name}} of its file name is declared`)
    })
  }
})

t.test('file names say what was measured', async (t) => {
  const cases = [
    [
      'some_instrument/Data_Analysis_{measurement_name}.ipynb',
      { measurement_name: { en: 'Experiment-12345' } },
      'Data_Analysis_Experiment-12345.ipynb',
    ],
    [
      'measurement/Plot_{name}.ipynb',
      { name: { _type: 'text', text: { en: 'Probe 1/2' } } },
      'Plot_Probe 1_2.ipynb',
    ],
    [
      'measurement/Decay_Fit_{temperature}.ipynb',
      { temperature: { _type: 'quantity', magnitude: 21.5, units: 'degC' } },
      'Decay_Fit_21.5 degC.ipynb',
    ],
  ] as const
  for (const [template, sent, expected] of cases) {
    const parameters = readParameters(JSON.stringify(sent))
    const wanted = placeNotebook({ template, parameters, languages: ['en'], target: '{template_dir}' })
    t.equal(wanted.name(1), expected)
    t.equal(wanted.folder, template.slice(0, template.indexOf('/')))
  }
})
