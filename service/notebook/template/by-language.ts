import { isLanguageTag } from '../parameters/translated.ts'

/** What a template's author says: language → what is said in it, or under '' what is said to everybody. */
export type ByLanguage<Said> = Readonly<Record<string, Said>>

export const mostLanguages = 50

/**
 * What an author says to everybody (`"Peaks"`), or in each language (`{"en": "Peaks", "de": "Spitzen"}`).
 *
 * @param value a member as JSON.parse reads it
 * @param read makes of it what is said; `undefined` when it is nothing of that kind
 * @returns `undefined` when it is neither, or has more languages than `mostLanguages`
 */
export function readByLanguage<Said>(
  value: unknown,
  read: (value: unknown) => Said | undefined,
): ByLanguage<Said> | undefined {
  const plain = read(value)
  if (plain !== undefined) return { '': plain }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const entries = Object.entries(value).map(([language, one]) => [language, read(one)] as const)
  if (entries.length === 0 || entries.length > mostLanguages) return undefined
  const isRight = entries.every(([language, said]) => isLanguageTag(language) && said !== undefined)
  return isRight ? (Object.fromEntries(entries) as ByLanguage<Said>) : undefined
}
