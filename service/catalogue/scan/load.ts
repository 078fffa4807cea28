/** From a file to a compiled template or to what is wrong with it; one broken file never hides the others. */

import { errorName } from '../../error-name.ts'
import {
  type CompiledTemplate,
  checkTemplateName,
  compileTemplate,
  TemplateFault,
} from '../../notebook/index.ts'
import { readTemplateFile, type TemplateFile, UnreadableFile, type Version } from '../template-file.ts'

export interface CatalogueFault {
  /** Below the template folder. */
  readonly path: string
  /** For whoever writes templates. */
  readonly reason: string
  /** Counted from 1. */
  readonly cell?: number
}

export interface Compiled {
  readonly sha256: string
  readonly compiled: CompiledTemplate
  readonly parametersCell?: number
}

export type Loaded =
  | ({ readonly file: TemplateFile; readonly fault?: undefined } & Compiled)
  | { readonly file?: undefined; readonly version: Version; readonly fault: CatalogueFault }

const unknownVersion: Version = { signature: '', settled: false }

/**
 * @param real where the file is; `path` is what it is called
 * @param before is taken over when the bytes are still the same
 * @param parametersCell as `templates.yaml` names it
 * @returns undefined when there is no such file
 */
export async function loadTemplate(
  path: string,
  real: string,
  before?: Compiled,
  parametersCell?: number,
): Promise<Loaded | undefined> {
  let version = unknownVersion
  try {
    const file = await readTemplateFile(real)
    version = { signature: file.signature, settled: file.settled }
    const misnamed = checkTemplateName(path)
    if (misnamed !== undefined) return { version, fault: { path, reason: misnamed } }
    const { sha256 } = file
    const compiled = isSame(before, sha256, parametersCell)
      ? before.compiled
      : compileTemplate(file.bytes, parametersCell)
    const unfillable = checkTemplateName(path, compiled)
    if (unfillable !== undefined) return { version, fault: { path, reason: unfillable } }
    return { file, sha256, compiled }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    return { version, fault: catalogueFaultOf(path, error) }
  }
}

function isSame(before: Compiled | undefined, sha256: string, parametersCell?: number): before is Compiled {
  return before?.sha256 === sha256 && before.parametersCell === parametersCell
}

/** The fault of a file whose name cannot be a template's path. */
export function misnamedFault(path: string): CatalogueFault {
  return { path, reason: 'it has a name that cannot be in a URL' }
}

export function catalogueFaultOf(path: string, error: unknown): CatalogueFault {
  if (error instanceof UnreadableFile) return { path, reason: error.message }
  if (!(error instanceof TemplateFault)) return { path, reason: `it cannot be used (${errorName(error)})` }
  const { reason, cell } = error
  return { path, reason, ...(cell !== undefined && { cell }) }
}
