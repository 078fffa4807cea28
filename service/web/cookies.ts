import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Fault } from '../fault.ts'
import type { Sealer } from '../seal.ts'

declare module 'fastify' {
  interface FastifyInstance {
    cookieJar: CookieJar
  }
}

/** Cookies that only this service can read or make. */
export interface CookieJar {
  /** undefined: absent, altered, or another's. Fault 27 when there are two of the name. */
  read(request: FastifyRequest, name: string): Promise<string | undefined>
  /** Without `maxAge_s` it ends with the browser's session. */
  write(reply: FastifyReply, name: string, value: string, maxAge_s?: number): Promise<void>
  drop(reply: FastifyReply, name: string): void
  /** Drops the cookies of this kind (a common start of their names) when a browser has gathered too many. */
  prune(request: FastifyRequest, reply: FastifyReply, start: string, keep: string): void
}

/** Some proxies refuse more than 8 KB of headers; a cookie of ours has at most 0.5 KB. */
const MOST_OF_A_KIND = 8

interface Options {
  readonly sealer: Sealer
  readonly prefix: string
  /** The service's own public URL where it is known; else each request says whether it came by https. */
  readonly publicUrl: string | undefined
}

async function plugin(app: FastifyInstance, { sealer, prefix, publicUrl }: Options): Promise<void> {
  await app.register(cookie)
  const attributes = (request: FastifyRequest) =>
    ({ path: prefix, httpOnly: true, sameSite: 'lax', secure: isHttps(request, publicUrl) }) as const
  const drop = (reply: FastifyReply, name: string) => {
    reply.clearCookie(name, attributes(reply.request))
  }

  app.decorate('cookieJar', {
    async read(request, name) {
      refuseTwice(request, name)
      const sealed = request.cookies[name]
      const opened = sealed === undefined ? undefined : await sealer.open(sealed, `cookie:${name}`)
      return opened === undefined ? undefined : Buffer.from(opened).toString()
    },
    async write(reply, name, value, maxAge_s) {
      const sealed = await sealer.seal(Buffer.from(value), `cookie:${name}`)
      const age = maxAge_s === undefined ? {} : { maxAge: Math.floor(maxAge_s) }
      reply.setCookie(name, sealed, { ...attributes(reply.request), ...age })
    },
    drop,
    prune(request, reply, start, keep) {
      const names = Object.keys(request.cookies).filter((name) => name.startsWith(start) && name !== keep)
      // Browsers send the oldest first (RFC 6265, section 5.4): it is the least likely to be needed still.
      for (const name of names.slice(0, -MOST_OF_A_KIND)) drop(reply, name)
    },
  } satisfies CookieJar)
}

export default fp(plugin, { name: 'cookies' })

/**
 * A page of another user on the same host can plant a second cookie of any name with a narrower path, which the browser
 * sends first. Which of the two is ours cannot be known: neither counts.
 */
export function refuseTwice(request: FastifyRequest, name: string): void {
  const pairs = (request.headers.cookie ?? '').split(';')
  if (pairs.filter((pair) => pair.trim().startsWith(`${name}=`)).length > 1)
    throw new Fault(27, 'cookie-twice')
}

/** Only decides the `Secure` attribute; the first value is what the browser spoke to. */
function isHttps(request: FastifyRequest, publicUrl: string | undefined): boolean {
  if (publicUrl !== undefined) return publicUrl.startsWith('https:')
  const forwarded = String(request.headers['x-forwarded-proto'] ?? '').split(',')[0]
  return forwarded?.trim().toLowerCase() === 'https'
}
