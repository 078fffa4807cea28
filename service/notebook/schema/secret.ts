import type { Value } from '../parameters/value.ts'
import type { Nodes } from './nodes.ts'
import { compilePattern } from './patterns.ts'
import { asText, below, memberOf } from './pointers.ts'

/**
 * Which top-level parameters a schema marks as secret: by `writeOnly: true` (JSON Schema 2020-12, Validation, 9.4) or by
 * `format: "password"` (the OpenAPI format registry).
 */
export type MarksSecret = (name: string) => boolean

const known = new WeakMap<Nodes, MarksSecret>()

/** A schema's own part for members: by name, by pattern, and for the rest. */
interface Members {
  readonly named: ReadonlyMap<string, boolean>
  readonly patterns: readonly { readonly marked: boolean; matches(name: string): boolean }[]
  readonly restMarked: boolean
}

/** Made once for each schema that is in use. */
export function secretMarks(nodes: Nodes): MarksSecret {
  const found = known.get(nodes)
  if (found !== undefined) return found
  const parts = about(nodes, '').map((pointer) => membersOf(nodes, pointer))
  const marks = (name: string) => parts.some((part) => marksIn(part, name))
  known.set(nodes, marks)
  return marks
}

function marksIn({ named, patterns, restMarked }: Members, name: string): boolean {
  const matching = patterns.filter(({ matches }) => matches(name))
  if (named.get(name) || matching.some(({ marked }) => marked)) return true
  return restMarked && !named.has(name) && matching.length === 0
}

function membersOf(nodes: Nodes, pointer: string): Members {
  const node = nodes.all.get(pointer)
  const namesIn = (keyword: string) => {
    const map = memberOf(node, keyword)
    const names = map?.kind === 'object' ? map.entries.map(([name]) => name) : []
    return names.map((name) => [name, isMarked(nodes, below(below(pointer, keyword), name))] as const)
  }
  const rest = ['additionalProperties', 'unevaluatedProperties']
  const restMarked = rest.some((keyword) => isMarked(nodes, below(pointer, keyword)))
  // A hundred thousand names and a hundred patterns take seconds: only what can make a difference is matched.
  const patterns = namesIn('patternProperties').filter(([, marked]) => marked || restMarked)
  return {
    named: new Map(namesIn('properties')),
    patterns: patterns.map(([pattern, marked]) => ({ marked, matches: compilePattern(pattern).test })),
    restMarked,
  }
}

/** In any of the schemas about this value: Pydantic's optional secret has its marks within `anyOf`. */
function isMarked(nodes: Nodes, pointer: string): boolean {
  return about(nodes, pointer).some((place) => {
    const node = nodes.all.get(place)
    const writeOnly = memberOf(node, 'writeOnly')
    return (
      (writeOnly?.kind === 'boolean' && writeOnly.value) || asText(memberOf(node, 'format')) === 'password'
    )
  })
}

const single = ['if', 'then', 'else']
const lists = ['allOf', 'anyOf', 'oneOf']

/** The pointers of all schemas that are about the same value as this one, itself first. `not` says what a value is not. */
function about({ all, references }: Nodes, pointer: string): readonly string[] {
  const pointers = all.has(pointer) ? [pointer] : []
  for (const at of pointers) {
    const node = all.get(at)
    const target = references.get(at)
    const inner = [
      ...single.map((keyword) => below(at, keyword)),
      ...lists.flatMap((keyword) =>
        stepsOf(memberOf(node, keyword)).map((step) => below(below(at, keyword), step)),
      ),
      ...stepsOf(memberOf(node, 'dependentSchemas')).map((step) =>
        below(below(at, 'dependentSchemas'), step),
      ),
      ...(target === undefined ? [] : [target]),
    ]
    pointers.push(...inner.filter((next) => all.has(next) && !pointers.includes(next)))
  }
  return pointers
}

function stepsOf(value: Value | undefined): readonly (string | number)[] {
  if (value?.kind === 'list') return value.items.map((_, index) => index)
  return value?.kind === 'object' ? value.entries.map(([name]) => name) : []
}
