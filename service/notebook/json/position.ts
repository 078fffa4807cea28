/** Line and column of a byte in a file, counted from 1; the column in code points, as an editor shows it. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * @param bytes UTF-8
 * @param start where the text begins: after a byte-order mark
 */
export function positionOfByte(bytes: Uint8Array, start: number, offset: number): Position {
  let line = 1
  let lineStart = start
  for (let at = start; at < offset; at++) {
    // A carriage return alone ends a line too; before a line feed the two are one end.
    if (bytes[at] !== 0x0a && (bytes[at] !== 0x0d || bytes[at + 1] === 0x0a)) continue
    line++
    lineStart = at + 1
  }
  let column = 1
  // All bytes of a character but its first are 10xxxxxx.
  for (let at = lineStart; at < offset; at++) if ((bytes[at]! & 0xc0) !== 0x80) column++
  return { line, column }
}

/** Line and column of an offset, counted from 1, the column in code points as an editor shows it. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const lines = before.split(/\r\n|\r|\n/)
  return { line: lines.length, column: [...lines.at(-1)!].length + 1 }
}
