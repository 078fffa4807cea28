/**
 * `npm run demo`: a real JupyterHub with this service, and a page with buttons on another origin, or a real SampleDB in its
 * place (`npm run demo -- --sampledb`). Installs what a fresh checkout lacks, asks nothing, and on Ctrl-C ends all that it started.
 */
import { mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildIfNeeded, installPackages, installSystemParts, project } from '../../tests/run/prepare.mjs'
import { makeEnvironment } from '../../tests/support/environments.mjs'
import { startHub } from './hub.mjs'
import { startPlatform } from './platform.mjs'
import { isFree } from './ports.mjs'
import { checkPostgresql, installSampleDb, knownTo, startButtons } from './sampledb.mjs'

const [major, minor] = process.versions.node.split('.').map(Number)
const port = Number(process.env.DEMO_PORT ?? 8000)
const withSampleDb = process.argv.includes('--sampledb')

const stepsOfPlatform = `
  Open  http://localhost:${port + 1}/

  1  Press a button there, for example "Data analysis".
  2  The hub asks you to log in: any name, any password.
  3  Press "Create notebook", and watch your server start.`

try {
  await demo()
} catch (error) {
  console.error(`\nThe demo cannot start: ${error.message}`)
  process.exit(1)
}

async function demo() {
  if (major < 20 || (major === 20 && minor < 20)) {
    throw new Error(`it needs Node.js 20.20 or newer, and this is ${process.version}.`)
  }
  const unknown = process.argv.slice(2).filter((argument) => argument !== '--sampledb')
  if (unknown.length > 0) throw new Error(`there is no option ${unknown.join(' ')}, only --sampledb.`)
  if (!Number.isInteger(port) || port < 1 || port > 65534) {
    throw new Error('DEMO_PORT must be a number from 1 to 65534.')
  }
  for (const each of [port, port + 1]) {
    if (!(await isFree(each))) {
      throw new Error(`port ${each} is in use. Try another: DEMO_PORT=${port + 1000} npm run demo`)
    }
  }
  if (withSampleDb) checkPostgresql()
  if (!installPackages()) throw new Error('npm ci failed, see above.')
  if (!buildIfNeeded()) throw new Error('the build failed, see above.')
  installSystemParts(['python3-venv'])
  await makeEnvironment('hub-6.1.1', console.log)
  if (withSampleDb) await installSampleDb()
  await serve()
}

async function serve() {
  const folder = join(project, '.environments', `demo-${port}`)
  mkdirSync(folder, { recursive: true })
  console.log('Starting JupyterHub …')
  const hub = await startHub({ folder, port, ...(withSampleDb && knownTo(port + 1)) })
  let buttons
  let ending
  const end = (reason) => {
    // A second Ctrl-C does not wait.
    if (ending) return hub.kill()
    console.log(
      `\n${reason}: stopping ${withSampleDb ? 'SampleDB, ' : ''}the hub, its proxy and all servers …`,
    )
    ending = Promise.all([hub.stop(), buttons?.stop()]).then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal))
  void whenParentDies().then(() => end('npm is gone'))
  hub.ended.then((code) => {
    if (ending) return
    console.error(
      `\nJupyterHub has ended (${code}). The end of its log, ${hub.logFile}:\n\n${hub.lastLines()}`,
    )
    process.exit(1)
  })
  await hub.ready()
  const templatesUrl = `${hub.url}services/templates/`
  if (withSampleDb) {
    buttons = await startButtons(templatesUrl, port + 1, join(folder, 'sampledb.log'))
    buttons.ended.then((code) => ending ?? end(`SampleDB has ended (${code})`))
  } else {
    const platform = startPlatform(templatesUrl, port + 1)
    platform.on('error', (error) => end(`The page on port ${port + 1}: ${error.message}`))
    await new Promise((resolve) => platform.once('listening', resolve))
  }
  console.log(`${buttons?.steps ?? stepsOfPlatform}

  The hub is ${hub.url}, the catalogue ${templatesUrl}
  Logs and users' homes: ${relative(process.cwd(), folder) || '.'}/
  Ctrl-C stops all of it.
`)
}

/** npm, or the shell that it uses, may be killed so that no signal reaches this. */
async function whenParentDies() {
  const parent = process.ppid
  while (process.ppid === parent) await sleep(1000, undefined, { ref: false })
}
