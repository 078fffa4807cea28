/**
 * What a schema says to people: `title` and `description`, and in several languages `x-title`, `x-description` and
 * `x-enum-titles`, a list beside `enum` in its order. Each is a text or, as SampleDB writes them, `{"en": "Peaks"}`.
 */
import { asTranslated, translate } from '../../parameters/translated.ts'
import type { Value } from '../../parameters/value.ts'
import { mostLanguages } from '../../template/by-language.ts'
import { asText, memberOf } from '../pointers.ts'

/**
 * The title or description of one schema, of its `x-` keyword before that of the plain one.
 *
 * @param languages the reader's, best first
 */
export function wordsIn(
  node: Value | undefined,
  keyword: 'title' | 'description',
  languages: readonly string[],
): string | undefined {
  return pickWords(memberOf(node, `x-${keyword}`), languages) ?? asText(memberOf(node, keyword))
}

/** @param said a text, or texts by language; `undefined` of anything else */
export function pickWords(said: Value | undefined, languages: readonly string[]): string | undefined {
  return said === undefined ? undefined : (asText(said) ?? translate(said, languages))
}

/** Why a keyword's value is not what people could be told; `undefined` where it is, and of other keywords. */
export function wrongWords(keyword: string, value: Value, node: Value): string | undefined {
  if (keyword === 'x-title' || keyword === 'x-description')
    return isWords(value)
      ? undefined
      : `has an ${keyword} that is neither a text nor a text for each of at most ${mostLanguages} languages`
  if (keyword !== 'x-enum-titles') return undefined
  const listed = memberOf(node, 'enum')
  if (listed?.kind !== 'list') return `has ${keyword} without an enum`
  if (value.kind !== 'list' || value.items.length !== listed.items.length)
    return `has ${keyword} that is no list of as many titles as its enum has values`
  const wrong = value.items.findIndex((item) => item.kind !== 'null' && !isWords(item))
  if (wrong < 0) return undefined
  return `has ${keyword} of which number ${wrong + 1} is neither null nor a text nor a text for each of at most ${mostLanguages} languages`
}

function isWords(value: Value): boolean {
  if (value.kind === 'text') return true
  const texts = asTranslated(value)
  return texts !== undefined && texts.size <= mostLanguages
}
