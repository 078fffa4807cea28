import { readFileSync, statSync } from 'node:fs'
import { sizeOfImage } from '../images/pixels.ts'
import { type ImageType, typeOfImage } from '../images/types.ts'

/** The logo of whoever runs the service. */
export interface Logo {
  readonly bytes: Buffer
  readonly type: ImageType
  /** In the addresses of the page. */
  readonly name: string
  /** Its width when its height is 1. */
  readonly shape: number
}

const mostBytes = 64 * 1024
const endings: Partial<Record<ImageType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
}

/** Reads it, by what its bytes say that it is; undefined: the file is not there, larger than a page may be, or no such image. */
export function readLogo(path: string): Logo | undefined {
  try {
    const { size } = statSync(path)
    const bytes = size <= mostBytes ? readFileSync(path) : Buffer.alloc(0)
    const type = typeOfImage(bytes)
    const ending = type && endings[type]
    if (ending === undefined) return undefined
    const { width, height } = sizeOfImage(type!, bytes) ?? { width: 1, height: 1 }
    return { bytes, type: type!, name: `own-logo.${ending}`, shape: width / height }
  } catch {
    return undefined
  }
}
