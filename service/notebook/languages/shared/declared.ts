import type { Position } from '../../json/position.ts'
import type { Value } from '../../parameters/value.ts'

/**
 * One parameter that a template declares, by its `parameters` cell, its schema, or both. Kept for every template, so it
 * is small: what a form needs beyond it, `fieldsOf` (schema/fields.ts) reads from the schema.
 */
export interface Declared {
  readonly name: string
  /** It is a text: a translated text comes in the user's language. */
  readonly text: boolean
  /** What the cell says its type is, in the notebook's own language: `Optional[str]`, `Float64`, `const char *`. */
  readonly type?: string
  /** What the cell sets it to, as source text. It holds unless the parameter is sent. */
  readonly default?: string
  /** The same as JSON has it, where it is a literal. */
  readonly value?: Value
  /** In the author's words: the comment in the cell. */
  readonly help?: string
  /** The schema says that it must be sent. */
  readonly required?: boolean
  /** Only the schema names it: the cell does not set it. */
  readonly unset?: true
  /** The word that declares it in the cell, such as `let` or `export`, where that decides how it is set again. */
  readonly word?: string
}

/** Reads the source of a `parameters` cell by a grammar of its language; a part of `Language`. */
export interface CellReader {
  /** What plain assignments at the top level set, each name once, in the order of their first ones. */
  declared(source: string): readonly Declared[]
  /** Where the source is not the language's: one place for each line at fault, at most ten. */
  unreadable(source: string): readonly Position[]
}
