/** Every fault of a template folder, for those who write templates. */
import { realpath } from 'node:fs/promises'
import { type CatalogueFault, loadTemplate, misnamedFault } from './load.ts'
import { resolveInside, scanFolder } from './scan.ts'

/**
 * @returns how many templates were looked at, and what is wrong with them, by path
 * @throws when the folder cannot be read
 */
export async function checkFolder(
  dir: string,
): Promise<{ readonly templates: number; readonly faults: readonly CatalogueFault[] }> {
  const folder = await realpath(dir)
  const { paths, misnamed } = await scanFolder(folder)
  const faults = misnamed.map(misnamedFault)
  for (const path of paths) {
    const real = await resolveInside(folder, path)
    const loaded = real === undefined ? undefined : await loadTemplate(path, real)
    if (loaded?.fault) faults.push(loaded.fault)
  }
  return { templates: paths.length + misnamed.length, faults: faults.sort(byPath) }
}

/** By code units, the same everywhere. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
