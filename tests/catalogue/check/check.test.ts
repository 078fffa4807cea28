import t from 'tap'
import { checkFolder } from '../../../service/catalogue/check/check.ts'
import { createFolder } from '../folder.ts'

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

const notInCell = (name: string) =>
  `warning not-in-cell 1: it does not set "${name}", which the schema names: where that is not sent, there is no such variable`

/** What is found in a folder of one file, one line each; most of the notebooks here need no parameters cell. */
async function found(...args: Parameters<typeof foundWhole>) {
  return (await foundWhole(...args)).filter((line) => !line.startsWith('warning no-parameters-cell '))
}

async function foundWhole(
  t: Parameters<typeof createFolder>[0],
  path: string,
  file: string,
  kernels?: string[],
  others: Record<string, string> = {},
) {
  const folder = createFolder(t, { [path]: file, ...others })
  const { findings } = await checkFolder(folder.dir, { kernels: kernels && new Set(kernels) })
  for (const { remedy } of findings) t.match(remedy, /^[A-Z].*\.$/, 'a sentence says what to do')
  return findings.map(({ code, severity, cell, line, message }) => {
    const place = [cell ?? '-', ...(line === undefined ? [] : [line])].join('.')
    return `${severity} ${code} ${place}: ${message}`
  })
}

t.test('a good template has nothing to say', async (t) => {
  const file = notebookOf([code('x = 1', parameters), code('print(x)')])
  t.same(await found(t, 'a/Scan_{x}.ipynb', file, ['ir', 'python3']), [])
})

t.test('what cannot be used is a fault, with its cell', async (t) => {
  t.same(await found(t, 'a.ipynb', notebookOf([code('x'), { ...code('y'), source: 1 }])), [
    'fault unusable 2: source must be a text or a list of texts, not 1',
  ])
  t.same(await found(t, 'a{.ipynb', notebookOf([])), [
    'fault unusable -: the braces in its path do not match',
  ])
  t.match(await found(t, 'a.ipynb', '{"nbformat": 3, "worksheets": []}'), [
    /^fault unusable -: it is nbformat 3/,
  ])
})

t.test(
  'a parameters cell that sets nothing for other cells is a warning, one in another language is not',
  async (t) => {
    t.same(await found(t, 'a.ipynb', notebookOf([code('%%bash\nx=1', parameters)])), [
      'warning parameters-without-values 1: it is of %%bash: what it sets reaches no other cell, and so do no values that are sent',
    ])
    for (const source of ['%%R\nx <- 1', '%%time\nx = 1'])
      t.same(await found(t, 'a.ipynb', notebookOf([code(source, parameters)])), [], source)
    t.match(await found(t, 'a.ipynb', notebookOf([code('%%R\nx <- <- 1', parameters)])), [
      /^fault parameters-not-valid 1\.2: it is not R/,
    ])
  },
)

t.test('a notebook that is not valid, though Jupyter opens it, is a warning with its remedy', async (t) => {
  const cells = [
    { ...code(''), id: 'a' },
    { ...code(''), path_: 'x' },
    { ...code(''), path_: 'y' },
  ]
  const file = notebookOf(cells).replace('"nbformat_minor":5', '"nbformat_minor":4')
  t.same(await found(t, 'a.ipynb', file), [
    'warning not-valid 1: it has the member "id", which nbformat 4.4 does not know (cells have ids from 4.5 on)',
    'warning not-valid 2: it has the member "path_", which nbformat 4.4 does not know (and so in 1 more)',
  ])
})

