import t from 'tap'
import { checkFolder } from '../../service/catalogue/check.ts'
import { createFolder } from './folder.ts'

const python = { display_name: 'Python 3', language: 'python', name: 'python3' }
const code = (source: string, more: object = {}) => ({
  cell_type: 'code',
  execution_count: null,
  metadata: {},
  outputs: [],
  source,
  ...more,
})
const parameters = { metadata: { tags: ['parameters'] } }

function notebookOf(cells: object[], kernelspec: object | undefined = python): string {
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 })
}

/** What is found in a folder of one file, one line each. */
async function found(t: Parameters<typeof createFolder>[0], path: string, file: string, kernels?: string[]) {
  const folder = createFolder(t, { [path]: file })
  const { findings } = await checkFolder(folder.dir, kernels && new Set(kernels))
  return findings.map(({ rule, severity, cell, reason }) => `${severity} ${rule} ${cell ?? '-'}: ${reason}`)
}

t.test('a good template has nothing to say', async (t) => {
  const file = notebookOf([code('x = 1', parameters), code('print(x)')])
  t.same(await found(t, 'a/Scan_{x}.ipynb', file, ['ir', 'python3']), [])
})

t.test('what cannot be used is a fault, with its cell', async (t) => {
  t.same(await found(t, 'a.ipynb', notebookOf([code('x'), { ...code('y'), source: 1 }])), [
    'fault unusable 2: source must be a text or a list of texts, not 1',
  ])
  t.same(await found(t, 'a{.ipynb', notebookOf([])), ['fault unusable -: the braces in its path do not pair'])
  t.match(await found(t, 'a.ipynb', '{"nbformat": 3, "worksheets": []}'), [
    /^fault unusable -: it is nbformat 3/,
  ])
})

t.test('a name that no declared parameter can fill is a fault', async (t) => {
  const table: [path: string, source: string | undefined, findings: string[]][] = [
    [
      '{nmae}_{x}.ipynb',
      'name = 1; x = 2',
      ['its path has {nmae}, and it declares no parameter of this name'],
    ],
    ['{dir}/{name}.ipynb', 'name = 1', ['its path has {dir}, and it declares no parameter of this name']],
    ['{a-b}_{class}_{2nd}_{name}_{name}.ipynb', 'a_b = 1; class_ = 2; _2nd = 3; name = 4', []],
    ['{gro\u0308ße}.ipynb', 'gr\u00f6ße = 1', []],
    ['{name}.ipynb', undefined, []],
    ['{name}.ipynb', '# nothing yet', []],
  ]
  for (const [path, source, reasons] of table) {
    const cells = source === undefined ? [] : [code(source, parameters)]
    const findings = reasons.map((reason) => `fault name -: ${reason}`)
    t.same(await found(t, path, notebookOf(cells)), findings, `${path}: ${source}`)
  }
})

t.test('a parameters cell that is not run is a fault', async (t) => {
  const text = { cell_type: 'markdown', metadata: { tags: ['parameters'] }, source: 'x = 1' }
  t.same(await found(t, 'a.ipynb', notebookOf([code(''), text, text])), [
    'fault parameters 2: it has the tag parameters and is no code cell, so that nothing in it is run',
  ])
})

t.test('a parameters cell that is not its language is a fault', async (t) => {
  const table: [language: string, source: string, findings: string[]][] = [
    ['python', 'x = 1\ny = (\nz = ]', ['fault parameters 2: it is not Python (line 3, column 3)']],
    ['R', 'x <- 1\ny <- <- 2', ['fault parameters 2: it is not R (line 2, column 6)']],
    ['python', '%matplotlib inline\nx: int = 1  # ok\n', []],
    [
      'brainfuck',
      '][',
      ['warning language -: its language, "brainfuck", is not known here: parameters go in as JSON text'],
    ],
  ]
  for (const [language, source, findings] of table) {
    const file = notebookOf([code(''), code(source, parameters)], { ...python, language })
    t.same(await found(t, 'a.ipynb', file), findings, source)
  }
})

t.test('a schema declares parameters too', async (t) => {
  const notebook = JSON.parse(notebookOf([code('x = 1', parameters)]))
  notebook.metadata.notebook_templates = { params: { 'Größe (nm)': { type: 'number' } } }
  const file = JSON.stringify(notebook)
  t.same(await found(t, '{Größe (nm)}_{x}.ipynb', file), [])
  t.match(await found(t, '{size}.ipynb', file), [/^fault name -: its path has \{size\}/])
})

