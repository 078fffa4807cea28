/** `check --execute`, with the nbclient and the kernels of a hub's Python. */
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { FileFinding } from '../../service/catalogue/check/check.ts'
import { binOf, inProject } from '../support/paths.ts'
import { until } from '../support/until.ts'

const python = join(binOf('hub-6.1.1'), 'python')
const cli = inProject('build/service/cli.js')
const asRoot = process.getuid?.() === 0 ? ['--as-root'] : []

interface Cell {
  readonly source: string
  readonly tags?: readonly string[]
}

/** A folder of templates: path → cells, or a whole notebook. */
function folderOf(t: Test, templates: Readonly<Record<string, readonly (string | Cell)[] | object>>): string {
  const dir = mkdtempSync(join(folderFor(t), 'templates-'))
  for (const [path, cells] of Object.entries(templates)) {
    const whole = Array.isArray(cells) ? notebook(cells as (string | Cell)[]) : cells
    mkdirSync(join(dir, path, '..'), { recursive: true })
    writeFileSync(join(dir, path), JSON.stringify(whole))
  }
  return dir
}

/** Of a test: `testdir` empties it when it is called again. */
const folders = new Map<Test, string>()
function folderFor(t: Test): string {
  const folder = folders.get(t) ?? t.testdir({})
  folders.set(t, folder)
  return folder
}

function notebook(cells: readonly (string | Cell)[], own?: object, kernel = 'python3') {
  return {
    cells: cells.map((cell, index) => {
      const { source, tags = [] } = typeof cell === 'string' ? { source: cell } : cell
      return {
        cell_type: 'code',
        execution_count: null,
        id: `c${index}`,
        metadata: { tags },
        outputs: [],
        source,
      }
    }),
    metadata: {
      kernelspec: { display_name: kernel, language: 'python', name: kernel },
      ...(own && { notebook_templates: own }),
    },
    nbformat: 4,
    nbformat_minor: 5,
  }
}

const parameters = (source: string): Cell => ({ source, tags: ['parameters'] })

/** What the executing itself found, as `file cell line code message`. */
function execute(dir: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = process.env) {
  const words = [cli, 'check', dir, '--execute', '--json', ...asRoot, ...args]
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8', env })
  const findings = stdout === '' ? [] : (JSON.parse(stdout) as { findings: FileFinding[] }).findings
  const own = findings.filter(({ code }) => /^(cell-|takes|kernel-|example)/.test(code))
  const told = own.map(({ file, cell, line, code, message }) =>
    [file, cell ?? '-', line ?? '-', code, message].join(' '),
  )
  return { told, findings: own, stderr, status }
}

t.test('the shipped templates run with their example values', async (t) => {
  const { told, stderr, status } = execute(inProject('templates'), ['--python', python])
  t.strictSame(told, [])
  t.equal(stderr, '')
  t.equal(status, 0)
})

t.test('twenty faults are found, each with its cell and its exception', async (t) => {
  const first = 'ready = True'
  const dir = folderOf(t, {
    '01-name.ipynb': [first, 'print(missing)'],
    '02-syntax.ipynb': [first, first, 'if True print(1)'],
    '03-import.ipynb': ['import no_such_module'],
    '04-file.ipynb': [first, 'x = 1\n\nopen("no such file.csv")'],
    '05-division.ipynb': [parameters('n = 0'), '1 / n'],
    '06-type.ipynb': [parameters('n = "1"'), 'n + 1'],
    '07-key.ipynb': ['{}["a"]'],
    '08-index.ipynb': ['[][0]'],
    '09-attribute.ipynb': ['"".magnitude'],
    '10-value.ipynb': ['int("x")'],
    '11-assert.ipynb': ['assert 1 > 2, "too small"'],
    '12-input.ipynb': ['input()'],
    '13-hub.ipynb': ['import os\nos.environ["JUPYTERHUB_API_TOKEN"]'],
    '14-service.ipynb': ['import os\nos.environ["NOTEBOOK_TEMPLATES_SECRET"]'],
    '15-home.ipynb': ['import pathlib\n(pathlib.Path.home() / "mine.txt").read_text()'],
    '16-died.ipynb': [first, 'import os\nos._exit(3)'],
    '17-exit.ipynb': ['raise SystemExit(1)'],
    '18-kernel.ipynb': notebook([first], undefined, 'no-such-kernel'),
    '19-schema.ipynb': notebook([parameters('n = 1')], { params: { n: { type: 'integer', minimum: 2 } } }),
    '20-injected.ipynb': notebook([parameters('a = 1'), first, 'b["a"]'], {
      params: { b: { type: 'object', default: { c: 1 } } },
    }),
    'good.ipynb': [parameters('n = 1'), 'assert n == 1'],
    'beside.ipynb': notebook(
      ['import helper\nassert helper.value == 1\nassert open("data/x.csv").read() == "1"'],
      {
        files: ['helper.py', 'data/x.csv'],
      },
    ),
    'expected.ipynb': [{ source: '1 / 0', tags: ['raises-exception'] }],
  })
  writeFileSync(join(dir, 'helper.py'), 'value = 1\n')
  mkdirSync(join(dir, 'data'))
  writeFileSync(join(dir, 'data/x.csv'), '1')
  const home = folderFor(t)
  writeFileSync(join(home, 'mine.txt'), 'mine')
  const hub = { JUPYTERHUB_API_TOKEN: 'secret', NOTEBOOK_TEMPLATES_SECRET: 'secret', HOME: home }
  const { told, findings, status } = execute(dir, ['--python', python], { ...process.env, ...hub })
  t.equal(status, 1)
  const expected = [
    /^01-name.ipynb 2 1 cell-fails the cell fails: NameError: name 'missing' is not defined$/,
    /^02-syntax.ipynb 3 \S+ cell-fails the cell fails: SyntaxError: /,
    /^03-import.ipynb 1 1 cell-fails the cell fails: ModuleNotFoundError: /,
    /^04-file.ipynb 2 3 cell-fails the cell fails: FileNotFoundError: .*no such file.csv/,
    /^05-division.ipynb 2 1 cell-fails the cell fails: ZeroDivisionError: /,
    /^06-type.ipynb 2 1 cell-fails the cell fails: TypeError: /,
    /^07-key.ipynb 1 1 cell-fails the cell fails: KeyError: /,
    /^08-index.ipynb 1 1 cell-fails the cell fails: IndexError: /,
    /^09-attribute.ipynb 1 1 cell-fails the cell fails: AttributeError: /,
    /^10-value.ipynb 1 1 cell-fails the cell fails: ValueError: /,
    /^11-assert.ipynb 1 1 cell-fails the cell fails: AssertionError: too small$/,
    /^12-input.ipynb 1 1 cell-fails the cell fails: StdinNotImplementedError: /,
    /^13-hub.ipynb 1 2 cell-fails the cell fails: KeyError: /,
    /^14-service.ipynb 1 2 cell-fails the cell fails: KeyError: /,
    /^15-home.ipynb 1 2 cell-fails the cell fails: FileNotFoundError: /,
    /^16-died.ipynb 2 - kernel-died its kernel ended in the cell$/,
    /^17-exit.ipynb 1 \S+ cell-fails the cell fails: SystemExit/,
    /^18-kernel.ipynb - - kernel-not-installed its kernel "no-such-kernel" is not installed/,
    /^19-schema.ipynb - - example-values its example values are refused: /,
    /^20-injected.ipynb 3 1 cell-fails the cell fails: KeyError: 'a'$/,
  ]
  t.equal(told.length, expected.length, told.join('\n'))
  for (const [index, wanted] of expected.entries()) t.match(told[index], wanted)
  t.ok(findings.every(({ severity, remedy }) => severity === 'fault' && remedy.endsWith('.')))
})

