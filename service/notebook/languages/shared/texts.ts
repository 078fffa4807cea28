import { Sheet } from '../../sheet.ts'

/**
 * Control characters and those that can deceive the eye: bidirectional and other format characters, line and
 * paragraph separators. The joiners U+200C and U+200D stay: Persian and many emoji are written with them.
 */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu

/** Runs of them: those of ASCII, and those beyond it. */
export const unseenRuns =
  /(?:(?=\p{ASCII})\p{Cc})+|(?:(?![\p{ASCII}\u200c\u200d])[\p{Cc}\p{Zl}\p{Zp}\p{Cf}])+/gu

// Most texts: letters, digits, and marks that mean nothing in the texts of any language here; `textWriter` refuses a
// language where they do. (`@` is one: Ruby replaces `#@x`, not `@x`; Perl would replace `@x`.)
const harmless = /^[\p{L}\p{M}\p{N}_ .,:;/()[\]+*=<>@&|~^'°²³±×·€–-]*$/u

// The expression keeps a place to come back to for each character: megabytes overflow its stack.
const longestHarmless = 10_000

const usual: Readonly<Record<number, string>> = {
  9: '\\t',
  10: '\\n',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
}

/** Quotes, backslashes, line feeds, carriage returns and tabs as in C. */
function escapeUsual(text: string): string {
  if (!/["\\\n\r\t]/.test(text)) return text
  const sheet = new Sheet()
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 92) continue
    const escaped = usual[code]
    if (escaped === undefined) continue
    sheet.write(text, from, at)
    sheet.write(escaped)
    from = at + 1
  }
  sheet.write(text, from)
  return sheet.text()
}

/** The same for the characters of ASCII: most texts have no others, and need no expression. */
const harmlessAscii = Uint8Array.from({ length: 0x80 }, (_, code) =>
  harmless.test(String.fromCharCode(code)) ? 1 : 0,
)

/** Each harmless character of ASCII before each, all in one text. */
const harmlessPairs = (() => {
  const all = Array.from(harmlessAscii.keys(), (code) => String.fromCharCode(code))
  const some = all.filter(isHarmless)
  return some.flatMap((first) => some.map((second) => first + second)).join('')
})()

/** Whether a text stands between the quotes of every such language as it is. */
export function isHarmless(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x80) return text.length <= longestHarmless && harmless.test(text)
    if (harmlessAscii[code] === 0) return false
  }
  return true
}

/**
 * Makes the writer of a language's double-quoted texts, in which quotes, backslashes, line feeds, carriage returns
 * and tabs are escaped as in C.
 *
 * @param escapeOf writes the escape of a character by its code point; it must take nothing that follows
 * @param own further expressions that mean something in a text of that language, each with what stands for them as it is:
 *   `$&` in it means nothing
 * @throws Error when such an expression matches what `isHarmless` lets through: it would never be asked
 */
export function textWriter(
  escapeOf: (code: number) => string,
  own: readonly (readonly [RegExp, string])[] = [],
): (text: string) => string {
  for (const [expression] of own)
    if (harmlessPairs.search(expression) >= 0)
      throw new Error(`${expression} matches what \`harmless\` holds: take that out there, for all languages`)
  return (text) => {
    if (isHarmless(text)) return `"${text}"`
    let body = escapeUsual(text)
    for (const [expression, replacement] of own) body = body.replace(expression, () => replacement)
    body = escapeUnseen(body, escapeOf)
    return `"${body}"`
  }
}

/** Whether a text has characters that are written as escapes, for languages with two forms of texts. */
export function hasUnseen(text: string): boolean {
  return /[^ -~]/.test(text) && text.search(unseen) >= 0
}

/** The text with escapes for such characters. */
export function escapeUnseen(text: string, escapeOf: (code: number) => string): string {
  if (!/[^ -~]/.test(text)) return text
  return text.replace(unseen, (character) => escapeOf(character.codePointAt(0)!))
}

/** `\u202e` with its four digits or `\U000e0041` with its eight, as Python, R, Julia and others read it. */
export function unicodeEscape(code: number): string {
  return code > 0xffff ? `\\U${hexadecimal(code, 8)}` : `\\u${hexadecimal(code, 4)}`
}

/** `\u202e` for each UTF-16 code unit, as Java and JavaScript read it. */
export function unitEscapes(code: number): string {
  const character = String.fromCodePoint(code)
  return code > 0xffff
    ? unitEscape(character.charCodeAt(0)) + unitEscape(character.charCodeAt(1))
    : unitEscape(code)
}

function unitEscape(unit: number): string {
  return `\\u${hexadecimal(unit, 4)}`
}

/** A number in hexadecimal with at least so many digits. */
export function hexadecimal(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}

/** JSON text in which what is unseen stands in escapes. */
export function visibleJson(json: string): string {
  return json.replace(unseen, (character) =>
    character.replace(/[\s\S]/g, (unit) => `\\u${hexadecimal(unit.charCodeAt(0), 4)}`),
  )
}

// Names, of which a table has a few and again and again.
const mostRemembered = 256
const longestRemembered = 64

/** The same function, with what it has made of the first few short names remembered. */
export function remembering(write: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const written = write(name)
    if (known.size < mostRemembered && name.length <= longestRemembered) known.set(name, written)
    return written
  }
}
