/** Images that a browser shows without running anything; SVG as an image runs no script and loads nothing. */
export const imageTypes = ['image/svg+xml', 'image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const
export type ImageType = (typeof imageTypes)[number]

export function isImageType(type: string): type is ImageType {
  return (imageTypes as readonly string[]).includes(type)
}

const starts: Readonly<Record<Exclude<ImageType, 'image/svg+xml'>, RegExp>> = {
  'image/png': /^\x89PNG\r\n/,
  'image/jpeg': /^\xff\xd8\xff/,
  'image/gif': /^GIF8[79]a/,
  'image/webp': /^RIFF.{4}WEBP/s,
}
/** What may stand before the root of an SVG file: a byte-order mark, a declaration, comments, a document type. */
const svgStart =
  /^(?:\u{feff})?(?:\s|<\?[^>]{0,500}\?>|<!--(?:[^-]|-[^-]){0,2000}-->|<!DOCTYPE[^>]{0,500}>)*<svg[\s>]/iu

/** What kind of image these bytes begin like, whatever it is called; undefined: none of those above. */
export function typeOfImage(bytes: Uint8Array): ImageType | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 8192))
  const start = buffer.toString('latin1', 0, 12)
  const type = imageTypes.find((type) => type !== 'image/svg+xml' && starts[type].test(start))
  return type ?? (svgStart.test(buffer.toString()) ? 'image/svg+xml' : undefined)
}
