import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What became of a notebook. Cells count from 1. */
export interface Outcome {
  readonly outcome: 'done' | 'error' | 'too-long' | 'died' | 'no-kernel' | 'not-started'
  /** Where it ended, in the notebook that ran. */
  readonly cell: number | null
  readonly line: number | null
  /** The exception's name. */
  readonly error: string | null
  readonly message: string | null
  /** Which cell is the one with the values. */
  readonly injected: number | null
  /** How many it has; null where Python did not say. */
  readonly cells: number | null
}

// Not copied by tsc: it is read from where it lies in the package.
const program = fileURLToPath(new URL('../../../service/execution/run_notebook.py', import.meta.url))
const mostAnswer = 100_000
/** So long Python itself may take beside the kernel: to begin, and to end it. */
const patience_ms = 30_000

/**
 * Runs a notebook by nbclient, until its first error.
 *
 * @param options.python a program, or its path
 * @param options.cwd folder in which the notebook runs
 * @param options.signal breaks it off: its promise is then rejected
 * @throws Error when Python or nbclient fails, with what it said
 */
export async function runNotebook(options: {
  readonly python: string
  readonly notebook: string
  readonly cwd: string
  readonly env: Record<string, string>
  readonly timeout_s: number
  readonly signal: AbortSignal
}): Promise<Outcome> {
  const { python, notebook, cwd, env, timeout_s, signal } = options
  signal.throwIfAborted()
  const { code, stdout, stderr } = await runProgram(python, [program, notebook, String(timeout_s)], {
    cwd,
    env,
    timeout_ms: timeout_s * 1000 + patience_ms,
    signal,
  })
  signal.throwIfAborted()
  if (code === 'timeout') return { ...nothing, outcome: 'too-long' }
  if (code !== 0) throw new Error(`${python} could not run the notebook: ${lastLine(stderr)}`)
  return JSON.parse(stdout) as Outcome
}

const nothing = { cell: null, line: null, error: null, message: null, injected: null, cells: null } as const

/**
 * That this Python has what it needs.
 *
 * @throws Error with what to do
 */
export async function checkPython(python: string, env: Record<string, string>): Promise<void> {
  const said = `name one that has nbclient and ipykernel by --python PATH`
  // In the folder of the command, `nbclient.py` of a template's author would be imported.
  const cwd = await mkdtemp(join(tmpdir(), 'notebook-templates-empty-'))
  const run = runProgram(python, ['-c', 'import nbclient, nbformat'], { cwd, env, timeout_ms: 60_000 })
  const { code, stderr } = await run
    .catch((cause: unknown) => {
      throw new Error(`there is no Python called ${JSON.stringify(python)}: ${said}`, { cause })
    })
    .finally(() => rm(cwd, { recursive: true, force: true }))
  if (code === 0) return
  if (/No module named/.test(stderr))
    throw new Error(
      `${python} has no nbclient: install it by “${python} -m pip install nbclient ipykernel”, or ${said}`,
    )
  throw new Error(`${python} cannot be used: ${lastLine(stderr)}`)
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) || 'it said nothing'
}

interface ProgramOptions {
  readonly cwd?: string
  readonly env: Record<string, string>
  readonly timeout_ms: number
  readonly signal?: AbortSignal
}

function runProgram(
  command: string,
  args: readonly string[],
  { timeout_ms, signal, ...options }: ProgramOptions,
): Promise<{ code: number | 'timeout'; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    // A group of its own: Ctrl-C on the terminal is for the command, which then ends this in order.
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    const texts = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] = (texts[name] + text).slice(-mostAnswer)
      })
    }
    let isLate = false
    const end = () => child.kill('SIGKILL')
    const timer = setTimeout(() => {
      isLate = true
      end()
    }, timeout_ms)
    signal?.addEventListener('abort', end, { once: true })
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
    }
    child.on('error', (error) => {
      done()
      reject(error)
    })
    // Not `close`: what a kernel has left may hold the pipes open.
    child.on('exit', (code) => {
      done()
      setImmediate(() => resolve({ code: isLate ? 'timeout' : (code ?? -1), ...texts }))
    })
  })
}
