import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import type { Test } from 'tap'
import { send } from './http.ts'
import { inProject } from './paths.ts'
import { plainly } from './plainly.ts'
import { sparePort } from './ports.ts'
import { until } from './until.ts'

/** A configurable-http-proxy that sends everything to one place; its URL, which ends with a slash. */
export async function startProxy(t: Pick<Test, 'teardown'>, target: string): Promise<string> {
  const port = await sparePort()
  const proxy = spawn(
    ...plainly(process.execPath, [
      inProject('node_modules/configurable-http-proxy/bin/configurable-http-proxy'),
      ...['--ip', '127.0.0.1', '--port', String(port), '--api-port', String(await sparePort())],
      ...['--default-target', target],
    ]),
    { env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}` }, stdio: 'ignore' },
  )
  t.teardown(() => void proxy.kill())
  const url = `http://127.0.0.1:${port}/`
  await until('the proxy to answer', async () => {
    const answer = await send(`${url}health`).catch(() => undefined)
    return answer?.status === 200
  })
  return url
}
