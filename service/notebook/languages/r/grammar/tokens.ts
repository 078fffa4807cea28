import { ContextTracker, ExternalTokenizer, type InputStream } from '@lezer/lr'
import { BraceClose, BraceOpen, newline, RawString } from './parser.terms.ts'

const lineFeed = 10
const carriageReturn = 13
const isLineEnd = (code: number) => code === lineFeed || code === carriageReturn
const isSpace = (code: number) => code === 32 || code === 9 || code === 12 || code === 0xa0
const dash = 45
/** The next one; NUL at the end. */
const character = (input: InputStream) => String.fromCharCode(Math.max(input.next, 0))

/** How many braces are open: within them, `else` may stand on a line of its own. */
export const braces = new ContextTracker<number>({
  start: 0,
  shift: (depth, term) =>
    term === BraceOpen ? depth + 1 : term === BraceClose ? Math.max(0, depth - 1) : depth,
  hash: (depth) => depth,
})

/** A line's end is a token where a statement can end, and white space elsewhere. */
export const lineEnd = new ExternalTokenizer(
  (input, stack) => {
    if (!isLineEnd(input.next) || !stack.canShift(newline)) return
    input.advance()
    const end = input.pos
    if (stack.context > 0 && elseFollows(input)) return
    input.acceptTokenTo(newline, end)
  },
  { contextual: true },
)

function elseFollows(input: InputStream): boolean {
  for (;;) {
    while (isSpace(input.next) || isLineEnd(input.next)) input.advance()
    if (input.next !== 35) break
    while (input.next >= 0 && !isLineEnd(input.next)) input.advance()
  }
  for (const letter of 'else') {
    if (input.next !== letter.charCodeAt(0)) return false
    input.advance()
  }
  return !/[\p{L}\p{Nd}._]/u.test(character(input))
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** `r"(…)"`, `R'--[…]--'`; one that is not closed goes to the end, so that no text is looked through twice. */
export const rawString = new ExternalTokenizer((input) => {
  if (!'rR'.includes(character(input))) return
  input.advance()
  const quote = character(input)
  if (quote !== '"' && quote !== "'") return
  let dashes = 0
  while (input.advance() === dash) dashes++
  const close = closing[character(input)]
  if (close === undefined) return
  const ending = `${close}${'-'.repeat(dashes)}${quote}`
  input.advance()
  let matched = 0
  while (input.next >= 0 && matched < ending.length) {
    const here = character(input)
    matched = here === ending[matched] ? matched + 1 : here === close ? 1 : 0
    input.advance()
  }
  input.acceptToken(RawString)
})
