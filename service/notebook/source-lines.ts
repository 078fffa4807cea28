const lineFeed = 0x0a
const quote = 0x22
const backslash = 0x5c
const shortEscapes: Readonly<Record<number, string>> = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' }

/**
 * A cell's source as the items of nbformat's list of lines, `"a = 1\n", "b = 2"`: JSON in UTF-8, written straight to
 * bytes, because a cell may have megabytes.
 *
 * @param between what stands between two items, the comma included
 */
export function sourceLines(source: string, between: string): Uint8Array {
  const nextLine = Buffer.from(`\\n"${between}"`)
  let bytes = Buffer.allocUnsafe(source.length + (source.length >> 2) + 64)
  let at = 0
  const room = (more: number) => {
    if (at + more <= bytes.length) return
    const larger = Buffer.allocUnsafe(2 * bytes.length + more)
    bytes.copy(larger, 0, 0, at)
    bytes = larger
  }
  const put = (text: string) => {
    room(text.length)
    at += bytes.write(text, at, 'latin1')
  }

  bytes[at++] = quote
  for (let index = 0; index < source.length; index++) {
    const code = source.charCodeAt(index)
    if (at + 4 > bytes.length) room(4)
    if (code >= 0x20 && code < 0x80) {
      if (code === quote || code === backslash) bytes[at++] = backslash
      bytes[at++] = code
    } else if (code === lineFeed && index < source.length - 1) {
      room(nextLine.length)
      bytes.set(nextLine, at)
      at += nextLine.length
    } else if (code < 0x20) put(shortEscapes[code] ?? `\\u${code.toString(16).padStart(4, '0')}`)
    else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6)
      bytes[at++] = 0x80 | (code & 0x3f)
    } else if (code < 0xd800 || code > 0xdfff) {
      bytes[at++] = 0xe0 | (code >> 12)
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
      bytes[at++] = 0x80 | (code & 0x3f)
    } else {
      // No half of a pair comes here alone: parameters with one are refused.
      const whole = source.codePointAt(index++)!
      bytes[at++] = 0xf0 | (whole >> 18)
      bytes[at++] = 0x80 | ((whole >> 12) & 0x3f)
      bytes[at++] = 0x80 | ((whole >> 6) & 0x3f)
      bytes[at++] = 0x80 | (whole & 0x3f)
    }
  }
  room(1)
  bytes[at++] = quote
  return bytes.subarray(0, at)
}
