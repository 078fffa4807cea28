import { readdir, readFile } from 'node:fs/promises'

const rounds = 20

/**
 * Ends every process whose environment has this home: what a kernel has started, also in groups of processes of its own.
 * Where there is no /proc, nothing: the kernel itself has been ended by who started it.
 */
export async function endProcessesOf(home: string): Promise<void> {
  // A process may start another one while this looks: until there is none.
  for (let round = 0; round < rounds; round++) {
    const found = await processesOf(home)
    if (found.length === 0) return
    for (const pid of found) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    }
  }
}

async function processesOf(home: string): Promise<number[]> {
  const wanted = Buffer.from(`\0HOME=${home}\0`)
  const names = await readdir('/proc').catch(() => [])
  const pids = names.filter((name) => /^[0-9]+$/.test(name)).map(Number)
  const found: number[] = []
  for (const pid of pids) {
    if (pid === process.pid) continue
    // Of other users' processes it cannot be read, and of a zombie it is empty.
    const environment = await readFile(`/proc/${pid}/environ`).catch(() => Buffer.alloc(0))
    if (Buffer.concat([Buffer.of(0), environment]).includes(wanted)) found.push(pid)
  }
  return found
}
