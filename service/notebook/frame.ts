import { setMember } from './json-outline.ts'
import type { Span, Walk } from './json-walk.ts'
import { type Format, formatOf } from './nbformat.ts'
import type { Found } from './places.ts'
import { TemplateFault } from './template-fault.ts'

/** A notebook without what is in its cells. */
export interface Frame {
  readonly top: Span
  readonly minor: number
  readonly format: Format
  readonly metadata: Found
  readonly cells: Span
}

/**
 * Reads the file to its end, so that it is known to be JSON, and checks all of it that belongs to no cell.
 *
 * @param atCell told the number of the cell that is read, from 1, for faults in its JSON
 * @throws TemplateFault
 */
export function readFrame(walk: Walk, atCell: (number: number | undefined) => void): Frame {
  const spans = new Map<string, Span>()
  let metadata: Found | undefined
  const top = walk.object((name) => {
    if (name === 'cells') spans.set(name, passCells(walk, atCell))
    else if (name === 'metadata') {
      metadata = readMetadataSpans(walk)
      spans.set(name, metadata.whole)
    } else spans.set(name, walk.skip())
  })
  walk.end()
  if (top.kind !== 'object') throw new TemplateFault('it is not a notebook: not a JSON object')
  const minor = checkVersion(walk, spans)
  const format = formatOf(minor)
  const reason = format.notebook(outlineFrame(walk, spans, metadata))
  if (reason !== undefined) throw new TemplateFault(reason)
  return { top, minor, format, metadata: metadata!, cells: spans.get('cells')! }
}

function passCells(walk: Walk, atCell: (number: number | undefined) => void): Span {
  const cells = walk.list((index) => {
    atCell(index + 1)
    walk.skip()
  })
  atCell(undefined)
  return cells
}

function readMetadataSpans(walk: Walk): Found {
  const members = new Map<string, Span>()
  const templates = new Map<string, Span>()
  const whole = walk.object((name) => {
    if (name !== 'notebook_templates') members.set(name, walk.skip())
    else
      members.set(
        name,
        walk.object((inner) => templates.set(inner, walk.skip())),
      )
  })
  const own = members.get('notebook_templates')
  if (own !== undefined && own.kind !== 'object') {
    throw new TemplateFault('metadata.notebook_templates is not an object')
  }
  return { whole, members, templates }
}

/** nbformat 4 with any minor version; everything else is told apart for people. */
function checkVersion(walk: Walk, spans: ReadonlyMap<string, Span>): number {
  const major = spans.get('nbformat')
  const minor = spans.get('nbformat_minor')
  if (major === undefined && !spans.has('cells') && !spans.has('worksheets')) {
    throw new TemplateFault('it is not a notebook: it says no nbformat')
  }
  const version = major && walk.show(major)
  if (version !== undefined && /^[0-3]$/.test(version)) {
    throw new TemplateFault(
      `it is nbformat ${version}; only nbformat 4 is taken: open it in Jupyter and save it again`,
    )
  }
  if (version !== '4') throw new TemplateFault(`its nbformat is ${version ?? 'missing'}, not 4`)
  const written = minor && walk.show(minor)
  // As it is written: to Python, which Jupyter is made of, 4.0 is no whole number.
  if (written === undefined || !/^[0-9]{1,9}$/.test(written)) {
    throw new TemplateFault(`its nbformat_minor is ${written ?? 'missing'}, not a whole number`)
  }
  return Number(written)
}

/** What the format says of a notebook's metadata. Others may be of any size. */
const checked = ['kernelspec', 'language_info', 'orig_nbformat', 'title', 'authors']

function outlineFrame(walk: Walk, spans: ReadonlyMap<string, Span>, metadata: Found | undefined): object {
  const frame: Record<string, unknown> = {}
  for (const [name, span] of spans) setMember(frame, name, emptyOf(span))
  if (metadata?.whole.kind === 'object') {
    frame.metadata = Object.fromEntries(
      checked.flatMap((name) => {
        const span = metadata.members.get(name)
        return span === undefined ? [] : [[name, outlineAt(walk, span)]]
      }),
    )
  }
  return frame
}

/** Enough where only the name of a member matters, or that it is a list. */
function emptyOf({ kind }: Span): unknown {
  return kind === 'list' ? [] : kind === 'object' ? {} : null
}

function outlineAt(walk: Walk, span: Span): unknown {
  walk.goTo(span)
  return walk.outline(2).value
}
