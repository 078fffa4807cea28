import { type Image, thumbnailBytes, toThumbnail } from '../../images/thumbnail.ts'
import { type ImageType, typeOfImage } from '../../images/types.ts'
import { createWalk, type Span, type Walk } from '../json/walk.ts'
import type { Places } from './places.ts'

const base64Characters = Math.ceil(thumbnailBytes / 3) * 4
/** Cells whose outputs are looked at: somewhere it must end. */
const mostCells = 50

/** The JSON of an image in a template: bytes of the file. */
export interface ImagePlace {
  readonly from: number
  readonly to: number
}

/** Those that come first are quicker to draw than a figure of a hundred thousand paths. */
const preferred: readonly ImageType[] = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/svg+xml',
]

/**
 * What a template shows of itself as JSON: the value of an output, or a data URI. SVG as nbformat has it, a text; all
 * others in base64.
 */
export function readImage(json: string): Image | undefined {
  // Each line end is an escape of two characters.
  if (json.length > 1.2 * base64Characters) return undefined
  const value = JSON.parse(json) as unknown
  const lines = Array.isArray(value) ? value : [value]
  const text = lines.filter((line) => typeof line === 'string').join('')
  if (/^\s*</.test(text)) return toThumbnail(Buffer.from(text))
  const base64 = text.replace(/^data:[^,]{0,100},/, '').replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined
  return toThumbnail(Buffer.from(base64, 'base64'))
}

/** The first image among the outputs that can be shown small. Cells that name no image cost a search and nothing else. */
export function findImage(
  bytes: Uint8Array,
  { cellBounds, places }: { readonly cellBounds: readonly number[]; readonly places: Pick<Places, 'start'> },
): ImagePlace | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const walk = createWalk(bytes, places.start, () => undefined)
  let named = 0
  let looked = 0
  for (let index = 0; index < cellBounds.length && looked < mostCells; index += 2) {
    const [from, to] = [cellBounds[index]!, cellBounds[index + 1]!]
    if (named < from) named = buffer.indexOf('"image/', from)
    if (named < 0) return undefined
    if (named >= to) continue
    looked++
    const found = imagesOf(walk, { kind: 'object', from, to }).find(isShown)
    if (found !== undefined) return { from: found.from, to: found.to }
  }
  return undefined

  function isShown({ from, to }: Span): boolean {
    if (to - from > 1.2 * base64Characters) return false
    const beginning = buffer.toString('latin1', from, Math.min(to, from + beginningBytes))
    return mayBeImage(beginning) && readImage(buffer.toString('utf8', from, to)) !== undefined
  }
}

const beginningBytes = 128

/** By the beginning of its JSON: fifty outputs of half a megabyte that are no images are not read for it. */
function mayBeImage(beginning: string): boolean {
  const base64 = /^[\s[]*"([A-Za-z0-9+/]{24,})/.exec(beginning)?.[1]
  if (base64 === undefined) return true
  const bytes = Buffer.from(base64, 'base64')
  return typeOfImage(bytes) !== undefined || /^\s*</.test(bytes.toString('latin1'))
}

/** The best image of each output of a cell. */
function imagesOf(walk: Walk, cell: Span): Span[] {
  const images: Span[] = []
  const readOutput = () => {
    const bundle = new Map<string, Span>()
    walk.object((name) => {
      if (name === 'data') walk.object((type) => bundle.set(type, walk.skip()))
      else walk.skip()
    })
    const best = preferred.find((type) => bundle.has(type))
    if (best !== undefined) images.push(bundle.get(best)!)
  }
  walk.goTo(cell)
  try {
    walk.object((name) => {
      if (name === 'outputs') walk.list(readOutput)
      else walk.skip()
    })
  } catch {
    // Names that stand twice where the format does not forbid it.
  }
  return images
}
