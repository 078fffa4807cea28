import { createHash } from 'node:crypto'
import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Fault } from '../../fault.ts'
import type { Sealer } from '../../seal.ts'

declare module 'fastify' {
  interface FastifyInstance {
    cookieJar: CookieJar
  }
}

/** Cookies that only this service can read or make. */
export interface CookieJar {
  /** undefined: absent, altered, or another's. Fault 27 when there are two of the name. */
  read(request: FastifyRequest, name: string): string | undefined
  /** Without `maxAge_s` it ends with the browser's session. Prunes the others. */
  write(reply: FastifyReply, name: string, value: string, maxAge_s?: number): void
  drop(reply: FastifyReply, name: string): void
  /** Drops the oldest cookies of logins and requests, but not `keep`, when all of ours together are too large. */
  prune(request: FastifyRequest, reply: FastifyReply, keep: string): void
}

const OURS = 'notebook-templates-'
/** Beginnings of names: one cookie for each login under way, and for each kept request. */
export const loginCookie = `${OURS}login-`
export const requestCookie = `${OURS}request-`

/**
 * Bytes of all our cookies in a request. Some proxies refuse more than 8 KB of headers, and the Hub has cookies too. A post from
 * another site brings no cookies along, so what it adds comes on top: together they stay below 4 KB.
 */
const MOST_BYTES = 3800
const sizeOf = (name: string, value: string) => `${name}=${value}; `.length

interface Options {
  readonly sealer: Sealer
  readonly prefix: string
  /** The service's own public URL where it is known. */
  readonly publicUrl: string | undefined
}

async function plugin(app: FastifyInstance, { sealer, prefix, publicUrl }: Options): Promise<void> {
  await app.register(cookie)
  const attributes = (request: FastifyRequest) =>
    ({ path: prefix, httpOnly: true, sameSite: 'lax', secure: isHttps(request, publicUrl) }) as const
  const drop = (reply: FastifyReply, name: string) => {
    reply.clearCookie(name, attributes(reply.request))
  }

  const prune = (request: FastifyRequest, reply: FastifyReply, keep: string, value?: string) => {
    const others = Object.entries(request.cookies).filter(([name]) => name.startsWith(OURS) && name !== keep)
    const passes = (name: string) => name.startsWith(loginCookie) || name.startsWith(requestCookie)
    let left = MOST_BYTES - sizeOf(keep, value ?? request.cookies[keep] ?? '')
    for (const [name, other = ''] of others) if (!passes(name)) left -= sizeOf(name, other)
    // Browsers send the oldest first (RFC 6265, section 5.4): it is the least likely to be needed still.
    for (const [name, other = ''] of others.filter(([name]) => passes(name)).reverse()) {
      left -= sizeOf(name, other)
      if (left < 0) drop(reply, name)
    }
  }

  app.decorate('cookieJar', {
    read(request, name) {
      refuseTwice(request, name)
      const sealed = request.cookies[name]
      if (sealed === undefined) return undefined
      // What commit a1efdcf and before sealed a cookie for. The next release need not read it.
      const opened = sealer.openText(sealed, contextOf(name)) ?? sealer.openText(sealed, `cookie:${name}`)
      return opened?.toString()
    },
    write(reply, name, value, maxAge_s) {
      const sealed = sealer.sealText(Buffer.from(value), contextOf(name))
      const age = maxAge_s === undefined ? {} : { maxAge: Math.floor(maxAge_s) }
      reply.setCookie(name, sealed, { ...attributes(reply.request), ...age })
      prune(reply.request, reply, name, sealed)
    },
    drop,
    prune: (request, reply, keep) => prune(request, reply, keep),
  } satisfies CookieJar)
}

export default fp(plugin, { name: 'cookies' })

/** What a cookie of this name is sealed for. A part of a hash (96 bits): the whole name would stand in it a second time. */
export function contextOf(name: string): string {
  return `cookie:${createHash('sha256').update(name).digest('base64url').slice(0, 16)}`
}

/**
 * A page of another user on the same host can plant a second cookie of any name with a narrower path, which the browser
 * sends first. Which of the two is ours cannot be known: neither counts.
 */
export function refuseTwice(request: FastifyRequest, name: string): void {
  const pairs = (request.headers.cookie ?? '').split(';')
  if (pairs.filter((pair) => pair.trim().startsWith(`${name}=`)).length > 1)
    throw new Fault(27, 'cookie-twice')
}

/**
 * Whether the browser came by https, as far as is known. Decides only the `Secure` attribute, which a header can only add, and a
 * warning in the log. The headers that JupyterHub itself asks
 * (`jupyterhub.utils.get_browser_protocol`): RFC 7239, nginx as JupyterHub's documentation shows it, and most others. Of
 * several values the first is what the browser spoke to.
 */
export function isHttps({ headers }: FastifyRequest, publicUrl: string | undefined): boolean {
  if (publicUrl?.startsWith('https:')) return true
  const first = (name: string) =>
    String(headers[name] ?? '')
      .split(',')[0]!
      .trim()
  return (
    /(^|;)\s*proto="?https"?\s*(;|$)/i.test(first('forwarded')) ||
    ['x-scheme', 'x-forwarded-proto'].some((name) => first(name).toLowerCase() === 'https')
  )
}
