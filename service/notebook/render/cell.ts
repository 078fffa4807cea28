import { Fault } from '../../fault.ts'
import type { Language } from '../languages/language.ts'
import { jsonText } from '../languages/shared/json-text.ts'
import { settleParameters } from '../parameters/settle.ts'
import { shorten } from '../parameters/short-name.ts'
import type { Parameters, Value } from '../parameters/value.ts'
import { acceptNames } from '../schema/accept-names.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import { writeAssignments } from './assignments.ts'
import { declaredNames } from './declared-names.ts'
import { type DatedSource, sourceRemark } from './source-comment.ts'
import { type Naming, nameVariables } from './variable-names.ts'

/** What is known of the site that sent the parameters. */
interface Sent {
  /** Which object they are of: a comment says so. */
  readonly source?: DatedSource | undefined
  /** Names that its links are made of: no schema's to refuse (schema/accept-names.ts). */
  readonly linkNames?: ReadonlySet<string>
}

/** The new cell. Its source and its names are made when they are first read: not every page reads both. */
export interface Cell {
  /** True when nothing is to be set: no cell. */
  readonly isEmpty: boolean
  /** '' for no cell. */
  readonly source: string
  /** For the confirmation page; `variable` is `undefined` when none is set. */
  readonly names: readonly { readonly sent: string; readonly variable: string | undefined }[]
}

/**
 * The source that sets the parameters in the template's language (DESIGN 2.3), or, in a language that is not in the
 * table, the parameters as JSON text. What can be wrong with them is found at once.
 *
 * @param languages the user's, best first, for translated texts
 * @param withheld names of secrets that were sent, and that the schema has seen (parameters/secrets.ts): those that the template
 *   declares are set to null
 * @throws Fault 20 `nul-character` with `name`, and those of `settleParameters`
 */
export function makeCell(
  parameters: Parameters,
  template: CompiledTemplate,
  languages: readonly string[],
  withheld: readonly string[] = [],
  { source: from, linkNames }: Sent = {},
): Cell {
  const { language } = template
  const settled = settleParameters(
    parameters,
    acceptNames(template, linkNames),
    languages,
    withheld.length > 0,
  )
  const nulls = nullsFor(withheld, template)
  const set = nulls.length === 0 ? settled : [...settled, ...nulls]
  if (language === undefined) return rawCell(parameters, set)
  if (!language.takesNul) refuseNul(set)
  const remark = from && sourceRemark(from)
  const naming = once(() => nameAll(set, template, language))
  const source = once(() =>
    set.length === 0
      ? ''
      : writeAssignments({ set, settled: settled.length, languages, remark }, template, language, naming()),
  )
  const names = once(() => namesOf(parameters, settled, naming().variables))
  return {
    isEmpty: set.length === 0,
    get source() {
      return source()
    },
    get names() {
      return names()
    },
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function refuseNul(set: Parameters): void {
  for (const [sent, value] of set) {
    if (hasNul(value)) throw new Fault(20, 'nul-character', { name: shorten(sent) })
  }
}

function nameAll(set: Parameters, template: CompiledTemplate, language: Language): Naming {
  const declared = declaredNames(template, language)
  // What only the schema names, no cell sets: there a name that must not be set stays one.
  const setInCell = { has: (name: string) => declared.has(name) && !declared.get(name)?.unset }
  return nameVariables(
    set.map(([name]) => name),
    language.identifiers,
    setInCell,
  )
}

/** A null for each secret that the template declares, by the name sent or by that of its variable. */
function nullsFor(withheld: readonly string[], template: CompiledTemplate): Parameters {
  if (withheld.length === 0) return []
  return withheld.filter(declares(template)).map((name) => [name, { kind: 'null' }])
}

function declares(template: CompiledTemplate): (sent: string) => boolean {
  const { language } = template
  if (language === undefined) {
    const names = new Set(template.declared.map(({ name }) => name))
    return (sent) => names.has(sent)
  }
  const names = declaredNames(template, language)
  const { identifiers } = language
  return (sent) => {
    const [variable = sent] = nameVariables([sent], identifiers, names).variables
    return names.has(identifiers.fold(sent)) || names.has(identifiers.fold(variable))
  }
}

/** `set` are some of the parameters, in their order. */
function namesOf(parameters: Parameters, set: Parameters, variables: readonly string[]): Cell['names'] {
  let next = 0
  return parameters.map((entry) => {
    const isSet = entry[0] === set[next]?.[0]
    return { sent: entry[0], variable: isSet ? variables[next++] : undefined }
  })
}

function rawCell(parameters: Parameters, set: Parameters): Cell {
  const source = once(() => (set.length === 0 ? '' : jsonText({ kind: 'object', entries: set })))
  return {
    isEmpty: set.length === 0,
    get source() {
      return source()
    },
    names: parameters.map(([sent]) => ({ sent, variable: undefined })),
  }
}

function hasNul(value: Value): boolean {
  if (value.kind === 'text') return value.value.includes('\0')
  if (value.kind === 'list') {
    for (const item of value.items) if (item.kind !== 'number' && hasNul(item)) return true
  } else if (value.kind === 'object') {
    for (const entry of value.entries) if (entry[0].includes('\0') || hasNul(entry[1])) return true
  }
  return false
}
