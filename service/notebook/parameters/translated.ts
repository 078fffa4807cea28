import type { Value } from './value.ts'

const languageTag = /^[a-z]{2,3}([_-][a-z0-9]{2,8})*$/i

/**
 * A translated text as SampleDB writes it, `{"en": "Experiment"}`: a non-empty object whose values are all texts and
 * whose names are all language tags (DESIGN 2.2). Language → text, in the order sent; `undefined` for anything else.
 */
export function asTranslated(value: Value): ReadonlyMap<string, string> | undefined {
  if (value.kind !== 'object' || value.entries.length === 0) return undefined
  const texts = new Map<string, string>()
  for (const [language, text] of value.entries) {
    if (text.kind !== 'text' || !isLanguageTag(language)) return undefined
    texts.set(language, text.value)
  }
  return texts
}

/**
 * The text in the user's language, else in English, else the first; `undefined` when the value is not a translated
 * text.
 *
 * @param languages the user's, best first, as `Accept-Language` names them; each is shortened from the right until
 *   it matches (lookup of RFC 4647, section 3.4), and `de` also takes `de-AT`
 */
export function translate(value: Value, languages: readonly string[]): string | undefined {
  const texts = asTranslated(value)
  const language = texts && pickLanguage(texts.keys(), languages)
  return language === undefined ? undefined : texts?.get(language)
}

/**
 * Of languages in which something is there, the user's, else English, else the first; `undefined` when there is none.
 *
 * @param languages as of `translate`
 */
export function pickLanguage(there: Iterable<string>, languages: readonly string[]): string | undefined {
  const ranks = ranksOf(languages)
  let best = Number.POSITIVE_INFINITY
  let found: string | undefined
  // Once through them, however many languages are wanted: both come from outside.
  for (const language of there) {
    const rank = rankOf(normalTag(language), ranks)
    if (found !== undefined && rank >= best) continue
    best = rank
    found = language
  }
  return found
}

/** Whether a name can be a language, as those of a translated text. */
export function isLanguageTag(name: string): boolean {
  return languageTag.test(name)
}

interface Ranks {
  /** Range → its place in the order of wishes. */
  readonly places: ReadonlyMap<string, number>
  /** Characters of the longest range. */
  readonly longest: number
}

const ranksKnown = new WeakMap<readonly string[], Ranks>()

/** Every language wanted with what it is shortened to, best first. */
function ranksOf(languages: readonly string[]): Ranks {
  const before = ranksKnown.get(languages)
  if (before !== undefined) return before
  const places = new Map<string, number>()
  let longest = 0
  for (const language of [...languages, 'en']) {
    for (
      let range = normalTag(language);
      range !== '';
      range = range.slice(0, Math.max(0, range.lastIndexOf('-')))
    ) {
      if (!places.has(range)) places.set(range, places.size)
      longest = Math.max(longest, range.length)
    }
  }
  const ranks = { places, longest }
  ranksKnown.set(languages, ranks)
  return ranks
}

/** The lower the better: of the same range, the language itself comes before what lies below it. */
function rankOf(tag: string, { places, longest }: Ranks): number {
  let rank = 2 * (places.get(tag) ?? Number.POSITIVE_INFINITY)
  for (let end = tag.indexOf('-'); end > 0 && end <= longest; end = tag.indexOf('-', end + 1)) {
    rank = Math.min(rank, 2 * (places.get(tag.slice(0, end)) ?? Number.POSITIVE_INFINITY) + 1)
  }
  return rank
}

function normalTag(tag: string): string {
  return tag.toLowerCase().replaceAll('_', '-')
}
