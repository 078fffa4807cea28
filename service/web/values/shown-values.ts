import { type Field, type Parameters, type Value, valueKey } from '../../notebook/index.ts'
import type { Texts } from '../texts/index.ts'
import { readDay, readMoment } from './dates.ts'
import { legibleName } from './display-json.ts'
import type { PlainTexts } from './plain-texts.ts'
import type { Reader } from './reader.ts'
import { showPart, sizeOf } from './shown-part.ts'
import { cutAt, showQuoted } from './shown-text.ts'
import { withUnit, writeUnits } from './units.ts'
import { isUnset } from './unset.ts'
import type { ShownName, ShownPart, ShownValue, ShownValues } from './view.ts'

/** What `makeCell` says became of each parameter, in the same order. */
export interface CellName {
  readonly sent: string
  readonly variable: string | undefined
}

/** A page stays a page: beyond these it says that the notebook gets the rest too. */
const limits = { rows: 300, page: 400_000, parts: 2000, name: 500 }

/**
 * The parameters as the confirmation page shows them.
 *
 * @param names of the cell, parallel to `parameters`; empty when the values go in as JSON text
 * @param locale of the reader, for dates
 * @param plain which translated texts the notebook gets in one language; without it, none
 * @param fields what the template says of its parameters, in the reader's language
 */
export function showValues(
  parameters: Parameters,
  names: readonly CellName[],
  texts: Texts,
  locale = texts.language,
  plain?: PlainTexts,
  fields: readonly Field[] = [],
): ShownValues {
  const { languages, everywhere: deep = false } = plain ?? {}
  const reader: Reader = { texts, locale, room: { left: limits.parts }, languages: undefined, deep }
  const rows: ShownValue[] = []
  const [notSet, atDefault]: [ShownName[], ShownName[]] = [[], []]
  const said = new Map(fields.map((field) => [field.name, field]))
  let size = 0
  for (const [index, [name, value]] of parameters.entries()) {
    if (index >= limits.rows || size > limits.page) break
    size += name.length
    const cellName = names[index]
    const variable = cellName?.variable
    const field = said.get(name)
    const called = {
      name: shortName(name),
      variable: variable === name || variable === undefined ? undefined : shortName(variable),
      ...(field && field.title !== name && { title: shortName(field.title) }),
    }
    if (cellName !== undefined && variable === undefined) atDefault.push(called)
    else if (isUnset(value)) notSet.push(called)
    else {
      const part = showDeclared(value, field, plain?.has(name, variable) ? { ...reader, languages } : reader)
      size += sizeOf(part)
      rows.push({ ...called, ...wordsAbout(field, value), ...part })
    }
  }
  return { rows, notSet, atDefault, total: parameters.length }
}

function shortName(name: string): string {
  return legibleName(cutAt(name, limits.name).brief)
}

/** With what the template says of it: a text that is a date, a number's unit. */
function showDeclared(value: Value, field: Field | undefined, reader: Reader): ShownPart {
  const part = showPart(value, reader)
  const { format, unit } = field ?? {}
  if (value.kind === 'text') {
    const moment = format === 'date-time' && readMoment(value.value, reader.locale)
    const shown = moment || (format === 'date' && readDay(value.value, reader.locale))
    const inside = { parts: [showQuoted(value.value)], count: 1, asSent: true, open: false }
    if (shown) return { kind: moment ? 'datetime' : 'date', ...shown, inside }
  }
  if (value.kind !== 'number' || unit === undefined || part.ends !== undefined) return part
  return { ...part, brief: withUnit(part.brief, writeUnits(legibleName(unit))) }
}

/** Longer comments are explanations. */
const longestHelp = 100

function wordsAbout(field: Field | undefined, value: Value): Pick<ShownValue, 'help' | 'meaning'> {
  if (field === undefined) return {}
  const titled = field.choices?.filter((choice) => choice.title !== undefined) ?? []
  const key = titled.length === 0 ? '' : valueKey(value)
  const meaning = titled.find((choice) => valueKey(choice.value) === key)?.title
  const { help = '' } = field.title === field.name ? field : {}
  return {
    ...(help !== '' && help.length <= longestHelp && { help: legibleName(help) }),
    ...(meaning === undefined ? {} : { meaning: legibleName(meaning) }),
  }
}
