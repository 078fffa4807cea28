import { Sheet } from '../../sheet.ts'
import { hasUnseen, unseenRuns } from '../shared/texts.ts'

/**
 * octave_kernel sends a cell by a terminal line for line, and a terminal drops what goes beyond 4095 bytes. A line
 * of so many UTF-16 units is far below that, also with the name that was sent in a comment after it.
 */
const longestLine = 300
const longestPiece = 200

/**
 * A text as a row of characters, in single quotes, where nothing but a quote has a meaning. What is unseen is given
 * by number: of ASCII as `char(10)`, beyond it as bytes of UTF-8, which Octave keeps as they are and MATLAB decodes.
 */
export function matlabText(text: string): string {
  if (text.length <= longestPiece && !hasUnseen(text)) return quoted(text)
  const pieces = new Sheet()
  let count = 0
  let from = 0
  for (const { 0: run, index } of text.matchAll(unseenRuns)) {
    count += 1 + writeSeen(text, from, index, pieces)
    from = index + run.length
    pieces.write(run.charCodeAt(0) < 0x80 ? controls(run) : formats(run))
    pieces.write(', ')
  }
  count += writeSeen(text, from, text.length, pieces)
  pieces.takeBack(pieces.length - 2)
  return count === 1 ? pieces.text() : `[${pieces.text()}]`
}

function quoted(text: string): string {
  return text.includes("'") ? `'${text.replaceAll("'", "''")}'` : `'${text}'`
}

function controls(run: string): string {
  if (run.length === 1) return `char(${run.charCodeAt(0)})`
  return `char([${Buffer.from(run).join(', ')}])`
}

function formats(run: string): string {
  return `native2unicode(uint8([${Buffer.from(run).join(', ')}]), 'UTF-8')`
}

/** Returns how many pieces it took. */
function writeSeen(text: string, from: number, to: number, pieces: Sheet): number {
  let count = 0
  for (let start = from; start < to; ) {
    let end = Math.min(start + longestPiece, to)
    // Not between the two halves of a character.
    if (end < to && (text.charCodeAt(end) & 0xfc00) === 0xdc00) end++
    pieces.write(quoted(text.slice(start, end)))
    pieces.write(', ')
    start = end
    count++
  }
  return count
}

/** Code in which lines that are too long go on on others, after a comma or a semicolon between brackets. */
export function foldLines(code: string): string {
  if (!hasLongLine(code)) return code
  const sheet = new Sheet()
  for (let start = 0; start < code.length; ) {
    const end = endOfLine(code, start)
    if (end - start > longestLine) writeFolded(code, start, end, sheet)
    else sheet.write(code, start, end)
    if (end < code.length) sheet.write('\n')
    start = end + 1
  }
  return sheet.text()
}

function hasLongLine(code: string): boolean {
  for (let start = 0; start < code.length; ) {
    const end = endOfLine(code, start)
    if (end - start > longestLine) return true
    start = end + 1
  }
  return false
}

function endOfLine(code: string, start: number): number {
  const end = code.indexOf('\n', start)
  return end < 0 ? code.length : end
}

const quote = 0x27
const space = 0x20

function writeFolded(code: string, from: number, to: number, sheet: Sheet): void {
  const indent = /^ */.exec(code.slice(from, from + 40))![0]
  const going = ` ...\n${indent}    `
  // What ends a line already is no place to break it.
  const last = code.startsWith(' ...', to - 4) ? to - 4 : to
  let inText = false
  let start = from
  let gap = from
  for (let at = from; at < last; at++) {
    const unit = code.charCodeAt(at)
    if (unit === quote) inText = !inText
    else if (unit === space && !inText && /[,;]/.test(code[at - 1]!)) gap = at
    if (at - start <= longestLine - going.length || gap <= start) continue
    sheet.write(code, start, gap)
    sheet.write(going)
    start = gap + 1
  }
  sheet.write(code, start, to)
}
