import { type Field, type Parameters, type Value, valueKey } from '../../notebook/index.ts'
import type { ShownValue, ShownValues } from '../pages/view-models.ts'
import type { Texts } from '../texts/index.ts'
import { legibleName } from './display-json.ts'
import type { Reader } from './reader.ts'
import { showPart, sizeOf } from './shown-part.ts'
import type { TakenTexts } from './taken-texts.ts'

/** What `makeCell` says became of each parameter, in the same order. */
export interface CellName {
  readonly sent: string
  readonly variable: string | undefined
}

/** A page stays a page: beyond these it says that the notebook gets the rest too. */
const limits = { rows: 300, page: 400_000, parts: 2000 }

/**
 * The parameters as the rows of the confirmation page's table.
 *
 * @param names of the cell, parallel to `parameters`; empty when the values go in as JSON text
 * @param locale of the reader, for dates
 * @param taken which translated texts the notebook gets in one language; without it, none
 * @param fields what the template says of its parameters, in the reader's language
 */
export function showValues(
  parameters: Parameters,
  names: readonly CellName[],
  texts: Texts,
  locale = texts.language,
  taken?: TakenTexts,
  fields: readonly Field[] = [],
): ShownValues {
  const { languages, everywhere: deep = false } = taken ?? {}
  const reader: Reader = { texts, locale, room: { left: limits.parts }, languages: undefined, deep }
  const rows: ShownValue[] = []
  const said = new Map(fields.map((field) => [field.name, field]))
  let size = 0
  for (const [index, [name, value]] of parameters.entries()) {
    if (index >= limits.rows || size > limits.page) break
    const cellName = names[index]
    const variable = cellName?.variable
    const part = showPart(value, taken?.takes(name, variable) ? { ...reader, languages } : reader)
    size += sizeOf(part) + name.length
    rows.push({
      name: legibleName(name),
      variable: variable === name ? undefined : variable,
      unset: cellName !== undefined && variable === undefined,
      ...wordsAbout(said.get(name), value),
      ...part,
    })
  }
  return { rows, total: parameters.length }
}

function wordsAbout(field: Field | undefined, value: Value): Pick<ShownValue, 'title' | 'meaning'> {
  if (field === undefined) return {}
  const titled = field.choices?.filter((choice) => choice.title !== undefined) ?? []
  const key = titled.length === 0 ? '' : valueKey(value)
  const meaning = titled.find((choice) => valueKey(choice.value) === key)?.title
  return {
    ...(field.title === field.name ? {} : { title: legibleName(field.title) }),
    ...(meaning === undefined ? {} : { meaning: legibleName(meaning) }),
  }
}
