import { readFile } from 'node:fs/promises'
import { type CompiledTemplate, noticesIn } from '../notebook/index.ts'
import type { Template } from './template.ts'

type FindNotices = ReturnType<typeof noticesIn>

const known = new WeakMap<CompiledTemplate, Promise<FindNotices>>()

/** What values meet in a template: read from its copy when it is first asked for, and kept with the template. */
export function noticesOf({ compiled, file }: Pick<Template, 'compiled' | 'file'>): Promise<FindNotices> {
  const before = known.get(compiled)
  if (before !== undefined) return before
  const found = read(compiled, file)
  known.set(compiled, found)
  found.catch(() => known.delete(compiled))
  return found
}

async function read(compiled: CompiledTemplate, file: string): Promise<FindNotices> {
  // Of other languages nothing is known, whatever is in the file.
  const bytes = compiled.language?.effects === undefined ? new Uint8Array() : await readFile(file)
  return noticesIn(bytes, compiled)
}
