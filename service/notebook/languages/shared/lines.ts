import type { Sheet } from '../../sheet.ts'
import type { Brackets, Notation } from './notation.ts'

const step = '    '
// Deeper ones stay on one line, however long: indentation must not make megabytes of a few brackets.
export const mostSteps = 6
const newLines = Array.from({ length: mostSteps + 1 }, (_, steps) => `\n${step.repeat(steps)}`)

/** What the parts of one list or object have in common when each has its line. */
export interface Lines {
  readonly brackets: Brackets
  readonly steps: number
  /** The line feed with the indentation, the same with the opening bracket, and with what ends a line. */
  readonly feed: string
  readonly first: string
  readonly next: string
  /** After the last part. */
  readonly end: string
}

/** A literal in the making. */
export interface Writing {
  readonly notation: Notation
  readonly separator: string
  readonly lines: NonNullable<Notation['lines']>
  readonly sheet: Sheet
  /** By their indentation, the lines of the list or object that was broken up last. */
  readonly linesBefore: Lines[]
  /** Likewise, whether the last object was too long for one line. */
  readonly wasLong: boolean[]
}

/** After each line but the last of a list or an object. */
function lineEnd({ separator: own, between }: Brackets, { separator, lines }: Writing): string {
  if (between !== undefined) return between
  return own === undefined ? lines.between : own.trimEnd() + lines.between.slice(separator.trimEnd().length)
}

/** Most lists and objects of a level have the same brackets, and with them the same lines. */
export function linesOf(brackets: Brackets, writing: Writing, steps: number): Lines {
  const before = writing.linesBefore[steps]
  if (before?.brackets === brackets) return before
  const feed = newLines[steps]!
  const lines: Lines = {
    brackets,
    steps,
    feed,
    first: brackets.open + writing.lines.first + feed,
    next: lineEnd(brackets, writing) + feed,
    end: writing.lines.last + newLines[steps - 1] + brackets.close,
  }
  writing.linesBefore[steps] = lines
  return lines
}
