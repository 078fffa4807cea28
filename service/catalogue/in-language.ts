import { pickLanguage } from '../notebook/index.ts'

/**
 * What a template says in the reader's language, else in English, else in the first.
 *
 * @param said by language, at least one; under '' what is said to everybody
 * @param languages the reader's, best first
 */
export function inLanguage<Said>(said: Readonly<Record<string, Said>>, languages: readonly string[]): Said {
  return said[pickLanguage(Object.keys(said), languages)!]!
}
