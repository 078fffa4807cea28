import { execFileSync } from 'node:child_process'
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { inProject } from './paths.ts'
import { plainly } from './plainly.ts'

/** What packages are made of. */
const sources = [
  'service',
  'hub-config',
  'templates',
  'docs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'jupyterhub_config.py.example',
  'README.md',
  'LICENSE',
]

/** A folder outside the checkout, so that no module of the checkout is found from there. It is deleted with the test. */
export function folderElsewhere(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'notebook-templates-elsewhere-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Copies the checkout as if it had never been built, but with its node_modules. Returns the copy's folder. */
export function copySources(folder: string): string {
  const copy = join(folder, 'sources')
  mkdirSync(copy)
  for (const name of sources) {
    cpSync(inProject(name), join(copy, name), {
      recursive: true,
      filter: (path) => !/\/(__pycache__|dist)$/.test(path),
    })
  }
  symlinkSync(inProject('node_modules'), join(copy, 'node_modules'))
  return copy
}

/** Runs a program as a user does; its output. Throws with what it says on standard error when it fails. */
export function runPlainly(
  program: string,
  args: readonly string[],
  options: { cwd: string; env?: Readonly<Record<string, string>> },
): string {
  const { cwd, env } = options
  return execFileSync(...plainly(program, args), {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** What a folder takes on the disk, in MB: whole blocks, as `du` counts. */
export function onDisk_MB(folder: string): number {
  const bytes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => lstatSync(join(folder, name)).blocks * 512)
    .reduce((sum, size) => sum + size, 0)
  return bytes / 2 ** 20
}
