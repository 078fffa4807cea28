/**
 * Real hubs for tests: JupyterHub of a given version from `.environments/`, configurable-http-proxy from npm, the
 * configuration of `jupyterhub_config.py.example`, and this project's built service managed by it.
 *
 *     const hub = await startHub(t, { version: '5.5.1', config: 'c.JupyterHub.spawner_class = spawners.Slow' })
 *     const browser = browserLike()
 */
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Test } from 'tap'
import { type Answer, type Outgoing, send } from './http.ts'
import { writeHubConfig } from './hub-files.ts'
import { binOf, inProject } from './paths.ts'
import { plainly } from './plainly.ts'
import { sparePort } from './ports.ts'
import { childrenOf, endProcesses, environmentOf, isRunning, processesBelow } from './processes.ts'
import { until } from './until.ts'

export interface HubOptions {
  readonly version?: '6.1.1' | '5.5.1'
  /** Python after the example's: `c` holds all that the example set; `spawners` is tests/support/spawners.py. */
  readonly config?: string
  /** Changes the example's own text, for example to put lines in front of `register`. */
  readonly example?: (text: string) => string
  /** Added to the environment of the managed service, e.g. `{ NOTEBOOK_TEMPLATES_REQUEST_TTL_S: '5' }`. */
  readonly service?: Readonly<Record<string, string>>
  /** Added to the Hub's own environment, e.g. `{ HUB_TEMPLATES: folder }`. */
  readonly env?: Readonly<Record<string, string>>
  /** Where browsers find it; a spare port unless the test must know it before. */
  readonly port?: number
  /** Path below which the whole hub is: '/' or for example '/jupyter/'. */
  readonly baseUrl?: string
  /** Python of another environment, which has this version of JupyterHub as well. */
  readonly python?: string
}

export interface RunningHub {
  readonly version: string
  /** Where a browser finds the hub, `/` at its end: `http://127.0.0.1:12345/`. */
  readonly url: string
  readonly port: number
  readonly baseUrl: string
  /** The service, `/` at its end. */
  readonly templatesUrl: string
  /** All of the hub's files; deleted at the end of the test. */
  readonly dir: string
  readonly adminToken: string
  /** A user's home on this disk, which is the root of their server. It is made at their first start. */
  userDir(name: string): string
  /** Below `/hub/api/` as an admin; users' servers may be asked with the same token. */
  api(path: string, outgoing?: Outgoing): Promise<Answer>
  /** All that the Hub, its proxy, services and servers have printed. */
  log(): string
  pid(): number
  /** Of the managed service, when it runs; after `kill` until the next `restart` it is not known. */
  servicePid(): number | undefined
  /** What the managed service was started with, JUPYTERHUB_* included. */
  serviceEnvironment(): Record<string, string>
  /** Waits until the service answers through the proxy. */
  serviceReady(within_s?: number): Promise<void>
  /** kill -9 of the Hub alone: its proxy and the users' servers go on. */
  kill(): Promise<void>
  /** Ends the Hub in good order: its proxy, services and users' servers end too. */
  stop(): Promise<void>
  /** Starts it again, on the same files and ports. */
  restart(): Promise<void>
}

/** Starts a hub and waits until it and its service answer. It is ended with the test `t`. */
export async function startHub(t: Test, options: HubOptions = {}): Promise<RunningHub> {
  const { version = '6.1.1', baseUrl = '/' } = options
  const bin = binOf(`hub-${version}`)
  if (!existsSync(join(bin, '../stamp'))) {
    execFileSync(process.execPath, [inProject('tests/support/environments.mjs'), `hub-${version}`])
  }
  const dir = mkdtempSync(join(tmpdir(), 'notebook-templates-hub-'))
  const adminToken = randomBytes(16).toString('hex')
  const { config = '', example = (text: string) => text, service = {} } = options
  const configFile = writeHubConfig({ dir, adminToken, config, example, service })
  const ports = {
    public: options.port ?? (await sparePort()),
    api: await sparePort(),
    proxyApi: await sparePort(),
  }
  const origin = `http://127.0.0.1:${ports.public}`
  const logFile = join(dir, 'hub.log')
  writeFileSync(logFile, '')
  const environment = {
    PATH: [bin, inProject('node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(':'),
    HOME: dir,
    LANG: 'C.UTF-8',
    HUB_BIND_URL: origin + baseUrl,
    HUB_DATA_DIR: dir,
    HUB_FOR_TRYING_OUT: '1',
    HUB_NOTEBOOK_TEMPLATES: process.env.HUB_NOTEBOOK_TEMPLATES ?? inProject(),
    ...options.env,
  }
  let running: ReturnType<typeof spawn> | undefined

  const start = async () => {
    const output = openSync(logFile, 'a')
    running = spawn(
      ...plainly(options.python ?? join(bin, 'python'), [
        inProject('hub-config/demo/run-hub.py'),
        String(process.pid),
        `--config=${configFile}`,
        `--JupyterHub.hub_port=${ports.api}`,
        `--ConfigurableHTTPProxy.api_url=http://127.0.0.1:${ports.proxyApi}`,
      ]),
      { cwd: dir, env: environment, stdio: ['ignore', output, output] },
    )
    await until(
      `JupyterHub ${version} to answer`,
      async () => {
        if (running?.exitCode !== null || running.signalCode !== null) throw new Error('JupyterHub has ended')
        return (await answers(`http://127.0.0.1:${ports.api}${baseUrl}hub/api`)) === 200
      },
      { within_s: 90, every_ms: 250 },
    )
    await hub.serviceReady()
  }
  const end = async (signal: NodeJS.Signals) => {
    if (running?.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((resolve) => running?.once('exit', resolve))
    running.kill(signal)
    const patience = setTimeout(() => running?.kill('SIGKILL'), 30_000)
    await ended
    clearTimeout(patience)
  }

  const hub: RunningHub = {
    version,
    url: origin + baseUrl,
    port: ports.public,
    baseUrl,
    templatesUrl: `${origin}${baseUrl}services/templates/`,
    dir,
    adminToken,
    userDir: (name) => join(dir, 'users', name),
    api: (path, outgoing = {}) =>
      send(`${origin}${baseUrl}hub/api/${path}`, {
        ...outgoing,
        headers: { authorization: `token ${adminToken}`, ...outgoing.headers },
      }),
    log: () => readFileSync(logFile, 'utf8'),
    pid: () => running?.pid ?? 0,
    servicePid: () => childrenOf(hub.pid(), 'build/service/main.js').find(isRunning),
    serviceEnvironment: () => environmentOf(hub.servicePid() ?? 0),
    async serviceReady(within_s = 45) {
      await until('the service to answer', async () => (await answers(`${hub.templatesUrl}health`)) === 200, {
        within_s,
      })
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async restart() {
      await end('SIGTERM')
      await start()
    },
  }
  t.teardown(async () => {
    await end('SIGTERM')
    await endProcesses(() => processesBelow(dir))
    if (!t.passing()) t.comment(hub.log().split('\n').slice(-300).join('\n'))
    rmSync(dir, { recursive: true, force: true })
  })
  await start()
  return hub
}

/** The status, or undefined when nobody answers. */
async function answers(url: string): Promise<number | undefined> {
  const answer = await send(url, { timeout_s: 10 }).catch(() => undefined)
  return answer?.status
}
