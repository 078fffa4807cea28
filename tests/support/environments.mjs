/**
 * Virtual environments under `.environments/`, made from pinned requirements and made again when those change. One may
 * have packages of npm beside those of Python. Plain JavaScript on Node's own modules: it runs before `node_modules`
 * exists.
 *
 *     node tests/support/environments.mjs hub-6.1.1 hub-5.5.1
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../../', import.meta.url))
const home = join(project, '.environments')

/** Where an environment's programs are. */
export const binOf = (name) => join(home, name, 'bin')

/** Where pinned versions stand: Python's, and npm's where there are any. */
const pins = (name) =>
  [`${name}.txt`, `${name}/package.json`, `${name}/package-lock.json`]
    .map((file) => fileURLToPath(new URL(`requirements/${file}`, import.meta.url)))
    .filter((file) => existsSync(file))

/**
 * Makes the environment unless it is there, and waits for another process that is making it.
 *
 * @param {string} name of one of the files of pins in `requirements/`, without `.txt`
 * @param {(line: string) => void} say told once before the minutes that pip needs
 * @throws {Error} one clear line when Python is missing or pip fails
 */
export async function makeEnvironment(name, say = () => {}) {
  const [requirements, ...npm] = pins(name)
  // The scripts in bin/ hold the absolute path, so a moved checkout needs new ones.
  const hash = createHash('sha256').update(readFileSync(requirements)).update(join(home, name))
  for (const file of npm) hash.update(readFileSync(file))
  const stamp = hash.digest('hex')
  const stampFile = join(home, name, 'stamp')
  const isThere = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
  if (isThere()) return
  mkdirSync(home, { recursive: true })
  // JupyterLab brings scripts for Node that are not ES modules, as our own package.json above them would have it.
  writeFileSync(join(home, 'package.json'), '{ "type": "commonjs" }\n')
  const release = await lock(join(home, `${name}.lock`))
  try {
    if (isThere()) return
    say(`Installing the Python environment ${name} (once, about a minute) …`)
    makeVenv(join(home, name))
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]
    const installed = run(join(binOf(name), 'python'), pip)
    if (installed.status !== 0) throw new Error(`pip could not install ${requirements}:\n${installed.stderr}`)
    if (npm.length > 0) installFromNpm(join(home, name), npm)
    writeFileSync(stampFile, stamp)
  } finally {
    release()
  }
}

/** The first Python from 3.11 on that can make a complete virtual environment (Debian keeps ensurepip apart). */
function makeVenv(folder) {
  let reason = 'there is no python3 from 3.11 on'
  for (const python of ['python3', 'python3.11', 'python3.12', 'python3.13', '/usr/bin/python3']) {
    const fits = run(python, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))'])
    if (fits.error || fits.status !== 0) continue
    rmSync(folder, { recursive: true, force: true })
    const made = run(python, ['-m', 'venv', folder])
    if (made.status === 0) return
    reason = `${python} -m venv fails (on Debian: apt-get install python3-venv)`
  }
  rmSync(folder, { recursive: true, force: true })
  throw new Error(`no virtual environment: ${reason}`)
}

/** Binaries lie in the packages themselves: their scripts have nothing to do. */
function installFromNpm(folder, files) {
  for (const file of files) copyFileSync(file, join(folder, basename(file)))
  const ci = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const installed = run('npm', ci, folder)
  if (installed.status !== 0) throw new Error(`npm could not install ${files[0]}:\n${installed.stderr}`)
}

function run(program, args, cwd) {
  return spawnSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] })
}

/** A folder is made by one process alone; a lock whose owner has died is taken over. */
export async function lock(folder) {
  for (;;) {
    try {
      mkdirSync(folder)
      writeFileSync(join(folder, 'pid'), String(process.pid))
      return () => rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    await sleep(500)
    if (!ownerLives(join(folder, 'pid'))) rmSync(folder, { recursive: true, force: true })
  }
}

function ownerLives(pidFile) {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')) || Number.NaN, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const name of process.argv.slice(2)) await makeEnvironment(name, console.error)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
