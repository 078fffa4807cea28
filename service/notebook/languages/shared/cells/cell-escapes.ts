/** What a backslash means in a language's texts, beside what all of them have. */
export interface Escapes {
  /** Letter → the least and the most hexadecimal digits that follow it. */
  readonly hexadecimal: Readonly<Record<string, readonly [least: number, most: number]>>
  /** Digits may stand in braces. */
  readonly braces?: boolean
  /** Up to three octal digits are a character. */
  readonly octal?: boolean
  /** `\\x` and octal digits make bytes: beyond ASCII they are no character of their own. */
  readonly bytes?: boolean
  /** What is no escape stays as it is, backslash and all. */
  readonly keeps?: boolean
}

const named: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
  '`': '`',
  $: '$',
  '?': '?',
}

/** The text that the inside of a literal stands for; `undefined` when that cannot be told. */
export function unescaped(inside: string, escapes: Escapes): string | undefined {
  let text = ''
  let at = 0
  for (;;) {
    const slash = inside.indexOf('\\', at)
    if (slash < 0) return text + inside.slice(at)
    text += inside.slice(at, slash)
    const { character, length } = readEscape(inside, slash + 1, escapes)
    if (character !== undefined) text += character
    else if (escapes.keeps && escapes.hexadecimal[inside[slash + 1] ?? ''] === undefined)
      text += inside.slice(slash, slash + 1 + length)
    else return undefined
    at = slash + 1 + length
  }
}

function readEscape(
  inside: string,
  at: number,
  escapes: Escapes,
): { character: string | undefined; length: number } {
  const letter = inside[at] ?? ''
  const [least, most] = escapes.hexadecimal[letter] ?? [0, 0]
  if (most > 0) {
    const braced = escapes.braces && inside[at + 1] === '{'
    const digits = digitsAt(inside, at + (braced ? 2 : 1), /[0-9a-fA-F]*/y, most)
    const isWhole = digits.length >= least && (!braced || inside[at + 2 + digits.length] === '}')
    const code = isWhole ? Number.parseInt(digits, 16) : Number.NaN
    return {
      character: characterOf(code, escapes.bytes === true && letter === 'x'),
      length: digits.length + (braced ? 3 : 1),
    }
  }
  const octal = escapes.octal ? digitsAt(inside, at, /[0-7]*/y, 3) : ''
  if (octal !== '')
    return { character: characterOf(Number.parseInt(octal, 8), escapes.bytes === true), length: octal.length }
  if (letter === '0') return { character: '\0', length: 1 }
  return { character: Object.hasOwn(named, letter) ? named[letter] : undefined, length: 1 }
}

function digitsAt(inside: string, at: number, digits: RegExp, most: number): string {
  digits.lastIndex = at
  return (digits.exec(inside)?.[0] ?? '').slice(0, most)
}

function characterOf(code: number, isByte: boolean): string | undefined {
  if (Number.isNaN(code) || code > 0x10ffff || (isByte && code > 0x7f)) return undefined
  return String.fromCodePoint(code)
}
