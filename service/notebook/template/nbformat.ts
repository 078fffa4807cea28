import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { neededSchemas } from './nbformat-needs.ts'
import { sayWhy } from './nbformat-reasons.ts'
import { sayRemedy } from './nbformat-remedies.ts'
import { formatSchemas, lastKnownMinor } from './nbformat-schema.ts'

/** Where a part of a notebook does not fit its version of the format. */
export interface Misfit {
  /** Whether Jupyter opens and saves it all the same. */
  readonly opens: boolean
  /** English sentence part: `it has no source`. */
  readonly reason: string
  /** English sentence: `Clear the outputs in Jupyter, and save it.` */
  readonly remedy: string
}

/** Checks the parts of a notebook against one version of the format, given as outlines (json/outline.ts). */
export interface NotebookFormat {
  /** @returns `undefined` when it fits */
  cell(outline: unknown): Misfit | undefined
  /** The notebook without what is in its cells. */
  notebook(outline: unknown): Misfit | undefined
}

// Made by us and checked by the tests: their own check would cost each start some milliseconds.
const ajv = new Ajv({
  allowUnionTypes: true,
  discriminator: true,
  strictTypes: false,
  strictRequired: false,
  verbose: true,
  meta: false,
  validateSchema: false,
})
const formats = new Map<number, NotebookFormat>()

/** @param minor any `nbformat_minor`; those of the future are one */
export function formatOf(minor: number): NotebookFormat {
  const edition = Math.min(minor, lastKnownMinor + 1)
  let format = formats.get(edition)
  if (format === undefined) {
    const asked = formatSchemas(edition)
    const needed = neededSchemas(edition)
    // Of what later versions add nothing is known, but Jupyter reads it all the same.
    const isLater = edition > lastKnownMinor
    format = {
      notebook: checker(ajv.compile(asked.notebook), ajv.compile(needed.notebook), `4.${minor}`, isLater),
      cell: checker(ajv.compile(asked.cell), ajv.compile(needed.cell), `4.${minor}`, isLater),
    }
    formats.set(edition, format)
  }
  return format
}

function checker(
  asked: ValidateFunction,
  needed: ValidateFunction,
  version: string,
  isLater: boolean,
): (outline: unknown) => Misfit | undefined {
  const misfit = (opens: boolean, [error]: readonly ErrorObject[]): Misfit => ({
    opens,
    reason: sayWhy(error!, version),
    remedy: sayRemedy(error!),
  })
  return (outline) => {
    const fits = asked(outline)
    if (fits && !isLater) return undefined
    if (!needed(outline)) return misfit(false, needed.errors!)
    return fits ? undefined : misfit(true, asked.errors!)
  }
}
