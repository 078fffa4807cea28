import type { ImageType } from './types.ts'

/**
 * Width times height as an image's first bytes say; 0 when they do not. PNG (RFC 2083, 11.2.2), GIF89a (section 18), JPEG (ITU
 * T.81, B.2.2), WebP (RFC 9649, sections 2.5 to 2.7).
 */
export function pixelsOf(type: ImageType, bytes: Buffer): number {
  try {
    switch (type) {
      case 'image/png':
        return bytes.readUInt32BE(16) * bytes.readUInt32BE(20)
      case 'image/gif':
        return bytes.readUInt16LE(6) * bytes.readUInt16LE(8)
      case 'image/jpeg':
        return jpegPixels(bytes)
      case 'image/webp':
        return webpPixels(bytes)
      default:
        return 0
    }
  } catch {
    // It ends before that.
    return 0
  }
}

/** From segment to segment, up to the one that begins a frame. */
function jpegPixels(bytes: Buffer): number {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at)
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (isFrame) return bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7)
    if (marker < 0xff00) return 0
  }
  return 0
}

function webpPixels(bytes: Buffer): number {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return (bytes.readUIntLE(24, 3) + 1) * (bytes.readUIntLE(27, 3) + 1)
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return ((bits & 0x3fff) + 1) * (((bits >> 14) & 0x3fff) + 1)
    }
    case 'VP8 ':
      return (bytes.readUInt16LE(26) & 0x3fff) * (bytes.readUInt16LE(28) & 0x3fff)
    default:
      return 0
  }
}
