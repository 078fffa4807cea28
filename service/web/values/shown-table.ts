import { asTranslated, pickLanguage, readSampledb, type Value } from '../../notebook/index.ts'
import { legibleName } from './display-json.ts'
import type { Reader } from './reader.ts'
import { showBoolean, showSampledb } from './shown-sampledb.ts'
import { showText, showTranslated } from './shown-text.ts'
import type { ShownPart, ShownTable, TableCell } from './view.ts'

/** More is a tree: rows, columns, characters of a cell or a column's name. */
const limits = { rows: 100, columns: 8, cell: 60 }
/** A table with no more rows than this is unfolded from the beginning. */
const fewRows = 12

type List = Value & { kind: 'list' }

/**
 * A list of objects of the same members, or of lists of the same length, whose values are short. undefined: no such list. Only
 * the rows that a page shows are looked at.
 */
export function showTable({ items }: List, reader: Reader): ShownTable | undefined {
  const shown = items.slice(0, limits.rows)
  const names = namesOf(shown)
  const width = names?.length ?? widthOf(shown)
  if (width === undefined || width < 1 || width > limits.columns) return undefined
  if (shown.length * width > reader.room.left) return undefined
  // Also for one that turns out to be none: its cells have been looked at.
  reader.room.left -= shown.length * width
  const rows: (readonly TableCell[])[] = []
  for (const item of shown) {
    const cells = valuesOf(item, names).map((value) => showCell(value, reader))
    if (!cells.every((cell) => cell !== undefined)) return undefined
    rows.push(cells)
  }
  const columns = Array.from({ length: width }, (_, at) => {
    const cells = rows.map((row) => row[at]!)
    return { label: names && legibleName(names[at]!), unit: unitOf(cells), isNumeric: cells.every(isNumeric) }
  })
  return { columns, rows, count: items.length, open: items.length <= fewRows }
}

/** The names of the members, if all items are objects that have these and no others. */
function namesOf(items: readonly Value[]): readonly string[] | undefined {
  const [first] = items
  if (first?.kind !== 'object' || first.entries.length > limits.columns) return undefined
  const names = first.entries.map(([name]) => name)
  const isSame = (item: Value) =>
    item.kind === 'object' &&
    item.entries.length === names.length &&
    item.entries.every(([name]) => names.includes(name))
  if (asTranslated(first) !== undefined || readSampledb(first) !== undefined) return undefined
  return names.every((name) => name.length <= limits.cell) && items.every(isSame) ? names : undefined
}

function widthOf(items: readonly Value[]): number | undefined {
  const [first] = items
  if (first?.kind !== 'list' || items.length < 2) return undefined
  const { length } = first.items
  return items.every((item) => item.kind === 'list' && item.items.length === length) ? length : undefined
}

function valuesOf(item: Value, names: readonly string[] | undefined): readonly Value[] {
  if (item.kind === 'list') return item.items
  const members = new Map(item.kind === 'object' ? item.entries : [])
  return (names ?? []).map((name) => members.get(name)!)
}

/** undefined: it is too long, or nested. */
function showCell(value: Value, reader: Reader): TableCell | undefined {
  const cell = cellOf(value, reader)
  return cell === undefined || cell.brief.length > limits.cell ? undefined : cell
}

function cellOf(value: Value, reader: Reader): TableCell | undefined {
  const { texts } = reader
  switch (value.kind) {
    case 'null':
      return { kind: 'nothing', brief: '' }
    case 'boolean':
      return showBoolean(value.value, texts)
    case 'number':
      return { kind: 'number', brief: value.text }
    case 'text':
      return { kind: 'text', brief: legibleName(value.value.slice(0, limits.cell + 1)) }
    case 'list':
      return undefined
    case 'object': {
      const part = showTranslated(value, undefined, showText) ?? showSampledb(value, reader)
      if (part === undefined || part.ends !== undefined) return undefined
      return part.translations === undefined ? part : inOneLanguage(part.translations, reader)
    }
  }
}

/** The reader's: how it was sent has all of them. */
function inOneLanguage(translations: NonNullable<ShownPart['translations']>, { texts }: Reader): TableCell {
  const picked = pickLanguage(
    translations.map(({ language }) => language),
    [texts.language],
  )
  return { kind: 'text', brief: translations.find(({ language }) => language === picked)!.text }
}

/** The unit of a column of quantities that all have the same: it is said once. */
function unitOf(cells: readonly TableCell[]): string | undefined {
  const [first, ...others] = cells.filter(({ kind }) => kind !== 'nothing').map(({ amount }) => amount?.unit)
  return first !== '' && others.every((unit) => unit === first) ? first : undefined
}

const isNumeric = ({ kind, amount }: TableCell) =>
  kind === 'number' || kind === 'nothing' || amount !== undefined
