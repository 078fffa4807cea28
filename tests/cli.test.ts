import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { withReason, writeOutput } from '../service/commands/files.ts'
import { inProject } from './support/paths.ts'

const template = inProject('templates/some_instrument/Data_Analysis_{measurement_name}.ipynb')
const run = (args: string[], input = '') =>
  spawnSync(process.execPath, [inProject('build/service/cli.js'), ...args], { input, encoding: 'utf8' })
const injected = (notebook: string) =>
  (JSON.parse(notebook) as { cells: { source: string | string[]; metadata: { tags?: string[] } }[] }).cells
    .filter((cell) => cell.metadata.tags?.includes('injected-parameters'))
    .map((cell) => [cell.source].flat().join(''))

t.test(
  'render reads parameters from standard input and writes the notebook to standard output',
  async (t) => {
    const { status, stdout } = run(
      ['render', template, '--params', '-'],
      '{"measurement_name": "Größe", "n": 1.0}',
    )
    t.equal(status, 0)
    const [cell = '', ...more] = injected(stdout)
    t.same(more, [])
    t.match(cell, 'measurement_name = "Größe"')
    t.match(cell, 'n = 1.0')
  },
)

t.test('render without parameters leaves the cells as they are', async (t) => {
  const { status, stdout } = run(['render', template])
  t.equal(status, 0)
  t.same(injected(stdout), [])
  t.same(JSON.parse(stdout).cells, JSON.parse(readFileSync(template, 'utf8')).cells)
})

t.test('render tells what values meet in the template', async (t) => {
  const code = (source: string, tags: string[]) => ({
    cell_type: 'code',
    execution_count: null,
    metadata: { tags },
    outputs: [],
    source,
  })
  const cells = [code('temperature = 20\nunit = "K"\nsample = ""', ['parameters']), code('unit = "K"', [])]
  const kernelspec = { name: 'python3', display_name: 'Python 3', language: 'python' }
  const file = JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 4 })
  const dir = t.testdir({ 'a.ipynb': file })
  const output = join(dir, 'b.ipynb')
  const args = ['render', join(dir, 'a.ipynb'), '--params', '-', '--output', output, '--json']
  const { status, stdout, stderr } = run(args, '{"temprature": 1, "unit": "mK"}')
  t.equal(status, 0)
  t.equal(
    stderr,
    `notebook-templates: The value of “unit” has no effect: the template sets it again in cell 2, line 1. unit = "K"
notebook-templates: “temprature” is not a parameter of this template; did you mean “temperature”?
notebook-templates: Not sent, so the example in the template holds: temperature = 20, sample = ""
`,
  )
  t.same(JSON.parse(stdout), {
    output,
    notices: [
      { kind: 'overwritten', name: 'unit', cell: 2, line: 1, code: 'unit = "K"' },
      { kind: 'unknown', name: 'temprature', meant: 'temperature' },
      { kind: 'example', name: 'temperature', example: '20' },
      { kind: 'example', name: 'sample', example: '""' },
    ],
    more: 0,
  })
  t.match(run(['render', join(dir, 'a.ipynb'), '--json']), {
    status: 2,
    stderr: /requires a file as --output/,
  })
})

t.test('render withholds what looks like a credential, and says so', async (t) => {
  const sent = '{"measurement_name": "x", "jwt": "hunter2", "n": 1.0}'
  const { status, stdout, stderr } = run(['render', template, '--params', '-'], sent)
  t.equal(status, 0)
  t.notMatch(stdout + stderr, 'hunter2')
  t.match(stderr, '"jwt" is withheld: looks like a credential')
  const { made_from: madeFrom } = JSON.parse(stdout).metadata.notebook_templates
  t.equal(madeFrom.parameters, '{"measurement_name":"x","n":1.0}')
})

t.test('render knows the names of the service', async (t) => {
  const render = (names: string) =>
    spawnSync(process.execPath, [inProject('build/service/cli.js'), 'render', template, '--params', '-'], {
      input: '{"measurement_name": "x", "jwt": "hunter2", "scicat": "hunter3"}',
      encoding: 'utf8',
      env: { PATH: process.env.PATH, NOTEBOOK_TEMPLATES_SECRET_NAMES: names },
    }).stdout
  t.notMatch(render('SciCat'), /hunter/)
  t.match(render('none'), /hunter2.*hunter3/s)
})

