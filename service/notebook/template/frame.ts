import { setMember } from '../json/outline.ts'
import { outlineOf, type Span, type Walk } from '../json/walk.ts'
import { TemplateFault } from '../template-fault.ts'
import { createDeviations } from './deviations.ts'
import { formatOf, type NotebookFormat } from './nbformat.ts'

/** The spans of the notebook's metadata: the whole object, its members, and those of `notebook_templates`. */
export interface MetadataSpans {
  readonly whole: Span
  readonly members: ReadonlyMap<string, Span>
  readonly templates: ReadonlyMap<string, Span>
}

/** A notebook without what is in its cells. */
export interface Frame {
  readonly top: Span
  readonly minor: number
  readonly format: NotebookFormat
  readonly deviations: ReturnType<typeof createDeviations>
  readonly metadata: MetadataSpans
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
  let metadata: MetadataSpans | undefined
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
  const deviations = createDeviations()
  deviations.add(format.notebook(outlineFrame(walk, spans, metadata)))
  return { top, minor, format, deviations, metadata: metadata!, cells: spans.get('cells')! }
}

function passCells(walk: Walk, atCell: (number: number | undefined) => void): Span {
  const cells = walk.list((index) => {
    atCell(index + 1)
    walk.skip()
  })
  atCell(undefined)
  return cells
}

function readMetadataSpans(walk: Walk): MetadataSpans {
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

/** Tried on formats 2 and 3; it writes `FILE.ipynb` itself. */
const convert = '`jupyter nbconvert --to notebook --nbformat 4 --inplace FILE.ipynb`'

/** nbformat 4 with any minor version; everything else is told apart for people. */
function checkVersion(walk: Walk, spans: ReadonlyMap<string, Span>): number {
  const major = spans.get('nbformat')
  const minor = spans.get('nbformat_minor')
  if (major === undefined && !spans.has('cells') && !spans.has('worksheets')) {
    throw new TemplateFault('it is not a notebook: it has no nbformat')
  }
  const version = major && walk.show(major)
  if (version !== undefined && /^[0-3]$/.test(version)) {
    throw new TemplateFault(
      `it is nbformat ${version}, and only nbformat 4 can be a template: convert it with ${convert}`,
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

function outlineFrame(
  walk: Walk,
  spans: ReadonlyMap<string, Span>,
  metadata: MetadataSpans | undefined,
): object {
  const frame: Record<string, unknown> = {}
  for (const [name, span] of spans) setMember(frame, name, outlineOf(walk, span))
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

function outlineAt(walk: Walk, span: Span): unknown {
  walk.goTo(span)
  return walk.outline(2).value
}
