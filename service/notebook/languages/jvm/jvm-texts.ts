import type { Value } from '../../parameters/value.ts'
import type { JvmType } from './jvm-types.ts'

/** How a language of the Java virtual machine writes texts, and reads lists from them. */
export interface TextWriter {
  /** A text that is not too long for one literal. */
  text(value: string): string
  /** Literals of texts as one text. */
  joined(literals: readonly string[]): string
  /**
   * A list that is read from a text.
   *
   * @param text an expression: words that spaces part, in lines when the items are lists; else texts that the
   *   separator parts
   * @param separator a literal
   */
  read(text: string, element: JvmType, separator: string): string
}

// A constant has at most 65535 bytes of modified UTF-8, and a UTF-16 code unit at most three.
const longestText = 20_000
// Compilers take milliseconds for each value, and a method ends at 65535 bytes.
const longestList = 250

const inWords: ReadonlySet<JvmType> = new Set(['int', 'exact', 'long', 'big', 'double', 'boolean'])
// None of them means anything in a regular expression.
const separators = ['\n', '\t', '\u001f', '\u001e', '\u001d', '\u001c']

type Row = { readonly items: readonly Value[] }

/**
 * A long list of numbers, booleans or texts, or of rows of numbers or booleans, as an expression that reads it from a
 * text; `undefined` when it is short, or holds other values.
 */
export function readList(
  items: readonly Value[],
  element: JvmType,
  writer: TextWriter,
  notes: Set<string>,
): string | undefined {
  if (element === 'text' && items.length > longestList) {
    const texts = items.map((item) => (item as { value: string }).value)
    const separator = separators.find((one) => !texts.some((text) => text.includes(one)))
    if (separator === undefined) return undefined
    return writer.read(longText(texts.join(separator), writer, separator), element, writer.text(separator))
  }
  if (inWords.has(element) && items.length > longestList) {
    return writer.read(longText(words(items, element, notes), writer, ' '), element, '')
  }
  if (!element.startsWith('[') || !inWords.has(element.slice(1))) return undefined
  const rows = items as readonly Row[]
  const count = rows.reduce((sum, row) => sum + row.items.length, 0)
  if (count <= longestList || rows.some((row) => row.items.length === 0)) return undefined
  const lines = rows.map((row) => words(row.items, element.slice(1), notes)).join('\n')
  return writer.read(longText(lines, writer, '\n'), element, writer.text('\n'))
}

/** Numbers with the digits sent, and booleans. */
function words(items: readonly Value[], shape: JvmType, notes: Set<string>): string {
  let all = ''
  for (const item of items) {
    const word = item.kind === 'number' ? item.text : String((item as { value: boolean }).value)
    // Others are within the range.
    if (shape === 'double' && (word.length > 300 || word.includes('e') || word.includes('E')))
      noteRange(word, Number(word), notes)
    if (all !== '') all += ' '
    all += word === '-0' ? '0' : word
  }
  return all
}

/** Tells that a double is not what was sent. */
export function noteRange(digits: string, value: number, notes: Set<string>): void {
  if (!Number.isFinite(value) && !digits.endsWith('Infinity')) notes.add('beyond the range of double')
  if (value === 0 && /^[^eE]*[1-9]/.test(digits)) notes.add('too small for double')
}

/** A text as one literal, or as several that are cut after a separator where there is one. */
export function longText(text: string, writer: TextWriter, separator: string): string {
  if (text.length <= longestText) return writer.text(text)
  const literals: string[] = []
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + longestText, text.length)
    const last = separator === '' || to === text.length ? -1 : text.lastIndexOf(separator, to - 1)
    if (last > from) to = last + 1
    // The two halves of a character stay together.
    else if (/^[\udc00-\udfff]/.test(text.slice(to, to + 1))) to--
    literals.push(writer.text(text.slice(from, to)))
    from = to
  }
  return writer.joined(literals)
}

/**
 * A comment to the end of the line. Java, and Scala before 2.13.2, read `\u001a` as that character also in comments,
 * and to Scala it ends one: control characters get a second backslash, which makes them plain text.
 */
export function lineComment(text: string): string {
  return `// ${text.replace(/(?<!\\)((?:\\\\)*)\\(?=u00[01])/g, '$1\\\\')}`
}
