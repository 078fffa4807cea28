/** What a value is, for the word beside it. */
export type ValueKind =
  | 'text'
  | 'translated'
  | 'number'
  | 'boolean'
  | 'nothing'
  | 'list'
  | 'object'
  | 'quantity'
  | 'datetime'
  | 'date'
  | 'user'
  | 'reference'

/** A value as people read it: a parameter, or a part of one. */
export interface ShownPart {
  readonly kind: ValueKind
  /** The value, legible: `21.5 °C`, a text as it is, short lists as JSON. '' when only what is inside can show it. */
  readonly brief: string
  /** Of a quantity: both parts of `brief`. */
  readonly amount?: { readonly magnitude: string; readonly unit: string } | undefined
  /** ISO 8601, of a date and time that `brief` says in the reader's language. */
  readonly time?: string | undefined
  /** Of a text that was sent in several languages and of which the notebook gets this one alone: its language, the others. */
  readonly picked?: { readonly language: string; readonly others: readonly string[] } | undefined
  /** A text in several languages, all of which the notebook gets. */
  readonly translations?: readonly { readonly language: string; readonly text: string }[] | undefined
  /** Of a list that is one: what `inside` shows as it was sent. */
  readonly table?: ShownTable | undefined
  /** What it consists of, to unfold. */
  readonly inside?: ShownInside | undefined
  /** Of a text of which `brief` is only the beginning: how many characters of it, and of how many. */
  readonly ends?: { readonly shown: number; readonly total: number } | undefined
  /** True when some other part of it is left out here. */
  readonly cut?: boolean | undefined
}

/** What stands in a table: `brief` on one line, '' for null. */
export type TableCell = Pick<ShownPart, 'kind' | 'brief' | 'amount' | 'time'>

/** Rows of the same columns. */
export interface ShownTable {
  /** `label`: the members' name; none has one in a list of lists. `unit`: of all cells, which then show their magnitudes alone. */
  readonly columns: readonly {
    readonly label: string | undefined
    readonly unit: string | undefined
    readonly isNumeric: boolean
  }[]
  readonly rows: readonly (readonly TableCell[])[]
  /** How many there are: more than rows when a page would be too long. */
  readonly count: number
  /** True when it is short enough not to be folded. */
  readonly open: boolean
}

/** The items of a list or the members of an object. */
export interface ShownInside {
  readonly parts: readonly (ShownPart & { /** The member's name. */ readonly label?: string | undefined })[]
  /** How many there are: more than parts when a page would be too long. */
  readonly count: number
  /** True where `brief` says it already and this is only how it was sent. */
  readonly asSent: boolean
  /** True when it is short enough not to be folded. */
  readonly open: boolean
}

/** What a parameter is called. */
export interface ShownName {
  /** The name as sent, with what the eye cannot see made visible; '' for the empty name. */
  readonly name: string
  /** What the template calls it, when that is not its name. */
  readonly title?: string | undefined
  /** The variable's name when it is not the name sent. */
  readonly variable?: string | undefined
}

/** One parameter as the confirmation page shows it. */
export interface ShownValue extends ShownPart, ShownName {
  /** What the template says of it where it has no title: the comment in its `parameters` cell. */
  readonly help?: string | undefined
  /** What the template calls the value, where it lists all that there may be. */
  readonly meaning?: string | undefined
}

/** All parameters, or the first of them when a page would be too long. */
export interface ShownValues {
  readonly rows: readonly ShownValue[]
  /** Those that nobody has filled in. */
  readonly notSet: readonly ShownName[]
  /** Those that the cell will not set (a template may say so for null). */
  readonly atDefault: readonly ShownName[]
  /** How many parameters there are. */
  readonly total: number
}
