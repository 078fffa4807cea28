import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Fault } from '../../fault.ts'
import type { Login } from '../../hub/login.ts'
import type { Store } from '../../store/store.ts'
import { rateLimits } from '../guards/rate-limits.ts'
import { wantsPage } from '../input/accept.ts'
import { loginCookie } from './cookies.ts'
import { createWaysBack } from './way-back.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Sends the browser to the Hub's login, from where it comes back to this path. */
    login(request: FastifyRequest, reply: FastifyReply, returnTo: string): Promise<void>
    /** An address of the Hub that leads to this path by a login, for an hour in this browser. */
    loginAhead(request: FastifyRequest, reply: FastifyReply, returnTo: string): Promise<string>
  }
}

interface Options {
  readonly login: Login
  readonly store: Store
  readonly prefix: string
  /** Path that the Hub sends browsers back to. */
  readonly callbackPath: string
  /** Of the whole store. */
  readonly maxKeptBytes: number
}

/** One login under way. Each has its own, so that any number of tabs can log in at once. */
interface UnderWay {
  readonly verifier: string
  /** Below the prefix; without it, it is in the store. */
  readonly back?: string | undefined
  /** Logins for this visit that ended in another session. */
  readonly misses: number
}

/** Time to find one's password, and one's second factor. */
const LOGIN_TTL_S = 900
/** Time to choose a server's options before that, and for the server to start. */
const AHEAD_TTL_S = 3600
/**
 * Tabs that log in at the same moment get a session each from the Hub, of which the browser keeps the last: the others
 * go to the Hub once more, which knows them now.
 */
const MOST_MISSES = 4

async function plugin(app: FastifyInstance, options: Options): Promise<void> {
  const { login, store, prefix, callbackPath, maxKeptBytes } = options
  const waysBack = createWaysBack(store, LOGIN_TTL_S, maxKeptBytes / 16)

  const prepare = async (
    request: FastifyRequest,
    reply: FastifyReply,
    returnTo: string,
    misses: number,
    ttl_s: number,
  ): Promise<string> => {
    const { url, state, verifier } = await login.begin()
    const name = cookieOf(state)
    const path = returnTo.startsWith(prefix) ? returnTo.slice(prefix.length) : ''
    const underWay: UnderWay = { verifier, misses, back: await waysBack.keep(request, state, path) }
    app.cookieJar.write(reply, name, JSON.stringify(underWay), ttl_s)
    return url
  }

  const begin = async (
    request: FastifyRequest,
    reply: FastifyReply,
    returnTo: string,
    misses: number,
  ): Promise<void> => {
    const url = await prepare(request, reply, returnTo, misses, LOGIN_TTL_S)
    if (isOfForm(request)) reply.header('refresh', `0; url=${url}`).page('login', { href: url })
    else reply.redirect(url, 303)
  }

  app.decorate('login', (request: FastifyRequest, reply: FastifyReply, returnTo: string) =>
    begin(request, reply, returnTo, 0),
  )
  app.decorate('loginAhead', (request: FastifyRequest, reply: FastifyReply, returnTo: string) =>
    prepare(request, reply, returnTo, 0, AHEAD_TTL_S),
  )

  const routing = { schema: { querystring: callbackQuery }, config: { rateLimit: rateLimits.logins } }
  app.get(callbackPath, routing, async (request, reply) => {
    const { state } = request.query as { state?: string }
    if (state === undefined) throw new Fault(27, 'state')
    const name = cookieOf(state)
    const kept = app.cookieJar.read(request, name)
    app.cookieJar.drop(reply, name)
    if (kept === undefined) throw new Fault(27, 'state')
    const { verifier, misses, back } = JSON.parse(kept) as UnderWay
    const query = request.raw.url?.split('?')[1] ?? ''
    const { token, expires_s } = await login.finish({ query, state, verifier })
    // A state opens one session, also when somebody kept the cookie. Marked after the exchange: anybody can come here with a
    // state, and whoever has no login at the Hub must not be able to fill the store.
    const once = await store.compareAndSet(`login:${state}`, undefined, Buffer.from('used'), AHEAD_TTL_S)
    if (!once) throw new Fault(27, 'state')

    const returnTo = prefix + (back ?? (await waysBack.take(state)) ?? '')
    if ((await app.sessions.begin(request, reply, token, expires_s)) === undefined) {
      if (misses === MOST_MISSES) throw new Fault(27, 'no-session')
      await begin(request, reply, returnTo, misses + 1)
      return reply
    }
    return reply.redirect(returnTo, 303)
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

/**
 * Whether the browser is on its way from a form of ours. All redirects on that way would have to lead to where `form-action`
 * allows it (CSP3 section 6.4.1), and where the Hub's login leads to we do not know; a page that goes on by itself ends that way.
 */
function isOfForm({ method, query, headers }: FastifyRequest): boolean {
  const isSent = method === 'POST' || (query as { by?: unknown }).by === 'form'
  return isSent && wantsPage(headers.accept)
}

/** The name stands for the state, and the value is sealed for its name: a cookie fits no other login. 96 bits of SHA-256. */
function cookieOf(state: string): string {
  return loginCookie + createHash('sha256').update(state).digest('base64url').slice(0, 16)
}

export default fp(plugin, { name: 'login', dependencies: ['cookies', 'session'] })
