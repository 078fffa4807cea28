import type { Parameters, Value } from '../../notebook/index.ts'
import { displayJson, legibleName } from './display-json.ts'
import type { Reader } from './reader.ts'
import { showBoolean, showSampledb } from './shown-sampledb.ts'
import { showTable } from './shown-table.ts'
import { cutAt, showQuoted, showText, showTranslated } from './shown-text.ts'
import type { ShownInside, ShownPart } from './view.ts'

/** Characters: of a number, and of one inside another value; of a list that needs no unfolding; of what is too deep; of a name. */
const limits = { number: 2_000, inside: 300, line: 100, deep: 1_000, label: 200 }
/** Levels that are unfolded one by one: each is set further in. */
const deepest = 8
/** Items of one list, or members of one object. */
const mostParts = 100
/** A value with no more parts to see than this, of any level, is unfolded from the beginning. */
const fewParts = 12

/** A value as a person would write it, with all that it consists of to unfold. */
export function showPart(value: Value, reader: Reader, depth = 0): ShownPart {
  switch (value.kind) {
    case 'null':
      return { kind: 'nothing', brief: 'null' }
    case 'boolean':
      return depth === 0
        ? showBoolean(value.value, reader.texts)
        : { kind: 'boolean', brief: String(value.value) }
    case 'number':
      return { kind: 'number', ...cutAt(value.text, depth === 0 ? limits.number : limits.inside) }
    case 'text':
      return textAt(depth)(value.value)
    case 'list':
      return showOnOneLine(value) ?? showList(value, reader, depth)
    case 'object':
      return showObject(value, reader, depth)
  }
}

const textAt = (depth: number) => (depth === 0 ? showText : showQuoted)

/** Characters that it takes on the page. */
export function sizeOf(part: ShownPart): number {
  const inside = part.inside?.parts ?? []
  const cells = part.table?.rows.flat() ?? []
  const texts = [...(part.translations ?? []).map(({ text }) => text), ...cells.map(({ brief }) => brief)]
  const own = texts.reduce((sum, text) => sum + text.length, part.brief.length)
  return inside.reduce((sum, one) => sum + sizeOf(one) + (one.label?.length ?? 0), own)
}

type Composite = Extract<Value, { kind: 'list' | 'object' }>

/** A list of a few plain values. */
function showOnOneLine(value: Value & { kind: 'list' }): ShownPart | undefined {
  // Each item takes a character, and but for the last a comma and a space.
  if (3 * value.items.length > limits.line) return undefined
  if (value.items.some(({ kind }) => kind === 'list' || kind === 'object')) return undefined
  const line = displayJson(value, limits.line + 1).text
  return line.length > limits.line || line.includes('\n') ? undefined : { kind: 'list', brief: line }
}

/** As a table where it is one, and as it was sent. */
function showList(value: Value & { kind: 'list' }, reader: Reader, depth: number): ShownPart {
  const table = depth === 0 ? showTable(value, reader) : undefined
  if (table === undefined) return unfold(value, 'list', reader, depth)
  return { kind: 'list', brief: '', table, inside: insideOf(value, reader, depth, true) }
}

function showObject(value: Value & { kind: 'object' }, reader: Reader, depth: number): ShownPart {
  const known = showTranslated(value, reader.languages, textAt(depth))
  if (known !== undefined) return known
  const shown = showSampledb(value, reader)
  if (shown === undefined) return unfold(value, 'object', reader, depth)
  return { ...shown, inside: insideOf(value, reader, depth, true) }
}

function unfold(value: Composite, kind: 'list' | 'object', reader: Reader, depth: number): ShownPart {
  if (value.kind === 'object' && value.entries.length === 0) return { kind, brief: '{}' }
  if (depth < deepest) return { kind, brief: '', inside: insideOf(value, reader, depth, false) }
  const { text, cut } = displayJson(value, limits.deep)
  return { kind, brief: text, cut }
}

function insideOf(value: Composite, reader: Reader, depth: number, asSent: boolean): ShownInside {
  const count = value.kind === 'list' ? value.items.length : value.entries.length
  const parts: ShownInside['parts'][number][] = []
  const { room } = reader
  const within = asSent || !reader.deep ? { ...reader, languages: undefined } : reader
  for (let index = 0; index < count && index < mostParts && room.left > 0; index++) {
    room.left--
    parts.push(
      value.kind === 'list'
        ? showPart(value.items[index]!, within, depth + 1)
        : showMember(value.entries[index]!, within, depth + 1),
    )
  }
  const open = !asSent && parts.length === count && parts.reduce(addSeen, 0) <= fewParts
  return { parts, count, asSent, open }
}

/** What is seen of a part when it and all in it is unfolded, but for how it was sent. */
function addSeen(sum: number, { inside }: ShownPart): number {
  if (inside === undefined || inside.asSent) return sum + 1
  return inside.open ? inside.parts.reduce(addSeen, sum + 1) : Number.POSITIVE_INFINITY
}

function showMember(
  [name, value]: Parameters[number],
  reader: Reader,
  depth: number,
): ShownInside['parts'][number] {
  const part = showPart(value, reader, depth)
  const { brief, ends } = cutAt(name, limits.label)
  return { ...part, label: legibleName(brief), cut: part.cut || ends !== undefined }
}
