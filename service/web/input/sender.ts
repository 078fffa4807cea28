import type { FastifyRequest } from 'fastify'
import { Fault } from '../../fault.ts'
import type { Sender } from '../../senders.ts'

/**
 * The site whose button was clicked: `Origin` of a post (Fetch standard, section 3.2), the origin of `Referer` for a link.
 * null when the browser names none, as for an address typed by hand.
 *
 * @throws Fault 28 when the admin has named the sites that are taken and this is none of them; our own form is
 */
export function senderOf(request: FastifyRequest, allowed: readonly Sender[] | undefined): string | null {
  const { origin, referer } = request.headers
  const sender = toOrigin(origin ?? (request.method === 'GET' ? referer : undefined))
  if (allowed === undefined || allowed.some((site) => site.origin === sender)) return sender
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || (site === 'none' && request.method === 'GET')) return sender
  throw new Fault(28, 'sender', { sender: sender ?? '' })
}

/** Scheme, a name of 253 characters (RFC 1035), port. It is kept with the request, which counts for a little more than this. */
const longestOrigin = 300

function toOrigin(text: string | undefined): string | null {
  if (text === undefined || text.length > 2000 || !URL.canParse(text)) return null
  const { origin } = new URL(text)
  return origin === 'null' || origin.length > longestOrigin ? null : origin
}
