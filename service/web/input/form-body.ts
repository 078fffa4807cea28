import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Fault } from '../../fault.ts'

/** Form fields in the order sent, names not unique: an object would lose both. */
export type Fields = readonly (readonly [name: string, value: string])[]

const mostFields = 20_000

/**
 * Reads `application/x-www-form-urlencoded` text (WHATWG URL, section 5.1), but strictly: what is not UTF-8 is refused
 * where `URLSearchParams` would put U+FFFD in its place.
 *
 * @throws Fault 20 not-utf8, 21 body for more fields than anybody sends
 */
export function readForm(text: string): Fields {
  // A form is ASCII; a byte beyond it that was no UTF-8 has become this character on the way.
  if (text.includes('\uFFFD')) throw new Fault(20, 'not-utf8')
  if (countFields(text) > mostFields) throw new Fault(21, 'body')
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))]
    })
}

/** Before they are made: each takes a hundred times the memory of its `&`. */
function countFields(text: string): number {
  let count = 1
  for (let at = text.indexOf('&'); at >= 0 && count <= mostFields; at = text.indexOf('&', at + 1)) count++
  return count
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw new Fault(20, 'not-utf8', {}, { cause })
  }
}

/** A body as the text it is: its reading may fail, and that is a route's business. */
export type TextBody = { readonly form: string } | { readonly json: string }

/** The first field of this name in a form; undefined when there is none, or no form. @throws Fault 20 not-utf8 */
export function formField(request: FastifyRequest, wanted: string): string | undefined {
  const body = request.body as TextBody | undefined
  const fields: Fields = body && 'form' in body ? readForm(body.form) : []
  return fields.find(([name]) => name === wanted)?.[1]
}

async function plugin(app: FastifyInstance): Promise<void> {
  // Not parsed here: a parser that throws in this place ends the process.
  await app.register(formbody, { parser: (form) => ({ form }) })
  // Fastify's own JSON parser would lose digits and order (DESIGN 2.2).
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => {
      try {
        return { json: new TextDecoder('utf-8', { fatal: true }).decode(body) } satisfies TextBody
      } catch (cause) {
        throw new Fault(20, 'not-utf8', {}, { cause })
      }
    },
  )
}

export default fp(plugin, { name: 'form-body' })
