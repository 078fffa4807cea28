import t from 'tap'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'
import { TemplateFault } from '../../../service/notebook/template-fault.ts'
import { notebookOf, templateOf, thrown } from '../support.ts'

const compile = (notebook: unknown) => compileTemplate(Buffer.from(JSON.stringify(notebook)))
const markdown = (source: unknown) => ({ cell_type: 'markdown', metadata: {}, source })

t.test('what cannot be a template is refused with a reason for its author', async (t) => {
  const notebook = notebookOf('python')
  const json = JSON.stringify(notebook)
  const table: [label: string, file: Uint8Array | string, reason: RegExp, cell?: number][] = [
    ['nothing', '', /^the file is empty$/],
    ['a text file', 'Hello', /not valid JSON/],
    ['half a file', json.slice(0, -20), /not valid JSON/],
    ['more behind it', `${json}x`, /not valid JSON/],
    ['a comment', `// x\n${json}`, /not valid JSON \(line 1, column 1\)/],
    ['a trailing comma', json.replace(/\}$/, ',}'), /not valid JSON/],
    [
      'NaN in an output',
      json.replace('"source"', '"x":NaN,"source"'),
      /not valid JSON \(line 1, column \d+\): JSON has no NaN and no Infinity: clear the outputs, or write null$/,
      1,
    ],
    ['less than any number', json.replace('"source"', '"x":-Infinity,"source"'), /JSON has no NaN/, 1],
    ['half a character', json.replace('Title', '\\udc00'), /half a character/, 1],
    ['half a character and another', json.replace('Title', '\\ud83d\\u0041'), /half a character/, 1],
    ['Latin-1', Buffer.from('{"a":"ü"}', 'latin1'), /not UTF-8/],
    ['UTF-16', Buffer.from(`\ufeff${json}`, 'utf16le'), /not UTF-8/],
    [
      'half a UTF-8 sequence in an output',
      Buffer.from(json.replace('Title', '\u00e9')).fill(0x41, json.indexOf('# ') + 3, json.indexOf('# ') + 4),
      /not UTF-8/,
    ],
    ['a list', '[]', /not a JSON object/],
    ['an empty object', '{}', /no nbformat/],
    [
      'nbformat 3',
      '{"metadata":{},"nbformat":3,"nbformat_minor":0,"worksheets":[]}',
      /nbformat 3, and only nbformat 4 .*`jupyter nbconvert --to notebook --nbformat 4 --inplace FILE.ipynb`/,
    ],
    ['nbformat 2', '{"nbformat":2,"worksheets":[]}', /nbformat 2/],
    ['nbformat 5', '{"cells":[],"metadata":{},"nbformat":5,"nbformat_minor":0}', /nbformat is 5, not 4/],
    ['nbformat as text', '{"cells":[],"nbformat":"4","nbformat_minor":0}', /nbformat is "4"/],
    ['no nbformat', '{"cells":[]}', /nbformat is missing/],
    ['no minor version', '{"cells":[],"nbformat":4}', /nbformat_minor is missing/],
    ['half a minor version', '{"cells":[],"nbformat":4,"nbformat_minor":4.5}', /nbformat_minor is 4.5/],
    ['a minor version as Python writes no integer', json.replace(/5\}$/, '5.0}'), /nbformat_minor is 5.0/],
    ['a negative minor version', json.replace(/5\}$/, '-1}'), /nbformat_minor is -1/],
    ['cells twice', json.replace('{"cells"', '{"cells":[],"cells"'), /"cells" appears twice/],
    [
      'cells twice, once in escapes',
      json.replace('{"cells"', '{"\\u0063ells":[],"cells"'),
      /"cells" appears twice/,
    ],
    ['metadata twice', json.replace(/\}$/, ',"metadata":{}}'), /"metadata" appears twice/],
    [
      'a name of the metadata twice',
      json.replace('"kernelspec"', '"kernelspec":{},"kernelspec"'),
      /"kernelspec" appears twice/,
    ],
    [
      'a name beyond ASCII twice',
      json.replace('"kernelspec"', '"\\u00fc":1,"ü":2,"kernelspec"'),
      /"ü" appears twice/,
    ],
    [
      'tags twice',
      json.replace('"metadata":{}', '"metadata":{"tags":[],"tags":[]}'),
      /"tags" appears twice/,
      1,
    ],
    [
      'a hundred thousand levels',
      json.replace('"source"', `"x":${'['.repeat(1e5)}${']'.repeat(1e5)},"source"`),
      /deeper than 300/,
      1,
    ],
    [
      'our metadata as a text',
      JSON.stringify({ ...notebook, metadata: { notebook_templates: 'x' } }),
      /notebook_templates is not an object/,
    ],
    [
      'an unknown on_null',
      JSON.stringify(notebookOf('python', '', { on_null: 'x' })),
      /on_null is "x", not value, default, refuse/,
    ],
    [
      'an unknown translated',
      JSON.stringify(notebookOf('python', '', { translated: true })),
      /translated is true/,
    ],
    [
      'an unknown open_with',
      JSON.stringify(notebookOf('python', '', { open_with: 'vim' })),
      /open_with is "vim"/,
    ],
    [
      'a title that is no text',
      JSON.stringify(notebookOf('python', '', { title: 1 })),
      /title is neither a text nor a text for each of at most 50 languages/,
    ],
  ]
  for (const [label, file, reason, cell] of table) {
    const fault = thrown(() => compileTemplate(Buffer.from(file)))
    if (!(fault instanceof TemplateFault)) throw fault
    t.match(fault.reason, reason, label)
    t.equal(fault.cell, cell, `${label}: the cell`)
  }
})

