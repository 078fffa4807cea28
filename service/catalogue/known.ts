/** What a path of the template folder was found to be, and finding out. */
import { isDeepStrictEqual } from 'node:util'
import type { CompiledTemplate } from '../notebook/compile.ts'
import type { Copies } from './copies.ts'
import { type CatalogueFault, faultOf, loadTemplate } from './load.ts'
import { hashTemplateFile, type Version } from './template-file.ts'
import { findThumbnail, lookAtImageFile, type Thumbnail } from './thumbnail.ts'

export interface Template {
  /** Below the template folder, `/` between its parts. */
  readonly path: string
  readonly sha256: string
  readonly compiled: CompiledTemplate
  /** The immutable copy. */
  readonly file: string
  readonly thumbnail?: Thumbnail
}

export interface Known extends Version {
  readonly template?: Template
  readonly fault?: CatalogueFault
  /** Of the image file that the template's card names; '' without one. */
  readonly image?: string
}

/** @param folder real path of the template folder; in each function `real` is where the file of `path` is */
export function createReading(folder: string, copies: Copies) {
  /** Whether the image that its card names is what it was. */
  async function hasSameImage({ template, image }: Known): Promise<boolean> {
    return template === undefined || (await lookAtImageFile(folder, template)) === image
  }

  return {
    hasSameImage,

    /** Reads the file and makes its copy; undefined when there is no such file. */
    async read(path: string, real: string, before: Template | undefined): Promise<Known | undefined> {
      const loaded = await loadTemplate(path, real, before)
      if (!loaded) return undefined
      if (loaded.fault) return { ...loaded.version, fault: loaded.fault }
      const { signature, settled, bytes } = loaded.file
      const { sha256, compiled } = loaded
      try {
        const file = await copies.keep(bytes, sha256)
        const image = await findThumbnail(folder, path, bytes, compiled)
        const { thumbnail } = image
        const isSame = before?.sha256 === sha256 && isDeepStrictEqual(before.thumbnail, thumbnail)
        const template = isSame ? before : { path, sha256, compiled, file, ...(thumbnail && { thumbnail }) }
        return { signature, settled: settled && image.file.settled, image: image.file.signature, template }
      } catch (error) {
        return { signature, settled: false, fault: faultOf(path, error) }
      }
    },

    /**
     * What was read so soon after it was written that it may have changed since without a new time: mostly it has not, and
     * its hash says so without its bytes. undefined: it is to be read.
     */
    async confirm(before: Known, real: string): Promise<Known | undefined> {
      if (before.template === undefined || before.settled || before.image !== '') return undefined
      if (!(await hasSameImage(before))) return undefined
      const now = await hashTemplateFile(real).catch(() => undefined)
      if (now?.sha256 !== before.template.sha256) return undefined
      const { signature, settled } = now
      return { ...before, signature, settled }
    },
  }
}
