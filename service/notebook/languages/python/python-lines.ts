/** A line of a Python cell that IPython reads and Python does not. */
export interface Magic {
  /** From 1. */
  readonly line: number
  readonly text: string
}

/** A cell's source as Python reads it, line by line the same, and what stood in the lines that are none of Python's. */
export interface PythonLines {
  /** Each magic is `pass`, or the value `None` where it was assigned. */
  readonly text: string
  readonly magics: readonly Magic[]
}

const command = /^[ \t]*[%!?]|^[ \t]*%*[\w.*]+\?{1,2}[ \t]*$/
const assignedCommand = /^([ \t]*[\w,][\w \t,]*=[ \t]*)[%!]/
const token =
  /("""|''')|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|#[^\n]*|\\\n|[()[\]{}]|\n|[^"'#\\()[\]{}\n]+|[\s\S]/y

/**
 * Finds the magics (`%matplotlib inline`), commands of the shell (`!ls`) and questions (`x?`) of a cell: lines at whose
 * beginning a statement can begin. In time linear in its length.
 */
export function withoutMagics(source: string): PythonLines {
  const magics: Magic[] = []
  let text = ''
  let line = 1
  let depth = 0
  let at = 0
  let isStart = true
  while (at < source.length) {
    if (isStart && depth === 0) {
      const first = source.slice(at, endOfLine(source, at))
      const [, before] = assignedCommand.exec(first) ?? []
      if (before !== undefined || command.test(first)) {
        const end = endOfCommand(source, at)
        const whole = source.slice(at, end)
        magics.push({ line, text: before === undefined ? whole.trim() : whole.slice(before.length) })
        const lines = whole.split('\n').length
        text += before === undefined ? `${/^[ \t]*/.exec(whole)![0]}pass` : `${before}None`
        text += '\n'.repeat(lines - 1)
        line += lines - 1
        at = end
        isStart = false
        continue
      }
    }
    token.lastIndex = at
    const [found = '', triple] = token.exec(source) ?? []
    const end = triple === undefined ? at + found.length : endOfText(source, at + found.length, triple)
    const piece = source.slice(at, end)
    isStart = found === '\n'
    if (/^[([{]$/.test(found)) depth++
    else if (/^[)\]}]$/.test(found)) depth = Math.max(0, depth - 1)
    for (const character of piece) if (character === '\n') line++
    text += piece
    at = end
  }
  return { text, magics }
}

/** Of a line that is a command a backslash at its end joins the next one. */
function endOfCommand(source: string, from: number): number {
  let end = endOfLine(source, from)
  while (end < source.length && source[end - 1] === '\\') end = endOfLine(source, end + 1)
  return end
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from)
  return end < 0 ? source.length : end
}

function endOfText(source: string, from: number, quote: string): number {
  for (let at = from; ; at++) {
    at = source.indexOf(quote, at)
    if (at < 0) return source.length
    let slashes = 0
    while (source[at - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return at + quote.length
  }
}
