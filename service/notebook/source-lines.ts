const lineFeed = 0x0a
const quote = 0x22
const backslash = 0x5c
const firstPlain = 0x20

/** What stands in JSON for a byte that may not stand in a text as it is (RFC 8259, section 7). */
const escapes: readonly Uint8Array[] = Array.from({ length: firstPlain }, (_, byte) =>
  Buffer.from(JSON.stringify(String.fromCharCode(byte)).slice(1, -1)),
)
const longestEscape = 6 // `\u001f`

/**
 * A cell's source as the items of nbformat's list of lines, `"a = 1\n", "b = 2"`: JSON in UTF-8. A source without a
 * line gives one empty item.
 *
 * @param between what stands between two items, the comma included
 */
export function sourceLines(source: string, between: string): Uint8Array {
  if (source.length < small)
    return Buffer.from(
      linesOf(source)
        .map((line) => JSON.stringify(line))
        .join(between),
    )
  return quoted(source, Buffer.from(`\\n"${between}"`))
}

// Most cells are: for them there is nothing to be saved.
const small = 4096

/** Each with its line feed. */
function linesOf(source: string): string[] {
  return source === '' ? [''] : source.split(/(?<=\n)/)
}

/** A text as one JSON text in UTF-8. */
export function jsonBytes(text: string): Uint8Array {
  return quoted(text, escapes[lineFeed]!)
}

// Room is looked for once for so many bytes: at each of them it took four times as long.
const chunk = 4096

/**
 * Straight to bytes, because a text may have megabytes. All that JSON escapes is one byte of UTF-8, and no byte of a
 * longer character looks like it.
 *
 * @param nextLine what stands for a line feed that has something behind it
 */
function quoted(text: string, nextLine: Uint8Array): Uint8Array {
  const utf8 = Buffer.from(text)
  const most = Math.max(longestEscape, nextLine.length)
  let bytes = Buffer.allocUnsafe(utf8.length + (utf8.length >> 1) + 64)
  let at = 0
  bytes[at++] = quote
  for (let from = 0; from < utf8.length; from += chunk) {
    const to = Math.min(utf8.length, from + chunk)
    bytes = withRoom(bytes, at, (to - from) * most + 1)
    at = escapeChunk(utf8, from, to, bytes, at, nextLine)
  }
  bytes[at++] = quote
  return bytes.subarray(0, at)
}

function withRoom(bytes: Buffer<ArrayBuffer>, at: number, more: number): Buffer<ArrayBuffer> {
  if (at + more <= bytes.length) return bytes
  const larger = Buffer.allocUnsafe(Math.max(2 * bytes.length, at + more))
  bytes.copy(larger, 0, 0, at)
  return larger
}

/** Gives where the next byte goes. */
function escapeChunk(
  utf8: Uint8Array,
  from: number,
  to: number,
  bytes: Uint8Array,
  start: number,
  nextLine: Uint8Array,
): number {
  let at = start
  for (let index = from; index < to; index++) {
    const byte = utf8[index]!
    if (byte >= firstPlain) {
      if (byte === quote || byte === backslash) bytes[at++] = backslash
      bytes[at++] = byte
    } else {
      const isBetween = byte === lineFeed && index < utf8.length - 1
      const instead = isBetween ? nextLine : escapes[byte]!
      for (let part = 0; part < instead.length; part++) bytes[at++] = instead[part]!
    }
  }
  return at
}
