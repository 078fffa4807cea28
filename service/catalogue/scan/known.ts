/** What a path of the template folder was found to be, and finding out. */

import { isDeepStrictEqual } from 'node:util'
import { lookAtFilesBeside, readFilesBeside } from '../files-beside.ts'
import type { FileBeside, Template } from '../template.ts'
import { hashTemplateFile, type Version } from '../template-file.ts'
import { findThumbnail, lookAtImageFile } from '../thumbnail.ts'
import { type CatalogueFault, catalogueFaultOf, loadTemplate } from './load.ts'
import type { Versions } from './versions.ts'

export interface Known extends Version {
  readonly template?: Template
  readonly fault?: CatalogueFault
  /** Of the image file that the template's card names; '' without one. */
  readonly image?: string
  /** Of the files that go with it; '' without any. */
  readonly files?: string
  /** The rule by which it was compiled. */
  readonly parametersCell?: number | undefined
}

/** @param folder real path of the template folder; in each function `real` is where the file of `path` is */
export function createReading(folder: string, versions: Versions) {
  /** Whether the image that its card names, and the files that go with it, are what they were. */
  async function hasSameOthers({ template, image, files }: Known): Promise<boolean> {
    if (template === undefined) return true
    return (
      (await lookAtImageFile(folder, template)) === image &&
      (await lookAtFilesBeside(folder, template)) === files
    )
  }

  return {
    hasSameOthers,

    /** Reads the file and makes its copy; undefined when there is no such file. */
    async read(
      path: string,
      real: string,
      before: Template | undefined,
      parametersCell?: number,
    ): Promise<Known | undefined> {
      const alone = before && { ...before, sha256: before.bundle?.notebook ?? before.sha256 }
      const loaded = await loadTemplate(path, real, alone, parametersCell)
      if (!loaded) return undefined
      if (loaded.fault) return { ...loaded.version, fault: loaded.fault, parametersCell }
      const { signature, settled, bytes } = loaded.file
      const { compiled } = loaded
      try {
        // Before they are read: what changes meanwhile is seen by the next look.
        const looked = await lookAtFilesBeside(folder, { path, compiled })
        const files: FileBeside[] = []
        const areSettled = await readFilesBeside(folder, { path, compiled }, async (file) => {
          files.push(await versions.keepFile(file))
        })
        const version = await versions.keep(bytes, loaded.sha256, files)
        const image = await findThumbnail(folder, path, bytes, compiled)
        const { thumbnail } = image
        const isSame =
          before?.sha256 === version.sha256 &&
          before.parametersCell === parametersCell &&
          isDeepStrictEqual(before.thumbnail, thumbnail)
        const named = parametersCell === undefined ? {} : { parametersCell }
        const template = isSame
          ? before
          : { path, compiled, ...version, ...named, ...(thumbnail && { thumbnail }) }
        return {
          signature,
          settled: settled && areSettled && image.file.settled,
          image: image.file.signature,
          files: looked,
          parametersCell,
          template,
        }
      } catch (error) {
        return { signature, settled: false, parametersCell, fault: catalogueFaultOf(path, error) }
      }
    },

    /**
     * What was read so soon after it was written that it may have changed since without a new time: mostly it has not, and
     * its hash says so without its bytes. undefined: it is to be read.
     */
    async confirm(before: Known, real: string): Promise<Known | undefined> {
      if (before.template === undefined || before.settled || before.image !== '' || before.files !== '')
        return undefined
      if (!(await hasSameOthers(before))) return undefined
      const now = await hashTemplateFile(real).catch(() => undefined)
      if (now?.sha256 !== before.template.sha256) return undefined
      const { signature, settled } = now
      return { ...before, signature, settled }
    },
  }
}
