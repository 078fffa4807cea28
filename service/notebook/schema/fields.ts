import type { Declared } from '../languages/shared/declared.ts'
import { readSampledb, type SampledbName, sampledbKinds } from '../parameters/sampledb.ts'
import type { Value } from '../parameters/value.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import { allowedTypes, isAnyType, type JsonType, partsOf } from './allowed-types.ts'
import { schemaOf } from './known.ts'
import type { Nodes } from './nodes.ts'
import { asText, below, memberOf } from './pointers.ts'
import { type Messages, messagesOf } from './words/messages.ts'
import { type Choice, choicesOf, saidOf, sampledbOf, takenIn, unitsOf, wordsOf } from './words/said.ts'

export type { Choice } from './words/said.ts'

/** All that a form needs to ask for one parameter. Numbers are in the digits of their author. */
export interface Field {
  readonly name: string
  /** The schema's `x-title` in the reader's language, else its `title`, else the name. */
  readonly title: string
  /** The schema's `x-description` in the reader's language, else its `description`, else the comment in the cell. */
  readonly help: string | undefined
  /**
   * What it may be, null aside: one type asks for a field of its own, several or none (anything) for JSON. Of a template
   * without a schema it is told by the default, and is no more than a hint.
   */
  readonly types: readonly Exclude<JsonType, 'null'>[]
  /** null may be sent. */
  readonly nullable: boolean
  /** It must be sent. */
  readonly required: boolean
  /** What the field offers at first: the schema's `default`, else what the cell sets it to. Neither is set unless sent. */
  readonly value: Value | undefined
  /** The cell's default as source text, for where `value` is none. */
  readonly default: string | undefined
  /** What the cell says its type is, in the notebook's language. */
  readonly type: string | undefined
  /** All that it may be, where these are listed (`enum`, `const`, or `oneOf` of titled `const`). */
  readonly choices: readonly Choice[] | undefined
  /** One of SampleDB's objects: `quantity`, `datetime`, … */
  readonly sampledb: SampledbName | undefined
  /** `date`, `time`, `date-time`, `email`, … */
  readonly format: string | undefined
  /** What comes after the field: `x-unit`. */
  readonly unit: string | undefined
  /** Of a quantity: all units that it may have, where these are listed. */
  readonly units: readonly string[] | undefined
  /** `minimum`, `maxLength`, `pattern` and the like, as in the schema: keyword → text or digits. */
  readonly limits: Readonly<Record<string, string>>
  /** What its author says of each problem, in the reader's language. */
  readonly messages: Messages
  /** Pointer of its schema within the template's; `undefined`: only the cell declares it. */
  readonly pointer: string | undefined
}

const limitKeywords = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
]

/**
 * What a form asks for: the parameters of the template's schema, or, without one, those that its cell sets; then what else
 * is named. They stand by the schema's `x-order`, then as the cell has them, then as the schema has them.
 *
 * @param named names that the file's name has, declared or not, in Unicode's NFC
 * @param languages the reader's, best first
 */
export function fieldsOf(
  template: CompiledTemplate,
  named: readonly string[] = [],
  languages: readonly string[] = [],
): readonly Field[] {
  const fields = declaredFields(template, languages)
  const known = new Set(fields.map(({ name }) => name.normalize('NFC')))
  return [...fields, ...named.filter((name) => !known.has(name)).map(fieldOfName)]
}

function declaredFields(template: CompiledTemplate, languages: readonly string[]): readonly Field[] {
  const { schema, declared } = template
  if (schema === undefined) return declared.map(fieldOfCell)
  const { nodes } = schemaOf(schema)
  const pointers = new Map<string, string>()
  for (const pointer of takenIn(nodes, '')) {
    const properties = memberOf(nodes.all.get(pointer), 'properties')
    for (const [name] of properties?.kind === 'object' ? properties.entries : []) {
      if (!pointers.has(name)) pointers.set(name, below(below(pointer, 'properties'), name))
    }
  }
  const orderOf = ({ name }: Declared) => {
    const pointer = pointers.get(name)
    const said = pointer === undefined ? undefined : saidOf(nodes, pointer, 'x-order')
    return said?.kind === 'number' ? Number(said.text) : Number.POSITIVE_INFINITY
  }
  return declared
    .filter(({ name, required }) => pointers.has(name) || required)
    .map((parameter) => ({ parameter, order: orderOf(parameter) }))
    .sort((a, b) => (a.order === b.order ? 0 : a.order < b.order ? -1 : 1))
    .map(({ parameter }) => parameter)
    .map((parameter) => fieldOfSchema(parameter, nodes, pointers.get(parameter.name), languages))
}

