import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Test } from 'tap'
import { inProject } from '../support/paths.ts'
import { plainly } from '../support/plainly.ts'
import { until } from '../support/until.ts'

export interface Command {
  readonly pid: number
  output(): string
  /** Waits until the output holds this. */
  says(text: string | RegExp, within_s?: number): Promise<RegExpExecArray>
  /** Ctrl-C in a terminal: the signal goes to npm and to all that it started in this session. */
  interrupt(): void
  readonly ended: Promise<number | string>
}

/** Runs `npm …` in the checkout, in a session of its own, and ends it with the test. */
export function npm(t: Test, args: readonly string[], env: Readonly<Record<string, string>>): Command {
  const child = spawn(...plainly('npm', args), {
    cwd: inProject(),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      output += text
    })
  }
  const signal = (which: NodeJS.Signals) => {
    try {
      process.kill(-(child.pid ?? 0), which)
    } catch {
      // It has ended.
    }
  }
  const ended = once(child, 'exit').then(([code, by]) => code ?? by)
  t.teardown(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      signal('SIGTERM')
      await ended
    }
    if (!t.passing()) t.comment(output)
  })
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    interrupt: () => signal('SIGINT'),
    says: (text, within_s = 120) =>
      until(
        `${text} in the output of npm ${args.join(' ')}`,
        () => {
          const found = (typeof text === 'string' ? new RegExp(text) : text).exec(output)
          if (!found && child.exitCode !== null)
            throw new Error(`npm ${args.join(' ')} has ended:\n${output}`)
          return found ?? undefined
        },
        { within_s },
      ),
  }
}
