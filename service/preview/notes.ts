import { type ElementContent, element } from './html/tree.ts'

/** What a preview says in place of what it does not show. Sentences with `{size}`, `{count}`, `{type}`, `{site}` or `{name}`. */
export interface Notes {
  /** BCP 47, for numbers. */
  readonly language: string
  readonly fresh: string
  /** More of it than is shown; `{size}` in all. */
  readonly cut: string
  readonly moreOutputs: string
  readonly cellTooLarge: string
  readonly cellTooMuch: string
  readonly cellBroken: string
  readonly outputImage: string
  readonly imageTooLarge: string
  readonly imageBroken: string
  /** An image of another site, `{site}`: not fetched. */
  readonly imageElsewhere: string
  /** An image by a path, `{name}`: it is no part of the notebook. */
  readonly imageAbsent: string
  /** A widget, or what needs a script. */
  readonly interactive: string
  readonly otherOutput: string
}

export type NoteName = Exclude<keyof Notes, 'language'>

/** The sentence with its places filled, as it is: escaping is the tree's business. */
export function sentence(
  notes: Notes,
  name: NoteName,
  values: Readonly<Record<string, string>> = {},
): string {
  return notes[name].replace(/\{(\w+)\}/g, (place, key: string) =>
    Object.hasOwn(values, key) ? values[key]! : place,
  )
}

/** A quiet line of its own. */
export function note(
  notes: Notes,
  name: NoteName,
  values: Readonly<Record<string, string>> = {},
): ElementContent {
  return element('p', { className: ['note'] }, sentence(notes, name, values))
}

/** `850 kB` or `5.2 MB` in the reader's language. */
export function sizeText(bytes: number, language: string): string {
  const [unit, value] = bytes < 1e6 ? ['kilobyte', Math.max(1, bytes / 1000)] : ['megabyte', bytes / 1e6]
  const digits = value < 10 && unit === 'megabyte' ? 1 : 0
  const format = { style: 'unit', unit, maximumFractionDigits: digits } as const
  return new Intl.NumberFormat(language, format).format(value)
}
