import { byteLength } from './name-parts.ts'

export const extension = '.ipynb'

/** Jupyter cannot save a notebook whose name takes more bytes of UTF-8 (tried: it adds to the name while it saves). */
export const mostBytes = 244

// No part of a name has more bytes, and no character of it comes from more than a few.
const enough = 4000

/** How the name of the first, second, … copy of a notebook ends, where those before are taken: `.ipynb`, ` (2).ipynb`. */
export function endingOf(copy: number): string {
  return copy > 1 ? ` (${copy})${extension}` : extension
}

/**
 * A value without what common file systems refuse or a reader could be deceived by: separators and the rest of
 * `<>:"/\|?*` (Windows), control and format characters, what Unicode has not assigned (APFS). All become `_`.
 */
export function cleanValue(value: string): string {
  return value
    .slice(0, enough)
    .replace(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu, '_')
    .normalize('NFC')
}

// Names of devices on Windows, with any extension.
const device = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(\.|$)/i

/**
 * A filled name as all common file systems take it: NFC, not hidden, not the name of a device, not empty; no dot or
 * space at the end of a folder, where Windows drops them.
 *
 * @param folder whether nothing follows, such as `.ipynb`
 */
export function finish(text: string, folder: boolean): string {
  let name = text.normalize('NFC').replace(/^\.+/, (dots) => '_'.repeat(dots.length))
  if (folder) name = name.replace(/[. ]+$/, (end) => '_'.repeat(end.length))
  if (device.test(name)) name = `_${name}`
  return name === '' ? '_' : name
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The longest beginning of whole graphemes that takes at most `bytes`. */
export function cutTo(text: string, bytes: number): string {
  let end = 0
  let size = 0
  for (const { segment, index } of graphemes.segment(text.slice(0, Math.max(0, bytes) + enough))) {
    size += byteLength(segment)
    if (size > bytes) break
    end = index + segment.length
  }
  return text.slice(0, end)
}
