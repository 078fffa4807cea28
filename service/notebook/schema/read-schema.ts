import type { AnySchema } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { Fault } from '../../fault.ts'
import { readParameters } from '../parameters/read.ts'
import type { Value } from '../parameters/value.ts'
import { writeValue } from '../parameters/write.ts'
import { allowedTypes, isAnyType, isTextOnly } from './allowed-types.ts'
import { isWhole, readDecimal } from './decimal.ts'
import { type Nodes, readNodes, schemaFault } from './nodes.ts'
import { below, memberOf, textsOf } from './pointers.ts'
import { takenIn } from './words/said.ts'

/** What a template keeps of its schema. */
export interface ParametersSchema {
  /** The schema of the object of all parameters, as JSON text with the digits of its author. */
  readonly text: string
  /** The parameters that it names. */
  readonly named: readonly Named[]
  /** It takes no others. */
  readonly closed: boolean
}

/** What a schema says of one parameter, as far as it matters before a form is made. */
export interface Named {
  readonly name: string
  /** Whether it is a text; `undefined`: it says nothing of its type. */
  readonly text: boolean | undefined
  readonly required: boolean
}

const largest = 100_000
const levels = 120

/**
 * Reads `metadata.notebook_templates.params`: a JSON Schema of the object of all parameters, which says
 * `"type": "object"` or has `properties`, or, shorter, just the map of the parameters' names to their schemas.
 *
 * @param text its JSON text
 * @throws TemplateFault with the reason when it is no schema, or none that can be used
 */
export function readSchema(text: string): ParametersSchema {
  if (text.length > largest) throw schemaFault('', `has more than ${largest} characters`)
  const root = wholeSchema(readText(text))
  const nodes = readNodes(root)
  checkShape(root)
  return { text: writeValue(root), ...namedBy(nodes) }
}

function readText(text: string): Value {
  try {
    return { kind: 'object', entries: readParameters(text, { levels, open: true }) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const name = error.values.name === undefined ? '' : ` (${JSON.stringify(error.values.name)})`
    throw schemaFault(
      '',
      error.reason === 'not-an-object' ? 'is no object' : `cannot be read: ${error.reason}${name}`,
    )
  }
}

function wholeSchema(value: Value): Value {
  const type = memberOf(value, 'type')
  const saysObject = type?.kind === 'text' && type.value === 'object'
  if (saysObject || memberOf(value, 'properties') !== undefined || memberOf(value, '$schema') !== undefined)
    return value
  for (const [name, schema] of value.kind === 'object' ? value.entries : []) {
    if (schema.kind === 'object' || schema.kind === 'boolean') continue
    const hint = 'a JSON Schema of all parameters says "type": "object"'
    throw schemaFault(below('', name), `is no schema of a parameter; ${hint}`)
  }
  return {
    kind: 'object',
    entries: [
      ['type', { kind: 'text', value: 'object' }],
      ['properties', value],
    ],
  }
}

let metaschema: Ajv2020 | undefined

/** By the metaschema of JSON Schema 2020-12. */
function checkShape(root: Value): void {
  metaschema ??= new Ajv2020({ strict: false, logger: false })
  if (metaschema.validateSchema(shapeOf(root) as AnySchema)) return
  const { instancePath = '', message = 'is not valid', params } = metaschema.errors?.[0] ?? {}
  const allowed = Array.isArray(params?.allowedValues) ? `: ${params.allowedValues.join(', ')}` : ''
  throw schemaFault(instancePath, message + allowed + hintFor(instancePath, message))
}

/** What authors mean who write it all the same. */
function hintFor(pointer: string, message: string): string {
  if (pointer.endsWith('/required') && message === 'must be array')
    return ': the object that has the properties lists the names of those that are required'
  const [, text] = /\/(title|description)$/.exec(pointer) ?? []
  if (text !== undefined && message === 'must be string') return `; x-${text} has it in several languages`
  return ''
}

/** The schema with numbers that have the sign of the author's and are as whole as those: all that the metaschema asks. */
function shapeOf(value: Value): unknown {
  switch (value.kind) {
    case 'null':
      return null
    case 'number': {
      const decimal = readDecimal(value.text)
      if (decimal === undefined) return 0
      return isWhole(decimal) ? decimal.sign : decimal.sign / 2
    }
    case 'list':
      return value.items.map(shapeOf)
    case 'object':
      return Object.fromEntries(value.entries.map(([name, member]) => [name, shapeOf(member)]))
    default:
      return value.value
  }
}

function namedBy(nodes: Nodes): Pick<ParametersSchema, 'named' | 'closed'> {
  const texts = new Map<string, boolean | undefined>()
  const required = new Set<string>()
  let closed = false
  for (const pointer of takenIn(nodes, '')) {
    const node = nodes.all.get(pointer)
    for (const name of textsOf(memberOf(node, 'required'))) required.add(name)
    const properties = memberOf(node, 'properties')
    for (const [name] of properties?.kind === 'object' ? properties.entries : []) {
      const types = allowedTypes(nodes, below(below(pointer, 'properties'), name))
      texts.set(name, isAnyType(types) ? texts.get(name) : isTextOnly(types))
    }
    const isShut = ['additionalProperties', 'unevaluatedProperties'].some((keyword) =>
      isFalse(memberOf(node, keyword)),
    )
    closed ||= isShut && memberOf(node, 'patternProperties') === undefined
  }
  for (const name of required) texts.set(name, texts.get(name))
  const named = [...texts].map(([name, text]): Named => ({ name, text, required: required.has(name) }))
  return { named, closed }
}

function isFalse(value: Value | undefined): boolean {
  return value?.kind === 'boolean' && !value.value
}
