/** Gives the string at these bytes, its quotes included, as a text. */
export type ReadText = (from: number, to: number) => string

const mostBytes = 32
const places = 256

/**
 * A file names the same few things again and again, and a notebook says `code` in every cell: a short string that
 * stood in the file before is not decoded once more.
 */
export function createTexts(bytes: Buffer): ReadText {
  const known: { readonly text: string; readonly from: number; readonly length: number }[] = []

  function decode(from: number, to: number): string {
    const plain = bytes.toString('utf8', from + 1, to - 1)
    return plain.includes('\\') ? JSON.parse(`"${plain}"`) : plain
  }

  function isSame(one: number, other: number, length: number): boolean {
    for (let index = 0; index < length; index++) if (bytes[one + index] !== bytes[other + index]) return false
    return true
  }

  return (from, to) => {
    const length = to - from
    if (length > mostBytes) return decode(from, to)
    const place = (bytes[from + 1]! * 31 + bytes[to - 2]! * 7 + length) % places
    const before = known[place]
    if (before !== undefined && before.length === length && isSame(before.from, from, length))
      return before.text
    const text = decode(from, to)
    known[place] = { text, from, length }
    return text
  }
}
