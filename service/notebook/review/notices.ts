import { alikeAmong } from '../../alike.ts'
import type { Parameters } from '../parameters/value.ts'
import type { Cell } from '../render/cell.ts'
import { declaredNames } from '../render/declared-names.ts'
import { namesInPath } from '../render/name-parts.ts'
import { speaksOfOthers } from '../schema/others.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import { findOverwritten, type Overwritten } from './overwritten.ts'
import { createReads, type ReadsOf } from './reads.ts'

/** What a sent value meets in its template, so that it has another effect than its sender expects, or none. */
export type Notice =
  /** The template sets its variable again, before anything reads it: `cell` and `line` from 1, in the template. */
  | {
      readonly kind: 'overwritten'
      readonly name: string
      readonly cell: number
      readonly line: number
      readonly code: string
    }
  /** The `parameters` cell sets nothing that reaches other cells, by what `name` says: `%%bash`. */
  | { readonly kind: 'without-values'; readonly name: string }
  /** The template declares no parameter of this name; `meant`: one that it declares. */
  | { readonly kind: 'unknown'; readonly name: string; readonly meant?: string }
  /** It was not sent, and the `parameters` cell computes it from the example of `from`, which was sent: that changes nothing. */
  | { readonly kind: 'derived'; readonly name: string; readonly from: string }
  /** It was not sent, so that the example holds, which is source text of the notebook's language. */
  | { readonly kind: 'example'; readonly name: string; readonly example?: string }

/** The notices, and how many more there would be. */
export interface Notices {
  readonly list: readonly Notice[]
  readonly more: number
}

/** What was sent, and what is known of its template. */
export interface Meeting {
  /** Of the template, below its folder. */
  readonly path: string
  readonly compiled: CompiledTemplate
  readonly parameters: Parameters
  readonly cell: Pick<Cell, 'names'>
  /** Names of secrets that were sent. */
  readonly withheld: readonly string[]
  /** Names that the addresses of senders' objects are made of: no template need declare them. */
  readonly linkNames?: ReadonlySet<string>
}

/**
 * Reads in a template what values meet in it, in time linear in its size, to be asked for as many as are sent.
 *
 * @param bytes the file that was compiled; of a language that is not read by a grammar, none are looked at
 */
export function noticesIn(bytes: Uint8Array, compiled: CompiledTemplate): (meeting: Meeting) => Notices {
  const overwritten = findOverwritten(bytes, compiled)
  const { declared, language } = compiled
  const readsOf = language && createReads(language, new Set(declared.map(({ name }) => name)))
  return (meeting) => findNotices(meeting, overwritten, readsOf)
}

/** SampleDB's name for the number of an object: known as a link name, also where no sender is named. */
const objectId = 'object_id'

// Whoever has read so many of a kind looks at the template itself.
const most = 20
const longestExample = 60

/** What is told before the click (DESIGN 2.2): values that are lost or computed before first, then names that do not fit, then examples that hold. */
function findNotices(meeting: Meeting, overwritten: Overwritten, readsOf: ReadsOf | undefined): Notices {
  const { derived, examples } = findUnsent(meeting, readsOf)
  const all = [
    findWithoutValues(meeting),
    findLost(meeting, overwritten),
    derived,
    findUnknown(meeting),
    examples,
  ]
  const list = all.flatMap((notices) => notices.slice(0, most))
  return { list, more: all.flat().length - list.length }
}

function findWithoutValues({ compiled: { withoutValues }, cell }: Meeting): Notice[] {
  const isSet = cell.names.some(({ variable }) => variable !== undefined)
  if (withoutValues === undefined || !isSet) return []
  return [{ kind: 'without-values', name: withoutValues }]
}

function findLost({ compiled, cell }: Meeting, { certain }: Overwritten): Notice[] {
  const { language } = compiled
  if (language === undefined || certain.size === 0) return []
  return cell.names.flatMap(({ sent, variable }): Notice[] => {
    const place = variable === undefined ? undefined : certain.get(language.identifiers.fold(variable))
    return place === undefined ? [] : [{ kind: 'overwritten', name: sent, ...place }]
  })
}

function findUnknown({ path, compiled, cell, linkNames }: Meeting): Notice[] {
  const { declared, language } = compiled
  if (declared.length === 0 || speaksOfOthers(compiled)) return []
  const fold = language?.identifiers.fold ?? ((name: string) => name)
  const names = namesOf(compiled)
  const inPath = new Set(namesInPath(path))
  const unknown = cell.names.filter(({ sent, variable }) => {
    if (names.has(fold(sent)) || (variable !== undefined && names.has(fold(variable)))) return false
    return sent !== objectId && !linkNames?.has(sent) && !inPath.has(sent)
  })
  const findMeant = alikeAmong(declared.map(({ name }) => name))
  return unknown.map(({ sent }, index): Notice => {
    const meant = index < most ? findMeant(sent) : undefined
    return { kind: 'unknown', name: sent, ...(meant !== undefined && { meant }) }
  })
}

/** What was not sent: values that are computed from the example of one that was, and examples that hold. */
function findUnsent(
  { compiled, cell, withheld }: Meeting,
  readsOf: ReadsOf | undefined,
): { derived: Notice[]; examples: Notice[] } {
  const { declared, language } = compiled
  const found = { derived: [] as Notice[], examples: [] as Notice[] }
  if (language === undefined) return found
  const { fold } = language.identifiers
  const set = new Set(withheld.map(fold))
  for (const { sent, variable } of cell.names) {
    if (variable === undefined) continue
    set.add(fold(variable))
    set.add(fold(sent))
  }
  for (const { name, unset, default: example, value } of declared) {
    // `None` is no example that could be mistaken for a value.
    if (unset || set.has(fold(name)) || value?.kind === 'null') continue
    const from = example === undefined ? undefined : readsOf?.(example).find((read) => set.has(fold(read)))
    if (from !== undefined) found.derived.push({ kind: 'derived', name, from })
    else
      found.examples.push({
        kind: 'example',
        name,
        ...(example !== undefined && { example: shown(example) }),
      })
  }
  return found
}

function namesOf(compiled: CompiledTemplate): Pick<ReadonlySet<string>, 'has'> {
  const { declared, language } = compiled
  return language === undefined
    ? new Set(declared.map(({ name }) => name))
    : declaredNames(compiled, language)
}

function shown(example: string): string {
  const text = example
    .slice(0, 10 * longestExample)
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > longestExample ? `${text.slice(0, longestExample - 1)}…` : text
}
