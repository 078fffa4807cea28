import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Fault } from '../fault.ts'
import type { Login } from '../hub/login.ts'
import type { Store } from '../store/store.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Sends the browser to the Hub's login, from where it comes back to this path. */
    login(request: FastifyRequest, reply: FastifyReply, returnTo: string): Promise<void>
  }
}

interface Options {
  readonly login: Login
  readonly store: Store
  readonly prefix: string
  /** Path that the Hub sends browsers back to. */
  readonly callbackPath: string
}

/** One login under way. Each has its own, so that any number of tabs can log in at once. */
interface UnderWay {
  readonly state: string
  readonly verifier: string
  readonly returnTo: string
  /** Logins for this visit that ended in another session. */
  readonly misses: number
}

const COOKIE = 'notebook-templates-login-'
/** Time to find one's password, and one's second factor. */
const LOGIN_TTL_S = 900
/**
 * Tabs that log in at the same moment get a session each from the Hub, of which the browser keeps the last: the others
 * go to the Hub once more, which knows them now.
 */
const MOST_MISSES = 4

async function plugin(app: FastifyInstance, { login, store, prefix, callbackPath }: Options): Promise<void> {
  const begin = async (
    request: FastifyRequest,
    reply: FastifyReply,
    returnTo: string,
    misses: number,
  ): Promise<void> => {
    const { url, state, verifier } = await login.begin()
    const name = cookieOf(state)
    app.cookieJar.prune(request, reply, COOKIE, name)
    const underWay: UnderWay = { state, verifier, returnTo, misses }
    await app.cookieJar.write(reply, name, JSON.stringify(underWay), LOGIN_TTL_S)
    reply.redirect(url, 303)
  }

  app.decorate('login', (request: FastifyRequest, reply: FastifyReply, returnTo: string) =>
    begin(request, reply, returnTo, 0),
  )

  app.get(callbackPath, { schema: { querystring: callbackQuery } }, async (request, reply) => {
    const { state } = request.query as { state?: string }
    if (state === undefined) throw new Fault(27, 'state')
    const name = cookieOf(state)
    const kept = await app.cookieJar.read(request, name)
    app.cookieJar.drop(reply, name)
    const underWay = kept === undefined ? undefined : (JSON.parse(kept) as UnderWay)
    if (underWay?.state !== state) throw new Fault(27, 'state')
    // A state opens one session, also when somebody kept the cookie.
    const once = await store.compareAndSet(`login:${state}`, undefined, Buffer.from('used'), LOGIN_TTL_S)
    if (!once) throw new Fault(27, 'state')

    const query = request.raw.url?.split('?')[1] ?? ''
    const { token, expires_s } = await login.finish({ query, state, verifier: underWay.verifier })
    const { returnTo, misses } = underWay
    if ((await app.sessions.begin(request, reply, token, expires_s)) === undefined) {
      if (misses === MOST_MISSES) throw new Fault(27, 'no-session')
      await begin(request, reply, returnTo, misses + 1)
      return reply
    }
    return reply.redirect(returnTo.startsWith(prefix) ? returnTo : prefix, 303)
  })
}

const callbackQuery = {
  type: 'object',
  properties: {
    state: { type: 'string', maxLength: 200 },
    code: { type: 'string', maxLength: 2000 },
    error: { type: 'string', maxLength: 200 },
  },
} as const

/** The state itself need not stand in a cookie's name. */
function cookieOf(state: string): string {
  return COOKIE + createHash('sha256').update(state).digest('base64url').slice(0, 12)
}

export default fp(plugin, { name: 'login', dependencies: ['cookies', 'session'] })
