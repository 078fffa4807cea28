import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Test } from 'tap'
import { inProject } from './paths.ts'
import { plainly } from './plainly.ts'
import { isRunning } from './processes.ts'

/** Starts the service in the background of a shell that ends at once. @returns the service's pid */
export async function startFromShell(t: Test, env: Readonly<Record<string, string>>): Promise<number> {
  const script = '"$0" "$1" >/dev/null 2>&1 </dev/null & echo $!'
  const main = inProject('build/service/main.js')
  const shell = spawn(...plainly('sh', ['-c', script, process.execPath, main]), {
    env: { PATH: process.env.PATH, ...env },
  })
  let said = ''
  shell.stdout.on('data', (text) => {
    said += text
  })
  await once(shell, 'close')
  const pid = Number(said)
  t.teardown(() => isRunning(pid) && process.kill(pid, 'SIGKILL'))
  return pid
}
