import type { FastifyRequest } from 'fastify'
import { Fault } from '../../fault.ts'
import type { Click } from '../../journey/keep.ts'
import { type Parameters, readParameters, shorten, writeParameters } from '../../notebook/index.ts'
import { type Fields, readForm, type TextBody } from './form-body.ts'

const FIELD = 'params'

/** Parameters as a click keeps them. */
type OfClick = Pick<Click, 'parameters' | 'read'>

const none: OfClick = { parameters: '{}', read: [] }

/**
 * The parameters of a click (DESIGN 2.2) as JSON text: the form field `params`, or a JSON
 * body `{"params": {…}}`. Other fields alone stay fields: what they are called depends on the template. Whether all is
 * right is seen when it is kept.
 *
 * @throws Fault 20 for a body that is not one of these, 31 for a charset that is not UTF-8
 */
export function parametersOfBody(request: FastifyRequest): OfClick {
  const charset = /;\s*charset=\s*"?([^\s";]*)/i.exec(request.headers['content-type'] ?? '')?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw new Fault(31, 'content-type')
  const body = request.body as TextBody | undefined
  if (body === undefined || body === null) return none
  return 'form' in body ? parametersOfFields(readForm(body.form)) : parametersOfJson(body.json)
}

/** As above, from the query of a URL. undefined: it has none. */
export function parametersOfQuery(request: FastifyRequest): OfClick | undefined {
  const at = request.raw.url?.indexOf('?') ?? -1
  const fields = at < 0 ? [] : readForm(request.raw.url?.slice(at + 1) ?? '')
  return fields.length === 0 ? undefined : parametersOfFields(fields)
}

function parametersOfFields(fields: Fields): OfClick {
  const [params, repeated] = fields.filter(([name]) => name === FIELD)
  if (params === undefined) return fields.length === 0 ? none : { parameters: fields }
  if (repeated !== undefined) throw new Fault(20, 'repeated-field', { name: FIELD })
  // Nothing is dropped in silence.
  const other = fields.find(([name]) => name !== FIELD)
  if (other !== undefined) {
    // A value that was not encoded ends at its first `&`, and what comes after is no name but the rest of it.
    readParameters(params[1])
    throw new Fault(20, 'unknown-field', { name: shorten(other[0]) })
  }
  return params[1].trim() === '' ? none : { parameters: params[1] }
}

function parametersOfJson(text: string): OfClick {
  // The body is one level around the parameters.
  const members = readParameters(text, { around: 1 })
  const other = members.find(([name]) => name !== FIELD)
  if (other !== undefined) throw new Fault(20, 'unknown-field', { name: shorten(other[0]) })
  const value = members[0]?.[1]
  if (value === undefined) return none
  if (value.kind !== 'object') throw new Fault(20, 'not-an-object')
  return written(value.entries)
}

function written(read: Parameters): OfClick {
  return { parameters: writeParameters(read), read }
}
