import { asciiLine } from './ascii.ts'

/** The object in a data platform that parameters are of, and when the notebook is made. */
export interface DatedSource {
  /** What people call the platform. */
  readonly name: string
  /** Absolute URL of the object. */
  readonly address: string
  /** ISO 8601, UTC, as `made_from.time`. */
  readonly time: string
}

/** What the comment of a new cell says of its source: one line of ASCII. */
export function sourceRemark({ name, address, time }: DatedSource): string {
  return asciiLine(`From ${name}: ${address}, ${time.slice(0, 10)}`)
}
