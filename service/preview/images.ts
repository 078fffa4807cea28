import { pixelsOf } from '../images/pixels.ts'
import { type ImageType, imageTypes, isImageType } from '../images/types.ts'
import { type ElementContent, element } from './html/tree.ts'
import { limits } from './limits.ts'
import { type Notes, sentence, sizeText } from './notes.ts'
import { type Bundle, multiline } from './read-cell.ts'

/** How an image is shown, in pixels. */
export interface ImageLook {
  readonly alt: string
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** The images of one cell. */
export interface Images {
  /** One that is held as nbformat holds it: SVG as text, all others as base64. */
  held(type: ImageType, value: unknown, look: ImageLook): ElementContent
  /**
   * That of an `src` in Markdown or HTML. What lies elsewhere is named and, at another site, linked: the preview asks nobody
   * for anything.
   */
  linked(src: string, look: ImageLook): ElementContent
}

export function createImages(attachments: ReadonlyMap<string, Bundle>, notes: Notes): Images {
  // One attachment can be named a thousand times.
  let room: number = limits.images

  const tooLarge = (characters: number) => {
    const size = sizeText((characters / 4) * 3, notes.language)
    return instead(sentence(notes, 'imageTooLarge', { size }))
  }

  function held(type: ImageType, value: unknown, look: ImageLook): ElementContent {
    const text = multiline(value)
    // Looked at no closer: line ends make base64 a little longer.
    if (text.length > 1.1 * Math.min(limits.image, room)) return tooLarge(text.length)
    return type === 'image/svg+xml' && /^\s*</.test(text)
      ? show(type, Buffer.from(text).toString('base64'), look)
      : show(type, text.replace(/\s+/g, ''), look)
  }

  function show(type: ImageType, base64: string, { alt, width, height }: ImageLook): ElementContent {
    if (base64.length > Math.min(limits.image, room)) return tooLarge(base64.length)
    if (base64 === '' || base64.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
      return instead(sentence(notes, 'imageBroken'))
    }
    // A few kilobytes can unfold to gigabytes in the reader's browser.
    if (pixelsOf(type, Buffer.from(base64, 'base64')) > limits.pixels) return tooLarge(base64.length)
    room -= base64.length
    return element('img', { src: `data:${type};base64,${base64}`, alt, width, height })
  }

  function inAddress(src: string, look: ImageLook): ElementContent {
    const [, type = '', parameters = '', data = ''] = /^data:([^;,]*)((?:;[^;,]*)*),(.*)$/is.exec(src) ?? []
    const known = type.toLowerCase()
    if (!isImageType(known)) return instead(sentence(notes, 'imageBroken'))
    if (/;\s*base64\s*$/i.test(parameters)) return show(known, decoded(data).replace(/\s+/g, ''), look)
    return show(known, Buffer.from(decoded(data)).toString('base64'), look)
  }

  return {
    held,
    linked(src, look) {
      if (/^data:/i.test(src)) return inAddress(src, look)
      if (/^attachment:/i.test(src)) {
        const bundle = attachments.get(decoded(src.slice('attachment:'.length)))
        const type = imageTypes.find((one) => bundle?.has(one))
        if (bundle !== undefined && type !== undefined) return held(type, bundle.get(type), look)
      }
      const site = siteOf(src)
      if (site === undefined) {
        return instead(sentence(notes, 'imageAbsent', { name: look.alt || src.slice(0, 100) }))
      }
      const link = { href: site.href, target: '_blank', rel: ['noopener', 'noreferrer'] }
      return instead(element('a', link, sentence(notes, 'imageElsewhere', { site: site.host })))
    },
  }
}

function instead(what: string | ElementContent): ElementContent {
  return element('span', { className: ['absent'] }, what)
}

function siteOf(src: string): URL | undefined {
  // `//site/image.png` is at another site too; a path is not.
  if (!/^(https?:)?[\\/]{2}/i.test(src) || !URL.canParse(src, 'https://none.invalid')) return undefined
  return new URL(src, 'https://none.invalid')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
