import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Fault } from '../../fault.ts'
import type { Journey, Visitor } from '../../journey/journey.ts'
import type { Asked } from '../../journey/kept/records.ts'
import { requestCookie } from './cookies.ts'
import type { Age, Session } from './session.ts'

declare module 'fastify' {
  interface FastifyInstance {
    visitors: Visitors
  }
}

/** Somebody who asks for a request. */
export interface Visit extends Visitor {
  /** The request as it was read on their way in: for the step that is asked for, not for what comes after it. */
  readonly asked: Asked
}

export interface Visitors {
  /** Ties a kept request to the browser that sent it. */
  welcome(reply: FastifyReply, id: string, seconds: number): void
  /**
   * Who asks for this request. undefined: nobody is logged in, and the reply, already sent, is the way to the login, which
   * comes back to `returnTo`. Without that: fault 27. Fault 2 when a login would not help.
   */
  meet(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    returnTo: string | undefined,
  ): Promise<Visit | undefined>
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
    welcome(reply, id, seconds) {
      app.cookieJar.write(reply, requestCookie + id, '', seconds)
    },

    async meet(request, reply, id, returnTo) {
      const holdsCookie = app.cookieJar.read(request, requestCookie + id) !== undefined
      const asked = withHub ? await journey.read(id, holdsCookie) : id
      // Also without a hub: a browser that has clicked often would soon send more than a server reads (431).
      app.cookieJar.prune(request, reply, requestCookie + id)
      if (!withHub) return { user: null, token: null, holdsCookie, asked }
      const session = await login(request, reply, returnTo)
      return session && { user: session.user, token: session.token, holdsCookie, asked }
    },

    async user(request, reply, returnTo, age) {
      return withHub ? login(request, reply, returnTo, age) : null
    },

    settle(request, reply, id) {
      if (withHub && requestCookie + id in request.cookies) app.cookieJar.drop(reply, requestCookie + id)
    },
  } satisfies Visitors)
}

export default fp(plugin, { name: 'visitor', dependencies: ['cookies'] })
