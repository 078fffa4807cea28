import type { ErrorObject } from 'ajv'
import type { FaultDetail, ParameterProblem } from '../../fault.ts'
import { shorten } from '../parameters/short-name.ts'
import type { Value } from '../parameters/value.ts'
import { writeValue } from '../parameters/write.ts'
import { memberOf } from './pointers.ts'
import type { Choice } from './words/said.ts'

const limits: Readonly<Record<string, ParameterProblem>> = {
  minimum: 'minimum',
  maximum: 'maximum',
  exclusiveMinimum: 'above',
  exclusiveMaximum: 'below',
  multipleOf: 'multiple',
  minLength: 'shortest',
  maxLength: 'longest',
  minItems: 'fewest-items',
  maxItems: 'most-items',
  minProperties: 'fewest-members',
  maxProperties: 'most-members',
  uniqueItems: 'unique',
}
const types: Readonly<Record<string, ParameterProblem>> = {
  string: 'text',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
}

/**
 * What ajv found, as one detail of a fault.
 *
 * @param errors at least one
 * @param name of the parameter; `undefined`: the errors are about the object of them all
 * @param sent what the errors are about
 */
export function problemOf(
  errors: readonly ErrorObject[],
  name: string | undefined,
  sent: Value,
): FaultDetail {
  const error = telling(errors)
  const { keyword, params } = error
  const steps = stepsOf(error.instancePath)
  const detail = (
    reason: ParameterProblem,
    values: Record<string, string> = {},
    step?: string,
  ): FaultDetail => {
    const path = [...(name === undefined ? [] : [name]), ...steps, ...(step === undefined ? [] : [step])]
    return { reason, values: { name: shorten(path[0] ?? ''), place: shorten(placeOf(path)), ...values } }
  }
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return detail('missing', {}, params.missingProperty)
    case 'additionalProperties':
      return detail('unknown', {}, params.additionalProperty)
    case 'unevaluatedProperties':
      return detail('unknown', {}, params.unevaluatedProperty)
    case 'propertyNames':
      return detail('unknown', {}, params.propertyName)
    case 'false schema':
      return detail('unknown')
    case 'type': {
      if (valueAt(sent, steps)?.kind === 'null') return detail('no-value')
      const wanted = [params.type].flat().filter((type: string) => type !== 'null')
      return wanted.length === 1
        ? detail(types[wanted[0]] ?? 'other')
        : detail('types', { types: wanted.join(', ') })
    }
    case 'enum':
      return detail('choice', { choices: shownChoices(untitled(error.schema as readonly Value[])) })
    case 'const':
      return detail('choice', { choices: shownChoices(untitled([error.schema as Value])) })
    case 'pattern':
      return detail('pattern', { pattern: shorten(params.pattern) })
    case 'format':
      return detail(/^(date|time|date-time)$/.test(params.format) ? params.format : 'format', {
        format: params.format,
      })
    default: {
      const reason = limits[keyword]
      if (reason === undefined || reason === 'unique') return detail(reason ?? 'other')
      return detail(reason, { limit: shorten(String(error.schema)) })
    }
  }
}

/**
 * Of what ajv tells, the one that a person can do something about: of alternatives all of which ask for another type, the
 * types of all; the only one whose type was right; else that none of them fits.
 */
function telling(errors: readonly ErrorObject[]): ErrorObject {
  const last = errors.at(-1)!
  const inner = errors.slice(0, -1)
  if (last.keyword === 'if') return telling(inner)
  if ((last.keyword !== 'anyOf' && last.keyword !== 'oneOf') || inner.length === 0) return last
  const others = inner.filter(
    ({ keyword, instancePath }) => keyword !== 'type' || instancePath !== last.instancePath,
  )
  if (others.length === 1) return others[0]!
  if (others.length > 1) return last
  return { ...inner[0]!, params: { type: inner.flatMap(({ params }) => params.type) } }
}

function stepsOf(instancePath: string): string[] {
  return instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** `temperature.magnitude`, `profile[3]` */
function placeOf([name = '', ...steps]: readonly string[]): string {
  return name + steps.map((step) => (/^[0-9]+$/.test(step) ? `[${step}]` : `.${step}`)).join('')
}

function valueAt(value: Value | undefined, steps: readonly string[]): Value | undefined {
  return steps.reduce(
    (at, step) => (at?.kind === 'list' ? at.items[Number(step)] : memberOf(at, step)),
    value,
  )
}

const mostChoices = 20

/** Some of the values, each with its title. */
export function shownChoices(choices: readonly Choice[]): string {
  const shown = choices.slice(0, mostChoices).map(({ value, title }) => {
    const text = shorten(writeValue(value))
    return title === undefined ? text : `${text} (${shorten(title)})`
  })
  return choices.length > mostChoices ? `${shown.join(', ')}, …` : shown.join(', ')
}

function untitled(values: readonly Value[]): readonly Choice[] {
  return values.map((value) => ({ value, title: undefined }))
}
