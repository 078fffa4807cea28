import { TemplateFault } from '../template-fault.ts'
import { listOpen, objectOpen } from './characters.ts'
import { createOutlines } from './outline.ts'
import { createScan } from './scan.ts'
import { createTexts } from './texts.ts'

/** A value in the file: what it is, and the bytes it takes. */
export interface Span {
  readonly kind: 'object' | 'list' | 'scalar'
  readonly from: number
  readonly to: number
}

/** What a check of a value's shape looks at (outline.ts). */
export interface Outlined extends Span {
  readonly value: unknown
}

/** Walks one JSON file by byte offsets. `object`, `list`, `skip` and `outline` read exactly one value. */
export interface Walk {
  /** Goes through an object (or passes over another value); `member` must read each member's value. */
  object(member: (name: string) => void): Span
  /** Goes through a list (or passes over another value); `item` must read each value. */
  list(item: (index: number) => void): Span
  skip(): Span
  /** @param levels of lists and objects that are looked into */
  outline(levels: number): Outlined
  /** Nothing may follow. */
  end(): void
  /** Goes to a value that was read before. */
  goTo(span: Span): void
  /** A string at these bytes, however long. */
  text(from: number, to: number): string
  /** What a span holds. */
  parse(span: Span): unknown
  /** Its JSON text. */
  source(span: Span): string
  /** A span as it is written, cut short, for people. */
  show(span: Span): string
}

const mostShown = 60

/**
 * @param bytes the file, already known to be UTF-8
 * @param start where its JSON begins (after a byte-order mark)
 * @param cell the number of the cell that is read, for faults
 * @throws TemplateFault when it is not strict JSON, nests too deep, or an object that is gone through names a
 *   member twice: which of the two counts, readers do not agree on
 */
export function createWalk(bytes: Uint8Array, start: number, cell: () => number | undefined): Walk {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const scan = createScan(buffer, start, cell)
  const readText = createTexts(buffer)
  const outline = createOutlines(buffer, scan, readText)
  let at = scan.space(start)
  let depth = 0

  function spanTo(to: number): Span {
    const first = buffer[at]
    const kind = first === objectOpen ? 'object' : first === listOpen ? 'list' : 'scalar'
    const span = { kind, from: at, to } as const
    at = to
    return span
  }

  function skip(): Span {
    return spanTo(scan.pass(at, depth))
  }

  /** Calls back with the walk at a value; afterwards it is where it was. */
  function inside(valueAt: number, valueDepth: number, visit: () => void): number {
    const before = { at, depth }
    at = valueAt
    depth = valueDepth
    visit()
    const to = at
    at = before.at
    depth = before.depth
    return to
  }

  function object(member: (name: string) => void): Span {
    if (buffer[at] !== objectOpen) return skip()
    const names: string[] = []
    const to = scan.object(at, depth, (valueAt, valueDepth, nameFrom, nameTo) => {
      const name = readText(nameFrom, nameTo)
      names.push(name)
      return inside(valueAt, valueDepth, () => member(name))
    })
    const twice = firstTwice(names)
    if (twice !== undefined)
      throw new TemplateFault(`the member ${JSON.stringify(twice)} appears twice in one object`, cell())
    return spanTo(to)
  }

  return {
    object,
    list(item) {
      if (buffer[at] !== listOpen) return skip()
      return spanTo(
        scan.list(at, depth, (itemAt, itemDepth, index) => inside(itemAt, itemDepth, () => item(index))),
      )
    },
    skip,
    outline(levels) {
      const { value, to } = outline(at, depth, levels)
      const { kind, from } = spanTo(to)
      return { kind, from, to, value }
    },
    end: () => scan.end(at),
    goTo({ from }) {
      at = from
      depth = 0
    },
    text: readText,
    parse: ({ from, to }) => JSON.parse(buffer.toString('utf8', from, to)),
    show({ from, to }) {
      if (to - from <= mostShown) return buffer.toString('utf8', from, to)
      return `${buffer.toString('utf8', from, from + mostShown).replace(/\ufffd+$/, '')}…`
    },
    source: ({ from, to }) => buffer.toString('utf8', from, to),
  }
}

/** What a value is, which was passed over: a scalar's outline; a list or an object as an empty one, not read again. */
export function outlineOf(walk: Walk, span: Span): unknown {
  if (span.kind !== 'scalar') return span.kind === 'list' ? [] : {}
  walk.goTo(span)
  return walk.outline(0).value
}

// Below this, looking through the names before each is quicker than a set of them.
const few = 10

function firstTwice(names: readonly string[]): string | undefined {
  if (names.length <= few) return names.find((name, index) => names.indexOf(name) < index)
  const seen = new Set<string>()
  return names.find((name) => seen.size === seen.add(name).size)
}
