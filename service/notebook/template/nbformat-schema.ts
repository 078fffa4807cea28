import type { SchemaObject } from 'ajv'

/**
 * Versions 4.0 to 4.5 of the notebook format, and what is left of it in later ones, as JSON Schemas for ajv. They judge
 * what the schemas that Jupyter publishes judge, and tests/notebook/template/nbformat.environment.test.ts shows it; but they are
 * told which kind of cell or output they have before them, so that each fault has one reason. `description` is that
 * reason, after the name of what is wrong.
 *
 * Of a later version nothing is known but that it keeps what there was: like Jupyter, they let other members and other
 * kinds of cells and outputs pass.
 */
export interface FormatSchemas {
  readonly notebook: SchemaObject
  readonly cell: SchemaObject
}

/** The last minor version whose members are all known. */
export const lastKnownMinor = 5

const text = { type: 'string', description: 'must be a text' }
const truth = { type: 'boolean', description: 'must be true or false' }
const object = { type: 'object', description: 'must be an object' }
const lines = {
  type: ['string', 'array'],
  items: text,
  description: 'must be a text or a list of texts',
}
const count = {
  type: ['integer', 'null'],
  minimum: 0,
  description: 'must be a whole number from 0 on, or null',
}
const list = (items: SchemaObject) => ({ type: 'array', items, description: 'must be a list' })
const objectOf = (values: SchemaObject) => ({ ...object, additionalProperties: values })

/** What else is asked of notebooks is made of the same (nbformat-needs.ts). */
export const formatParts = { text, object, lines, list, objectOf }

const id = {
  type: 'string',
  pattern: '^[a-zA-Z0-9-_]+$',
  maxLength: 64,
  description: 'must be a text of at most 64 letters, digits, hyphens and underscores',
}
/** What the metadata of every cell may hold. */
const named = {
  name: { type: 'string', pattern: '^.+$', description: 'must be a text, and not an empty one' },
  tags: {
    type: 'array',
    uniqueItems: true,
    items: { type: 'string', pattern: '^[^,]+$', description: 'must be a text without commas' },
    description: 'must be a list of texts, none of them twice',
  },
}

/** @param minor the notebook's `nbformat_minor` */
export function formatSchemas(minor: number): FormatSchemas {
  return { notebook: notebookSchema(minor), cell: cellSchema(minor) }
}

/** The notebook without its cells, and without the numbers of its version, which decide about the schema. */
function notebookSchema(minor: number): SchemaObject {
  const metadata = {
    ...object,
    properties: {
      kernelspec: {
        ...object,
        required: ['name', 'display_name'],
        properties: { name: text, display_name: text },
      },
      language_info: {
        ...object,
        required: ['name'],
        properties: {
          name: text,
          codemirror_mode: { type: ['string', 'object'], description: 'must be a text or an object' },
          file_extension: text,
          mimetype: text,
          pygments_lexer: text,
        },
      },
      orig_nbformat: { type: 'integer', minimum: 1, description: 'must be a whole number from 1 on' },
      ...(minor >= 2 && { title: text, authors: { type: 'array', description: 'must be a list' } }),
    },
  }
  const members = {
    metadata,
    cells: { type: 'array', description: 'must be a list' },
    nbformat: {},
    nbformat_minor: {},
  }
  return record(members, minor)
}

function cellSchema(minor: number): SchemaObject {
  const own = { metadata: {}, source: lines, ...(minor >= 5 && { id }) }
  const attachments = objectOf(mimeBundle(minor))
  const inMetadata = { ...named, ...(minor >= 3 && { jupyter: object }) }
  const metadata = (members: object) => ({ ...object, properties: { ...inMetadata, ...members } })
  const kinds = {
    raw: { ...own, metadata: metadata({ format: text }), attachments },
    markdown: { ...own, metadata: metadata({}), attachments },
    code: {
      ...own,
      metadata: metadata({
        collapsed: truth,
        scrolled: { enum: [true, false, 'auto'], description: 'must be true, false or "auto"' },
        ...(minor >= 4 && { execution: { ...object, patternProperties: { '^.*$': text } } }),
      }),
      execution_count: count,
      outputs: list(outputSchema(minor)),
    },
  }
  // Jupyter gives an id to a cell that lacks one, whatever its version asks for.
  const optional = ['id', 'attachments']
  const other = {
    ...object,
    required: ['metadata'],
    properties: { metadata: { ...object, properties: named }, id: { not: { type: ['array', 'object'] } } },
  }
  return oneKindOf('cell_type', kinds, optional, minor, other)
}

function outputSchema(minor: number): SchemaObject {
  const data = mimeBundle(minor)
  const kinds = {
    execute_result: { execution_count: count, data, metadata: object },
    display_data: { data, metadata: object },
    stream: { name: text, text: lines },
    error: { ename: text, evalue: text, traceback: list(text) },
  }
  return oneKindOf('output_type', kinds, [], minor, object)
}

/** One datum in several forms, by MIME type: JSON as it is, all others as text. */
function mimeBundle(minor: number): SchemaObject {
  return {
    ...object,
    patternProperties: { '^application/(.*\\+)?json$': {} },
    additionalProperties: minor > lastKnownMinor ? true : lines,
  }
}

/** What the member `tag` says it is; `other` is what else it may be in a later version. */
function oneKindOf(
  tag: string,
  kinds: Readonly<Record<string, Record<string, SchemaObject>>>,
  optional: readonly string[],
  minor: number,
  other: SchemaObject,
): SchemaObject {
  const names = Object.keys(kinds)
  const known = {
    type: 'object',
    required: [tag],
    discriminator: { propertyName: tag },
    oneOf: Object.entries(kinds).map(([name, members]) =>
      record({ [tag]: { const: name }, ...members }, minor, optional),
    ),
    description: `must be ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`,
  }
  const isKnown = { properties: { [tag]: { enum: names } } }
  const isOther = { properties: { [tag]: { not: { enum: names } } } }
  const either = [
    { if: isOther, else: known },
    { if: isKnown, else: other },
  ]
  return { ...object, required: [tag], allOf: minor > lastKnownMinor ? either : [known] }
}

/** An object with these members; with others too in a later version. */
function record(
  members: Record<string, SchemaObject>,
  minor: number,
  optional: readonly string[] = [],
): SchemaObject {
  return {
    ...object,
    required: Object.keys(members).filter((name) => !optional.includes(name)),
    properties: members,
    additionalProperties: minor > lastKnownMinor,
  }
}
