import { Ajv, type ValidateFunction } from 'ajv'
import { sayWhy } from './nbformat-reasons.ts'
import { formatSchemas, lastKnownMinor } from './nbformat-schema.ts'

/** Checks the parts of a notebook against one version of the format, given as outlines (json-outline.ts). */
export interface Format {
  /** @returns why it does not fit, as an English sentence part; `undefined` when it fits */
  cell(outline: unknown): string | undefined
  /** The notebook without what is in its cells. */
  notebook(outline: unknown): string | undefined
}

// Made by us and checked by the tests: their own check would cost each start some milliseconds.
const ajv = new Ajv({
  allowUnionTypes: true,
  discriminator: true,
  verbose: true,
  meta: false,
  validateSchema: false,
})
const formats = new Map<number, Format>()

/** @param minor any `nbformat_minor`; those of the future are one */
export function formatOf(minor: number): Format {
  const edition = Math.min(minor, lastKnownMinor + 1)
  let format = formats.get(edition)
  if (format === undefined) {
    const { notebook, cell } = formatSchemas(edition)
    format = {
      notebook: checker(ajv.compile(notebook), `4.${minor}`),
      cell: checker(ajv.compile(cell), `4.${minor}`),
    }
    formats.set(edition, format)
  }
  return format
}

function checker(validate: ValidateFunction, version: string): (outline: unknown) => string | undefined {
  return (outline) => (validate(outline) ? undefined : sayWhy(validate.errors![0]!, version))
}