/** What asks for a parameter that is declared nowhere: a text. */
function fieldOfName(name: string): Field {
  return { ...fieldOfCell({ name, text: true }), nullable: false }
}

function fieldOfCell(declared: Declared): Field {
  const { value, text } = declared
  const told = {
    boolean: 'boolean',
    number: 'number',
    text: 'string',
    list: 'array',
    object: 'object',
  } as const
  const type = text ? 'string' : value === undefined || value.kind === 'null' ? undefined : told[value.kind]
  return {
    name: declared.name,
    title: declared.name,
    help: declared.help,
    types: type === undefined ? [] : [type],
    nullable: true,
    required: false,
    value,
    default: declared.default,
    type: declared.type,
    choices: undefined,
    sampledb: sampledbIn(value),
    format: undefined,
    unit: undefined,
    units: undefined,
    limits: {},
    messages: {},
    pointer: undefined,
  }
}

/** Which of SampleDB's objects an example is; of one whose inside is not plain, none: it has no field of its own. */
function sampledbIn(value: Value | undefined): SampledbName | undefined {
  const parts = value && readSampledb(value)
  if (parts === undefined) return undefined
  const { inside } = sampledbKinds[parts.name]
  const kind = {
    number: 'number',
    integer: 'number',
    boolean: 'boolean',
    text: 'text',
    'date-time': 'text',
    list: undefined,
    object: undefined,
  } as const
  return parts.inside?.kind === kind[inside] ? parts.name : undefined
}

function fieldOfSchema(
  declared: Declared,
  nodes: Nodes,
  pointer: string | undefined,
  languages: readonly string[],
): Field {
  const own = fieldOfCell(declared)
  if (pointer === undefined) return { ...own, types: [], required: declared.required === true }
  const said = (keyword: string) => saidOf(nodes, pointer, keyword)
  const allowed = allowedTypes(nodes, pointer)
  const types = [...allowed].filter(
    (type) => type !== 'null' && !(type === 'integer' && allowed.has('number')),
  )
  return {
    ...own,
    title: wordsOf(nodes, pointer, 'title', languages) ?? declared.name,
    help: wordsOf(nodes, pointer, 'description', languages) ?? declared.help,
    types: isAnyType(allowed) ? [] : askedFor(nodes, pointer, types as Exclude<JsonType, 'null'>[]),
    nullable: allowed.has('null'),
    required: declared.required === true,
    value: said('default') ?? declared.value,
    choices: choicesOf(nodes, pointer, languages),
    sampledb: sampledbOf(nodes, pointer),
    format: asText(said('format')),
    unit: asText(said('x-unit')),
    units: unitsOf(nodes, pointer),
    limits: Object.fromEntries(
      limitKeywords.flatMap((keyword) => {
        const value = said(keyword)
        if (value?.kind === 'number') return [[keyword, value.text]]
        return value?.kind === 'text' ? [[keyword, value.value]] : []
      }),
    ),
    messages: messagesOf(nodes, pointer, languages),
    pointer,
  }
}

/** Where a plain value or SampleDB's object around it may be sent (`anyOf`), the plain one is asked for. */
function askedFor<T extends JsonType>(nodes: Nodes, pointer: string, types: readonly T[]): readonly T[] {
  const plain = types.filter((type) => type !== 'object')
  if (plain.length !== 1 || plain.length === types.length) return types
  const objects = takenIn(nodes, pointer)
    .flatMap((place) => partsOf(nodes.all.get(place), place, 'anyOf'))
    .filter((part) => allowedTypes(nodes, part).has('object'))
  const areSampledbs = objects.length > 0 && objects.every((part) => sampledbOf(nodes, part) !== undefined)
  return areSampledbs ? plain : types
}
