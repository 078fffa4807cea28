/** Versions of templates that are no longer current, compiled again on demand. */

import { createLastUsed } from '../../last-used.ts'
import { type CompiledTemplate, compileTemplate } from '../../notebook/index.ts'
import { readPin, type Template } from '../template.ts'
import type { KeptVersion, Versions } from './versions.ts'

/** Compiled ones that are remembered: the last used. */
const remembered = 32

type CompiledVersion = KeptVersion & { readonly compiled: CompiledTemplate }

/** Gives a function that finds a version by its pin (`pinOf`); undefined: its copy is gone. */
export function createPins(versions: Versions): (path: string, pin: string) => Promise<Template | undefined> {
  const known = createLastUsed<string, CompiledVersion>(remembered)

  async function compileCopy(sha256: string, parametersCell?: number): Promise<CompiledVersion | undefined> {
    const read = await versions.read(sha256)
    if (read === undefined) return undefined
    const { bytes, ...version } = read
    return { ...version, compiled: compileTemplate(bytes, parametersCell) }
  }

  return async (path, pin) => {
    const { sha256, parametersCell } = readPin(pin)
    const version = known.get(pin) ?? (await compileCopy(sha256, parametersCell))
    if (version === undefined || !(await versions.use(version))) return undefined
    known.set(pin, version)
    return { path, ...version, ...(parametersCell !== undefined && { parametersCell }) }
  }
}
