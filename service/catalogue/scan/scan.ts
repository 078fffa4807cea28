/** Which files of a folder are templates: `*.ipynb` at any depth, nothing hidden, nothing that a link leads out to. */
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'

const maxPathBytes = 1024
/** Against folders that link to each other in ever new ways. */
const maxDepth = 32
const maxFiles = 100_000

/**
 * Whether this can be a template's path at all, as it stands in a URL after decoding: `/` between its parts, none of
 * them empty or hidden (so no `..`), no control characters, backslashes or halves of characters.
 */
export function isTemplatePath(path: string): boolean {
  if (!path.endsWith('.ipynb') || Buffer.byteLength(path) > maxPathBytes) return false
  if (/[\p{Cc}\p{Surrogate}\\\ufffd]/u.test(path)) return false
  return path.split('/').every((part) => part !== '' && !part.startsWith('.'))
}

/**
 * The file that a template's path stands for, links resolved; undefined when there is none, or when one of its links
 * leaves the folder or leads back to where it came from.
 *
 * @param folder real path of the template folder
 */
export async function resolveInside(folder: string, path: string): Promise<string | undefined> {
  const plain = join(folder, ...path.split('/'))
  const real = await realpathOf(plain)
  if (real === plain) return real
  if (!real?.startsWith(folder + sep)) return undefined
  const parts = path.split('/')
  const passed: string[] = []
  for (let depth = 1; depth < parts.length; depth++) {
    const parent = await realpathOf(join(folder, ...parts.slice(0, depth)))
    const leadsBack = passed.some((one) => `${one}${sep}`.startsWith(`${parent}${sep}`))
    if (leadsBack || !parent?.startsWith(folder + sep)) return undefined
    passed.push(parent)
  }
  return passed.some((one) => one.startsWith(`${real}${sep}`) || one === real) ? undefined : real
}

/**
 * Whether a path is written as its folders list it. Where a file system takes no notice of case, a template answers to many
 * names, and rules know it by one.
 */
export async function isListed(folder: string, path: string): Promise<boolean> {
  const parts = path.normalize('NFC').split('/')
  for (const [depth, part] of parts.entries()) {
    const names = await readdir(join(folder, ...path.split('/').slice(0, depth))).catch(() => [])
    if (!names.some((name) => name.normalize('NFC') === part)) return false
  }
  return true
}

/**
 * Paths of all templates below the folder, and of the files that would be some under another name.
 *
 * @param closed ends it early, with what has been found so far
 * @throws when the folder itself cannot be read; what cannot be read below it is left out
 */
export async function scanFolder(
  folder: string,
  closed?: AbortSignal,
): Promise<{ paths: string[]; misnamed: string[] }> {
  const paths: string[] = []
  const misnamed: string[] = []

  async function walk(below: string, depth: number): Promise<void> {
    const entries = await readdir(join(folder, below), { withFileTypes: true })
    for (const entry of entries) {
      if (closed?.aborted) return
      if (entry.name.startsWith('.') || paths.length >= maxFiles) continue
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      const kind = entry.isSymbolicLink() ? await followLink(folder, path) : entry
      if (kind?.isDirectory() && depth < maxDepth) await walk(path, depth + 1).catch(() => undefined)
      if (!kind?.isFile() || !path.endsWith('.ipynb')) continue
      // A copy without ties to the texts it was put together from: paths are kept.
      if (isTemplatePath(path)) paths.push(structuredClone(path))
      else misnamed.push(path)
    }
  }

  await walk('', 1)
  return { paths, misnamed }
}

async function followLink(folder: string, path: string) {
  const real = await resolveInside(folder, path)
  return real === undefined ? undefined : stat(real).catch(() => undefined)
}

/** undefined for whatever is not there: a missing file, a file in the place of a folder, a loop, too long a name. */
async function realpathOf(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined)
}
