import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from './paths.ts'

export interface HubFiles {
  /** The temporary folder that the Hub is started in; also its HUB_DATA_DIR. */
  readonly dir: string
  readonly adminToken: string
  /** Python after the example's: `c` holds all that the example set, `spawners` is imported. */
  readonly config: string
  /** Changes the example's own text, for example to put lines in front of `register`. */
  readonly example: (text: string) => string
  /** Added to the environment of the service `templates`. */
  readonly service: Readonly<Record<string, string>>
}

const adminScopes = [
  'admin:users',
  'admin:servers',
  'access:servers',
  'tokens',
  'admin:groups',
  'read:hub',
  'list:services',
  'shutdown',
]

/** Writes the configuration and tells its path: `jupyterhub_config.py.example`, an admin token, the test's own lines. */
export function writeHubConfig({ dir, adminToken, config, example, service }: HubFiles): string {
  const base = join(dir, 'example_config.py')
  writeFileSync(base, example(readFileSync(inProject('jupyterhub_config.py.example'), 'utf8')))
  const file = join(dir, 'jupyterhub_config.py')
  writeFileSync(
    file,
    `import sys
sys.path.insert(0, ${py(inProject('tests/support'))})
import spawners
load_subconfig(${py(base)})
c.JupyterHub.services = [*c.JupyterHub.services, {"name": "tests", "api_token": ${py(adminToken)}}]
c.JupyterHub.load_roles = [
    *c.JupyterHub.load_roles, {"name": "tests", "scopes": ${py(adminScopes)}, "services": ["tests"]}
]
for service in c.JupyterHub.services:
    if service["name"] == "templates":
        service["environment"].update(${py(service)})
${config}
`,
  )
  return file
}

/** A literal: JSON of texts, lists and objects of texts is Python as well. */
const py = (value: unknown) => JSON.stringify(value)
