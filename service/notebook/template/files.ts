import { TemplateFault } from '../template-fault.ts'

const mostFiles = 20
/** As of a notebook's name (DESIGN 2.4), in bytes of UTF-8. */
const longestPart = 244
const longestPath = 1000

/**
 * Reads `metadata.notebook_templates.files`: paths from the template's own folder on, which they have beside the notebook
 * as well. Nothing hidden (jupyter-server refuses that), no notebooks, no way up.
 *
 * @throws TemplateFault
 */
export function readFiles(value: unknown): readonly string[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || value.length > mostFiles || !value.every((one) => typeof one === 'string'))
    throw fault(`is not a list of at most ${mostFiles} paths`)
  const paths: readonly string[] = value
  for (const path of paths) checkPath(path)
  checkTogether(paths)
  return paths
}

function checkPath(path: string): void {
  const shown = JSON.stringify(path.slice(0, 100))
  if (/\.ipynb$/i.test(path)) throw fault(`has ${shown}, which is a notebook: a template of its own`)
  const parts = path.split('/')
  if (
    /[\p{Cc}\p{Cf}\p{Surrogate}\ufffd\\:*?"<>|]/u.test(path) ||
    parts.some(isOdd) ||
    Buffer.byteLength(path) > longestPath
  )
    throw fault(
      `has ${shown}, which is no path of a file beside the template or in a folder below it: parts between / that are not hidden, with characters that every file system takes`,
    )
}

function isOdd(part: string): boolean {
  return (
    part === '' ||
    part.startsWith('.') ||
    part.endsWith('.') ||
    part !== part.trim() ||
    Buffer.byteLength(part) > longestPart
  )
}

/** Where a file system takes no notice of case, two names that differ in it are one. */
function checkTogether(paths: readonly string[]): void {
  const fold = (path: string) => path.normalize('NFC').toLowerCase()
  const known = new Set<string>()
  for (const path of paths) {
    if (known.has(fold(path)))
      throw fault(`has ${JSON.stringify(path)} twice, or another one that differs in case alone`)
    known.add(fold(path))
  }
  for (const path of paths) {
    const parts = fold(path).split('/')
    for (let depth = 1; depth < parts.length; depth++) {
      if (known.has(parts.slice(0, depth).join('/')))
        throw fault(`has ${JSON.stringify(path)}, and a file in the place of its folder`)
    }
  }
}

function fault(what: string): TemplateFault {
  return new TemplateFault(`metadata.notebook_templates.files ${what}`)
}
