import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout, whether this runs from `tests/` or from `build/tests/`. */
export const project = findProject(dirname(fileURLToPath(import.meta.url)))

function findProject(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) return folder
  return findProject(dirname(folder))
}

/** A path in the checkout. */
export const inProject = (...parts: string[]) => join(project, ...parts)

/** The programs of a virtual environment that `environments.mjs` made. */
export const binOf = (environment: string) => inProject('.environments', environment, 'bin')