t.test('a schema declares names too, and has faults of its own', async (t) => {
  const withParams = (params: object) => {
    const file = JSON.parse(notebookOf([code('x = 1', parameters)]))
    file.metadata.notebook_templates = { params }
    return JSON.stringify(file)
  }
  t.same(await found(t, '{x}_{y}_{a-b}.ipynb', withParams({ y: { type: 'string' }, 'a-b': {} })), [])
  const closed = { type: 'object', properties: { y: {} }, additionalProperties: false }
  t.same(await found(t, '{x}_{y}.ipynb', withParams(closed)), [
    'fault name -: its path has {x}, and it declares no parameter of this name',
  ])
  t.same(await found(t, 'a.ipynb', withParams({ y: { type: 'txt' } })), [
    'fault unusable -: metadata.notebook_templates.params at /properties/y/type must be equal to one of the allowed values: array, boolean, integer, null, number, object, string',
  ])
})

t.test('a kernel that the hub lacks is a fault, none at all a warning', async (t) => {
  const file = notebookOf([code('x')])
  t.same(await found(t, 'a.ipynb', file, ['ir', 'python']), [
    'fault kernel -: its kernel is "python3", which is not among those of the hub',
  ])
  t.same(await found(t, 'a.ipynb', file), [])
  const none = file.replace(/"kernelspec":\{.*?\}/, '"language_info":{"name":"python"}')
  t.same(await found(t, 'a.ipynb', none, []), [
    'warning kernel -: it names no kernel, so that Jupyter asks for one',
  ])
})

t.test('a language that is not known is a warning', async (t) => {
  t.same(await found(t, 'a.ipynb', notebookOf([code('x')], { ...python, language: 'brainfuck' })), [
    'warning language -: its language, "brainfuck", is not known here: parameters go in as JSON text',
  ])
})

t.test('outputs and absolute paths are warnings, with their cells', async (t) => {
  const output = { output_type: 'stream', name: 'stdout', text: '' }
  const cells = [
    code('open("/home/ada/x")\nopen("/home/ada/x"), open("C:/y")', { outputs: [output, output] }),
    { cell_type: 'markdown', metadata: {}, source: '"/home/ada/x"' },
    code('x', { outputs: [output] }),
  ]
  t.same(await found(t, 'a.ipynb', notebookOf(cells)), [
    'warning absolute-path 1: it has the absolute path "/home/ada/x"',
    'warning absolute-path 1: it has the absolute path "C:/y"',
    'warning outputs 1: it has outputs, which are copied into every notebook that is made',
    'warning outputs 3: it has outputs, which are copied into every notebook that is made',
  ])
})

t.test('rules that cannot be followed are a fault', async (t) => {
  const folder = createFolder(t, { 'templates.yaml': '..: x', 'a.ipynb': notebookOf([]) })
  const { templates, findings } = await checkFolder(folder.dir)
  t.equal(templates, 1)
  t.match(findings, [{ path: 'templates.yaml', rule: 'rules', severity: 'fault', reason: /line 1/ }])
})

t.test('findings stand by path, those of one template as they stand in it', async (t) => {
  const bad = notebookOf([code('"/tmp/x"'), code('"/tmp/y"')], { ...python, language: 'x' })
  const folder = createFolder(t, { 'b/c.ipynb': bad, 'a.ipynb': '', 'b.ipynb': bad })
  const { findings } = await checkFolder(folder.dir)
  t.same(
    findings.map(({ path, rule, cell }) => `${path} ${rule} ${cell ?? '-'}`),
    [
      'a.ipynb unusable -',
      ...['b.ipynb', 'b/c.ipynb'].flatMap((path) => [
        `${path} language -`,
        `${path} absolute-path 1`,
        `${path} absolute-path 2`,
      ]),
    ],
  )
})

t.test('a thumbnail that cannot be shown is worth a word', async (t) => {
  const file = JSON.stringify({
    cells: [],
    metadata: { kernelspec: python, notebook_templates: { thumbnail: 'picture.png' } },
    nbformat: 4,
    nbformat_minor: 5,
  })
  t.same(await found(t, 'a.ipynb', file), [
    'warning thumbnail -: the file that its thumbnail names is not there, or is no image of at most 512 KiB',
  ])
})
