import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'

/** A file system of 16 MB. Only root may make one: undefined for all others. */
export function smallDisk(t: Test): string | undefined {
  const disk = mkdtempSync(join(tmpdir(), 'small-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk])
  t.teardown(() => {
    spawnSync('umount', ['-l', disk])
    rmdirSync(disk)
  })
  return mounted.status === 0 ? disk : undefined
}

/** Leaves no room on it. @returns makes room again */
export function fill(disk: string): () => void {
  const filler = join(disk, 'filler')
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(filler, Buffer.alloc(bavail * bsize, 'x'))
  return () => unlinkSync(filler)
}
