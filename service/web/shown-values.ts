import type { Parameters } from '../notebook/parameters.ts'
import { legibleName } from './display-json.ts'
import { type Reader, showPart, sizeOf } from './shown-part.ts'
import type { TakenTexts } from './taken-texts.ts'
import type { Texts } from './texts/index.ts'
import type { ShownValue, ShownValues } from './view-models.ts'

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
 */
export function showValues(
  parameters: Parameters,
  names: readonly CellName[],
  texts: Texts,
  locale = texts.language,
  taken?: TakenTexts,
): ShownValues {
  const { languages, everywhere: deep = false } = taken ?? {}
  const reader: Reader = { texts, locale, room: { left: limits.parts }, languages: undefined, deep }
  const rows: ShownValue[] = []
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
      ...part,
    })
  }
  return { rows, total: parameters.length }
}
