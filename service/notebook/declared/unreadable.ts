import type { Language } from '../languages/language.ts'

/**
 * What an author should know of a `parameters` cell whose source its language's grammar does not take: an English
 * sentence part for each line, such as `line 3 of the parameters cell is not valid Python (column 5)`. Parameters on such
 * lines are not known. Nothing is told of a language without a grammar here.
 */
export function unreadableLines(language: Language | undefined, source: string): readonly string[] {
  const places = language?.unreadable?.(source) ?? []
  return places.map(
    ({ line, column }) =>
      `line ${line} of the parameters cell is not valid ${language?.name} (column ${column})`,
  )
}
