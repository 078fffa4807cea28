import { createWalk, type Span } from '../json/walk.ts'
import type { SecretNames } from '../parameters/secrets.ts'
import { checkCell, sourceText } from '../template/cells.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import { readFrame } from '../template/frame.ts'
import type { Found, Severities } from './finding.ts'

/** A template that can be used, and what is known of the hub where it will be. */
export interface Reviewed {
  /** Below the template folder. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly compiled: CompiledTemplate
  /** Names of the hub's kernels; `undefined` when they are not known. */
  readonly kernels: ReadonlySet<string> | undefined
  /** Names that are credentials, as SECRET_NAMES. */
  readonly secrets: SecretNames
  /** Whether there is a file or a folder at a path below the template's own folder. */
  isBeside(path: string): boolean
}

/** The same, read once for all reviews. */
export interface ReviewedNotebook extends Reviewed {
  readonly cells: readonly ReviewedCell[]
  /** A member of the notebook's metadata as JSON.parse reads it. */
  metadata(name: string): unknown
  /** The names of the members of `metadata.notebook_templates`. */
  readonly ownNames: readonly string[]
  /** One of these members. */
  own(name: string): unknown
}

export interface ReviewedCell {
  /** From 1. */
  readonly number: number
  readonly type: unknown
  readonly tags: readonly unknown[]
  readonly source: string
  readonly hasOutputs: boolean
}

/** One concern: a file of this folder, and a line in the list of reviews (review.ts). */
export interface Review<Code extends string = string> {
  readonly codes: Severities<Code>
  /** In time linear in the size of the notebook. */
  find(notebook: ReviewedNotebook): Iterable<Found<Code>>
}

export function readReviewed(reviewed: Reviewed): ReviewedNotebook {
  const { bytes, compiled } = reviewed
  const cells: ReviewedCell[] = []
  const walk = createWalk(bytes, compiled.places.start, () => undefined)
  const frame = readFrame(walk, () => {})
  walk.goTo(frame.cells)
  walk.list((index) => {
    const { type, tags, source, hasOutputs } = checkCell(walk, frame, index + 1)
    cells.push({ number: index + 1, type, tags, source: sourceText(walk, source), hasOutputs })
  })
  const { members, templates } = frame.metadata
  const parse = (span: Span | undefined) => (span === undefined ? undefined : walk.parse(span))
  return {
    ...reviewed,
    cells,
    metadata: (name) => parse(members.get(name)),
    ownNames: [...templates.keys()],
    own: (name) => parse(templates.get(name)),
  }
}

/** The first cell tagged `parameters`, or the one that `templates.yaml` names. */
export function parametersCellOf({ cells, compiled }: ReviewedNotebook): ReviewedCell | undefined {
  return compiled.parametersCell === undefined ? undefined : cells[compiled.parametersCell - 1]
}
