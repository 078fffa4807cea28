import type { Entry, Parameters, Value } from '../notebook/parameters.ts'
import { asTranslated } from '../notebook/parameters.ts'
import { displayJson, legible, legibleName } from './display-json.ts'
import type { Texts } from './texts/index.ts'
import { fill } from './texts/index.ts'
import type { ShownValue, ShownValues } from './view-models.ts'

/** What `makeCell` says became of each parameter, in the same order. */
export interface CellName {
  readonly sent: string
  readonly variable: string | undefined
}

/** A page stays a page: beyond these it says that the notebook gets the rest too. */
const limits = { rows: 300, brief: 2_000, full: 20_000, page: 400_000 }
/** Longer ones, and nested ones, are folded. */
const briefList = 100

/**
 * The parameters as the rows of the confirmation page's table.
 *
 * @param names of the cell, parallel to `parameters`; empty when the values go in as JSON text
 */
export function showValues(parameters: Parameters, names: readonly CellName[], texts: Texts): ShownValues {
  const rows: ShownValue[] = []
  let size = 0
  for (const [index, entry] of parameters.entries()) {
    if (index >= limits.rows || size > limits.page) break
    const row = showValue(entry, names[index], texts)
    size += row.brief.length + (row.full?.length ?? 0) + row.name.length
    rows.push(row)
  }
  return { rows, total: parameters.length }
}

type Shown = Pick<ShownValue, 'kind' | 'brief'> & Partial<ShownValue>

function showValue([name, value]: Entry, cellName: CellName | undefined, texts: Texts): ShownValue {
  const variable = cellName?.variable
  return {
    name: legibleName(name),
    variable: variable === name ? undefined : variable,
    unset: cellName !== undefined && variable === undefined,
    translations: [],
    cut: false,
    ...show(value, texts),
  }
}

function show(value: Value, texts: Texts): Shown {
  switch (value.kind) {
    case 'null':
      return { kind: 'nothing', brief: 'null' }
    case 'boolean':
      return { kind: 'boolean', brief: String(value.value) }
    case 'number':
      return { kind: 'number', ...cutAt(value.text, limits.brief) }
    case 'text':
      return showText(value.value)
    case 'list':
      return showList(value)
    case 'object':
      return (
        showTranslated(value) ?? showSampledb(value, texts) ?? { kind: 'object', brief: '', ...unfold(value) }
      )
  }
}

function showText(text: string): Shown {
  return { kind: 'text', ...cutAt(legible(text), limits.brief) }
}

function showTranslated(value: Value): Shown | undefined {
  const translated = asTranslated(value)
  if (translated === undefined) return undefined
  const shown = [...translated]
    .slice(0, 50)
    .map(([language, text]) => ({ language, ...cutAt(legible(text), limits.brief) }))
  return {
    kind: 'translated',
    brief: '',
    translations: shown.map(({ language, brief }) => ({ language, text: brief })),
    cut: shown.length < translated.size || shown.some(({ cut }) => cut),
  }
}

function showList(value: Value & { kind: 'list' }): Shown {
  const flat = value.items.every(({ kind }) => kind !== 'list' && kind !== 'object')
  const line = flat ? displayJson(value, briefList + 1).text : ''
  if (flat && line.length <= briefList && !line.includes('\n')) return { kind: 'list', brief: line }
  return { kind: 'list', brief: '', ...unfold(value) }
}

/** What SampleDB puts around a value (`_type`), shown as a person would write it, with the whole of it to unfold. */
function showSampledb(value: Value & { kind: 'object' }, texts: Texts): Shown | undefined {
  const members = new Map(value.entries)
  const type = members.get('_type')
  const known =
    type?.kind === 'text' && Object.hasOwn(sampledbTypes, type.value) ? sampledbTypes[type.value] : undefined
  const shown = known?.(members, texts)
  return shown && { ...shown, ...unfold(value), count: undefined }
}

type Members = ReadonlyMap<string, Value>
type Showing = (members: Members, texts: Texts) => Shown | undefined

const sampledbTypes: Readonly<Record<string, Showing>> = {
  quantity(members) {
    const [magnitude, units] = [plain(members.get('magnitude')), plain(members.get('units'))]
    if (magnitude === undefined) return undefined
    return {
      kind: 'quantity',
      brief: units === undefined || units === '1' ? magnitude : `${magnitude} ${units}`,
    }
  },
  datetime(members) {
    const time = plain(members.get('utc_datetime'))
    return time === undefined ? undefined : { kind: 'datetime', brief: time }
  },
  bool(members) {
    const value = plain(members.get('value'))
    return value === undefined ? undefined : { kind: 'boolean', brief: value }
  },
  text(members) {
    const text = members.get('text')
    if (text?.kind === 'text') return showText(text.value)
    return text && showTranslated(text)
  },
  user(members, texts) {
    const id = plain(members.get('user_id'))
    return id === undefined ? undefined : { kind: 'user', brief: fill(texts.confirm.userNumber, { id }) }
  },
  sample: showReference,
  measurement: showReference,
  object_reference: showReference,
}

function showReference(members: Members, texts: Texts): Shown | undefined {
  const id = plain(members.get('object_id'))
  return id === undefined ? undefined : { kind: 'reference', brief: fill(texts.confirm.objectNumber, { id }) }
}

/** A number's or short text's characters; undefined for anything else, which is then shown as JSON. */
function plain(value: Value | undefined): string | undefined {
  if (value?.kind === 'number') return value.text
  if (value?.kind === 'boolean') return String(value.value)
  return value?.kind === 'text' && value.value.length <= briefList ? legible(value.value) : undefined
}

function unfold(value: Value): { full: string; cut: boolean; count: number | undefined } {
  const { text, cut } = displayJson(value, limits.full)
  const count =
    value.kind === 'list' ? value.items.length : value.kind === 'object' ? value.entries.length : undefined
  return { full: text, cut, count }
}

function cutAt(text: string, limit: number): { brief: string; cut: boolean } {
  return text.length <= limit
    ? { brief: text, cut: false }
    : { brief: `${cutText(text, limit)} …`, cut: true }
}

/** At most `limit` UTF-16 units, no surrogate pair split. */
function cutText(text: string, limit: number): string {
  const end = /[\uD800-\uDBFF]/.test(text[limit - 1] ?? '') ? limit - 1 : limit
  return text.slice(0, end)
}