t.test('example values go after the cell that templates.yaml names, as the service puts them', async (t) => {
  const own = { params: { x: { default: 2 } } }
  const dir = folderOf(t, { 'a.ipynb': notebook(['ready = True', 'x = 1', 'assert x == 2'], own) })
  writeFileSync(join(dir, 'templates.yaml'), 'a.ipynb: {parameters_cell: 2}')
  t.strictSame(execute(dir, ['--python', python]).told, [])
})

t.test('what takes too long is ended with all that it has started, and leaves nothing', async (t) => {
  const left = join(folderFor(t), 'pid')
  const dir = folderOf(t, {
    'long.ipynb': [
      'ready = True',
      `import subprocess, time\nchild = subprocess.Popen(["sleep", "1000"], start_new_session=True)\nopen(${JSON.stringify(left)}, "w").write(str(child.pid))\ntime.sleep(1000)`,
    ],
  })
  const before = temporary()
  const { told } = execute(dir, ['--python', python, '--timeout', '15'])
  t.strictSame(told, ['long.ipynb 2 - takes-too-long it was not finished after 15 seconds'])
  t.ok(existsSync(left), 'it had started its process')
  t.notOk(isRunning(readFileSync(left, 'utf8')))
  t.strictSame(temporary(), before, 'no folder is left')
})

t.test('broken off, it ends what runs', async (t) => {
  const started = join(folderFor(t), 'pid')
  const source = `import os, time\nopen(${JSON.stringify(started)}, "w").write(str(os.getpid()))\ntime.sleep(1000)`
  const dir = folderOf(t, { 'long.ipynb': [source] })
  const before = temporary()
  const child = spawn(process.execPath, [cli, 'check', dir, '--execute', '--python', python, ...asRoot])
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await until('the kernel', () => existsSync(started) && readFileSync(started, 'utf8') !== '')
  child.kill('SIGINT')
  t.equal(await ended, 1)
  t.notOk(isRunning(readFileSync(started, 'utf8')))
  t.strictSame(temporary(), before)
})

t.test('what it needs and lacks is said in a sentence', async (t) => {
  const dir = folderOf(t, { 'a.ipynb': ['1'] })
  const without = join(folderFor(t), 'python3')
  writeFileSync(without, '#!/bin/sh\necho "ModuleNotFoundError: No module named nbclient" >&2\nexit 1\n')
  chmodSync(without, 0o755)
  t.match(
    execute(dir, ['--python', without]).stderr,
    /has no nbclient: install it by “.*python3 -m pip install nbclient ipykernel”/,
  )
  t.match(execute(dir, ['--python', '/no/such/python']).stderr, 'there is no Python called "/no/such/python"')
  t.match(execute(dir, ['--timeout', '1.5']).stderr, '--timeout is a number of seconds')
  const plain = spawnSync(process.execPath, [cli, 'check', dir, '--python', python], { encoding: 'utf8' })
  t.match(plain.stderr, '--python is for --execute')
  t.equal(plain.status, 2)
  if (process.getuid?.() !== 0) return
  const root = spawnSync(process.execPath, [cli, 'check', dir, '--execute'], { encoding: 'utf8' })
  t.match(root.stderr, 'here as root: use another account, or say --as-root')
  t.equal(root.status, 2)
})

function temporary(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('notebook-templates-run-'))
}

/** One that has ended stays as a zombie until its parent asks for it. */
function isRunning(pid: string): boolean {
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ') Z'
  return !/\) [ZX]/.test(stat)
}
