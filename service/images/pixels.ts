import type { ImageType } from './types.ts'

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** Width times height as an image's first bytes say; 0 when they do not, and for SVG, which has none. */
export function pixelsOf(type: ImageType, bytes: Buffer): number {
  if (type === 'image/svg+xml') return 0
  const { width, height } = sizeOfImage(type, bytes) ?? { width: 0, height: 0 }
  return width * height
}

/**
 * As an image's first bytes say; undefined when they do not. PNG (RFC 2083, 11.2.2), GIF89a (section 18), JPEG (ITU T.81,
 * B.2.2), WebP (RFC 9649, sections 2.5 to 2.7), SVG 2 (section 8.2).
 */
export function sizeOfImage(type: ImageType, bytes: Buffer): ImageSize | undefined {
  try {
    switch (type) {
      case 'image/png':
        return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
      case 'image/gif':
        return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
      case 'image/jpeg':
        return jpegSize(bytes)
      case 'image/webp':
        return webpSize(bytes)
      case 'image/svg+xml':
        return svgSize(bytes)
    }
  } catch {
    // It ends before that.
    return undefined
  }
}

/** From segment to segment, up to the one that begins a frame. */
function jpegSize(bytes: Buffer): ImageSize | undefined {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at)
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    if (marker < 0xff00) return undefined
  }
  return undefined
}

function webpSize(bytes: Buffer): ImageSize | undefined {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    default:
      return undefined
  }
}

/** By its `viewBox`, which is what gives it its shape, else by `width` and `height`. */
function svgSize(bytes: Buffer): ImageSize | undefined {
  const [root = ''] = /<svg\b[^>]*/i.exec(bytes.toString('utf8', 0, 8192)) ?? []
  const [, , width, height] = (attribute(root, 'viewBox') ?? '').split(/[\s,]+/).map(Number)
  const box = { width, height }
  const own = { width: lengthOf(root, 'width'), height: lengthOf(root, 'height') }
  return [box, own].find(isSize)
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1]?.trim()
}

/** A percentage is of whatever it is shown in. */
function lengthOf(tag: string, name: string): number | undefined {
  const [, digits] = /^([\d.]+)(?:[a-z]{2})?$/.exec(attribute(tag, name) ?? '') ?? []
  return digits === undefined ? undefined : Number(digits)
}

function isSize(size: { width?: number | undefined; height?: number | undefined }): size is ImageSize {
  return Number(size.width) > 0 && Number(size.height) > 0
}
