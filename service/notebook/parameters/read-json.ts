import {
  backslash,
  colon,
  comma,
  isDigit,
  listClose,
  listOpen,
  minus,
  objectClose,
  objectOpen,
  point,
  quote,
  zero,
} from '../json/characters.ts'
import type { Entry, Value } from './value.ts'

/** Why a text is rejected, and where: the offset in it of the token that is to blame. */
export type JsonFault = (
  reason: 'not-json' | 'duplicate-name' | 'lone-surrogate' | 'too-deep',
  offset: number,
  twice?: TwiceName,
) => Error

export interface TwiceName {
  readonly name: string
  /** Of the object that has it twice: 1 for the outermost. */
  readonly depth: number
  /** The member on the owners' level that it is in, '' when it is in none. */
  readonly owner: string
}

const nothing: Value = { kind: 'null' }
const yes: Value = { kind: 'boolean', value: true }
const no: Value = { kind: 'boolean', value: false }
// Counts, indices and flags: megabytes of lists are full of them, and one object serves them all.
const small: readonly Value[] = Array.from({ length: 1000 }, (_, n) => ({ kind: 'number', text: String(n) }))

// What stands in JSON as it is; any other name is read as every text is.
const plainName = /^[\w .:;-]{1,64}$/

// Below this, looking through the names that an object has is quicker than a set of them.
const few = 8

/**
 * Reads one JSON value (RFC 8259) without losing anything: numbers keep their characters, objects the order of their
 * names. `NaN`, `Infinity` and `-Infinity` are numbers, as Python's `json` writes them.
 *
 * One pass over the characters, without tokens in between: parameters may have megabytes, and a general scanner
 * took five times as long.
 *
 * @param levels how many lists and objects may lie within each other
 * @param ownerDepth of the objects whose members are told as the owners of what is in them
 * @throws what `fault` makes: of anything else than one value, a name that stands twice in an object, half a surrogate
 *   pair in a text, and too many levels
 */
