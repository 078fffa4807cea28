/**
 * `npm test`: installs what a checkout lacks, builds, checks types and style, runs every test, and ends with the line
 * `N passed, N failed`. It asks nothing.
 *
 *     npm test                      everything
 *     npm test -- notebook hub/     only files whose path holds one of these
 *     npm test -- --node=22         the unit tests again, as they are built, on another Node.js
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  build,
  buildTap,
  installNode,
  installPackages,
  installSystemParts,
  project,
  run,
} from './run/prepare.mjs'
import { makeDotnet } from './support/dotnet.mjs'
import { binOf, makeEnvironment } from './support/environments.mjs'
import { fetchCompiler } from './support/maven.mjs'

/**
 * Tests with processes of their own (hubs, browsers, kernels): they take long and must not starve one another. Elsewhere
 * `*.environment.test.js` are those that need the Python of a hub.
 */
const withHubs = /^build\/tests\/((hub|browser|hub-config|commands|templates)\/|.*\.environment\.test\.js$)/
const withPapermill = /^build\/tests\/notebook\/papermill\//
const withKernels = /^build\/tests\/kernels\//
const needsProcesses = (file) =>
  [withHubs, withPapermill, withKernels].some((files) => files.test(file)) && !file.endsWith('.unit.test.js')
const environment = (name) => (say) => makeEnvironment(name, say)
/** What takes a minute to install, and which tests need it. */
const installed = [
  [withHubs, environment('hub-6.1.1')],
  [withHubs, environment('hub-5.5.1')],
  [withPapermill, environment('bench')],
  [withKernels, environment('kernels')],
  [/notebook\/(languages\/(csharp|fsharp)\.oracle|papermill\/translators)/, makeDotnet],
  [/notebook\/languages\/matlab\.oracle/, environment('matlab')],
  [/notebook\/languages\/sage\.oracle/, environment('sage')],
  [/web\/sampledb\.test/, environment('sampledb')],
  [/notebook\/languages\/kotlin\.oracle/, (say) => fetchCompiler('kotlin', say)],
  [/notebook\/(languages\/scala\.oracle|papermill\/translators)/, (say) => fetchCompiler('scala2', say)],
  [/notebook\/languages\/scala3\.oracle/, (say) => fetchCompiler('scala3', say)],
]
const jobs = 2

const others = process.argv.slice(2)
const otherNode = others.find((argument) => argument.startsWith('--node='))?.slice('--node='.length)
const filters = others.filter((argument) => !argument.startsWith('--'))
const total = { passed: 0, failed: 0 }

try {
  if (otherNode) await onOtherNode(otherNode)
  else await everything()
} catch (error) {
  total.failed++
  console.log(error.message)
}
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

async function everything() {
  must('npm ci', installPackages())
  must('tap build', buildTap())
  installSystemParts()
  check('the types', build())
  check('the style', run('npx', 'biome', 'check', '--error-on-warnings'))
  const chosen = testFiles().filter(
    (file) => filters.length === 0 || filters.some((part) => file.includes(part)),
  )
  if (chosen.length === 0) throw new Error(`No test file has ${filters.join(' or ')} in its path.`)
  const quick = chosen.filter((file) => !needsProcesses(file))
  const slow = chosen.filter(needsProcesses)
  await install(quick)
  if (quick.length > 0) await tests('unit tests', quick, { jobs, timeout_s: 300 })
  if (slow.length === 0) return
  await install(slow)
  // Python of the hub, where a test runs `python3`.
  process.env.PATH = `${binOf('hub-6.1.1')}:${process.env.PATH}`
  await tests('hub, browser and kernel tests', slow, { jobs, timeout_s: 900 })
}

async function onOtherNode(major) {
  const node = installNode(major)
  must(`installing Node.js ${major}`, existsSync(join(node, 'node')))
  // What a language makes of a cell has nothing to do with Node.js, and that is what the oracles ask.
  const quick = testFiles().filter((file) => !needsProcesses(file) && !file.endsWith('.oracle.test.js'))
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

function testFiles() {
  const built = readdirSync(join(project, 'build/tests'), { recursive: true })
  return built
    .filter((name) => name.endsWith('.test.js'))
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
