import { readFileSync } from 'node:fs'

/**
 * The most memory that this process held, in MB. As Linux counts it since the program began: what `resourceUsage` tells
 * counts the process that started this one, too.
 */
export function peakMemory(): number {
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return (Number(kilobytes) * 1024) / 1e6
}
