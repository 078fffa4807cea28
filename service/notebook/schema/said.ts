/** What a template's schema says of one parameter, itself or in what it takes in. */
import type { Value } from '../parameters.ts'
import { partsOf } from './allowed-types.ts'
import type { Nodes } from './nodes.ts'
import { below, memberOf, textOf } from './pointers.ts'

export interface Choice {
  readonly value: Value
  readonly title: string | undefined
}

/** The schema at a pointer, then those that it takes in: what it refers to, and the parts of `allOf`. */
export function takenIn(nodes: Nodes, pointer: string): string[] {
  const pointers = [pointer]
  for (const next of pointers) {
    const target = nodes.references.get(next)
    const taken = [...partsOf(nodes.all.get(next), next, 'allOf'), ...(target === undefined ? [] : [target])]
    pointers.push(...taken.filter((one) => !pointers.includes(one)))
  }
  return pointers
}

/** The value of a keyword. */
export function saidOf(nodes: Nodes, pointer: string, keyword: string): Value | undefined {
  for (const place of takenIn(nodes, pointer)) {
    const value = memberOf(nodes.all.get(place), keyword)
    if (value !== undefined) return value
  }
  return undefined
}

/** Which of SampleDB's objects it is. */
export function sampledbOf(nodes: Nodes, pointer: string): string | undefined {
  const name = takenIn(nodes, pointer).map((place) => nodes.sampledb.get(place))
  return name.find((one) => one !== undefined)?.slice('sampledb:'.length)
}

/** All units of a quantity, where they are listed. */
export function unitsOf(nodes: Nodes, pointer: string): readonly string[] | undefined {
  for (const place of takenIn(nodes, pointer)) {
    const inner = below(below(place, 'properties'), 'units')
    const units = nodes.all.has(inner)
      ? choicesOf(nodes, inner)?.map(({ value }) => textOf(value))
      : undefined
    if (units?.every((unit) => unit !== undefined)) return units
  }
  return undefined
}

/** All that it may be, where that is listed. */
export function choicesOf(nodes: Nodes, pointer: string): readonly Choice[] | undefined {
  const listed = saidOf(nodes, pointer, 'enum')
  if (listed?.kind === 'list') return listed.items.map((value) => ({ value, title: undefined }))
  const only = saidOf(nodes, pointer, 'const')
  if (only !== undefined) return [{ value: only, title: undefined }]
  for (const place of takenIn(nodes, pointer)) {
    const parts = partsOf(nodes.all.get(place), place, 'oneOf').map((part) => nodes.all.get(part))
    const choices = parts.map((part) => ({
      value: memberOf(part, 'const'),
      title: textOf(memberOf(part, 'title')),
    }))
    if (choices.length > 0 && choices.every((choice): choice is Choice => choice.value !== undefined))
      return choices
  }
  return undefined
}