t.test('what is odd but right is taken', async (t) => {
  const cell = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: '' }
  const table: [label: string, notebook: object][] = [
    ['no cells and no metadata', { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 0 }],
    ['cells without ids', { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }],
    ['a later minor version', { cells: [{ ...cell, new: 1 }], metadata: {}, nbformat: 4, nbformat_minor: 9 }],
    ['no kernel', { cells: [cell], metadata: { kernel: null }, nbformat: 4, nbformat_minor: 5 }],
  ]
  for (const [label, notebook] of table) t.equal(compile(notebook).language, undefined, label)
  const output = '{"output_type":"display_data","metadata":{"a":1,"a":2},"data":{"x/y":1,"x/y":"2"}}'
  const twice = JSON.stringify(notebookOf('python', 'a = 1')).replace('"outputs":[', `"outputs":[${output}`)
  t.equal(compileTemplate(Buffer.from(twice)).language?.name, 'Python', 'names twice in an output')
})

t.test('the language is what the metadata name first', async (t) => {
  interface Named {
    kernelspec?: { name: string; language?: string; display_name?: string }
    language_info?: { name: string }
  }
  const table: [metadata: Named, name: string | undefined, said: string][] = [
    [{ kernelspec: { name: 'python3', language: 'python' } }, 'Python', 'python'],
    [{ kernelspec: { name: 'ir', language: 'R' }, language_info: { name: 'python' } }, 'R', 'R'],
    [{ kernelspec: { name: 'python3' }, language_info: { name: 'julia' } }, 'Julia', 'julia'],
    [{ language_info: { name: 'python' } }, 'Python', 'python'],
    [{ kernelspec: { name: 'python3' } }, 'Python', 'python3'],
    [{ kernelspec: { name: 'ir' } }, 'R', 'ir'],
    [{ kernelspec: { name: 'julia-1.11' } }, 'Julia', 'julia-1.11'],
    [{ kernelspec: { name: 'xc17' } }, 'C', 'xc17'],
    [{ kernelspec: { name: 'conda-env-lab-py' } }, 'Python', 'conda-env-lab-py'],
    [{ kernelspec: { name: 'pysparkkernel', language: '' } }, 'Python', 'pysparkkernel'],
    [{ kernelspec: { name: 'bf', language: 'brainfuck' } }, undefined, 'brainfuck'],
    [{ kernelspec: { name: 'xcpp17', language: 'C++17' } }, 'C++', 'C++17'],
    [{ kernelspec: { name: 'xcpp20', language: 'cpp' } }, 'C++', 'cpp'],
    [{ kernelspec: { name: 'xcpp17' } }, 'C++', 'xcpp17'],
    [{ kernelspec: { name: 'conda-env-lab-xcpp14' } }, 'C++', 'conda-env-lab-xcpp14'],
    [{ kernelspec: { name: 'clad-xcpp17' } }, 'C++', 'clad-xcpp17'],
    [{ kernelspec: { name: 'gophernotes' } }, 'Go', 'gophernotes'],
    [{ kernelspec: { name: 'gonb', language: 'go' } }, 'Go', 'go'],
    [{ kernelspec: { name: 'conda-env-lab-gonb' } }, 'Go', 'conda-env-lab-gonb'],
    [{ kernelspec: { name: 'rust', language: 'rust' } }, 'Rust', 'rust'],
    [{ kernelspec: { name: 'evcxr_jupyter' } }, 'Rust', 'evcxr_jupyter'],
    [{ kernelspec: { name: 'cobol', language: 'COBOL' } }, undefined, 'COBOL'],
    [{}, undefined, ''],
  ]
  for (const [metadata, name, said] of table) {
    if (metadata.kernelspec) metadata.kernelspec.display_name = 'for people'
    const compiled = compile({ cells: [], metadata, nbformat: 4, nbformat_minor: 5 })
    t.equal(compiled.language?.name, name, JSON.stringify(metadata))
    t.equal(compiled.languageName, said)
  }
})

