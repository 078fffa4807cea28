import { limits } from './limits.ts'
import { type Notes, sentence, sizeText } from './notes.ts'
import { pixelsOf } from './pixels.ts'
import { type Bundle, multiline } from './read-cell.ts'
import { type ElementContent, element } from './tree.ts'

/** Images that a browser shows without running anything; SVG as an image runs no script and loads nothing. */
export const imageTypes = ['image/svg+xml', 'image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const
export type ImageType = (typeof imageTypes)[number]

export function isImageType(type: string): type is ImageType {
  return (imageTypes as readonly string[]).includes(type)
}

interface Shown {
  readonly alt: string
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** An image of a notebook as nbformat holds it: SVG as text, all others as base64. */
export function bundledImage(type: ImageType, value: unknown, shown: Shown, notes: Notes): ElementContent {
  const text = multiline(value)
  return type === 'image/svg+xml' && /^\s*</.test(text)
    ? image(type, Buffer.from(text).toString('base64'), shown, notes)
    : image(type, text.replace(/\s+/g, ''), shown, notes)
}

/**
 * The image of an `src` in Markdown or HTML. What lies elsewhere is named and, at another site, linked: the preview asks
 * nobody for anything.
 */
export function linkedImage(
  src: string,
  shown: Shown,
  attachments: ReadonlyMap<string, Bundle>,
  notes: Notes,
): ElementContent {
  if (/^data:/i.test(src)) return dataImage(src, shown, notes)
  if (/^attachment:/i.test(src)) {
    const bundle = attachments.get(decoded(src.slice('attachment:'.length)))
    const type = imageTypes.find((one) => bundle?.has(one))
    if (bundle !== undefined && type !== undefined) return bundledImage(type, bundle.get(type), shown, notes)
  }
  const site = siteOf(src)
  if (site === undefined)
    return instead(sentence(notes, 'imageAbsent', { name: shown.alt || src.slice(0, 100) }))
  const link = { href: site.href, target: '_blank', rel: ['noopener', 'noreferrer'] }
  return instead(element('a', link, sentence(notes, 'imageElsewhere', { site: site.host })))
}

function dataImage(src: string, shown: Shown, notes: Notes): ElementContent {
  const [, type = '', parameters = '', data = ''] = /^data:([^;,]*)((?:;[^;,]*)*),(.*)$/is.exec(src) ?? []
  const known = type.toLowerCase()
  if (!isImageType(known)) return instead(sentence(notes, 'imageBroken'))
  if (/;\s*base64\s*$/i.test(parameters)) return image(known, decoded(data).replace(/\s+/g, ''), shown, notes)
  return image(known, Buffer.from(decoded(data)).toString('base64'), shown, notes)
}

function image(type: ImageType, base64: string, { alt, width, height }: Shown, notes: Notes): ElementContent {
  if (base64.length > limits.image) {
    return instead(
      sentence(notes, 'imageTooLarge', { size: sizeText((base64.length / 4) * 3, notes.language) }),
    )
  }
  if (base64 === '' || base64.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    return instead(sentence(notes, 'imageBroken'))
  }
  // A few kilobytes can unfold to gigabytes in the reader's browser.
  if (pixelsOf(type, Buffer.from(base64, 'base64')) > limits.pixels) {
    return instead(
      sentence(notes, 'imageTooLarge', { size: sizeText((base64.length / 4) * 3, notes.language) }),
    )
  }
  return element('img', { src: `data:${type};base64,${base64}`, alt, width, height })
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
