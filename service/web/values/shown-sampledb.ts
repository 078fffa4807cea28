import { readSampledb, type Value } from '../../notebook/index.ts'
import { fill, type Texts } from '../texts/index.ts'
import { readMoment } from './dates.ts'
import { legible } from './display-json.ts'
import type { Reader } from './reader.ts'
import { showText, showTranslated } from './shown-text.ts'
import { withUnit, writeUnits } from './units.ts'
import type { ShownPart } from './view.ts'

/** An object of SampleDB's as a person would write it; undefined when it is none. */
export function showSampledb(value: Value & { kind: 'object' }, reader: Reader): ShownPart | undefined {
  // Its own have a handful of members.
  const parts = value.entries.length > 50 ? undefined : readSampledb(value)
  return parts && shows[parts.name](parts, reader)
}

type Parts = NonNullable<ReturnType<typeof readSampledb>>
type Showing = (parts: Parts, reader: Reader) => ShownPart | undefined

const shows: Readonly<Record<Parts['name'], Showing>> = {
  quantity({ inside, second, base }, { texts }) {
    const [magnitude, units] = [briefText(inside), briefText(second)]
    if (magnitude === undefined) return base && showInBaseUnits(base, texts)
    return showQuantity(magnitude, writeUnits(units ?? '1'))
  },
  datetime({ inside }, { locale }) {
    const sent = briefText(inside)
    return sent === undefined
      ? undefined
      : { kind: 'datetime', ...(readMoment(sent, locale, 'UTC') ?? { brief: sent }) }
  },
  bool({ inside }, { texts }) {
    return inside?.kind === 'boolean' ? showBoolean(inside.value, texts) : undefined
  },
  text({ inside: text }, { languages, deep }) {
    if (text?.kind === 'text') return showText(text.value)
    return text && showTranslated(text, deep ? languages : undefined, showText)
  },
  user({ inside, component }, { texts }) {
    return showNumbered('user', texts.confirm.userNumber, inside, component, texts)
  },
  object({ inside, component }, { texts }) {
    return showNumbered('reference', texts.confirm.objectNumber, inside, component, texts)
  },
  file({ inside, component }, { texts }) {
    return showNumbered('reference', texts.confirm.fileNumber, inside, component, texts)
  },
  tags({ inside }) {
    return showList(inside, briefText)
  },
  hazards({ inside }) {
    // SampleDB numbers the pictograms of the GHS as they are numbered there.
    return showList(inside, (item) => {
      const number = item.kind === 'number' && /^[1-9]$/.test(item.text) ? item.text : undefined
      return number && `GHS0${number}`
    })
  },
  timeseries({ inside, second }, { texts }) {
    if (inside?.kind !== 'list') return undefined
    const units = writeUnits(briefText(second) ?? '1')
    const count = texts.confirm.items(inside.items.length)
    return { kind: 'list', brief: units === '' ? count : `${count}, ${units}` }
  },
  // What a chart is of stands deep in it: it is shown as the object that it is.
  plotly_chart: () => undefined,
}

/** In words: a notebook's language has its own. */
export function showBoolean(value: boolean, { template }: Texts): ShownPart {
  return { kind: 'boolean', brief: value ? template.yes : template.no }
}

/** Numbers are those of one database: of another one its number here would name somebody else. */
function showNumbered(
  kind: 'user' | 'reference',
  sentence: string,
  inside: Value | undefined,
  component: Value | undefined,
  texts: Texts,
): ShownPart | undefined {
  const id = briefText(inside)
  if (id === undefined) return undefined
  const brief = fill(sentence, { id })
  if (component === undefined || component.kind === 'null') return { kind, brief }
  const database = briefText(component) ?? '…'
  return { kind, brief: fill(texts.confirm.elsewhere, { what: brief, database }) }
}

/** A list on one line; undefined where it is no list of such items, or too long for one. */
function showList(list: Value | undefined, show: (item: Value) => string | undefined): ShownPart | undefined {
  if (list?.kind !== 'list' || list.items.length === 0 || list.items.length > 20) return undefined
  const items = list.items.map(show)
  return items.includes(undefined) ? undefined : { kind: 'list', brief: items.join(', ') }
}

function showInBaseUnits({ number, unit }: NonNullable<Parts['base']>, texts: Texts): ShownPart {
  if (unit !== undefined) return showQuantity(number, unit)
  return { kind: 'quantity', brief: fill(texts.confirm.inBaseUnits, { number }) }
}

function showQuantity(magnitude: string, unit: string): ShownPart {
  return { kind: 'quantity', brief: withUnit(magnitude, unit), amount: { magnitude, unit } }
}

/** A number's or short text's characters; undefined for anything else, which is then shown as what it is. */
function briefText(value: Value | undefined): string | undefined {
  if (value?.kind === 'number') return value.text
  if (value?.kind === 'boolean') return String(value.value)
  return value?.kind === 'text' && value.value.length <= 100 ? legible(value.value) : undefined
}
