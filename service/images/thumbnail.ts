import { pixelsOf } from './pixels.ts'
import { type ImageType, typeOfImage } from './types.ts'

/** Bytes of an image that is shown small: what is larger takes too long on a slow line. */
export const thumbnailBytes = 512 * 1024
/** Width times height: a browser needs four bytes for each, and has sixty cards on a page. */
const thumbnailPixels = 8_000_000

/** An image, and what it is by its own first bytes. */
export interface Image {
  readonly type: ImageType
  readonly bytes: Buffer
}

/** An image that can be shown small; undefined: too large, or none. */
export function toThumbnail(bytes: Buffer): Image | undefined {
  if (bytes.length > thumbnailBytes) return undefined
  const type = typeOfImage(bytes)
  if (type === undefined) return undefined
  const pixels = pixelsOf(type, bytes)
  const fits = type === 'image/svg+xml' || (pixels > 0 && pixels <= thumbnailPixels)
  return fits ? { type, bytes } : undefined
}
