import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { KeptRequest } from '../../journey/request.ts'
import type { HubSettings } from '../../settings/settings.ts'
import { encodePart } from '../percent.ts'

/** A link to the Hub's own page that starts a server: it asks for the options that there are, and tells more of what goes wrong. */
export interface StartLink {
  readonly href: string
  /**
   * Whether it leads back to the confirmation once the server runs. It does not where the service has a host of its own: of
   * an address there the Hub keeps the path alone (JupyterHub 6.1.1, `_validate_next_url`).
   */
  readonly comesBack: boolean
  /** Whether the page is known to ask for options. */
  readonly hasForm: boolean
}

/** The link for a request of this user; undefined where nobody is logged in. */
export type SpawnPage = (
  request: Pick<KeptRequest, 'id' | 'server'>,
  user: string | undefined,
) => StartLink | undefined

/** `/hub/spawn/<user>[/<server>]?next=<path>`, tried on JupyterHub 4.1.6, 5.5.1 and 6.1.1. */
export function createSpawnPage(
  { publicHubUrl, callbackUrl, prefix }: HubSettings,
  start: 'api' | 'form',
): SpawnPage {
  const comesBack = !URL.canParse(callbackUrl)
  return ({ id, server }, user) => {
    if (user === undefined) return undefined
    const names = (server === '' ? [user] : [user, server]).map(encodePart)
    const next = comesBack ? `?next=${encodePart(`${prefix}confirm/${id}`)}` : ''
    return { href: `${publicHubUrl}spawn/${names.join('/')}${next}`, comesBack, hasForm: start === 'form' }
  }
}

/**
 * Sends the browser to the Hub's page, from where it comes back to this path. With hosts of their own it comes by the
 * Hub's login, which is a path of the Hub's host and leads to ours.
 */
export async function goToStart(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  { href, comesBack }: StartLink,
  path: string,
): Promise<FastifyReply> {
  if (comesBack) return reply.redirect(href, 303)
  const login = new URL(await app.loginAhead(request, reply, path), 'http://here.invalid')
  return reply.redirect(`${href}?next=${encodePart(login.pathname + login.search)}`, 303)
}
