import type { Entry, Value } from '../../parameters/value.ts'

export type Scalar = Extract<Value, { kind: 'null' | 'boolean' | 'number' | 'text' }>
export type Composite = Extract<Value, { kind: 'list' | 'object' }>

/** What stands around the parts of a list or an object. */
export interface Brackets {
  readonly open: string
  readonly close: string
  /** Between two of its parts, where that is not as in all others: MATLAB's `; ` between rows. */
  readonly separator?: string | undefined
  /** After each line but the last, likewise; without it the separator, its space aside. */
  readonly between?: string | undefined
  /** What stands before a part, such as `"name": ` or F#'s `box `; the name of an item is ''. */
  readonly lead?: ((name: string, part: Value) => string) | undefined
  /** What comes after it, such as the `)` of `Map.entry("name", 1)`. */
  readonly trail?: string | ((part: Value) => string) | undefined
}

export interface MemberBrackets extends Brackets {
  readonly lead: (name: string, part: Value) => string
}

/**
 * How a language writes values; brackets that are always the same are best given as one object. `within` is what was
 * given for the list or object that the value is a part of: it can carry the type that its parts are to have.
 */
export interface Notation {
  scalar(value: Scalar, within?: Brackets): string
  /**
   * Whether a text stands as it is between double quotes, wherever it is a part: those are written without a string for
   * each of them.
   */
  readonly isPlain?: ((text: string) => boolean) | undefined
  list(items: readonly Value[], within?: Brackets): Brackets
  object(entries: readonly Entry[], within?: Brackets): MemberBrackets
  /** Between two parts on one line; `, ` without it. */
  readonly separator?: string
  /** How a literal goes on over several lines, where that is not as in Python. */
  readonly lines?: {
    /** After the opening bracket: MATLAB's ` ...`. */
    readonly first: string
    /** After each line but the last; without `lines` the separator, its space aside. */
    readonly between: string
    /** After the last part: Go's `,`. */
    readonly last: string
  }
}

// What is read for each of a million parts has one shape in memory for all languages: of several, V8 must look each up.

/** A notation in that one shape. */
export function evenNotation({ scalar, isPlain, list, object }: Notation): Notation {
  return { scalar, isPlain, list, object }
}

/** The same brackets in that one shape, for languages whose lists and objects may be megabytes. */
export function evenly<Own extends Brackets>({ open, close, separator, between, lead, trail }: Own): Own {
  return { open, close, separator, between, lead, trail } as Own
}
