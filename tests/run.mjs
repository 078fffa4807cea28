/**
 * `npm test`: installs what a checkout lacks, builds, checks types and style, runs every test, and ends with the line
 * `N passed, N failed`. It asks nothing.
 *
 *     npm test                      everything
 *     npm test -- notebook hub/     only files whose path holds one of these
 *     npm test -- --node=22         what asks something of Node.js again, as it is built, on another version of it
 *     npm test -- --node=22 --all   all unit tests
 *     npm run test:unit             the quick ones that need nothing but Node.js and Python, on what is built or is built now
 *     npm test -- --help            this text
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  build,
  buildIfNeeded,
  buildTap,
  installNode,
  installPackages,
  installSystemParts,
  project,
  run,
  systemPartsOf,
} from './run/prepare.mjs'
import { slowTests } from './run/slow.mjs'
import { makeDotnet } from './support/dotnet.mjs'
import { binOf, makeEnvironment } from './support/environments.mjs'
import { fetchCompiler } from './support/maven.mjs'
import { fetchWildNotebooks } from './support/wild.mjs'

/**
 * Tests with processes of their own (hubs, browsers, kernels): they take long and must not starve one another. Among them
 * `*.unit.test.js` are those that need none; elsewhere `*.environment.test.js` are those that need the Python of a hub.
 */
const withHubs =
  /^build\/tests\/((hub|browser|hub-config|commands|templates)\/(?!.*\.unit\.test\.js$)|.*\.environment\.test\.js$)/
const withPapermill = /^build\/tests\/notebook\/papermill\//
const withKernels = /^build\/tests\/kernels\//
const needsProcesses = (file) => [withHubs, withPapermill, withKernels].some((files) => files.test(file))
const environment = (name) => (say) => makeEnvironment(name, say)
/** What takes a minute to install, and which tests need it. */
const installed = [
  [withHubs, environment('hub-6.1.1')],
  [withHubs, environment('hub-5.5.1')],
  [/template\/wild\.environment/, fetchWildNotebooks],
  [withPapermill, environment('bench')],
  [withKernels, environment('kernels')],
  [/notebook\/(languages\/dotnet\/.+\.oracle|papermill\/translators)/, makeDotnet],
  [/notebook\/languages\/matlab\/.+\.oracle/, environment('matlab')],
  [/notebook\/languages\/python\/sage\.oracle/, environment('sage')],
  [/sampledb\.test/, environment('sampledb')],
  [/hub-config\/wheel/, environment('wheel')],
  [/notebook\/languages\/jvm\/kotlin\.oracle/, (say) => fetchCompiler('kotlin', say)],
  [/notebook\/(languages\/jvm\/scala\.oracle|papermill\/translators)/, (say) => fetchCompiler('scala2', say)],
  [/notebook\/languages\/jvm\/scala3\.oracle/, (say) => fetchCompiler('scala3', say)],
]
const jobs = 2
/** Of those with processes of their own: they wait more than they compute. */
const slowJobs = 3

const others = process.argv.slice(2)
refuseUnknown()
const otherNode = others.find((argument) => argument.startsWith('--node='))?.slice('--node='.length)
const unitAlone = others.includes('--unit')
const filters = others.filter((argument) => !argument.startsWith('--'))
const total = { passed: 0, failed: 0 }

try {
  if (otherNode) await onOtherNode(otherNode)
  else if (unitAlone) await units()
  else await everything()
} catch (error) {
  total.failed++
  console.log(error.message)
}
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

/** Before anything is installed: a slip of the pen must not begin the whole run. */
function refuseUnknown() {
  const isHelp = (argument) => argument === '--help' || argument === '-h'
  const isKnown = (argument) => !argument.startsWith('-') || /^--(node=\d+|all|unit)$/.test(argument)
  const unknown = others.filter((argument) => !isKnown(argument) && !isHelp(argument))
  if (unknown.length === 0 && !others.some(isHelp)) return
  if (unknown.length > 0) console.error(`There is no option ${unknown.join(' ')}.\n`)
  console[unknown.length > 0 ? 'error' : 'log'](usage())
  process.exit(unknown.length > 0 ? 2 : 0)
}

