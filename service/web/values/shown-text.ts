import { asTranslated, pickLanguage, type Value } from '../../notebook/index.ts'
import { legible, legibleName } from './display-json.ts'
import type { ShownPart } from './view.ts'

/** Characters of a text by itself, and of one inside another value. */
const limits = { alone: 2_000, inside: 300 }
const mostLanguages = 50

/** A text by itself: as it is. */
export function showText(text: string): ShownPart {
  return { kind: 'text', ...cutLegible(text) }
}

/** Inside another value a text has quotation marks, so that "1" is no number and "null" is something. */
export function showQuoted(text: string): ShownPart {
  const { brief, ends } = cutAt(text, limits.inside)
  return { kind: 'text', brief: legibleName(JSON.stringify(brief)), ends }
}

/**
 * A text in several languages (DESIGN 2.2); undefined when the value is none.
 *
 * @param languages the user's, where the notebook gets the text in one of them
 * @param show shows that one
 */
export function showTranslated(
  value: Value,
  languages: readonly string[] | undefined,
  show: (text: string) => ShownPart,
): ShownPart | undefined {
  const translated = asTranslated(value)
  if (translated === undefined) return undefined
  if (languages !== undefined) return showPicked(translated, languages, show)
  const shown = [...translated]
    .slice(0, mostLanguages)
    .map(([language, text]) => ({ language, ...cutLegible(text) }))
  return {
    kind: 'translated',
    brief: '',
    translations: shown.map(({ language, brief }) => ({ language, text: brief })),
    cut: shown.length < translated.size || shown.some(({ ends }) => ends !== undefined),
  }
}

function showPicked(
  translated: ReadonlyMap<string, string>,
  languages: readonly string[],
  show: (text: string) => ShownPart,
): ShownPart {
  const all = [...translated.keys()]
  const language = pickLanguage(all, languages)!
  const others = all.filter((name) => name !== language)
  const shown = others.length > mostLanguages ? [...others.slice(0, mostLanguages), '…'] : others
  const part = show(translated.get(language)!)
  return others.length === 0 ? part : { ...part, picked: { language, others: shown } }
}

/** Cut first: what the eye cannot see takes several characters each to be made visible. */
function cutLegible(text: string): Pick<ShownPart, 'brief' | 'ends'> {
  const { brief, ...ends } = cutAt(text, limits.alone)
  return { brief: legible(brief), ...ends }
}

/** @returns `ends` only where the text is longer than the limit (UTF-16 units) */
export function cutAt(text: string, limit: number): Pick<ShownPart, 'brief' | 'ends'> {
  if (text.length <= limit) return { brief: text }
  const beginning = cutText(text, limit)
  return { brief: `${beginning} …`, ends: { shown: beginning.length, total: text.length } }
}

/** No surrogate pair is split. */
function cutText(text: string, limit: number): string {
  const end = /[\uD800-\uDBFF]/.test(text[limit - 1] ?? '') ? limit - 1 : limit
  return text.slice(0, end)
}
