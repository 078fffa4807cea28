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
  const most = Math.max(longestEscape, nextLine.length)
  let bytes = Buffer.allocUnsafe(source.length + (source.length >> 2) + 64)
  let at = 0
  bytes[at++] = quote
  for (let from = 0; from < source.length; ) {
    // A surrogate pair stays together.
    const isParted = (source.charCodeAt(from + chunk - 1) & 0xfc00) === 0xd800
    const to = Math.min(source.length, from + chunk - (isParted ? 1 : 0))
    bytes = withRoom(bytes, at, (to - from) * most + 1)
    at = writeChunk(source, from, to, bytes, at, nextLine)
    from = to
  }
  bytes[at++] = quote
  return bytes.subarray(0, at)
}

// `\u001f`
const longestEscape = 6
const chunk = 4096

function withRoom(bytes: Buffer<ArrayBuffer>, at: number, more: number): Buffer<ArrayBuffer> {
  if (at + more <= bytes.length) return bytes
  const larger = Buffer.allocUnsafe(Math.max(2 * bytes.length, at + more))
  bytes.copy(larger, 0, 0, at)
  return larger
}

/** Nothing but numbers in here: with a check of room at each character it took four times as long. */
function writeChunk(
  source: string,
  from: number,
  to: number,
  bytes: Buffer,
  start: number,
  nextLine: Buffer,
): number {
  let at = start
  for (let index = from; index < to; index++) {
    const code = source.charCodeAt(index)
    if (code >= 0x20 && code < 0x80) {
      if (code === quote || code === backslash) bytes[at++] = backslash
      bytes[at++] = code
    } else if (code === lineFeed && index < source.length - 1) {
      bytes.set(nextLine, at)
      at += nextLine.length
    } else if (code < 0x20) {
      const escaped = shortEscapes[code] ?? `\\u${code.toString(16).padStart(4, '0')}`
      at += bytes.write(escaped, at, 'latin1')
    } else if (code < 0x800) {
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
  return at
}
