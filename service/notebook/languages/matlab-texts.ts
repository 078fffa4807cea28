import { isUnseen, unseenRuns } from './texts.ts'

/**
 * octave_kernel sends a cell by a terminal line for line, and a terminal drops what goes beyond 4095 bytes. A line
 * of so many UTF-16 units is far below that, also with the name that was sent in a comment behind it.
 */
const longestLine = 300
const longestPiece = 200

/**
 * A text as a row of characters, in single quotes, where nothing but a quote has a meaning. What is unseen is given
 * by number: of ASCII as `char(10)`, beyond it as bytes of UTF-8, which Octave keeps as they are and MATLAB decodes.
 */
export function matlabText(text: string): string {
  if (text.length <= longestPiece && !isUnseen(text)) return quoted(text)
  const pieces: string[] = []
  let from = 0
  for (const { 0: run, index } of text.matchAll(unseenRuns)) {
    pushQuoted(text.slice(from, index), pieces)
    from = index + run.length
    if (run.charCodeAt(0) < 0x80) pieces.push(`char(${numbers(Buffer.from(run))})`)
    else pieces.push(`native2unicode(uint8(${numbers(Buffer.from(run))}), 'UTF-8')`)
  }
  pushQuoted(text.slice(from), pieces)
  return pieces.length === 1 ? pieces[0]! : `[${pieces.join(', ')}]`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function numbers(bytes: Uint8Array): string {
  return bytes.length === 1 ? String(bytes[0]) : `[${bytes.join(', ')}]`
}

function pushQuoted(text: string, pieces: string[]): void {
  for (let from = 0; from < text.length; ) {
    let to = from + longestPiece
    // Not between the two halves of a character.
    if (/[\ud800-\udbff]/.test(text[to - 1] ?? '')) to++
    pieces.push(quoted(text.slice(from, to)))
    from = to
  }
}

/** Code in which lines that are too long go on on others, behind a comma or a semicolon between brackets. */
export function foldLines(code: string): string {
  const out: string[] = []
  let from = 0
  for (let start = 0; start < code.length; ) {
    const found = code.indexOf('\n', start)
    const end = found < 0 ? code.length : found
    if (end - start > longestLine) {
      out.push(code.slice(from, start), folded(code.slice(start, end)))
      from = end
    }
    start = end + 1
  }
  return out.length === 0 ? code : out.join('') + code.slice(from)
}

function folded(line: string): string {
  const indent = `${/^ */.exec(line)![0]}    `
  const end = line.endsWith(' ...') ? line.length - 4 : line.length
  const out: string[] = []
  let inText = false
  let start = 0
  let gap = 0
  for (let at = 0; at < end; at++) {
    const code = line.charCodeAt(at)
    if (code === 0x27) inText = !inText
    else if (code === 0x20 && !inText && /[,;]/.test(line[at - 1] ?? '')) gap = at
    if (at - start > longestLine - indent.length - 4 && gap > start) {
      out.push(`${line.slice(start, gap)} ...`)
      start = gap + 1
    }
  }
  return [...out, line.slice(start)].join(`\n${indent}`)
}
