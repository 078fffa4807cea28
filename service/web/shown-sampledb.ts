import type { Value } from '../notebook/parameters.ts'
import { legible } from './display-json.ts'
import type { Reader } from './shown-part.ts'
import { showText, showTranslated } from './shown-text.ts'
import { fill } from './texts/index.ts'
import type { ShownPart } from './value-view.ts'

/** What SampleDB puts around a value (`_type`), as a person would write it; undefined when it is nothing of SampleDB. */
export function showSampledb(value: Value & { kind: 'object' }, reader: Reader): ShownPart | undefined {
  // Its own have a handful of members; a million need no index.
  if (value.entries.length > 50) return undefined
  const members = new Map(value.entries)
  const type = members.get('_type')
  const known = type?.kind === 'text' && Object.hasOwn(types, type.value) ? types[type.value] : undefined
  return known?.(members, reader)
}

type Members = ReadonlyMap<string, Value>
type Showing = (members: Members, reader: Reader) => ShownPart | undefined

const types: Readonly<Record<string, Showing>> = {
  quantity(members) {
    const [magnitude, units] = [plain(members.get('magnitude')), plain(members.get('units'))]
    if (magnitude === undefined) return undefined
    return {
      kind: 'quantity',
      brief: units === undefined || units === '1' ? magnitude : `${magnitude} ${units}`,
    }
  },
  datetime(members, { locale }) {
    const sent = plain(members.get('utc_datetime'))
    return sent === undefined ? undefined : { kind: 'datetime', ...readTime(sent, locale) }
  },
  bool(members) {
    const value = plain(members.get('value'))
    return value === undefined ? undefined : { kind: 'boolean', brief: value }
  },
  text(members, { languages, deep }) {
    const text = members.get('text')
    if (text?.kind === 'text') return showText(text.value)
    return text && showTranslated(text, deep ? languages : undefined, showText)
  },
  user(members, { texts }) {
    const id = plain(members.get('user_id'))
    return id === undefined ? undefined : { kind: 'user', brief: fill(texts.confirm.userNumber, { id }) }
  },
  sample: showReference,
  measurement: showReference,
  object_reference: showReference,
}

function showReference(members: Members, { texts }: Reader): ShownPart | undefined {
  const id = plain(members.get('object_id'))
  return id === undefined ? undefined : { kind: 'reference', brief: fill(texts.confirm.objectNumber, { id }) }
}

/** A number's or short text's characters; undefined for anything else, which is then shown as what it is. */
function plain(value: Value | undefined): string | undefined {
  if (value?.kind === 'number') return value.text
  if (value?.kind === 'boolean') return String(value.value)
  return value?.kind === 'text' && value.value.length <= 100 ? legible(value.value) : undefined
}

/** SampleDB's `2024-05-06 07:08:09` in the reader's language; what is no such time, or more exact, stays as it was sent. */
function readTime(sent: string, locale: string): { brief: string; time?: string } {
  const found = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(sent)
  const time = found ? `${found[1]}T${found[2]}.000Z` : ''
  const date = new Date(time)
  // A 30th of February is read as a day in March.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== time) return { brief: sent }
  const brief = date.toLocaleString(locale, { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' })
  return { brief, time }
}
