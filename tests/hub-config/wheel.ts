/**
 * What `pip install jupyterhub-notebook-templates` makes of a wheel of this checkout: an environment as an admin has who has
 * no checkout and no npm.
 */
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { binOf, inProject } from '../support/paths.ts'
import { runPlainly } from '../support/sources.ts'

/** Builds it as CONTRIBUTING says, but with hatchling from a pinned environment. Returns the wheel's path. */
export function buildWheel(
  sources: string,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): string {
  const build = ['-m', 'build', '--wheel', '--no-isolation', '--outdir', folder, 'hub-config']
  runPlainly(join(binOf('wheel'), 'python'), build, { cwd: sources, env })
  const [wheel = ''] = readdirSync(folder).filter((name) => name.endsWith('.whl'))
  return join(folder, wheel)
}

/** Programs with nothing else beside them: neither npm, nor this checkout's `node_modules/.bin`. */
export function programs(folder: string, wanted: Readonly<Record<string, string>>): string {
  mkdirSync(folder)
  for (const [name, program] of Object.entries(wanted)) symlinkSync(program, join(folder, name))
  return folder
}

export interface Installed {
  readonly python: string
  /** What pip has made of the wheel. */
  readonly package: string
  /** The environment's programs. */
  readonly bin: string
}

/**
 * A new environment in which JupyterHub is there already, as on a hub: by a file that adds the packages of another
 * environment. pip installs the wheel, and needs nothing from an index.
 */
export function installWheel(
  folder: string,
  what: string,
  options: readonly string[] = ['--no-index'],
): Installed {
  const hub = join(binOf('hub-6.1.1'), 'python')
  const venv = join(folder, 'venv')
  const cwd = folder
  runPlainly(hub, ['-m', 'venv', '--without-pip', venv], { cwd })
  const python = join(venv, 'bin/python')
  const packagesOf = (of: string) =>
    runPlainly(of, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"), end="")'], { cwd })
  writeFileSync(join(packagesOf(python), 'hub.pth'), `${packagesOf(hub)}\n`)
  runPlainly(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...options, what], {
    cwd,
  })
  return {
    python,
    package: join(packagesOf(python), 'jupyterhub_notebook_templates'),
    bin: join(venv, 'bin'),
  }
}

/** `jupyterhub_config.py.example` whose end is what the README asks for, and no more. */
export function withWheel(example: string): string {
  const [hub, ours] = example.split(/^# ---- Notebook templates.*$/m)
  if (ours === undefined) throw new Error('the example has no part for the notebook templates')
  return `${hub}\nfrom jupyterhub_notebook_templates import register\nregister(c)\n`
}

/** Where the hub's own proxy is: it is no part of the wheel. */
export const proxyProgram = inProject('node_modules/configurable-http-proxy/bin/configurable-http-proxy')