t.test('title and description are the author’s, else the first heading and its paragraph', async (t) => {
  const table: [sources: unknown[], title: string | undefined, description: string | undefined][] = [
    [['# A *title* #\n\nOne\nparagraph.\n\nAnother.'], 'A title', 'One paragraph.'],
    [[['# Größe\n', 'Text']], 'Größe', 'Text'],
    [['no heading', '## Second [link](http://x) `code`'], 'Second link code', undefined],
    [['#no heading', '# '], undefined, undefined],
    [['# One\n## Two\ntext'], 'One', undefined],
    [['# \\ud800'], '\\ud800', undefined],
    [[''], undefined, undefined],
  ]
  for (const [sources, title, description] of table) {
    const compiled = compile({ cells: sources.map(markdown), metadata: {}, nbformat: 4, nbformat_minor: 5 })
    t.equal(compiled.title?.[''], title, JSON.stringify(sources))
    t.equal(compiled.description?.[''], description)
  }
  const own = templateOf('python', undefined, { title: 'Own', description: 'Own text', tags: ['x'] })
  t.match(own, { title: { '': 'Own' }, description: { '': 'Own text' } })
})

t.test('our settings have their defaults', async (t) => {
  t.strictSame(templateOf('python').settings, {
    translated: 'as-sent',
    on_null: 'value',
    open_with: undefined,
    server: undefined,
    serverOptions: undefined,
    secrets: undefined,
    files: [],
    if_unset: [],
  })
  const own = {
    translated: 'plain',
    on_null: 'refuse',
    open_with: 'lab',
    server: 'gpu',
    secrets: ['a'],
    files: ['b.py'],
    if_unset: { a: 'none' },
  }
  const read = { ...own, serverOptions: undefined, if_unset: [['a', 'none']] }
  t.strictSame(templateOf('python', undefined, own).settings, read)
})

