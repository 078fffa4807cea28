import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folder that holds package.json, seen from this file, be it the source or the built one. Views, styles,
 * scripts and images are not copied by tsc: they are read from where they lie in the package.
 *
 * @throws Error when the package was taken apart
 */
function findPackageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from
  const parent = dirname(from)
  if (parent === from) throw new Error('package.json is missing: the package is not complete')
  return findPackageRoot(parent)
}

/** Absolute path of `service/web/` with its views (`*.eta`), styles, scripts and images. */
export const webFolder: string = join(findPackageRoot(import.meta.dirname), 'service', 'web')
