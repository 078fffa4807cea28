import { spawnSync } from 'node:child_process'
import t, { type Test } from 'tap'
import { binOf, inProject } from '../support/paths.ts'

export interface Service {
  readonly name: string
  readonly url: string
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

export interface Made {
  readonly error?: string
  readonly JupyterHub?: {
    readonly services?: readonly Service[]
    readonly load_roles?: readonly { readonly name: string; readonly scopes: readonly string[] }[]
    readonly extra_user_scopes?: readonly string[]
    /** What a case sets for its own check. */
    readonly expected?: string
  }
  /** What was logged. */
  readonly said?: readonly string[]
  /** Mode and owner of each folder that was made in `<here>`. */
  readonly folders?: Readonly<Record<string, readonly [mode: string, uid: number]>>
}

export interface Config {
  readonly label: string
  readonly code: string
  /** Arguments on JupyterHub's command line. */
  readonly cli?: readonly string[]
  /** The only version that can do this. */
  readonly version?: string
}

/** What these pieces of jupyterhub_config.py make of `c`, each with traitlets and JupyterHub of a real environment. */
export function runConfigs(
  configs: readonly Omit<Config, 'label'>[],
  options: { version?: string; package?: string } = {},
): readonly Made[] {
  const { version = '6.1.1', package: folder = inProject() } = options
  const done = spawnSync(`${binOf(`hub-${version}`)}/python`, [inProject('tests/hub-config/register.py')], {
    input: JSON.stringify({ package: folder, cases: configs }),
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`register.py failed: ${done.stderr}`)
  return JSON.parse(done.stdout) as readonly Made[]
}

export const serviceOf = (made: Made) =>
  made.JupyterHub?.services?.find(({ command }) => command !== undefined)

/** What a configuration starts with that calls `register`. */
export const register = 'from notebook_templates import register\n'

/** A table whose cases run in one Python for each version of JupyterHub. */
export function table<Case extends Config>(
  title: string,
  cases: readonly Case[],
  check: (t: Test, made: Made, test: Case, version: string) => void,
): void {
  for (const version of ['6.1.1', '5.5.1']) {
    t.test(`${title} (JupyterHub ${version})`, async (t) => {
      const those = cases.filter((test) => (test.version ?? version) === version)
      const made = runConfigs(those, { version })
      for (const [index, test] of those.entries()) {
        t.test(test.label, async (t) => check(t, made[index] ?? {}, test, version))
      }
    })
  }
}
