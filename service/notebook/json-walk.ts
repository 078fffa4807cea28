import { createTokens, placeOf, type Token } from './json-tokens.ts'
import { TemplateFault } from './template-fault.ts'

/** A value in the file: its kind, told by its first token, and the bytes it takes. */
export interface Span {
  readonly kind: Token
  readonly from: number
  readonly to: number
  /** An object or a list without anything in it. */
  readonly empty: boolean
}

/** Walks one JSON file by byte offsets. Every call reads exactly one value. */
export interface Walk {
  /** Goes through an object (or passes over another value); `member` must read each member's value. */
  object(member: (name: string) => void): Span
  /** Goes through a list (or passes over another value); `item` must read each value. */
  list(item: (index: number) => void): Span
  skip(): Span
  /** Nothing may follow. */
  end(): void
  /** What a span holds. */
  parse(span: Span): unknown
  /** Its JSON text. */
  text(span: Span): string
}

// Python's reader, which Jupyter uses, gives up somewhat below a thousand.
const deepest = 500

/**
 * @param bytes the file, already known to be UTF-8
 * @param at where its JSON begins (behind a byte-order mark)
 * @param cell the number of the cell that is read, for faults
 * @throws TemplateFault when it is not strict JSON, nests too deep, or an object that is gone through names a
 *   member twice: which of the two counts, readers do not agree on
 */
export function createWalk(bytes: Uint8Array, at: number, cell: () => number | undefined): Walk {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // One character per byte: offsets in the text are offsets in the file.
  const text = buffer.toString('latin1')
  const tokens = createTokens(text, { at })
  let token = tokens.next()
  let depth = 0

  function broken(): TemplateFault {
    const { line, column } = placeOf(text, tokens.from())
    return new TemplateFault(`it is not valid JSON (line ${line}, column ${column})`, cell())
  }

  /** Reads a value; `visit` is told each name, or each index, and reads what belongs to it. */
  function container(open: '{' | '[', visit: (name: string, index: number) => void): Span {
    if (token !== open) return skip()
    const from = tokens.from()
    if (++depth > deepest) throw new TemplateFault(`it nests deeper than ${deepest} levels`, cell())
    const close = open === '{' ? '}' : ']'
    token = tokens.next()
    const empty = token === close
    for (let index = 0; token !== close; index++) {
      if (index > 0) {
        if (token !== ',') throw broken()
        token = tokens.next()
      }
      let name = ''
      if (open === '{') {
        if (token !== 'string') throw broken()
        name = memberName()
        if (tokens.next() !== ':') throw broken()
        token = tokens.next()
      }
      visit(name, index)
    }
    depth--
    const to = tokens.to()
    token = tokens.next()
    return { kind: open, from, to, empty }
  }

  function memberName(): string {
    const name = tokens.value()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: bytes beyond ASCII must be decoded first
    if (/^[\x00-\x7f]*$/.test(name)) return name
    return JSON.parse(buffer.toString('utf8', tokens.from(), tokens.to()))
  }

  function skip(): Span {
    const span = { kind: token, from: tokens.from(), to: tokens.to(), empty: false }
    switch (token) {
      case '{':
      case '[':
        return container(token, skip)
      case 'string':
      case 'number':
      case 'null':
      case 'true':
      case 'false':
        token = tokens.next()
        return span
      default:
        throw broken()
    }
  }

  function object(member: (name: string) => void): Span {
    const names = new Set<string>()
    return container('{', (name) => {
      if (names.has(name))
        throw new TemplateFault(`the member ${JSON.stringify(name)} stands twice in one object`, cell())
      names.add(name)
      member(name)
    })
  }

  return {
    object,
    list: (item) => container('[', (_, index) => item(index)),
    skip,
    end: () => {
      if (token !== 'end') throw broken()
    },
    parse: (span) => JSON.parse(buffer.toString('utf8', span.from, span.to)),
    text: (span) => buffer.toString('utf8', span.from, span.to),
  }
}
