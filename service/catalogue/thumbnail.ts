/** The image of a template's card: what it names, else the first one among its outputs. Where it is is kept, never its bytes. */

import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { type Image, thumbnailBytes, toThumbnail } from '../images/thumbnail.ts'
import { type CompiledTemplate, findImage, readImage } from '../notebook/index.ts'
import { besidesTemplate, placeIn } from './files-beside.ts'
import { resolveInside } from './scan/scan.ts'
import type { Template, Thumbnail } from './template.ts'
import { readTemplateFile, type Version, versionOf } from './template-file.ts'
import { readPieces } from './template-pieces.ts'

/** What a template's card shows, and as what the file was found that it names. */
export interface FoundThumbnail {
  readonly thumbnail: Thumbnail | undefined
  readonly file: Version
}

const noFile: Version = { signature: '', settled: true }

/** @param folder real path of the template folder; `path` is the template's below it, `bytes` are its file */
export async function findThumbnail(
  folder: string,
  path: string,
  bytes: Uint8Array,
  compiled: CompiledTemplate,
): Promise<FoundThumbnail> {
  const own = compiled.card.thumbnail
  if (own !== undefined && 'file' in own) {
    const real = await resolveInside(folder, besidesTemplate(path, own.file))
    if (real === undefined) return { thumbnail: undefined, file: noFile }
    const { image, file } = await readImageFile(real)
    // A copy without ties to the texts it was put together from: it is kept.
    const place = structuredClone(real)
    const inFolder = placeIn(folder, real)
    const beside = {
      path: own.file,
      ...(inFolder !== besidesTemplate(path, own.file) && { leadsTo: inFolder }),
    }
    return { thumbnail: image && { version: versionOfImage(image), place, beside }, file }
  }
  const place = own?.image ?? findImage(bytes, compiled)
  const image = place && readImage(Buffer.from(bytes.subarray(place.from, place.to)).toString())
  return { thumbnail: place && image && { version: versionOfImage(image), place }, file: noFile }
}

/** Changes whenever the file does that a template's card names; '' without one. */
export async function lookAtImageFile(
  folder: string,
  { path, compiled: { card } }: Pick<Template, 'path' | 'compiled'>,
): Promise<string> {
  const own = card.thumbnail
  if (own === undefined || !('file' in own)) return noFile.signature
  const real = await resolveInside(folder, besidesTemplate(path, own.file))
  return real === undefined ? noFile.signature : (await lookAt(real)).signature
}

/** The image, read again; undefined when it is not there (any more). */
export async function readThumbnail({
  file,
  thumbnail,
}: Template): Promise<(Image & { version: string }) | undefined> {
  if (thumbnail === undefined) return undefined
  const image = await readPlace(file, thumbnail.place)
  return image && { ...image, version: versionOfImage(image) }
}

async function readPlace(file: string, place: Thumbnail['place']): Promise<Image | undefined> {
  if (typeof place === 'string') return (await readImageFile(place)).image
  const json = await readPieces(file, [place], { from: 0, to: place.to - place.from })
  return readImage(Buffer.from(json).toString())
}

async function readImageFile(real: string): Promise<{ image: Image | undefined; file: Version }> {
  const file = await lookAt(real)
  if (file.signature === noFile.signature || file.size > thumbnailBytes) return { image: undefined, file }
  const read = await readTemplateFile(real).catch(() => undefined)
  if (read === undefined) return { image: undefined, file: { ...file, settled: false } }
  return { image: toThumbnail(read.bytes), file: read }
}

async function lookAt(real: string): Promise<Version & { size: number }> {
  const stats = await stat(real, { bigint: true }).catch(() => undefined)
  return stats?.isFile() ? versionOf(stats) : { ...noFile, size: 0 }
}

function versionOfImage({ bytes }: Image): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 12)
}