export function readJson(text: string, levels: number, ownerDepth: number, fault: JsonFault): Value {
  let at = 0
  let owner = ''
  // The entries of the object read last, by depth.
  const lastNames: (readonly Entry[] | undefined)[] = []
  // What is read of all lists and objects that are open, the innermost last: an array for each would have room for
  // seventeen parts from its first on.
  const items: Value[] = []
  const entries: Entry[] = []
  let itemCount = 0
  let entryCount = 0
  const value = readValue(skipSpace(), 0)
  if (!Number.isNaN(skipSpace())) throw fault('not-json', at)
  return value

  /** The code of the next character that is no white space; NaN at the end. */
  function skipSpace(): number {
    let code = text.charCodeAt(at)
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++at)
    return code
  }

  function readValue(code: number, depth: number): Value {
    switch (code) {
      case quote:
        return { kind: 'text', value: readText() }
      case listOpen:
        if (depth === levels) throw fault('too-deep', at)
        return { kind: 'list', items: readItems(depth + 1) }
      case objectOpen:
        if (depth === levels) throw fault('too-deep', at)
        return { kind: 'object', entries: readEntries(depth + 1) }
      case 0x6e:
        return readWord('null', nothing)
      case 0x74:
        return readWord('true', yes)
      case 0x66:
        return readWord('false', no)
      case 0x4e:
        return readWord('NaN', { kind: 'number', text: 'NaN' })
      case 0x49:
        return readWord('Infinity', { kind: 'number', text: 'Infinity' })
      default:
        return readNumber(code)
    }
  }

  function readItems(depth: number): Value[] {
    const first = itemCount
    at++
    let code = skipSpace()
    if (code === listClose) {
      at++
      return []
    }
    for (;;) {
      const item = readValue(code, depth)
      items[itemCount++] = item
      code = skipSpace()
      if (code === listClose) break
      if (code !== comma) throw fault('not-json', at)
      at++
      code = skipSpace()
    }
    at++
    const own = items.slice(first, itemCount)
    itemCount = first
    return own
  }

  function readEntries(depth: number): Entry[] {
    const first = entryCount
    const expected = lastNames[depth]
    let names: Set<string> | undefined
    at++
    let code = skipSpace()
    if (code === objectClose) {
      at++
      return []
    }
    for (;;) {
      if (code !== quote) throw fault('not-json', at)
      const from = at
      const before = expected?.[entryCount - first]
      const name = readExpected(before?.[0]) ?? readText()
      if (entryCount - first === few)
        names = new Set(entries.slice(first, entryCount).map(([before]) => before))
      if (names === undefined ? isAmong(name, entries, first, entryCount) : names.has(name)) {
        throw fault('duplicate-name', from, { name, depth, owner })
      }
      if (depth <= ownerDepth) owner = depth === ownerDepth ? name : ''
      names?.add(name)
      if (skipSpace() !== colon) throw fault('not-json', at)
      at++
      const value = readLike(before?.[1], skipSpace(), depth)
      entries[entryCount++] = before?.[0] === name && before[1] === value ? before : [name, value]
      code = skipSpace()
      if (code === objectClose) break
      if (code !== comma) throw fault('not-json', at)
      at++
      code = skipSpace()
    }
    at++
    const own = entries.slice(first, entryCount)
    entryCount = first
    lastNames[depth] = own
    return own
  }

  /** The value that stood in this place before, if it is a text and stands here again. */
  function readLike(before: Value | undefined, code: number, depth: number): Value {
    const isSame = code === quote && before?.kind === 'text' && readExpected(before.value) !== undefined
    return isSame ? before : readValue(code, depth)
  }

  /** The text that stood in this place before, when it stands here again: the rows of a table have the same names. */
  function readExpected(name: string | undefined): string | undefined {
    if (name === undefined || !text.startsWith(name, at + 1)) return undefined
    const end = at + 1 + name.length
    // A name with escapes is longer as it is written; its plain form never has a quote or a backslash.
    if (text.charCodeAt(end) !== quote || !plainName.test(name)) return undefined
    at = end + 1
    return name
  }

  function readText(): string {
    const from = at
    let escaped = false
    let high = false
    let code = text.charCodeAt(++at)
    while (code !== quote) {
      // NaN, at the end of the text, is not above either.
      if (!(code >= 0x20)) throw fault('not-json', from)
      if (code === backslash) {
        escaped = true
        at++
      } else if (code >= 0xd800) high = true
      code = text.charCodeAt(++at)
    }
    at++
    if (!escaped) {
      const value = text.slice(from + 1, at - 1)
      if (high && !isWhole(value)) throw fault('lone-surrogate', from)
      return value
    }
    const value = decode(text.slice(from, at))
    if (value === undefined) throw fault('not-json', from)
    if (!isWhole(value)) throw fault('lone-surrogate', from)
    return value
  }

  function readNumber(first: number): Value {
    const from = at
    let code = first
    if (code === minus) {
      code = text.charCodeAt(++at)
      if (code === 0x49) return readWord('Infinity', { kind: 'number', text: '-Infinity' })
    }
    if (!isDigit(code)) throw fault('not-json', from)
    let number = code - zero
    code = text.charCodeAt(++at)
    if (number === 0 && isDigit(code)) throw fault('not-json', from)
    for (; isDigit(code); code = text.charCodeAt(++at)) number = number * 10 + code - zero
    const isInteger = code !== point && code !== 0x65 && code !== 0x45
    if (isInteger && first !== minus && number < small.length) return small[number]!
    if (code === point) code = readDigits(text.charCodeAt(++at), from)
    if (code === 0x65 || code === 0x45) {
      code = text.charCodeAt(++at)
      if (code === 0x2b || code === minus) code = text.charCodeAt(++at)
      readDigits(code, from)
    }
    return { kind: 'number', text: text.slice(from, at) }
  }

  /** One digit at least; gives the code after them. */
  function readDigits(first: number, from: number): number {
    let code = first
    if (!isDigit(code)) throw fault('not-json', from)
    do code = text.charCodeAt(++at)
    while (isDigit(code))
    return code
  }

  function readWord(word: string, value: Value): Value {
    if (!text.startsWith(word, at)) throw fault('not-json', at)
    at += word.length
    return value
  }
}

function isAmong(name: string, entries: readonly Entry[], from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (entries[index]![0] === name) return true
  return false
}

function isWhole(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

/** JSON.parse knows every escape, and refuses all others. */
function decode(literal: string): string | undefined {
  try {
    return JSON.parse(literal)
  } catch {
    return undefined
  }
}
