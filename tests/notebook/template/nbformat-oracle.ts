import { join } from 'node:path'
import type { SchemaObject } from 'ajv'
import { binOf, inProject } from '../../support/paths.ts'
import { run } from '../support.ts'

const ask = (what: string, input = '') => {
  const python = join(binOf('hub-6.1.1'), 'python')
  return JSON.parse(run(python, [inProject('tests/notebook/template/run_nbformat.py'), what], input))
}

/** The schemas that Jupyter publishes, by minor version. */
export const publishedSchemas = (): SchemaObject[] => ask('schemas')

/** What `nbformat.validate` has against each of these files; null is nothing. */
export const validationFaults = (files: readonly string[]): (string | null)[] =>
  ask('validate', JSON.stringify(files))

/** The same, and what keeps Jupyter from opening it and saving it again. */
export const savingFaults = (files: readonly string[]): (string | null)[] =>
  ask('save', JSON.stringify(files))

/** What keeps a jupyter-server from opening it and saving it again, whatever its schema says. */
export const openingFaults = (files: readonly string[]): (string | null)[] =>
  ask('open', JSON.stringify(files))

/** How many errors each has by its own schema. */
export const countErrors = (files: readonly string[]): number[] => ask('errors', JSON.stringify(files))