t.test('render writes a file, but never over one', async (t) => {
  const dir = t.testdir({ 'params.json': '{"a": 1}', 'there.ipynb': 'mine' })
  const to = (name: string) =>
    run(['render', template, '--params', join(dir, 'params.json'), '--output', join(dir, name)])
  t.equal(to('new.ipynb').status, 0)
  t.match(injected(readFileSync(join(dir, 'new.ipynb'), 'utf8'))[0], 'a = 1')
  t.equal(to('there.ipynb').status, 1)
  t.equal(readFileSync(join(dir, 'there.ipynb'), 'utf8'), 'mine')
})

t.test('a file that cannot be read or written is told in a sentence', async (t) => {
  const dir = t.testdir({ 'params.json': '{}', 'there.ipynb': 'mine', folder: {} })
  const at = (name: string) => join(dir, name)
  const cases: [args: string[], told: string][] = [
    [['render', at('none.ipynb')], `${at('none.ipynb')}: there is no such file or folder`],
    [['render', dir], `${dir}: it is a folder, and not a file`],
    [['render', at('params.json/x.ipynb')], `${at('params.json/x.ipynb')}: it is a file, and not a folder`],
    [
      ['render', template, '--params', at('none.json')],
      `${at('none.json')}: there is no such file or folder`,
    ],
    [['render', template, '--params', dir], `${dir}: it is a folder, and not a file`],
    [
      ['render', template, '--output', at('there.ipynb')],
      `${at('there.ipynb')}: it exists already, and is not written over`,
    ],
    [
      ['render', template, '--output', at('none/x.ipynb')],
      `${at('none/x.ipynb')}: there is no such file or folder`,
    ],
    [['render', template, '--output', at('x'.repeat(300))], `${at('x'.repeat(300))}: its name is too long`],
    [['render', template, '--output', '/proc/x.ipynb'], '/proc/x.ipynb: there is no such file or folder'],
    [['check', at('none')], `${at('none')}: there is no such file or folder`],
    [['check', at('params.json')], `${at('params.json')}: it is a file, and not a folder`],
  ]
  for (const [args, told] of cases) {
    const { status, stderr, stdout } = run(args)
    t.strictSame([status, stdout, stderr], [1, '', `notebook-templates: ${told}\n`], args.join(' '))
  }
})

t.test('parameters are UTF-8, with or without a byte-order mark', async (t) => {
  const dir = t.testdir({
    'latin-1.json': Buffer.from('{"a": "Gr\xf6\xdfe"}', 'latin1'),
    'mark.json': '\ufeff{"a": "Größe"}',
  })
  const bad = run(['render', template, '--params', join(dir, 'latin-1.json')])
  t.match(bad, { status: 1, stdout: '', stderr: /latin-1\.json: it is not UTF-8/ })
  const good = run(['render', template, '--params', join(dir, 'mark.json')])
  t.match(good, { status: 0, stdout: /Größe/ })
  t.match(run(['render', template, '--params', '-'], '\ufeff{"a": "Größe"}'), { status: 0, stdout: /Größe/ })
})

t.test('help and version are told for the asking', async (t) => {
  for (const command of ['serve', 'render', 'check']) {
    for (const flag of ['--help', '-h']) {
      const { status, stdout, stderr } = run([command, flag])
      t.match(
        [status, stdout, stderr],
        [0, new RegExp(`^Usage:\\n  notebook-templates \\[?${command}`), ''],
        `${command} ${flag}`,
      )
    }
  }
  const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'))
  t.match(run(['--version']), { status: 0, stdout: `${version}\n`, stderr: '' })
})

t.test('what may not be read is told so', async (t) => {
  await t.rejects(
    withReason('x.ipynb', Promise.reject(Object.assign(new Error('raw'), { code: 'EACCES' }))),
    { message: 'x.ipynb: permission denied' },
  )
  await t.rejects(withReason('x.ipynb', Promise.reject(new Error('another'))), { message: 'another' })
})

