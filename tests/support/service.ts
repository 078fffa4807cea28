import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import type { Test } from 'tap'
import { send } from './http.ts'
import type { RunningHub } from './hub.ts'
import { inProject } from './paths.ts'
import { plainly } from './plainly.ts'
import { sparePort } from './ports.ts'
import { type Templates, writeTemplates } from './template-folder.ts'
import { until } from './until.ts'

export interface RunningService {
  readonly port: number
  /** `/` at its end, the prefix of a hub's service included. */
  readonly url: string
  readonly pid: number
  /** All that it has printed. */
  log(): string
  /** Sends the signal and waits for its end. */
  end(
    signal?: NodeJS.Signals,
  ): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

/**
 * Starts `build/service/main.js` by itself and waits until it answers. It is ended with the test.
 *
 * @param env all of its environment but PATH; without JUPYTERHUB_* it is the service without a hub
 * @param options.main another program than the checkout's
 */
export async function startService(
  t: Test,
  env: Readonly<Record<string, string>>,
  { main = inProject('build/service/main.js') }: { readonly main?: string } = {},
): Promise<RunningService> {
  const port = await sparePort()
  const hub = env.JUPYTERHUB_SERVICE_PREFIX !== undefined
  const where = hub
    ? { JUPYTERHUB_SERVICE_URL: `http://127.0.0.1:${port}` }
    : { NOTEBOOK_TEMPLATES_PORT: String(port) }
  const child = spawn(...plainly(process.execPath, [main]), {
    env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...env, ...where },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      log += text
    })
  }
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  const service: RunningService = {
    port,
    url: `http://127.0.0.1:${port}${env.JUPYTERHUB_SERVICE_PREFIX ?? '/'}`,
    pid: child.pid ?? 0,
    log: () => log,
    async end(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      const patience = setTimeout(() => child.kill('SIGKILL'), 20_000)
      const end = await ended
      clearTimeout(patience)
      return end
    },
  }
  t.teardown(async () => {
    await service.end()
    if (!t.passing()) t.comment(log)
  })
  await until('the service to answer', async () => {
    if (child.exitCode !== null) throw new Error(`the service has ended:\n${log}`)
    const answer = await send(`${service.url}health`).catch(() => undefined)
    return answer?.status === 200
  })
  return service
}

/** A service without a hub, on these templates and a store in memory. */
export function startServiceOn(t: Test, templates: Templates): Promise<RunningService> {
  const dir = t.testdir({ templates: {}, state: {} })
  writeTemplates(`${dir}/templates`, templates)
  return startService(t, {
    NOTEBOOK_TEMPLATES_DIR: `${dir}/templates`,
    NOTEBOOK_TEMPLATES_STATE_DIR: `${dir}/state`,
    NOTEBOOK_TEMPLATES_STORE: 'memory:',
  })
}

/**
 * A second replica of a hub's service, on the same store. Nothing leads to it but its own port: give `browserLike` a
 * `route` to it.
 */
export function startReplica(
  t: Test,
  hub: RunningHub,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningService> {
  return startService(t, { ...hub.serviceEnvironment(), ...env })
}
