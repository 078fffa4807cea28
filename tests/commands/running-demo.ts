import { rmSync } from 'node:fs'
import type { Test } from 'tap'
import { inProject } from '../support/paths.ts'
import { isFree, sparePort } from '../support/ports.ts'
import { processesBelow } from '../support/processes.ts'
import { npm } from './npm.ts'

/** The demo on spare ports, and whether all of it has ended. */
export async function startDemo(t: Test, ...options: string[]) {
  let port = await sparePort()
  while (!(await isFree(port + 1))) port = await sparePort()
  const folder = inProject('.environments', `demo-${port}`)
  const demo = npm(t, ['run', 'demo', ...options], { DEMO_PORT: String(port) })
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const allGone = async () =>
    processesBelow(folder).length === 0 && (await isFree(port)) && (await isFree(port + 1))
  return { demo, port, allGone }
}
