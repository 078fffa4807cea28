/** `fault`: it is not offered, or what is made of it does not work; `warning`: it works, and could be better. */
export type Severity = 'fault' | 'warning'

/** What a review finds. */
export interface Found<Code extends string = string> {
  /** What kind of thing it is. Programs rely on it: a code keeps its meaning (docs/writing-templates.md). */
  readonly code: Code
  /** The cell's number, from 1. */
  readonly cell?: number
  /** In the cell's source, from 1; without a cell, in the file. */
  readonly line?: number
  /** What is there: an English sentence part, such as `it has outputs`. */
  readonly message: string
  /** What to do about it: an English sentence. */
  readonly remedy: string
}

/** Something about a template that its author should know. */
export interface Finding extends Found {
  readonly severity: Severity
  /** The line of the file where it is, from 1, where that is known. */
  readonly fileLine?: number
}

/** What may be found, and how much it matters. */
export type Severities<Code extends string = string> = Readonly<Record<Code, Severity>>
