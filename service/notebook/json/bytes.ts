import { backslash, minus, nine, quote, zero } from './characters.ts'
import { specialBits } from './words.ts'

/** Why bytes are not JSON, and at which of them. `why` may be left out where the place says enough. */
export type Refuse = (offset: number, why?: string) => Error

/**
 * The parts of strict JSON (RFC 8259) as they lie in a file. Each function takes the offset of a part's first byte and
 * gives the one after its last; nothing is copied.
 */
export interface JsonBytes {
  space(at: number): number
  /** From the opening quote. */
  text(at: number): number
  /** Whatever begins with no other part must be one. */
  number(at: number): number
  word(at: number, word: 'null' | 'true' | 'false'): number
}

const escapes = new Set(Buffer.from('"\\/bfnrt'))

// Python, which Jupyter is made of, reads no integer that is longer.
const mostDigits = 4300

/**
 * @param bytes UTF-8, as the caller has made sure
 * @param refuse makes what is thrown
 */
export function createJsonBytes(bytes: Uint8Array, refuse: Refuse): JsonBytes {
  // The file again, four bytes at a time, from the first offset at which the machine may read it so.
  const lead = -bytes.byteOffset & 3
  const words = new Int32Array(
    bytes.buffer,
    bytes.byteOffset + lead,
    Math.max(0, bytes.byteLength - lead) >> 2,
  )

  function space(at: number): number {
    let byte = bytes[at]
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++at]
    return at
  }

  function text(from: number): number {
    let at = from + 1
    for (;;) {
      at = overPlain(at)
      const byte = bytes[at]
      if (byte === quote) return at + 1
      if (byte !== backslash) {
        if (byte === undefined) throw refuse(from, 'a text has no end')
        throw refuse(at, 'a string contains a control character')
      }
      at = escaped(at)
    }
  }

  /** Over what may stand in a string as it is: images of megabytes, so four bytes in one step. */
  function overPlain(from: number): number {
    const near = nextSpecial(bytes, from, Math.min(from + 16, bytes.length))
    if (near < from + 16) return near
    // To where four bytes can be read as one number.
    const aligned = near + (-(near - lead) & 3)
    const at = nextSpecial(bytes, near, Math.min(aligned, bytes.length))
    if (at < aligned) return at
    const word = nextSpecialWord(words, (at - lead) >> 2)
    return nextSpecial(bytes, (word << 2) + lead, bytes.length)
  }

  function escaped(at: number): number {
    const kind = bytes[at + 1]
    if (kind !== undefined && escapes.has(kind)) return at + 2
    if (kind !== 0x75) throw refuse(at, 'a string contains an invalid escape')
    const unit = codeUnit(at)
    if (unit < 0xd800 || unit > 0xdfff) return at + 6
    const isFirst = unit < 0xdc00 && bytes[at + 6] === backslash && bytes[at + 7] === 0x75
    // Python reads half a character, and then can neither send nor save it.
    if (!isFirst || (codeUnit(at + 6) & 0xfc00) !== 0xdc00) throw refuse(at, 'a \\u is half a character')
    return at + 12
  }

  /** What `\u` and four digits stand for. */
  function codeUnit(at: number): number {
    let unit = 0
    for (let index = at + 2; index < at + 6; index++) {
      const byte = bytes[index]!
      if (!isHexadecimal(byte)) throw refuse(at, 'a \\u is not followed by four hexadecimal digits')
      unit = unit * 16 + (isDigit(byte) ? byte - zero : (byte | 0x20) - 0x61 + 10)
    }
    return unit
  }

  function number(from: number): number {
    if (bytes[from] !== minus && !isDigit(bytes[from])) throw refuse(from)
    let at = bytes[from] === minus ? from + 1 : from
    at = bytes[at] === zero ? at + 1 : digits(at, from)
    let isInteger = true
    if (bytes[at] === 0x2e) {
      at = digits(at + 1, from)
      isInteger = false
    }
    const exponent = bytes[at]
    if (exponent === 0x65 || exponent === 0x45) {
      const sign = bytes[at + 1]
      at = digits(sign === 0x2b || sign === minus ? at + 2 : at + 1, from)
      isInteger = false
    }
    if (isInteger && at - from > mostDigits) throw refuse(from, `a number has more than ${mostDigits} digits`)
    return at
  }

  /** One or more. */
  function digits(from: number, numberFrom: number): number {
    let at = from
    while (isDigit(bytes[at])) at++
    if (at === from) throw refuse(numberFrom, badNumber)
    return at
  }

  function word(from: number, wanted: string): number {
    for (let index = 0; index < wanted.length; index++) {
      if (bytes[from + index] !== wanted.charCodeAt(index)) throw refuse(from)
    }
    return from + wanted.length
  }

  return { space, text, number, word }
}

const badNumber = 'a number is not written as JSON has it'

/** The first byte that ends a string, escapes or may not be in one; else `end`. */
function nextSpecial(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  for (; at < end; at++) {
    const byte = bytes[at]!
    if (byte === quote || byte === backslash || byte < 0x20) break
  }
  return at
}

/** The first of these numbers of four bytes that holds such a byte. */
function nextSpecialWord(words: Int32Array, from: number): number {
  const end = words.length
  let index = from
  for (; index < end; index++) if (specialBits(words[index]!) !== 0) break
  return index
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine
}

function isHexadecimal(byte: number | undefined): boolean {
  return isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
}