t.test('a name that nothing can ever fill is no template', async (t) => {
  const declares = (params: object) =>
    JSON.stringify({
      ...JSON.parse(notebookOf([])),
      metadata: { kernelspec: python, notebook_templates: { params } },
    })
  const closed = { type: 'object', properties: { x: {} }, additionalProperties: false }
  const table: [path: string, file: string, findings: string[]][] = [
    ['{x:03d}.ipynb', notebookOf([]), ['its path has {x:03d}, and only a name such as {x} is filled']],
    ['{x[name]}.ipynb', notebookOf([]), ['its path has {x[name]}, and only a name such as {x} is filled']],
    ['{x!r:>10}.ipynb', notebookOf([]), ['its path has {x!r:>10}, and only a name such as {x} is filled']],
    ['{t:%Y-%m}.ipynb', notebookOf([]), ['its path has {t:%Y-%m}, and only a name such as {t} is filled']],
    ['{x:03d}.ipynb', declares({ 'x:03d': {} }), []],
    [
      '{unknown}.ipynb',
      declares(closed),
      ['its path has {unknown}, and its schema allows no parameter of this name'],
    ],
    ['{x}.ipynb', declares(closed), []],
    ['{ab}.ipynb', declares({ ...closed, patternProperties: { '^a': {} } }), []],
    ['{a.b} {time: now} {10:30 }.ipynb', notebookOf([]), []],
  ]
  for (const [path, file, reasons] of table) {
    const faults = (await found(t, path, file)).filter((line) => line.startsWith('fault'))
    t.same(
      faults,
      reasons.map((reason) => `fault unusable -: ${reason}`),
      path,
    )
  }
})

t.test('a name that no declared parameter can fill is a warning, that of a secret a fault', async (t) => {
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
    [
      '{password}.ipynb',
      'password = ""',
      ['its path has {password}, and that is a secret, which fills no name'],
    ],
    ['{Api-Key}.ipynb', undefined, ['its path has {Api-Key}, and that is a secret, which fills no name']],
  ]
  for (const [path, source, reasons] of table) {
    const cells = source === undefined ? [] : [code(source, parameters)]
    const findings = reasons.map((reason) =>
      reason.includes('secret') ? `fault secret-name -: ${reason}` : `warning name -: ${reason}`,
    )
    const all = await found(t, path, notebookOf(cells))
    const ofNames = all.filter((line) => !line.startsWith('warning parameters-empty '))
    t.same(ofNames, findings, `${path}: ${source}`)
  }
})

t.test('a parameters cell that is not run is a fault', async (t) => {
  const text = { cell_type: 'markdown', metadata: { tags: ['parameters'] }, source: 'x = 1' }
  t.same(await found(t, 'a.ipynb', notebookOf([code(''), text])), [
    'fault parameters-not-code 2: it has the tag parameters and is no code cell, so that nothing in it is run',
  ])
})

t.test('a parameters cell that sets nothing is told', async (t) => {
  for (const source of ['', '# the parameters', 'def main(sample="S-1"):\n    pass', 'import math']) {
    t.same(
      await found(t, 'a.ipynb', notebookOf([code(source, parameters), code('a = 3')])),
      [
        'warning parameters-empty 1: it sets no parameter: the page has no field for one, and a later cell that sets it wins',
      ],
      source,
    )
  }
})

t.test('names in the metadata that are a slip of the pen are told', async (t) => {
  const file = (own: object) => {
    const notebook = JSON.parse(notebookOf([code('token = ""\ntemperature = 1', parameters)]))
    notebook.metadata.notebook_templates = own
    return JSON.stringify(notebook)
  }
  t.same(
    await found(t, 'a_{temperature}.ipynb', file({ secrets: ['tokn'], if_unset: { temprature: 'room' } })),
    [
      'warning misspelled-parameter -: its metadata.notebook_templates.if_unset names "temprature", which its path does not have; did you mean "temperature"?',
      'warning misspelled-parameter -: its metadata.notebook_templates.secrets names "tokn", which it does not set; did you mean "token"?',
    ],
  )
  t.same(
    await found(
      t,
      'a_{temperature}.ipynb',
      file({ secrets: ['token', 'jwt'], if_unset: { temperature: 'room' } }),
    ),
    [],
    'a secret may be what only the sender knows',
  )
})

