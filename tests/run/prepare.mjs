/** What the tests need and a fresh checkout lacks. Plain JavaScript on Node's own modules: nothing is installed yet. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const project = fileURLToPath(new URL('../../', import.meta.url))

/** What only the system's package manager has: the Debian package, the tests that need it, and whether it is here. */
const systemParts = [
  {
    debian: 'chromium',
    tests: /browser\/|hub\/sampledb/,
    isHere: () => existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium'),
  },
  {
    debian: 'firefox-esr',
    tests: /browser\/isolation/,
    isHere: () => existsSync(process.env.FIREFOX ?? '/usr/bin/firefox-esr'),
  },
  {
    debian: 'postgresql',
    tests: /(hub\/|demo-)sampledb/,
    isHere: () => existsSync('/usr/lib/postgresql') && onPath('psql'),
  },
  { debian: 'fonts-dejavu-core', tests: /browser\//, isHere: () => existsSync('/usr/share/fonts/truetype') },
  {
    debian: 'r-base-core',
    tests: /\br\.(oracle\.)?test|papermill\/|kernels\//,
    isHere: () => onPath('Rscript'),
  },
  {
    debian: 'r-cran-irkernel',
    tests: /kernels\//,
    isHere: () => existsSync('/usr/share/jupyter/kernels/ir'),
  },
  { debian: 'mono-mcs', tests: /[cf]sharp\.oracle|papermill\/|kernels\//, isHere: () => onPath('mcs') },
  { debian: 'octave', tests: /matlab\.oracle|papermill\/|kernels\//, isHere: () => onPath('octave-cli') },
  { debian: 'curl', tests: /web\/(connect|pages)\./, isHere: () => onPath('curl') },
  {
    debian: 'nginx-light',
    tests: /hub\/nginx\./,
    isHere: () => existsSync('/usr/sbin/nginx') || onPath('nginx'),
  },
  { debian: 'ruby', tests: /ruby\.oracle|kernels\//, isHere: () => onPath('ruby') },
  { debian: 'gcc', tests: /\/c\.oracle|kernels\//, isHere: () => onPath('gcc') },
  { debian: 'g++', tests: /cpp\.oracle|kernels\//, isHere: () => onPath('g++') },
  {
    debian: 'libc6-dev',
    tests: /\/c(pp)?\.oracle|kernels\//,
    isHere: () => existsSync('/usr/include/stdio.h'),
  },
  { debian: 'golang-go', tests: /go\.oracle|kernels\//, isHere: () => onPath('go') },
  { debian: 'rustc', tests: /rust\.oracle|kernels\//, isHere: () => onPath('rustc') },
  {
    debian: 'openjdk-17-jdk-headless',
    tests: /(java|jshell|kotlin|scala3?)\.oracle|papermill\/|kernels\//,
    isHere: () => onPath('jshell'),
  },
  { debian: 'maven', tests: /(kotlin|scala3?)\.oracle|papermill\//, isHere: () => onPath('mvn') },
  {
    debian: 'python3-venv',
    tests:
      /^(?!.*\.unit\.test).*(hub|browser|commands|templates|environment|papermill|kernels|sampledb|matlab|sage|[cf]sharp)/,
    isHere: canMakeVenv,
  },
]

/** Runs a command in the checkout with its output shown; true when it succeeded. */
export function run(command, ...args) {
  return spawnSync(command, args, { cwd: project, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}

/** `npm ci` when node_modules is missing or holds other versions than package-lock.json says. */
export function installPackages() {
  if (packagesFit()) return true
  console.log('Installing the npm packages …')
  return run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error')
}

function packagesFit() {
  const installed = packagesIn('node_modules/.package-lock.json')
  const wanted = packagesIn('package-lock.json')
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  )
}

function packagesIn(lockFile) {
  const file = join(project, lockFile)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {}
}

/** tap needs its plugins linked once after each install. */
export function buildTap() {
  const stamp = join(project, 'node_modules/.tap-is-built')
  if (existsSync(stamp)) return true
  if (!run('npx', 'tap', 'build')) return false
  writeFileSync(stamp, '')
  return true
}

/** @param {readonly string[]} [files] built tests; all without it @returns Debian packages that they need */
export function systemPartsOf(files) {
  return systemParts
    .filter(({ tests }) => files === undefined || files.some((file) => tests.test(file)))
    .map(({ debian }) => debian)
}

/**
 * Installs them where it may, names them in one line where it may not; what needs them then fails.
 *
 * @param {readonly string[]} those Debian packages
 */
export function installSystemParts(those) {
  const wanted = systemParts.filter(({ debian }) => those.includes(debian))
  const lacking = wanted.filter(({ isHere }) => !isHere()).map(({ debian }) => debian)
  if (lacking.length === 0) return
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.log(`Installing ${lacking.join(', ')} …`)
    process.env.DEBIAN_FRONTEND = 'noninteractive'
    const install = ['-y', '-q', '--no-install-recommends', 'install', ...lacking]
    if (run('apt-get', '-q', 'update') && run('apt-get', ...install)) return
  }
  console.log(`Missing: on Debian, apt-get install ${lacking.join(' ')}`)
}

/** Another Node.js from npm's package `node`, for `.ci/run`; the path of its folder. */
export function installNode(major) {
  const folder = join(project, '.environments', `node-${major}`)
  const bin = join(folder, 'node_modules/node/bin')
  if (!existsSync(join(bin, 'node'))) {
    console.log(`Installing Node.js ${major} …`)
    run('npm', 'install', '--no-audit', '--no-fund', '--no-save', '--prefix', folder, `node@${major}`)
  }
  return bin
}

/** Builds from nothing, so that no file of an older build is run. tsc writes its files even beside a type error. */
export function build() {
  rmSync(join(project, 'build'), { recursive: true, force: true })
  return run('npm', 'run', '--silent', 'build')
}

/** For commands that run what is built: builds only when a source is newer than that. */
export function buildIfNeeded() {
  const main = join(project, 'build/service/main.js')
  const built = existsSync(main) ? statSync(main).mtimeMs : 0
  const sources = ['service', 'tests'].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  )
  const files = ['tsconfig.json', 'package-lock.json', ...sources]
  if (files.every((file) => statSync(join(project, file)).mtimeMs <= built)) return true
  console.log('Building …')
  return run('npm', 'run', '--silent', 'build')
}

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}

/** Debian's python3 has the module venv, but not what it needs. */
function canMakeVenv() {
  const pythons = ['python3', 'python3.11', 'python3.12', 'python3.13']
  return pythons.some((python) => spawnSync(python, ['-c', 'import ensurepip, venv']).status === 0)
}
