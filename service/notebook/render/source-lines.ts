import { backslash, quote } from '../json/characters.ts'
import { specialBits } from '../json/words.ts'

const lineFeed = 0x0a
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

// Characters turned into bytes at a time: the bytes stay in the processor's cache until they are copied, and room is
// looked for once for all of them.
const chunk = 4096
const encoder = new TextEncoder()
const word = 4
const utf8 = new Uint8Array(3 * chunk + word)
const words = new DataView(utf8.buffer)

/**
 * Straight to bytes, because a text may have megabytes. All that JSON escapes is one byte of UTF-8, and no byte of a
 * longer character looks like it.
 *
 * @param nextLine what stands for a line feed that has something after it
 */
function quoted(text: string, nextLine: Uint8Array): Uint8Array {
  const most = Math.max(longestEscape, nextLine.length)
  const end = text.endsWith('\n') ? text.length - 1 : text.length
  let bytes = Buffer.allocUnsafe(text.length + (text.length >> 1) + 64)
  let at = 0
  bytes[at++] = quote
  for (let from = 0; from < end; ) {
    const to = wholeUntil(text, Math.min(end, from + chunk))
    const { written } = encoder.encodeInto(text.slice(from, to), utf8)
    bytes = withRoom(bytes, at, written * most + word + longestEscape)
    at = escapeWords(written, bytes, at, nextLine)
    from = to
  }
  if (end < text.length) at += Buffer.from(escapes[lineFeed]!).copy(bytes, at)
  bytes[at++] = quote
  return bytes.subarray(0, at)
}

/** The same place, or the one before it where it is in the middle of a surrogate pair. */
function wholeUntil(text: string, to: number): number {
  const isWithin = (text.charCodeAt(to - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(to) & 0xfc00) === 0xdc00
  return isWithin ? to - 1 : to
}

function withRoom(bytes: Buffer<ArrayBuffer>, at: number, more: number): Buffer<ArrayBuffer> {
  if (at + more <= bytes.length) return bytes
  const larger = Buffer.allocUnsafe(Math.max(2 * bytes.length, at + more))
  bytes.copy(larger, 0, 0, at)
  return larger
}

/**
 * Copies the first `length` bytes of `utf8`, four at a time up to one that is escaped: byte by byte it took twice as
 * long. What was copied too much is written over.
 *
 * @returns where the next byte goes
 */
function escapeWords(
  length: number,
  bytes: Buffer<ArrayBuffer>,
  start: number,
  nextLine: Uint8Array,
): number {
  const out = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = start
  let index = 0
  while (index < length) {
    const four = words.getInt32(index, true)
    out.setInt32(at, four, true)
    const plain = plainBytes(four)
    index += plain
    at += plain
    if (plain === word || index >= length) continue
    const byte = utf8[index++]!
    if (byte >= firstPlain) {
      bytes[at++] = backslash
      bytes[at++] = byte
    } else {
      const instead = byte === lineFeed ? nextLine : escapes[byte]!
      for (let part = 0; part < instead.length; part++) bytes[at++] = instead[part]!
    }
  }
  return at - (index - length)
}

/** How many of four bytes, the lowest first, stand before one that is escaped: 4 when none is. */
function plainBytes(four: number): number {
  const found = specialBits(four)
  return found === 0 ? word : (31 - Math.clz32(found & -found)) >> 3
}
