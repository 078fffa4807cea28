/** Versions of templates that are no longer current, compiled again on demand. */
import { type CompiledTemplate, compileTemplate } from '../notebook/compile.ts'
import type { Copies } from './copies.ts'
import type { Template } from './shelf.ts'

/** Compiled ones that are remembered: the last used. */
const remembered = 32

/** Gives a function that finds a version by its hash; undefined: its copy is gone. */
export function createPins(copies: Copies): (path: string, sha256: string) => Promise<Template | undefined> {
  const known = new Map<string, CompiledTemplate>()

  async function compileCopy(sha256: string): Promise<CompiledTemplate | undefined> {
    const bytes = await copies.read(sha256)
    return bytes && compileTemplate(bytes)
  }

  return async (path, sha256) => {
    const compiled = known.get(sha256) ?? (await compileCopy(sha256))
    if (!compiled || !(await copies.use(sha256))) return undefined
    known.delete(sha256)
    known.set(sha256, compiled)
    for (const oldest of known.keys()) {
      if (known.size <= remembered) break
      known.delete(oldest)
    }
    return { path, sha256, compiled, file: copies.fileOf(sha256) }
  }
}