t.test('the server that a template wants', async (t) => {
  const wanted = (server: unknown) => {
    const { server: name, serverOptions } = templateOf('python', undefined, { server }).settings
    return [name, serverOptions]
  }
  t.same(wanted({}), [undefined, undefined])
  t.same(wanted({ name: 'gpu', options: {} }), ['gpu', undefined], 'no options are none')
  const options = { profile: 'gpu', cores: 4, nested: { a: [1, null] } }
  t.same(wanted({ options }), [undefined, options])
  t.same(wanted({ name: null, options: null }), [undefined, undefined])
  for (const wrong of [
    5,
    [],
    { names: 'gpu' },
    { name: 5 },
    { options: 'gpu' },
    { options: ['gpu'] },
    { options: { user_options: {} } },
    { options: { display_name: 'x' } },
    { options: { profile: 'x'.repeat(4000) } },
  ])
    t.throws(
      () => wanted(wrong),
      { message: /notebook_templates\.server/ },
      JSON.stringify(wrong).slice(0, 60),
    )
})

t.test('what the parameters cell sets is known, and whether it is a text', async (t) => {
  const all = (language: string, source: string) =>
    templateOf(language, source)
      .declared.map(({ name, text }) => (text ? `${name}: text` : name))
      .join(', ')
  const table: [language: string, source: string, declared: string][] = [
    ['python', 'a = 1\nb = "x"\nc: str = None\nd: int = 2  # e = "x"', 'a, b: text, c: text, d'],
    ['python', '"""doc\nx = 1\n"""\na = \'\'\'x\ny = 2\'\'\'\nb = f"{a}" "b"', 'a: text, b: text'],
    ['python', 'if True:\n    a = 1\nfor b in c: d = 1\nprint(x=1)\nx == 1\nx.y = 1\nz[0] = 1', ''],
    ['python', 'a = b = "x"; c, d = 1, 2\n(e, f) = 1, 2\ng += 1', 'a: text, b: text, c, d, e, f'],
    ['python', 'a = [\n  "x",\n  1\n]\nb = str(1)\nc = "a" + "b"\nd = \\\n  "x"', 'a, b, c, d: text'],
    [
      'python',
      'a: "str" = "x"\nb: Optional[str] = None\nc: str | None = None\nd: str',
      'a: text, b: text, c: text',
    ],
    ['python', 'größe = 1\nprint = print\na = lambda x=1: x', 'größe, print, a'],
    ['python', 'a = "unclosed\nb = 1', 'b'],
    [
      'R',
      'a <- "x"\nb = 1; c <<- TRUE\n"y" -> d\n5 -> e\nf(x = 1)\n`g h` <- 1 # i <- 2',
      'a: text, b, c, d: text, e, g h',
    ],
    ['R', 'a <- c(\n  x = "y"\n)\nb <- r"(x <- 1)"\nif (x) {\n  y <- 1; z <- 2\n}', 'a, b: text'],
    [
      'julia',
      'a = "x"\nconst b = 1\nglobal c = 2\nd::String = "y"\n#= e = 1 =#\nf(x) = 1\ng = """\nh = 1"""',
      'a: text, b, c, d: text, g: text',
    ],
    [
      'c',
      'int a = 1;\nconst char *b = "x";\nchar c[] = "y"; char d; char *e[2];\nunsigned long long f;\n#define G 1\nint main(void) { int h = 1; h = 2; }\n// int i = 1;\ndouble\n  j = 1.0;',
      'a, b: text, c: text, d, e, f, j',
    ],
  ]
  for (const [language, source, declared] of table)
    t.equal(all(language, source), declared, `${language}: ${JSON.stringify(source)}`)
})

t.test('a source that is made to be slow is not', async (t) => {
  const start = process.cpuUsage().user
  for (const source of [
    '"""'.repeat(3e4),
    `x = ${'('.repeat(1e5)}`,
    'r"('.repeat(1e5),
    '"\\'.repeat(1e5),
    '/*'.repeat(1e5),
    'a = '.repeat(1e5),
  ]) {
    for (const language of ['python', 'R', 'julia', 'c']) templateOf(language, source)
  }
  t.ok((process.cpuUsage().user - start) / 1e6 < 10)
})
