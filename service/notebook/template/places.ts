import type { Span } from '../json/walk.ts'
import { type Cells, cellId } from './cells.ts'
import type { MetadataSpans } from './frame.ts'
import { intern } from './intern.ts'

/** The bytes `from` to `to` of the file give way to `before`, what is new, and `after`. */
export interface Splice {
  readonly from: number
  readonly to: number
  readonly before: string
  readonly after: string
}

/** Where the new things go, and how the file lays out its JSON. */
export interface Places {
  /** After the byte-order mark. */
  readonly start: number
  readonly end: number
  /** Takes the texts of the cell's `source` list, without its brackets; they stand four levels deep. */
  readonly cell: Splice
  /** Takes the object that `made_from` is; it stands three levels deep. */
  readonly madeFrom: Splice
  /** One level of indentation; '' in a file on one line. */
  readonly unit: string
  readonly lineEnd: string
}

interface Facts {
  readonly bytes: Uint8Array
  readonly start: number
  readonly top: Span
  readonly cells: Cells
  readonly metadata: MetadataSpans
  readonly code: boolean
  /** Members of the new cell's metadata. */
  readonly marks: Readonly<Record<string, unknown>>
  readonly minor: number
}

/** Placement as papermill's (DESIGN 2.3), as splices that lay out their JSON like the file around them. */
export function findPlaces(facts: Facts): Places {
  const layout = layoutOf(facts.bytes, facts.top)
  return {
    start: facts.start,
    end: facts.bytes.byteLength,
    cell: kept(placeCell(facts, layout)),
    madeFrom: kept(placeMadeFrom(facts, layout)),
    unit: intern(layout.unit),
    lineEnd: intern(layout.lineEnd),
  }
}

/** Its texts are the same in most templates. */
function kept({ from, to, before, after }: Splice): Splice {
  return { from, to, before: intern(before), after: intern(after) }
}

interface Layout {
  readonly unit: string
  readonly lineEnd: string
  /** Between a name and its value. */
  readonly colon: string
  /** What stands before a line that is `depth` levels deep. */
  line(depth: number): string
}

/** Seen at the white space between the first brace and the first member. */
function layoutOf(bytes: Uint8Array, top: Span): Layout {
  const open = top.from + 1
  const space = Buffer.from(bytes.subarray(open, behindSpace(bytes, open))).toString('latin1')
  const [, lineEnd, unit] = /(\r?\n)([ \t]*)$/.exec(space) ?? []
  if (lineEnd === undefined || !unit) return { unit: '', lineEnd: '', colon: ':', line: () => '' }
  // JSON.stringify indents by ten characters at most.
  const short = unit.slice(0, 10)
  return { unit: short, lineEnd, colon: ': ', line: (depth) => lineEnd + short.repeat(depth) }
}

function placeCell(facts: Facts, layout: Layout): Splice {
  const { cells } = facts
  const { before, after } = cellAround(facts, layout)
  if (cells.injected !== undefined) return { from: cells.injected.from, to: cells.injected.to, before, after }
  const behind = cells.parameters ?? cells.first
  if (behind !== undefined) {
    return { from: behind.to, to: behind.to, before: `,${layout.line(2)}${before}`, after }
  }
  const open = cells.list.from + 1
  return { from: open, to: cells.list.to - 1, before: layout.line(2) + before, after: after + layout.line(1) }
}

/** The new cell, cut in two where the lines of its source go. */
function cellAround(facts: Facts, layout: Layout): { before: string; after: string } {
  const cell = {
    cell_type: facts.code ? 'code' : 'raw',
    ...(facts.code ? { execution_count: null } : {}),
    ...(facts.minor >= 5 ? { id: freeId(facts.cells.ids) } : {}),
    metadata: { ...facts.marks, tags: ['injected-parameters'] },
    ...(facts.code ? { outputs: [] } : {}),
    source: [0],
  }
  const [before, after] = JSON.stringify(cell, null, layout.unit).split(/0(?=\s*\]\s*\}$)/)
  const deeper = (text: string) => text.replaceAll('\n', layout.line(2))
  return { before: deeper(before!), after: deeper(after!) }
}

function freeId(taken: ReadonlySet<string>): string {
  let id: string = cellId
  for (let number = 2; taken.has(id); number++) id = `${cellId}-${number}`
  return id
}

function placeMadeFrom({ bytes, metadata }: Facts, layout: Layout): Splice {
  const madeFrom = metadata.templates.get('made_from')
  if (madeFrom !== undefined) return { from: madeFrom.from, to: madeFrom.to, before: '', after: '' }
  const name = (text: string) => `${JSON.stringify(text)}${layout.colon}`
  const own = metadata.members.get('notebook_templates')
  if (own !== undefined) return firstMember(bytes, own, layout, 2, { before: name('made_from'), after: '' })
  return firstMember(bytes, metadata.whole, layout, 1, {
    before: `${name('notebook_templates')}{${layout.line(3)}${name('made_from')}`,
    after: `${layout.line(2)}}`,
  })
}

/** In front of the members of an object that stands `depth` levels deep. */
function firstMember(
  bytes: Uint8Array,
  object: Span,
  layout: Layout,
  depth: number,
  member: { before: string; after: string },
): Splice {
  const open = object.from + 1
  const before = layout.line(depth + 1) + member.before
  const isEmpty = behindSpace(bytes, open) === object.to - 1
  if (!isEmpty) return { from: open, to: open, before, after: `${member.after},` }
  return { from: open, to: object.to - 1, before, after: member.after + layout.line(depth) }
}

function behindSpace(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[at]!)) at++
  return at
}
