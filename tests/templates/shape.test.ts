import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t from 'tap'
import { toThumbnail } from '../../service/images/thumbnail.ts'
import { compileTemplate, placeNotebook, readParameters } from '../../service/notebook/index.ts'
import { controlsOf } from '../../service/web/form/controls.ts'
import { listTemplates, render, templatesFolder } from './support.ts'

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
  t.ok(templates.length >= 6, 'there are at least six')
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
      t.match(
        [notebook.cells[0]?.source].flat().join(''),
        /^# .+\n\n- \*\*Needs\*\* .+\n- \*\*Shows\*\* .+\n- \*\*(Without a|No) data file\*\* .+(\n\n|$)/,
        'then says in three lines what it needs, what it shows and what to do without a data file',
      )
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
      const both = { en: String, de: String }
      const tags = { en: [String], de: [String] }
      t.match(about, { title: both, description: both, category: String, tags }, 'is described')
      t.equal(bytes.toString(), `${JSON.stringify(notebook, null, 1)}\n`, 'is written as Jupyter writes')
    })
  }
})

t.test('each shipped template has a small picture for its card', async (t) => {
  for (const path of await listTemplates()) {
    const { thumbnail } = compileTemplate(await readFile(join(templatesFolder, path))).card
    t.match(thumbnail, { file: /\.png$/ }, `${path} names one`)
    const { file } = thumbnail as { file: string }
    const bytes = await readFile(join(templatesFolder, dirname(path), file))
    t.equal(toThumbnail(bytes)?.type, 'image/png', `${file} is shown`)
    t.ok(bytes.length < 60 * 1024, `${file} has ${bytes.length} bytes`)
  }
})

t.test('the core reads the shipped templates', async (t) => {
  for (const path of await listTemplates()) {
    t.test(path, async (t) => {
      const bytes = await readFile(join(templatesFolder, path))
      const compiled = compileTemplate(bytes)
      const notebook = JSON.parse(bytes.toString()) as Notebook
      t.strictSame({ ...compiled.title }, notebook.metadata.notebook_templates?.title, 'its titles')
      t.ok(compiled.language, 'its language')
      const declared = compiled.declared.map((parameter) => parameter.name)
      const needed = [...path.matchAll(/\{(.+?)\}/g)].map((match) => match[1]!)
      for (const name of needed) t.ok(declared.includes(name), `{${name}} of its file name is declared`)
    })
  }
})

t.test(
  'the form of a shipped template asks for each parameter in words, by a field of its own kind',
  async (t) => {
    for (const path of await listTemplates()) {
      const template = compileTemplate(await readFile(join(templatesFolder, path)))
      const controls = controlsOf(path, template, undefined, ['en'])
      const inGerman = new Map(
        controlsOf(path, template, undefined, ['de']).map(({ field }) => [field.name, field]),
      )
      t.strictSame(
        controls.map(({ field }) => field.name).sort(),
        template.declared.map(({ name }) => name).sort(),
        `${path}: what its cell sets, and nothing else`,
      )
      for (const { field, kind, inFileName } of controls) {
        const label = `${path}: ${field.name}`
        t.not(kind, 'any', `${label}: nobody is asked what kind it is`)
        t.not(field.title, field.name, `${label} has a title`)
        t.match(field.help, /^[A-Z].*\.$/, `${label} has help`)
        t.match(inGerman.get(field.name)?.help, /^[A-Z].*\.$/, `${label} has it in German`)
        t.not(inGerman.get(field.name)?.help, field.help, `${label}: which is another text`)
        t.equal(kind === 'json', field.types[0] === 'array', `${label}: only lists are written as JSON`)
        if (inFileName) t.notOk(field.nullable, label)
      }
    }
  },
)

t.test('a shipped template takes plain values as well as SampleDB’s', async (t) => {
  const cases = [
    ['some_instrument/Data_Analysis_{measurement_name}.ipynb', { measurement_name: 'x', created: null }],
    [
      'some_instrument/Data_Analysis_{measurement_name}.ipynb',
      { measurement_name: { _type: 'text', text: 'x' } },
    ],
    ['measurement/Plot_{name}.ipynb', { name: 'x', created: '2024-05-06 07:08:09', is_calibrated: true }],
    ['measurement/Plot_{name}.ipynb', { name: { en: 'x' }, is_calibrated: { _type: 'bool', value: true } }],
  ] as const
  for (const [template, sent] of cases) {
    const params = JSON.stringify(sent)
    t.match((await render(template, params)).toString(), 'injected-parameters', params)
  }
  const wrong = render('measurement/Plot_{name}.ipynb', '{"name": 5, "created": "yesterday", "tags": "lab"}')
  await t.rejects(wrong, { code: 20, reason: 'not-as-declared' })
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
    [
      'measurement/Decay_Fit_{temperature}.ipynb',
      {
        temperature: {
          _type: 'quantity',
          units: 'degC',
          magnitude_in_base_units: 294.65,
          dimensionality: '[temperature]',
        },
      },
      'Decay_Fit_294.65 K.ipynb',
    ],
  ] as const
  for (const [template, sent, expected] of cases) {
    const parameters = readParameters(JSON.stringify(sent))
    const wanted = placeNotebook({ template, parameters, languages: ['en'], target: '{template_dir}' })
    t.equal(wanted.name(1), expected)
    t.equal(wanted.folder, template.slice(0, template.indexOf('/')))
  }
})
