/** The demo's JupyterHub: `jupyterhub_config.py.example` with this service, in the environment `hub-6.1.1`. */
import { spawn } from 'node:child_process'
import { existsSync, openSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { project } from '../../tests/run/prepare.mjs'
import { binOf } from '../../tests/support/environments.mjs'
import { freePort } from './ports.mjs'

const bin = binOf('hub-6.1.1')
const patience_s = 90

/**
 * @param {object} options
 * @param {string} options.folder of the hub's database, its log and the users' homes
 * @param {number} options.port
 * @param {object[]} [options.senders] whose buttons are accepted (docs/settings.md), else everybody's
 * @param {Record<string, string>} [options.environment] of the users' servers
 */
export async function startHub({ folder, port, senders, environment: ofServers = {} }) {
  const url = `http://127.0.0.1:${port}/`
  const logFile = join(folder, 'hub.log')
  const configFile = join(folder, 'jupyterhub_config.py')
  writeFileSync(
    configFile,
    `load_subconfig(${JSON.stringify(join(project, 'jupyterhub_config.py.example'))})
for service in c.JupyterHub.services:
    service["environment"].update(${JSON.stringify(senders ? { NOTEBOOK_TEMPLATES_SENDERS: JSON.stringify(senders) } : {})})
c.Spawner.environment = ${JSON.stringify(ofServers)}
`,
  )
  const log = openSync(logFile, 'w')
  const child = spawn(
    join(bin, 'python'),
    [
      fileURLToPath(new URL('run-hub.py', import.meta.url)),
      String(process.pid),
      `--config=${configFile}`,
      `--JupyterHub.hub_port=${await freePort()}`,
      `--ConfigurableHTTPProxy.api_url=http://127.0.0.1:${await freePort()}`,
    ],
    // In a session of its own Ctrl-C does not reach it, but `stop` does.
    { cwd: folder, env: environment(folder, url), stdio: ['ignore', log, log], detached: true },
  )
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal))
    child.once('error', (error) => resolve(error.message))
  })
  return {
    url,
    logFile,
    ended,
    lastLines: () => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-25).join('\n'),
    ready: () => untilAnswered(`${url}services/templates/health`, ended),
    async stop() {
      child.kill('SIGTERM')
      await Promise.race([ended, sleep(20_000)])
      this.kill()
      await ended
    },
    /** By force: the hub and whatever still runs in its folder. */
    kill() {
      child.kill('SIGKILL')
      endBelow(folder)
    },
  }
}

function environment(folder, url) {
  const { HOME = folder, LANG = 'C.UTF-8', PATH = '' } = process.env
  return {
    HOME,
    LANG,
    PATH: [bin, join(project, 'node_modules/.bin'), dirname(process.execPath), PATH].join(':'),
    HUB_BIND_URL: url,
    HUB_DATA_DIR: folder,
    HUB_FOR_TRYING_OUT: '1',
    HUB_NOTEBOOK_TEMPLATES: project,
  }
}

async function untilAnswered(url, ended) {
  let over = false
  ended.then(() => {
    over = true
  })
  for (const end = Date.now() + patience_s * 1000; !over; ) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    if (Date.now() > end) throw new Error(`JupyterHub's service did not answer in ${patience_s} s.`)
    await sleep(250)
  }
}

/** Each runs in a session of its own; what they share is the folder (Linux's /proc). A shell may stand there as well. */
const ours = /jupyterhub|configurable-http-proxy|build\/service\/main\.js|ipykernel/

function endBelow(folder) {
  if (!existsSync('/proc/self')) return
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const isBelow = `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${folder}/`)
      if (isBelow && ours.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')))
        process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It has ended by itself since.
    }
  }
}
