import { createScanner } from 'jsonc-parser'

/** A token of strict JSON. `bad` is whatever JSON does not know, comments included. */
export type Token =
  | '{'
  | '}'
  | '['
  | ']'
  | ','
  | ':'
  | 'null'
  | 'true'
  | 'false'
  | 'string'
  | 'number'
  | 'end'
  | 'bad'

/** Reads a text token by token; `value`, `from` and `to` belong to the last token read. */
export interface Tokens {
  next(): Token
  /** A string decoded, a number as it is written. */
  value(): string
  from(): number
  /** Behind the last character of the token. */
  to(): number
}

// jsonc-parser's SyntaxKind by number: the type is a `const enum`, which erasable TypeScript cannot import.
const kinds: readonly Token[] = [
  'bad', // no token has 0
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  'true',
  'false',
  'string',
  'number',
  'bad', // line comment
  'bad', // block comment
  'bad', // line break: skipped below
  'bad', // white space: skipped below
  'bad', // unknown
  'end',
]
const lineBreak = 14
const whiteSpace = 15
const unknown = 16

/**
 * Strict JSON (RFC 8259) on jsonc-parser's scanner, which keeps numbers as they are written and knows its offsets.
 *
 * @param text the whole text
 * @param options.at where to begin
 * @param options.nonFinite whether `NaN`, `Infinity` and `-Infinity`, which Python writes, are numbers
 */
export function createTokens(text: string, options: { at?: number; nonFinite?: boolean } = {}): Tokens {
  const scanner = createScanner(text)
  scanner.setPosition(options.at ?? 0)
  let value = ''
  let from = 0
  let to = 0

  function next(): Token {
    let kind: number
    do kind = scanner.scan()
    while (kind === lineBreak || kind === whiteSpace)
    from = scanner.getTokenOffset()
    to = from + scanner.getTokenLength()
    value = scanner.getTokenValue()
    if (scanner.getTokenError() !== 0) return 'bad'
    if (kind === unknown && options.nonFinite) return nonFinite()
    return kinds[kind] ?? 'bad'
  }

  function nonFinite(): Token {
    if (value === 'NaN' || value === 'Infinity') return 'number'
    // The scanner ends a token behind a minus sign that no digit follows.
    if (value !== '-' || !text.startsWith('Infinity', to)) return 'bad'
    scanner.scan()
    value += scanner.getTokenValue()
    to = from + value.length
    return value === '-Infinity' ? 'number' : 'bad'
  }

  return { next, value: () => value, from: () => from, to: () => to }
}

/** Line and column of an offset, counted from 1, the column in code points as an editor shows it. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const lines = before.split(/\r\n|\r|\n/)
  return { line: lines.length, column: [...lines.at(-1)!].length + 1 }
}
