import { readLanguages } from '../input/languages.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import type { Sentence } from './sentence.ts'
import type { Texts } from './texts.ts'

export type { Sentence } from './sentence.ts'
export type { Texts } from './texts.ts'

/** The languages the pages speak, the default first. A new one is a file and a line here. */
export const pageLanguages: readonly Texts[] = [en, de]

/** The texts in the first language asked for that we have, else in English. */
export function pickTexts(acceptLanguage: string | undefined): Texts {
  for (const wanted of readLanguages(acceptLanguage)) {
    const primary = wanted.split('-', 1)[0]
    const found = pageLanguages.find(({ language }) => language === primary)
    if (found) return found
  }
  return en
}

/** How the reader's country writes dates: `en-gb` for who asks for that, where we speak English to them. */
export function pickLocale(acceptLanguage: string | undefined): string {
  const { language } = pickTexts(acceptLanguage)
  const wanted = readLanguages(acceptLanguage).find((tag) => tag.split('-', 1)[0] === language)
  return wanted !== undefined && isLocale(wanted) ? wanted : language
}

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0
  } catch {
    return false
  }
}

/**
 * The first form of the sentence whose `{name}` places can all be filled, filled. Values are inserted as they
 * are, once: a value that looks like a place stays text. An empty one fills nothing. Escaping is the view's business.
 */
export function fill(sentence: Sentence, values: Readonly<Record<string, string | number>>): string {
  const forms = typeof sentence === 'string' ? [sentence] : sentence
  const whole = forms.find((form) =>
    placesOf(form).every((name) => Object.hasOwn(values, name) && values[name] !== ''),
  )
  return (whole ?? forms.at(-1)!).replace(/\{([a-z]\w*)\}/gi, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  )
}

/** The names of the `{name}` places of one form. */
export function placesOf(form: string): string[] {
  return [...form.matchAll(/\{([a-z]\w*)\}/gi)].map((match) => match[1]!)
}
