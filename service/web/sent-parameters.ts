import type { FastifyRequest } from 'fastify'
import { Fault } from '../fault.ts'
import {
  deepest,
  parametersFromFields,
  readParameters,
  shorten,
  writeParameters,
} from '../notebook/parameters.ts'
import { type Fields, readForm, type TextBody } from './form-body.ts'

const FIELD = 'params'

/**
 * The parameters of a click as JSON text (DESIGN 2.2): the form field `params`, else the other fields as texts, or a JSON
 * body `{"params": {…}}`. Whether the text is right is seen when it is kept.
 *
 * @throws Fault 20 for a body that is not one of these, 31 for a charset that is not UTF-8
 */
export function parametersOfBody(request: FastifyRequest): string {
  const charset = /;\s*charset=\s*"?([^\s";]*)/i.exec(request.headers['content-type'] ?? '')?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw new Fault(31, 'content-type')
  const body = request.body as TextBody | undefined
  if (body === undefined || body === null) return '{}'
  return 'form' in body ? parametersOfFields(readForm(body.form)) : parametersOfJson(body.json)
}

/** As above, from the query of a URL. undefined: it has none. */
export function parametersOfQuery(request: FastifyRequest): string | undefined {
  const at = request.raw.url?.indexOf('?') ?? -1
  const fields = at < 0 ? [] : readForm(request.raw.url?.slice(at + 1) ?? '')
  return fields.length === 0 ? undefined : parametersOfFields(fields)
}

function parametersOfFields(fields: Fields): string {
  const [params, repeated] = fields.filter(([name]) => name === FIELD)
  if (params === undefined) return writeParameters(parametersFromFields(fields))
  if (repeated !== undefined) throw new Fault(20, 'repeated-field', { name: FIELD })
  // Nothing is dropped in silence.
  const other = fields.find(([name]) => name !== FIELD)
  if (other !== undefined) throw new Fault(20, 'unknown-field', { name: shorten(other[0]) })
  return params[1].trim() === '' ? '{}' : params[1]
}

function parametersOfJson(text: string): string {
  // The body is one level around the parameters, which are read again, to their own limit, when they are kept.
  const members = readParameters(text, deepest + 1)
  const other = members.find(([name]) => name !== FIELD)
  if (other !== undefined) throw new Fault(20, 'unknown-field', { name: shorten(other[0]) })
  const value = members[0]?.[1]
  if (value === undefined) return '{}'
  if (value.kind !== 'object') throw new Fault(20, 'not-an-object')
  return writeParameters(value.entries)
}