/** What stands at the top of this file. */
function usage() {
  const [, header] = /^\/\*\*\n(.*?)\n \*\//s.exec(readFileSync(new URL(import.meta.url), 'utf8'))
  return header.replace(/^ \* ?/gm, '')
}

async function everything() {
  must('npm ci', installPackages())
  must('tap build', buildTap())
  check('the types', build())
  check('the style', run('npx', 'biome', 'check', '--error-on-warnings'))
  const chosen = chosenFiles()
  installSystemParts(systemPartsOf(chosen))
  const quick = chosen.filter((file) => !needsProcesses(file))
  const slow = chosen.filter(needsProcesses)
  await install(quick)
  if (quick.length > 0) await tests('unit tests', quick, { jobs, timeout_s: 300 })
  if (slow.length === 0) return
  await install(slow)
  // Python of the hub, where a test runs `python3`.
  process.env.PATH = `${binOf('hub-6.1.1')}:${process.env.PATH}`
  await tests('hub, browser and kernel tests', slow, { jobs: slowJobs, timeout_s: 900 })
}

/** For a developer, again and again: installs nothing from Debian, starts no hub and no browser, and keeps the build. */
async function units() {
  must('npm ci', installPackages())
  must('tap build', buildTap())
  must('the build', buildIfNeeded())
  const needsMore = (file) => needsProcesses(file) || systemPartsOf([file]).length > 0
  const takesLong = (file) => filters.length === 0 && slowTests.has(file)
  await tests(
    'unit tests',
    chosenFiles().filter((file) => !needsMore(file) && !takesLong(file)),
    { jobs, timeout_s: 300 },
  )
}

async function onOtherNode(major) {
  const node = installNode(major)
  must(`installing Node.js ${major}`, existsSync(join(node, 'node')))
  // notebook/ computes bytes from bytes. What a language makes of a cell is asked by the oracles, and never of Node.js.
  const asksNode = (file) => others.includes('--all') || !file.startsWith('build/tests/notebook/')
  const isQuick = (file) => !needsProcesses(file) && !file.endsWith('.oracle.test.js')
  const quick = testFiles().filter((file) => isQuick(file) && asksNode(file))
  await tests(`unit tests on Node.js ${major}`, quick, { jobs, timeout_s: 120, node })
}

/** What would take longer than one test may. */
async function install(files) {
  for (const [needs, make] of installed) if (files.some((file) => needs.test(file))) await make(console.log)
}

/** After the first phase there are npm packages, the TAP parser among them. */
async function tests(title, files, options) {
  const { runTap } = await import('./run/tap.mjs')
  const { passed, failed } = await runTap(title, files, options)
  total.passed += passed
  total.failed += failed
}

function chosenFiles() {
  const chosen = testFiles().filter(
    (file) => filters.length === 0 || filters.some((part) => file.includes(part)),
  )
  if (chosen.length === 0) throw new Error(`No test file has ${filters.join(' or ')} in its path.`)
  return chosen
}

function testFiles() {
  const built = readdirSync(join(project, 'build/tests'), { recursive: true })
  // A build that was kept may have tests whose source has gone.
  const hasSource = (name) => existsSync(join(project, 'tests', name.replace(/\.js$/, '.ts')))
  return built
    .filter((name) => name.endsWith('.test.js') && hasSource(name))
    .map((name) => `build/tests/${name}`)
    .sort()
}

/** Without this there is no going on. */
function must(what, isDone) {
  if (!isDone) throw new Error(`${what} failed.`)
}

/** This counts as failed, and the tests run all the same. */
function check(what, isFine) {
  if (isFine) return
  total.failed++
  console.log(`There is something wrong with ${what}, see above.`)
}
