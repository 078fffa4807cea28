import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Fault } from '../fault.ts'
import type { Journey, Visitor } from '../journey/journey.ts'
import type { Age, Session } from './session.ts'

declare module 'fastify' {
  interface FastifyInstance {
    visitors: Visitors
  }
}

export interface Visitors {
  /** Ties a kept request to the browser that sent it. */
  welcome(reply: FastifyReply, id: string, seconds: number): Promise<void>
  /**
   * Who asks for this request. undefined: nobody is logged in, and the reply, already sent, is the way to the login, which
   * comes back to `returnTo`. Without that: fault 27. Fault 2 when a login would not help.
   */
  meet(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    returnTo: string | undefined,
  ): Promise<Visitor | undefined>
  /** The user who is logged in; else as above. Without a hub: null. */
  user(
    request: FastifyRequest,
    reply: FastifyReply,
    returnTo: string | undefined,
    age?: Age,
  ): Promise<Session | null | undefined>
  /** Once a request is a user's, the browser's cookie opens nothing any more. */
  settle(request: FastifyRequest, reply: FastifyReply, id: string): void
}

const COOKIE = 'notebook-templates-request-'

async function plugin(
  app: FastifyInstance,
  { journey, withHub }: { journey: Journey; withHub: boolean },
): Promise<void> {
  const login = async (
    request: FastifyRequest,
    reply: FastifyReply,
    returnTo: string | undefined,
    age?: Age,
  ) => {
    const session = await app.sessions.identify(request, age)
    if (session !== undefined) return session
    if (returnTo === undefined) throw new Fault(27, 'no-session')
    await app.login(request, reply, returnTo)
    return undefined
  }

  app.decorate('visitors', {
    async welcome(reply, id, seconds) {
      await app.cookieJar.write(reply, COOKIE + id, id, seconds)
    },

    async meet(request, reply, id, returnTo) {
      const holdsCookie = (await app.cookieJar.read(request, COOKIE + id)) === id
      if (withHub && (await journey.isStranger(id, holdsCookie))) throw new Fault(2, 'unknown')
      // Also without a hub: a browser that has clicked often would soon send more than a server reads (431).
      app.cookieJar.prune(request, reply, COOKIE, COOKIE + id)
      if (!withHub) return { user: null, token: null, holdsCookie }
      const session = await login(request, reply, returnTo)
      return session && { user: session.user, token: session.token, holdsCookie }
    },

    async user(request, reply, returnTo, age) {
      return withHub ? login(request, reply, returnTo, age) : null
    },

    settle(request, reply, id) {
      if (withHub && COOKIE + id in request.cookies) app.cookieJar.drop(reply, COOKIE + id)
    },
  } satisfies Visitors)
}

export default fp(plugin, { name: 'visitor', dependencies: ['cookies'] })