t.test('a parameters cell that is not its language is a fault', async (t) => {
  const table: [language: string, source: string, findings: string[]][] = [
    ['python', 'x = 1\ny = (\nz = ]', ['fault parameters-not-valid 2.3: it is not Python (column 3)']],
    ['R', 'x <- 1\ny <- <- 2', ['fault parameters-not-valid 2.2: it is not R (column 6)']],
    ['python', '%matplotlib inline\nx: int = 1  # ok\n', []],
    [
      'brainfuck',
      '][',
      [
        'warning unknown-language -: its language, "brainfuck", is not known here: parameters go in as JSON text',
      ],
    ],
  ]
  for (const [language, source, findings] of table) {
    const file = notebookOf([code(''), code(source, parameters)], { ...python, name: language, language })
    t.same(await found(t, 'a.ipynb', file), findings, source)
  }
})

t.test('a schema declares parameters too', async (t) => {
  const notebook = JSON.parse(notebookOf([code('x = 1', parameters)]))
  notebook.metadata.notebook_templates = { params: { 'Größe (nm)': { type: 'number' } } }
  const file = JSON.stringify(notebook)
  t.same(await found(t, '{Größe (nm)}_{x}.ipynb', file), [notInCell('Größe (nm)')])
  t.match(await found(t, '{size}.ipynb', file), [/^warning name -: its path has \{size\}/, /not-in-cell/])
})

t.test('a schema declares names too, and has faults of its own', async (t) => {
  const withParams = (params: object) => {
    const file = JSON.parse(notebookOf([code('x = 1', parameters)]))
    file.metadata.notebook_templates = { params }
    return JSON.stringify(file)
  }
  t.same(await found(t, '{x}_{y}_{a-b}.ipynb', withParams({ y: { type: 'string' }, 'a-b': {} })), [
    notInCell('y'),
    notInCell('a-b'),
  ])
  const closed = { type: 'object', properties: { y: {} }, required: ['y'], additionalProperties: false }
  t.same(await found(t, '{x}_{y}.ipynb', withParams(closed)), [
    'fault unusable -: its path has {x}, and its schema allows no parameter of this name',
  ])
  t.same(await found(t, 'a.ipynb', withParams({ y: { type: 'txt' } })), [
    'fault unusable -: metadata.notebook_templates.params at /properties/y/type must be equal to one of the allowed values: array, boolean, integer, null, number, object, string',
  ])
})

t.test('what a schema says and nobody checks is a warning, each once', async (t) => {
  const file = JSON.parse(notebookOf([code('count = other = known = 1', parameters)]))
  const count = { type: 'integer', format: 'int32', nullable: true }
  const known = { type: 'string', format: 'password', errorMessage: 'No.', 'x-order': 1, 'x-title': 'T' }
  file.metadata.notebook_templates = {
    params: { count, other: count, 'ab/c': { typ: 'string', min: 1 }, known },
  }
  t.same(await found(t, 'a.ipynb', JSON.stringify(file)), [
    'warning unchecked-format -: its schema of the parameters has at /properties/count the format "int32", which is not known here: it is not checked',
    'warning unknown-keyword -: its schema of the parameters has at /properties/count "nullable", which is no keyword of JSON Schema 2020-12: it is ignored',
    'warning unknown-keyword -: its schema of the parameters has at /properties/ab~1c "typ", which is no keyword of JSON Schema 2020-12: it is ignored; did you mean "type"?',
    'warning unknown-keyword -: its schema of the parameters has at /properties/ab~1c "min", which is no keyword of JSON Schema 2020-12: it is ignored; did you mean "minimum"?',
    notInCell('ab/c'),
  ])
})

t.test('a keyword of this service that is misspelled is told, one of somebody else is not', async (t) => {
  const file = JSON.parse(notebookOf([code('a = 1', parameters)]))
  file.metadata.notebook_templates = { params: { a: { 'x-units': 'K', 'x-Order': 1, 'x-widget': 'slider' } } }
  t.same(await found(t, 'a.ipynb', JSON.stringify(file)), [
    'warning unknown-keyword -: its schema of the parameters has at /properties/a "x-units", which is no keyword of this service: it is ignored; did you mean "x-unit"?',
    'warning unknown-keyword -: its schema of the parameters has at /properties/a "x-Order", which is no keyword of this service: it is ignored; did you mean "x-order"?',
  ])
})

