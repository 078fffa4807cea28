const lineFeed = 0x0a
const quote = 0x22
const backslash = 0x5c

/** What stands in JSON for a byte that may not stand in a text as it is (RFC 8259, section 7). */
const escapes: readonly (Uint8Array | undefined)[] = Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === quote || byte === backslash
    ? Buffer.from(JSON.stringify(String.fromCharCode(byte)).slice(1, -1))
    : undefined,
)
/** By how many bytes each is longer than the byte; what is read for megabytes is one table of numbers. */
const longer = Uint8Array.from(escapes, (bytes) => (bytes?.length ?? 1) - 1)

/**
 * A cell's source as the items of nbformat's list of lines, `"a = 1\n", "b = 2"`: JSON in UTF-8. A source without a
 * line gives one empty item.
 *
 * @param between what stands between two items, the comma included
 */
export function sourceLines(source: string, between: string): Uint8Array {
  return quoted(source, Buffer.from(`\\n"${between}"`))
}

/** A text as one JSON text in UTF-8. */
export function jsonBytes(text: string): Uint8Array {
  return quoted(text, escapes[lineFeed]!)
}

/**
 * Straight to bytes, because a text may have megabytes: first counted, then written. All that JSON escapes is one byte of
 * UTF-8, and no byte of a longer character looks like it.
 *
 * @param nextLine what stands for a line feed that has something behind it
 */
function quoted(text: string, nextLine: Uint8Array): Uint8Array {
  const utf8 = Buffer.from(text)
  const bytes = Buffer.allocUnsafeSlow(lengthOf(utf8, nextLine.length))
  const last = utf8.length - 1
  let at = 0
  bytes[at++] = quote
  for (let index = 0; index <= last; index++) {
    const byte = utf8[index]!
    if (longer[byte] === 0) bytes[at++] = byte
    else {
      const instead = byte === lineFeed && index < last ? nextLine : escapes[byte]!
      for (let part = 0; part < instead.length; part++) bytes[at++] = instead[part]!
    }
  }
  bytes[at++] = quote
  return bytes
}

function lengthOf(utf8: Uint8Array, nextLine: number): number {
  const escaped = longer[lineFeed]! + 1
  let length = utf8.length + 2
  for (let index = 0; index < utf8.length; index++) {
    const byte = utf8[index]!
    length += byte === lineFeed ? nextLine - 1 : longer[byte]!
  }
  return utf8.at(-1) === lineFeed ? length - nextLine + escaped : length
}
