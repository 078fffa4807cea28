import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/**
 * The environment of templates that are tried: the command's own, without what belongs to a hub or to this service, with a
 * home of their own. Kernels and packages that the user has installed for themselves stay to be found.
 *
 * @param home an empty folder
 */
export function triedEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): Record<string, string> {
  const kept = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || /^(JUPYTERHUB|NOTEBOOK_TEMPLATES)_|^JPY_/i.test(name) ? [] : [[name, value]],
  )
  const before = environment.HOME || homedir()
  const data =
    environment.JUPYTER_DATA_DIR ??
    join(before, process.platform === 'darwin' ? 'Library/Jupyter' : '.local/share/jupyter')
  return {
    PYTHONUSERBASE: join(before, '.local'),
    ...Object.fromEntries(kept),
    HOME: home,
    TMPDIR: home,
    JUPYTER_PATH: [environment.JUPYTER_PATH, data].filter(Boolean).join(delimiter),
    JUPYTER_DATA_DIR: join(home, '.local/share/jupyter'),
    JUPYTER_RUNTIME_DIR: join(home, '.local/share/jupyter/runtime'),
    JUPYTER_CONFIG_DIR: join(home, '.jupyter'),
    IPYTHONDIR: join(home, '.ipython'),
  }
}