t.test('a kernel that the hub lacks is a fault, none at all a warning', async (t) => {
  const file = notebookOf([code('x')])
  t.same(await found(t, 'a.ipynb', file, ['ir', 'python']), [
    'fault unknown-kernel -: its kernel is "python3", which is not among those of the hub',
  ])
  t.same(await found(t, 'a.ipynb', file), [])
  const none = file.replace(/"kernelspec":\{.*?\}/, '"language_info":{"name":"python"}')
  t.same(await found(t, 'a.ipynb', none, []), [
    'warning no-kernel -: it names no kernel, so that Jupyter asks for one',
  ])
})

t.test('a language that is not known is a warning', async (t) => {
  t.same(
    await found(t, 'a.ipynb', notebookOf([code('x')], { ...python, name: 'bf', language: 'brainfuck' })),
    [
      'warning unknown-language -: its language, "brainfuck", is not known here: parameters go in as JSON text',
    ],
  )
})

t.test('outputs and absolute paths are warnings, with their cells', async (t) => {
  const output = { output_type: 'stream', name: 'stdout', text: '' }
  const cells = [
    code('open("/home/ada/x")\nopen("/home/ada/x"), open("C:/y")', { outputs: [output, output] }),
    { cell_type: 'markdown', metadata: {}, source: '"/home/ada/x"' },
    code('x', { outputs: [output] }),
  ]
  t.same(await found(t, 'a.ipynb', notebookOf(cells)), [
    'warning outputs 1: it has outputs, which are copied into every notebook that is made',
    'warning absolute-path 1.1: it has the absolute path "/home/ada/x"',
    'warning absolute-path 1.2: it has the absolute path "C:/y"',
    'warning outputs 3: it has outputs, which are copied into every notebook that is made',
  ])
})

t.test('rules that cannot be followed are a fault', async (t) => {
  const folder = createFolder(t, { 'templates.yaml': '..: x', 'a.ipynb': notebookOf([]) })
  const { templates, findings } = await checkFolder(folder.dir)
  t.equal(templates, 1)
  t.match(findings, [{ file: 'templates.yaml', code: 'rules', severity: 'fault', line: 1, fileLine: 1 }])
})

