import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Fault } from '../../fault.ts'
import type { Hub, HubUser } from '../../hub/hub.ts'
import { refuseTwice } from './cookies.ts'
import { createRecentAnswers } from './recent-answers.ts'

declare module 'fastify' {
  interface FastifyInstance {
    sessions: Sessions
  }
}

/** A user whom the Hub has vouched for, with their own token. */
export interface Session {
  readonly user: HubUser
  readonly token: string
}

export interface Sessions {
  /**
   * Asks the Hub each time: the Hub deletes tokens at logout. undefined: nobody is logged in here.
   *
   * @param age `recent`: what the Hub said within the last moments will do
   * @throws Fault 22 missing-scope when this user may not use the service (any more)
   */
  identify(request: FastifyRequest, age?: Age): Promise<Session | undefined>
  /** Checks a token fresh from login and sets the cookie; undefined when it belongs to another session at the Hub. */
  begin(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    expires_s: number,
  ): Promise<Session | undefined>
}

/** How old the Hub's word may be. A page of sixty images would ask sixty times for what it has been told with the page. */
export type Age = 'new' | 'recent'

const RECENT_MS = 30_000
const SESSION = 'notebook-templates-session'
/** The Hub's own cookie that ties its tokens to one login of one browser. */
const HUB_SESSION = 'jupyterhub-session-id'

interface Options {
  readonly hub: Hub
  /** Any of these lets a user in. */
  readonly accessScopes: readonly string[]
}

async function plugin(app: FastifyInstance, { hub, accessScopes }: Options): Promise<void> {
  const users = createRecentAnswers(hub.whoAmI, RECENT_MS)

  const vouch = async (
    request: FastifyRequest,
    token: string,
    age: Age = 'new',
  ): Promise<Session | undefined> => {
    const user = await (age === 'recent' ? users.recent(token) : users.ask(token))
    if (user === undefined) return undefined
    refuseTwice(request, HUB_SESSION)
    // Without this, a session cookie that outlived the Hub's logout, or was planted by somebody else, would do.
    const same = user.sessionId !== null && user.sessionId === request.cookies[HUB_SESSION]
    if (!same) return undefined
    // The Hub asks for this at the login only; who has lost the right since still has the token.
    if (!accessScopes.some((scope) => user.scopes.includes(scope))) {
      throw new Fault(22, 'missing-scope', { scope: accessScopes.at(-1) ?? '' })
    }
    return { user, token }
  }

  app.decorate('sessions', {
    async identify(request, age) {
      const token = app.cookieJar.read(request, SESSION)
      return token === undefined ? undefined : vouch(request, token, age)
    },
    async begin(request, reply, token, expires_s) {
      const session = await vouch(request, token)
      if (session === undefined) return undefined
      app.cookieJar.write(reply, SESSION, token, expires_s)
      return session
    },
  } satisfies Sessions)
}

export default fp(plugin, { name: 'session', dependencies: ['cookies'] })