t.test('a notebook that cannot be written to its end leaves no file', async (t) => {
  const output = join(t.testdir({}), 'x.ipynb')
  async function* broken() {
    yield Buffer.from('{')
    throw Object.assign(new Error('raw'), { code: 'ENOSPC' })
  }
  await t.rejects(writeOutput(output, broken() as never), {
    message: `${output}: there is no space left for it`,
  })
  t.notOk(existsSync(output))
})

t.test('who reads only the beginning gets that, and no error', async (t) => {
  const file = JSON.parse(readFileSync(template, 'utf8'))
  file.metadata.long = 'x'.repeat(2_000_000)
  const path = join(t.testdir({ 'long.ipynb': JSON.stringify(file) }), 'long.ipynb')
  const command = '"$0" "$1" render "$2" | head -c 10; echo; echo $PIPESTATUS'
  const { stdout, stderr } = spawnSync(
    'bash',
    ['-c', command, process.execPath, inProject('build/service/cli.js'), path],
    {
      encoding: 'utf8',
    },
  )
  t.match(stdout, /^\{.{9}\n0\n$/s)
  t.equal(stderr, '')
})

t.test('a name that nothing fills is the author’s to choose, and what a button would say', async (t) => {
  const output = join(t.testdir({}), 'trial.ipynb')
  const { status, stderr } = run(['render', template, '--output', output])
  t.equal(status, 0)
  t.match(stderr, /^notebook-templates: a button would be refused: .*measurement_name.*\n$/)
  t.ok(existsSync(output))
  const sent = run(['render', template, '--params', '-'], '{"measurement_name": "x"}')
  t.equal(sent.stderr, '', 'that created stays None is no news')
})

t.test('wrong parameters are told in a sentence, with their place', async (t) => {
  const { status, stderr, stdout } = run(['render', template, '--params', '-'], '{"a": 1,\n "a": 2}')
  t.equal(status, 1)
  t.equal(stdout, '')
  t.match(stderr, /line 2/)
})

t.test('parameters that are not as the template declares them are told one by one', async (t) => {
  const file = JSON.parse(readFileSync(template, 'utf8'))
  file.metadata.notebook_templates = { params: { a: { type: 'integer' }, b: { type: 'string' } } }
  const path = join(t.testdir({ 'declared.ipynb': JSON.stringify(file) }), 'declared.ipynb')
  const { status, stderr, stdout } = run(['render', path, '--params', '-'], '{"a": 1.5, "b": 2}')
  t.equal(status, 1)
  t.equal(stdout, '')
  t.match(
    stderr,
    /do not match this template: a, b\.\n {2}“a” must be a whole number\.\n {2}“b” must be text\.\n/,
  )
  t.equal(run(['render', path, '--params', '-'], '{"a": 1.0, "b": {"en": "x"}}').status, 0)
})

t.test('check finds nothing in the templates that are shipped', async (t) => {
  const { status, stdout } = run(['check', inProject('templates'), '--strict', '--kernels', 'python3,ir'])
  t.equal(stdout, '6 templates, 0 with a fault\n')
  t.equal(status, 0)
})

/** A shipped template without what lies beside it. */
const good = readFileSync(template, 'utf8').replace(/^ *"thumbnail": .*\n/m, '')

t.test('check names each file that is no template, and why', async (t) => {
  const dir = t.testdir({
    'good.ipynb': good,
    'broken.ipynb': '{"cells": [',
    'old.ipynb': '{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}',
    'Bad_{name.ipynb': good,
  })
  const { status, stdout } = run(['check', dir])
  t.equal(status, 1)
  t.match(stdout, /^broken\.ipynb.*: .+$/m)
  t.match(stdout, /^old\.ipynb.*nbformat/m)
  t.match(stdout, /^Bad_\{name\.ipynb.*: .+$/m)
  t.notMatch(stdout, /^good\.ipynb/m)
  t.match(stdout, /^4 templates, 3 with a fault$/m)
})

const warned = good.replace('"notebook_templates": {', '"notebook_templates": {"titel": "x",')

t.test('check tells warnings from faults, and counts them with --strict', async (t) => {
  const dir = t.testdir({ 'good.ipynb': good, 'warned.ipynb': warned })
  const { status, stdout } = run(['check', dir])
  t.match(
    stdout,
    /^warned\.ipynb: warning: .*did you mean "title"\? \[unknown-metadata\]\n {2}Correct .*\n2 templates, 0 with a fault, 1 with a warning\n$/,
  )
  t.equal(status, 0)
  t.equal(run(['check', dir, '--strict']).status, 1)
  t.equal(
    run(['check', dir, '--kernels', 'ir, julia-1.11']).status,
    1,
    'a kernel that the hub lacks is a fault',
  )
  t.equal(run(['check', dir, '--kernels=python3']).status, 0)
})

t.test('check writes JSON for programs', async (t) => {
  const dir = t.testdir({ 'a.ipynb': '{"cells": [}', 'warned.ipynb': warned })
  const { status, stdout } = run(['check', '--json', dir])
  t.equal(status, 1)
  t.match(JSON.parse(stdout), {
    templates: 2,
    faults: 1,
    warnings: 1,
    findings: [
      { file: 'a.ipynb', code: 'unusable', severity: 'fault', cell: 1, message: /line 1, column 12/ },
      { file: 'warned.ipynb', code: 'unknown-metadata', severity: 'warning', remedy: /^Correct .*\.$/ },
    ],
  })
})

t.test('check writes workflow commands for GitHub, with the lines of the files', async (t) => {
  const cells = [
    { cell_type: 'markdown', metadata: {}, source: ['# A'] },
    {
      cell_type: 'code',
      execution_count: null,
      metadata: { tags: ['parameters'] },
      outputs: [],
      source: ['x = 1\n', 'open("/home/a%b:c,d")'],
    },
  ]
  const language = { name: 'python3', display_name: 'Python', language: 'python' }
  const notebook = { cells, metadata: { kernelspec: language }, nbformat: 4, nbformat_minor: 4 }
  const text = JSON.stringify(notebook, null, 1)
  const dir = t.testdir({ 'a,b:%.ipynb': text, 'warned.ipynb': warned, 'c.ipynb': '{"cells": [}' })
  const { status, stdout } = run(['check', dir, '--format', 'github'])
  const line = text.split('\n').findIndex((one) => one.includes('/home/')) + 1
  const [first, second, third, ...rest] = stdout.split('\n')
  t.match(
    first,
    new RegExp(
      `^::warning file=.*/a%2Cb%3A%25\\.ipynb,line=${line},title=absolute-path::cell 2, line 2: it has .*"/home/a%25b:c,d"\\. Use .*\\.$`,
    ),
  )
  t.match(second, /^::error file=.*c\.ipynb,title=unusable::cell 1: /)
  t.match(third, /^::warning file=.*warned\.ipynb,title=unknown-metadata::its metadata/)
  t.same(rest, ['3 templates, 1 with a fault, 2 with a warning', ''])
  t.equal(status, 1)
})

t.test('check shows odd characters of a name in escapes', async (t) => {
  const dir = t.testdir({ 'a\u001b[31m\nb.ipynb': '' })
  t.match(run(['check', dir]).stdout, /^a\\u\{1b\}\[31m\\u\{a\}b\.ipynb: /)
})

for (const args of [
  ['nonsense'],
  ['render'],
  ['check'],
  ['render', '--no-such-option'],
  ['check', '.', '--kernels'],
  ['check', '.', '--format', 'xml'],
  ['check', '.', '--json', '--format', 'text'],
]) {
  t.test(`wrong usage: ${args.join(' ')}`, async (t) => {
    const { status, stderr } = run(args)
    t.equal(status, 2)
    t.match(stderr, 'Usage:')
  })
}

t.test('without a command it serves: a wrong setting ends it, by name', async (t) => {
  const { status, stderr } = spawnSync(process.execPath, [inProject('build/service/cli.js')], {
    env: {
      PATH: process.env.PATH,
      NOTEBOOK_TEMPLATES_PORT: 'many',
      JUPYTERHUB_API_URL: 'http://127.0.0.1:1/hub/api',
    },
    encoding: 'utf8',
  })
  t.equal(status, 1)
  t.match(stderr, 'NOTEBOOK_TEMPLATES_PORT')
  t.match(stderr, 'JUPYTERHUB_API_TOKEN', 'all faults at once')
})
