import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { until } from './until.ts'

/**
 * Processes that run in a folder or below it, by Linux's /proc. Hubs start their proxy, services and servers in sessions
 * of their own, so that no process group holds them all; what they share is the folder that the test made for them.
 */
export function processesBelow(folder: string): number[] {
  return pids().filter((pid) => {
    const cwd = ask(() => readlinkSync(`/proc/${pid}/cwd`))?.replace(/ \(deleted\)$/, '')
    return cwd === folder || cwd?.startsWith(`${folder}/`)
  })
}

/** Child processes whose command line ends with the text. */
export function childrenOf(parent: number, commandEnd: string): number[] {
  return pids().filter((pid) => parentOf(pid) === parent && commandOf(pid).endsWith(commandEnd))
}

/** What a running process was started with. */
export function environmentOf(pid: number): Record<string, string> {
  const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean)
  return Object.fromEntries(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  )
}

/** Whether it still runs; one that has ended and was not yet waited for does not. */
export function isRunning(pid: number): boolean {
  const state = stat(pid)?.[0]
  return state !== undefined && state !== 'Z' && state !== 'X'
}

/** Ends them: asked first, then by force. */
export async function endProcesses(find: () => number[], grace_s = 5): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const pid of find().filter(isRunning)) ask(() => process.kill(pid, signal))
    const gone = until('processes to end', () => !find().some(isRunning), { within_s: grace_s })
    if (await gone.catch(() => false)) return
  }
}

const pids = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
const commandOf = (pid: number) =>
  ask(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    ?.replaceAll('\0', ' ')
    .trimEnd() ?? ''
const parentOf = (pid: number) => Number(stat(pid)?.[1])

/** State, parent and so on: proc(5)'s fields after the command's name, which may hold anything. */
function stat(pid: number): string[] | undefined {
  const line = ask(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  return line?.slice(line.lastIndexOf(')') + 2).split(' ')
}

/** A process may end between two looks at it. */
function ask<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
