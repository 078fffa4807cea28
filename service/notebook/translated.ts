import type { Value } from './parameters.ts'

const languageTag = /^[a-z]{2,3}([_-][a-z0-9]{2,8})*$/i

/**
 * A translated text as SampleDB writes it, `{"en": "Experiment"}`: a non-empty object whose values are all texts and
 * whose names are all language tags (DESIGN 2.2). Language → text, in the order sent; `undefined` for anything else.
 */
export function asTranslated(value: Value): ReadonlyMap<string, string> | undefined {
  if (value.kind !== 'object' || value.entries.length === 0) return undefined
  const texts = new Map<string, string>()
  for (const [language, text] of value.entries) {
    if (text.kind !== 'text' || !languageTag.test(language)) return undefined
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
  if (texts === undefined) return undefined
  const known = [...texts].map(([language, text]) => [plain(language), text] as const)
  for (const language of [...languages, 'en']) {
    for (
      let range = plain(language);
      range !== '';
      range = range.slice(0, Math.max(0, range.lastIndexOf('-')))
    ) {
      const match = known.find(([tag]) => tag === range) ?? known.find(([tag]) => tag.startsWith(`${range}-`))
      if (match !== undefined) return match[1]
    }
  }
  return known[0]![1]
}

function plain(tag: string): string {
  return tag.toLowerCase().replaceAll('_', '-')
}
