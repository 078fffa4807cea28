/** What is looked for; the names are part of the output of `check` (docs/writing-templates.md). */
export type Rule =
  | 'unusable'
  | 'rules'
  | 'name'
  | 'parameters'
  | 'kernel'
  | 'language'
  | 'outputs'
  | 'thumbnail'
  | 'absolute-path'

/** Something about a template that its author should know. */
export interface Finding {
  readonly rule: Rule
  /** `fault`: it is not offered, or what is made of it does not work; `warning`: it works, and could be better. */
  readonly severity: 'fault' | 'warning'
  /** The cell's number, from 1. */
  readonly cell?: number
  /** An English sentence part, such as `it has outputs`. */
  readonly reason: string
}