t.test('findings stand by path, those of one template as they stand in it', async (t) => {
  const bad = notebookOf([code('"/tmp/x"'), code('"/tmp/y"')], { ...python, name: 'x', language: 'x' })
  const folder = createFolder(t, { 'b/c.ipynb': bad, 'a.ipynb': '', 'b.ipynb': bad })
  const { findings } = await checkFolder(folder.dir)
  t.same(
    findings
      .filter(({ code }) => code !== 'no-parameters-cell')
      .map(({ file, code, cell }) => `${file} ${code} ${cell ?? '-'}`),
    [
      'a.ipynb unusable -',
      ...['b.ipynb', 'b/c.ipynb'].flatMap((path) => [
        `${path} unknown-language -`,
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

/** A notebook of one `parameters` cell and others, with this in `metadata.notebook_templates` and beside it. */
function templateOf(own: object, sources: readonly string[] = ['x = 1'], metadata: object = {}): string {
  const [first = '', ...others] = sources
  const notebook = JSON.parse(notebookOf([code(first, parameters), ...others.map((source) => code(source))]))
  Object.assign(notebook.metadata, metadata, { notebook_templates: own })
  return JSON.stringify(notebook, null, 1)
}

t.test('members that mean nothing are told, with what was meant', async (t) => {
  const own = { titel: 'A', Title: 'B', colour: 'red', title: 'C', made_from: {} }
  t.same(await found(t, 'a.ipynb', templateOf(own)), [
    'warning unknown-metadata -: its metadata.notebook_templates has "titel", which means nothing here; did you mean "title"?',
    'warning unknown-metadata -: its metadata.notebook_templates has "Title", which means nothing here; did you mean "title"?',
    'warning unknown-metadata -: its metadata.notebook_templates has "colour", which means nothing here',
  ])
  const folder = createFolder(t, {
    'templates.yaml': 'a:\n  groups: []\n  catgory: x',
    'a/b.ipynb': notebookOf([]),
  })
  const { findings } = await checkFolder(folder.dir)
  t.match(findings, [
    {
      code: 'rules',
      message: 'there is no rule "catgory": only groups, category, parameters_cell; did you mean "category"?',
    },
  ])
})

t.test('a default that the schema refuses is told', async (t) => {
  const params = {
    x: { type: 'integer', minimum: 1, default: 0 },
    y: { type: 'string', default: 'a' },
    z: { type: 'array', items: { type: 'number', default: 'b' }, default: [] },
  }
  t.same(await found(t, 'a.ipynb', templateOf({ params }, ['x = y = z = 1'])), [
    'warning refused-default -: its schema of the parameters has at /properties/x the default 0, which it refuses',
    'warning refused-default -: its schema of the parameters has at /properties/z/items the default "b", which it refuses',
  ])
})

t.test(
  'required: true of one property is told with its remedy; a whole number may have a point',
  async (t) => {
    const [told] = await found(t, 'a.ipynb', templateOf({ params: { x: { required: true } } }))
    t.match(
      told,
      /^fault unusable -: .* at \/properties\/x\/required must be array: the object .* lists the names/,
    )
    const whole = templateOf({ params: { x: { type: 'array', minItems: 'two' } } }).replace('"two"', '2.0')
    t.same(await found(t, 'a.ipynb', whole), [])
    t.match(await found(t, 'a.ipynb', whole.replace('2.0', '2.5')), [/^fault unusable/])
    t.match(await found(t, 'a.ipynb', templateOf({ params: { x: { $dynamicRef: '#x' } } })), [
      /not supported here/,
    ])
  },
)

t.test('keywords in the short form are parameters, and that is told', async (t) => {
  const rule = JSON.parse('{"if": {"required": ["x"]}, "then": {"required": ["y"]}}')
  const [first, second, ...rest] = await found(t, 'a.ipynb', templateOf({ params: rule }))
  t.match(first, /^warning keyword-as-parameter -: its params say no type, so that "if" is the name/)
  t.match(second, /"then"/)
  t.match(rest, [/not-in-cell/, /not-in-cell/])
  t.same(await found(t, 'a.ipynb', templateOf({ params: { type: 'object', ...rule } })), [])
})

t.test('a schema name that the cell sets under its variable is none that it lacks', async (t) => {
  const params = { 'a-b': {}, class: {}, jwt: {}, key: { writeOnly: true }, needed: {} }
  const own = { params: { type: 'object', properties: params, required: ['needed'] } }
  t.same(await found(t, 'a.ipynb', templateOf(own, ['a_b = class_ = 1'])), [])
  t.same(await found(t, 'a.ipynb', templateOf(own, ['a_b = 1'])), [notInCell('class')])
})

t.test('modules beside the template are told, where they are not delivered', async (t) => {
  const source =
    'import numpy, helper as h\nfrom tools.fit import line\nimport json\n# import plain\nfrom . import helper'
  const others = { 'a/helper.py': '', 'a/tools/__init__.py': '', 'a/plain.py': '', 'numpy.py': '' }
  t.same(await found(t, 'a/b.ipynb', templateOf({}, ['x = 1', source]), undefined, others), [
    'warning undelivered-module 2.1: it imports helper, which is next to the template but not next to the notebook that is created',
    'warning undelivered-module 2.2: it imports tools, which is next to the template but not next to the notebook that is created',
  ])
})

t.test('files that are read and not delivered are told', async (t) => {
  const told = async (...sources: string[]) => {
    const findings = await found(t, 'a/b.ipynb', templateOf({}, ['x = 1', ...sources]), undefined, {
      'a/ref.csv': '',
    })
    return findings.map((finding) => finding.replace(/^warning undelivered-file /, ''))
  }
  const beside = 'which is next to the template but not next to the notebook that is created'
  const nowhere = 'which is not delivered with the notebook'
  const table: [sources: string[], told: string[]][] = [
    [['a = 1\nopen("ref.csv")'], [`2.2: it reads "ref.csv", ${beside}`]],
    [['pd.read_csv("./ref.csv", sep=";")'], [`2.1: it reads "./ref.csv", ${beside}`]],
    [["np.loadtxt('data/curve.txt')"], [`2.1: it reads "data/curve.txt", ${nowhere}`]],
    [['open("a.csv", "r")', 'open("a.csv")'], [`2.1: it reads "a.csv", ${nowhere}`]],
    [['open("a.csv", "w")', 'open("a.csv")'], []],
    [['open("a.csv", mode="a+")', 'open("a.csv")'], []],
    [['df.to_csv("a.csv")', 'pd.read_csv("a.csv")'], []],
    [['%%writefile a.csv\n1', 'pd.read_csv("a.csv")'], []],
    [['if os.path.exists("a.csv"):\n    open("a.csv")'], []],
    [['name = "a.csv"', 'open(name)\nopen(f"{name}.csv")\nopen(path / "b")'], []],
    [['open("/etc/passwd")\nopen("../a.csv")\npd.read_csv("https://example.org/a.csv")'], []],
    [['open("*.csv")\n# open("a.csv")\nreopen("a.csv")\nopen("")'], []],
    [['zip.namelist()\nsomething("a.csv")'], []],
  ]
  for (const [sources, expected] of table) t.same(await told(...sources), expected, sources.join(' | '))
})

t.test('a notebook that jupytext keeps beside another file is told', async (t) => {
  const table: [jupytext: unknown, told: boolean][] = [
    [{ formats: 'ipynb,py:percent' }, true],
    [{ formats: 'notebooks//ipynb,scripts//py:light' }, true],
    [{ formats: 'ipynb,md' }, true],
    [{ formats: 'ipynb,.pct.py:percent' }, true],
    [{ formats: 'ipynb' }, false],
    [{ formats: '' }, false],
    [{ formats: 5 }, false],
    [{ text_representation: { extension: '.py' } }, false],
    [null, false],
  ]
  for (const [jupytext, isTold] of table) {
    const findings = await found(t, 'a.ipynb', templateOf({}, ['x = 1'], { jupytext }))
    t.match(findings, isTold ? [/^warning jupytext-pair -: jupytext pairs it/] : [], JSON.stringify(jupytext))
    t.equal(findings.length, isTold ? 1 : 0)
  }
})

t.test('a folder without a template is a fault', async (t) => {
  const { findings } = await checkFolder(t.testdir({ images: { 'a.png': '' } }))
  t.match(findings, [{ file: '.', code: 'empty-folder', severity: 'fault' }])
})

t.test('a large template is looked through in little time', async (t) => {
  const many = Array.from({ length: 20_000 }, (_, index) => `open("f${index}.csv"); import m${index}`).join(
    '\n',
  )
  const sources = ['x = 1', many, 'from '.repeat(2e5), 'open("'.repeat(2e5), `import ${'a,'.repeat(2e5)}`]
  const own = Object.fromEntries(Array.from({ length: 1e5 }, (_, index) => [`member${index}`, 1]))
  const started = process.cpuUsage().user
  const findings = await found(t, 'a.ipynb', templateOf(own, sources))
  t.ok(findings.length < 200)
  t.ok((process.cpuUsage().user - started) / 1e6 < 10)
})

t.test('many secrets beside many parameters are looked through in little time', async (t) => {
  const names = (prefix: string) =>
    Array.from({ length: 2000 }, (_, index) => `parameter_number_${prefix}${index}`)
  const notebook = JSON.parse(
    notebookOf([
      code(
        names('')
          .map((name) => `${name} = 1`)
          .join('\n'),
        parameters,
      ),
    ]),
  )
  notebook.metadata.notebook_templates = { secrets: names('x') }
  const started = process.cpuUsage().user
  const findings = await found(t, 'a.ipynb', JSON.stringify(notebook))
  t.equal(findings.filter((line) => line.startsWith('warning misspelled-parameter ')).length, 20)
  t.ok((process.cpuUsage().user - started) / 1e6 < 10)
})

t.test('where the values go is told, unless one cell says it', async (t) => {
  const tagged = (...tags: string[]) => ({ metadata: { tags } })
  const x = 'x = 1'
  const table: [cells: object[], findings: RegExp[]][] = [
    [[code(x)], [/^warning no-parameters-cell -: no cell has the tag parameters/]],
    [
      [code(x, tagged('Parameters'))],
      [/^warning misspelled-tag 1: its tag "Parameters" is not the tag parameters$/],
    ],
    [[code(x, tagged('a', ' parameter'))], [/^warning misspelled-tag 1: its tag " parameter" /]],
    [
      [code(x, parameters), code('y = 1', parameters), code('print(y)', parameters)],
      [/^warning several-parameters-cells 2: it is the second cell with the tag parameters/],
    ],
    [[code(x, tagged('injected-parameters'))], []],
    [[code(x, tagged('parameters', 'hide-input'))], []],
    [[{ cell_type: 'markdown', metadata: {}, source: 'text' }], []],
  ]
  for (const [cells, findings] of table) {
    const all = await foundWhole(t, 'a.ipynb', notebookOf(cells))
    t.match(all, findings)
    t.equal(all.length, findings.length)
  }
})

t.test('a parameter that is set again is told, with its cell and line', async (t) => {
  const cells = [
    code('x = 1\ny = 2\nz = 3\nw = 4', parameters),
    code('import numpy\nx = 20.0  # for a test'),
    code('if y > 1:\n    z = 3\nfrom numpy import *'),
    code('w = w * 2\nother = 1'),
  ]
  t.same(await found(t, 'a.ipynb', notebookOf(cells)), [
    'warning set-again 2.2: it sets x again, so that the value that is sent has no effect: x = 20.0  # for a test',
    'warning perhaps-set-again 3.2: it may set z again, so that the value that is sent has no effect: z = 3',
    'warning perhaps-set-again 3.3: it may set any parameter again: from numpy import *',
  ])
})

t.test('a value that is computed in the parameters cell is told', async (t) => {
  const table: [language: string, source: string, finding: string | undefined][] = [
    ['python', 'x = 2\ny = x * 2', 'y is computed from the example of x'],
    ['python', 'x = 2\ny = [x, 1]  # two', 'y is computed from the example of x'],
    ['python', 'x = 2\ny = 3\nz = abs(-3)', undefined],
    ['python', 'x = 2\nx = x + 1', undefined],
    ['R', 'x <- 2\ny <- c(x, 3)', 'y is computed from the example of x'],
    ['julia', 'x = 2\ny = 2x', 'y is computed from the example of x'],
    ['javascript', 'let x = 2\nlet y = x * 2', 'y is computed from the example of x'],
  ]
  for (const [language, source, finding] of table) {
    const file = notebookOf([code(''), code(source, parameters)], { ...python, language })
    const expected = finding && [`warning derived 2.2: ${finding}, and stays so when another x is sent`]
    t.same(await found(t, 'a.ipynb', file), expected ?? [], source)
  }
})

t.test('values that are set again and again, or many by one line, are read once', async (t) => {
  const names = Array.from({ length: 2000 }, (_, at) => `x${at}`).join(', ')
  const list = `x = [${'1, '.repeat(2000)}1]`
  for (const source of [`${names} = f()`, `${'x = 1\n'.repeat(2000)}${list}`]) {
    const file = notebookOf([code(''), code(source, parameters)])
    const began = process.cpuUsage().user
    await found(t, 'a.ipynb', file)
    const took_ms = (process.cpuUsage().user - began) / 1000
    t.ok(took_ms < 3000, `${took_ms.toFixed()} ms`)
  }
})
