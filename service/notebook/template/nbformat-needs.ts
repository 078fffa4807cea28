import type { SchemaObject } from 'ajv'
import { type FormatSchemas, formatParts, lastKnownMinor } from './nbformat-schema.ts'

const { text, object, lines, list, objectOf } = formatParts

/**
 * What Jupyter cannot do without, as JSON Schemas: a jupyter-server that opens a notebook and saves the same content
 * again, and a JupyterLab that shows it. Everything else that a version of the format asks for is a deviation, which it
 * only complains about. tests/notebook/template/opens.environment.test.ts asks a real server for each kind.
 */
export function neededSchemas(minor: number): FormatSchemas {
  return { notebook, cell: cellNeeds(minor) }
}

const notebook: SchemaObject = {
  ...object,
  required: ['metadata', 'cells'],
  properties: { metadata: object, cells: { type: 'array', description: 'must be a list' } },
}

const kinds = ['raw', 'markdown', 'code']
const bundled = ['execute_result', 'display_data']
/** What is asked of an object whose member has one of these values. */
const where = (member: string, values: readonly string[], asked: SchemaObject): SchemaObject => ({
  if: { properties: { [member]: { not: { enum: values } } } },
  else: asked,
})
const scalar = { not: { type: ['array', 'object'] }, description: 'must be a text' }
/** A list of lines is joined, whatever the output is; what stands instead of one is left alone. */
const joined = { ...lines, type: ['string', 'array', 'number', 'boolean', 'null', 'object'] }

const output: SchemaObject = {
  ...object,
  required: ['output_type'],
  properties: { output_type: scalar },
  allOf: [
    where('output_type', bundled, { properties: { data: object } }),
    { if: { properties: { output_type: { enum: bundled } } }, else: { properties: { text: joined } } },
    where('output_type', ['stream'], { required: ['text'], properties: { text: lines } }),
    // JupyterLab joins it before it looks at anything.
    where('output_type', ['error'], { required: ['traceback'], properties: { traceback: list(text) } }),
  ],
}

function cellNeeds(minor: number): SchemaObject {
  const isLater = minor > lastKnownMinor
  const type = { enum: kinds, description: 'must be raw, markdown or code' }
  return {
    ...object,
    required: ['cell_type', 'metadata'],
    properties: {
      ...(!isLater && { cell_type: type }),
      ...(minor >= 5 && { id: scalar }),
      metadata: object,
      source: lines,
      attachments: objectOf(object),
    },
    allOf: [
      where('cell_type', kinds, { required: ['source'] }),
      where('cell_type', ['code'], { required: ['outputs'], properties: { outputs: list(output) } }),
    ],
  }
}
