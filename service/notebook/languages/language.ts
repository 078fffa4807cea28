import type { Position } from '../json/position.ts'
import type { Value } from '../parameters/value.ts'
import type { Effect } from './shared/cells/effects.ts'
import type { Declared } from './shared/declared.ts'

export type { Declared } from './shared/declared.ts'

/** Which names a language takes, and what becomes of the others (render/variable-names.ts). */
export interface Identifiers {
  /** Matches a whole name that is an identifier, keywords aside. */
  readonly valid: RegExp
  /** Matches one character that may not come after the first; global, with the `u` flag. */
  readonly wrong: RegExp
  /** The longest that the language tells apart, in characters, where that is less than a thousand. */
  readonly longest?: number
  /** Put before a name that begins with what may not come first; an identifier itself. */
  readonly lead: string
  readonly keywords: ReadonlySet<string>
  /** Names that must not be set, because something users need would be gone or other code would run. */
  avoided(name: string): boolean
  /** Two names that are one to the language are one in this form. */
  fold(name: string): string
}

/** One statement, or a few, that set one variable. */
export interface Assignment {
  readonly code: string
  /** What the language has no exact form for, in a few words for a comment: no `*`, no line break. */
  readonly notes: readonly string[]
  /** Lines that must stand above all assignments, such as `#include <string>`; each stands once in the cell. */
  readonly needs?: readonly string[]
}

/** What this service knows of a language: one file or folder here. Magic lines and kernels: template/cell-language.ts. */
export interface Language {
  /** For people, and in the docs. */
  readonly name: string
  /** What `kernelspec.language` and `language_info.name` call it, in lower case. */
  readonly aliases: readonly string[]
  /** Matches the names of its kernels, for notebooks that name nothing else. */
  readonly kernels: RegExp
  readonly identifiers: Identifiers
  /** A comment to the end of the line. The text is ASCII without line breaks. */
  comment(text: string): string
  /** Between code and a comment on its line. */
  readonly gap: string
  /** Whether a text can hold the character NUL. */
  readonly takesNul: boolean
  /**
   * @param variable a valid name
   * @param companion gives a second variable that belongs to the first, such as `x_length`
   * @param declared what the `parameters` cell says of the variable
   */
  assign(
    variable: string,
    value: Value,
    companion: (suffix: string) => string,
    declared?: Declared,
  ): Assignment
  /** Lines above all assignments that rid the variables of what other cells made of them. */
  opening?(variables: readonly string[], declared: ReadonlyMap<string, Declared>): readonly string[]
  /** What the source of the `parameters` cell sets at its top level. */
  declared(source: string): readonly Declared[]
  /** Where that source cannot be read; only of a language that is read by a grammar (shared/cells/read-cell.ts). */
  unreadable?(source: string): readonly Position[]
  /** What a cell does with names, in the order in which it runs; `undefined` where that is not known. Of languages read by a grammar. */
  effects?(source: string): readonly Effect[] | undefined
}

/** The usual form in which names are compared. */
export function nfkc(name: string): string {
  return isAscii(name) ? name : name.normalize('NFKC')
}

/** Whether a text has only characters of ASCII. */
export function isAscii(text: string): boolean {
  return !/[\x80-\uffff]/.test(text)
}

/** Words, separated by white space, as a set. */
export function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
