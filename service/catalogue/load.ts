/** From a file to a compiled template or to what is wrong with it; one broken file never hides the others. */
import { errorName } from '../error-name.ts'
import { type CompiledTemplate, compileTemplate } from '../notebook/compile.ts'
import { checkTemplateName } from '../notebook/file-name.ts'
import { TemplateFault } from '../notebook/template-fault.ts'
import { readTemplateFile, type TemplateFile, UnreadableFile, type Version } from './template-file.ts'

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
}

export type Loaded =
  | ({ readonly file: TemplateFile; readonly fault?: undefined } & Compiled)
  | { readonly file?: undefined; readonly version: Version; readonly fault: CatalogueFault }

const unknownVersion: Version = { signature: '', settled: false }

/**
 * @param real where the file is; `path` is what it is called
 * @param before is taken over when the bytes are still the same
 * @returns undefined when there is no such file
 */
export async function loadTemplate(
  path: string,
  real: string,
  before?: Compiled,
): Promise<Loaded | undefined> {
  let version = unknownVersion
  try {
    const file = await readTemplateFile(real)
    version = { signature: file.signature, settled: file.settled }
    const misnamed = checkTemplateName(path)
    if (misnamed !== undefined) return { version, fault: { path, reason: misnamed } }
    const { sha256 } = file
    return {
      file,
      sha256,
      compiled: before?.sha256 === sha256 ? before.compiled : compileTemplate(file.bytes),
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    return { version, fault: faultOf(path, error) }
  }
}

/** The fault of a file whose name cannot be a template's path. */
export function misnamedFault(path: string): CatalogueFault {
  return { path, reason: 'it has a name that cannot be in a URL' }
}

export function faultOf(path: string, error: unknown): CatalogueFault {
  if (error instanceof UnreadableFile) return { path, reason: error.message }
  if (!(error instanceof TemplateFault)) return { path, reason: `it cannot be used (${errorName(error)})` }
  const { reason, cell } = error
  return { path, reason, ...(cell !== undefined && { cell }) }
}
