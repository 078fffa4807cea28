/** What a template's schema says of one parameter, itself or in what it takes in. */
import type { SampledbName } from '../../parameters/sampledb.ts'
import type { Value } from '../../parameters/value.ts'
import { partsOf } from '../allowed-types.ts'
import type { Nodes } from '../nodes.ts'
import { asText, below, memberOf } from '../pointers.ts'
import { pickWords, wordsIn } from './own-words.ts'

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

/**
 * The title or description, of the first schema that has one.
 *
 * @param languages the reader's, best first
 */
export function wordsOf(
  nodes: Nodes,
  pointer: string,
  keyword: 'title' | 'description',
  languages: readonly string[],
): string | undefined {
  for (const place of takenIn(nodes, pointer)) {
    const words = wordsIn(nodes.all.get(place), keyword, languages)
    if (words !== undefined) return words
  }
  return undefined
}

/** Which of SampleDB's objects it is. */
export function sampledbOf(nodes: Nodes, pointer: string): SampledbName | undefined {
  const name = takenIn(nodes, pointer).map((place) => nodes.sampledb.get(place))
  return name.find((one) => one !== undefined)?.slice('sampledb:'.length) as SampledbName | undefined
}

/** All units of a quantity, where they are listed. */
export function unitsOf(nodes: Nodes, pointer: string): readonly string[] | undefined {
  for (const place of takenIn(nodes, pointer)) {
    const inner = below(below(place, 'properties'), 'units')
    const units = nodes.all.has(inner)
      ? choicesOf(nodes, inner, [])?.map(({ value }) => asText(value))
      : undefined
    if (units?.every((unit) => unit !== undefined)) return units
  }
  return undefined
}

/**
 * All that it may be, where that is listed.
 *
 * @param languages the reader's, best first
 */
export function choicesOf(
  nodes: Nodes,
  pointer: string,
  languages: readonly string[],
): readonly Choice[] | undefined {
  const listed = saidOf(nodes, pointer, 'enum')
  if (listed?.kind === 'list') {
    const titles = saidOf(nodes, pointer, 'x-enum-titles')
    const titleAt = (index: number) => (titles?.kind === 'list' ? titles.items[index] : undefined)
    return listed.items.map((value, index) => ({ value, title: pickWords(titleAt(index), languages) }))
  }
  const only = saidOf(nodes, pointer, 'const')
  if (only !== undefined) return [{ value: only, title: undefined }]
  for (const place of takenIn(nodes, pointer)) {
    const parts = partsOf(nodes.all.get(place), place, 'oneOf').map((part) => nodes.all.get(part))
    const choices = parts.map((part) => ({
      value: memberOf(part, 'const'),
      title: wordsIn(part, 'title', languages),
    }))
    if (choices.length > 0 && choices.every((choice): choice is Choice => choice.value !== undefined))
      return choices
  }
  return undefined
}
