import helmet from '@fastify/helmet'
import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'

export interface SecurityHeadersOptions {
  /**
   * Where our forms may lead besides ourselves, as CSP sources: with subdomains, the Hub and the users' servers
   * lie on other hosts (`https://hub.example`, `https://*.hub.example`), and the browser would block the 303.
   */
  readonly formTargets?: readonly string[]
}

/** What helmet sets, as it is registered. */
function headersOf(reply: FastifyReply): Readonly<Record<string, string>> {
  const before = reply.raw.getHeaderNames()
  reply.helmet()
  const added = Object.entries(reply.raw.getHeaders()).filter(([name]) => !before.includes(name))
  return Object.fromEntries(added.map(([name, value]) => [name, String(value)]))
}

/** A CSP host source (CSP3 section 2.3.1) without path: nothing in it can start another directive. */
const source = /^https?:\/\/(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i

/**
 * Headers of every response: a strict Content-Security-Policy without inline styles and scripts, no framing, no
 * shared browsing context with pages of other origins, and `no-store` wherever a route does not say otherwise.
 *
 * Strict-Transport-Security is left out on purpose: it binds the whole host for a long time, and the host belongs
 * to the Hub's proxy and its admin. `Referrer-Policy: no-referrer` would make the browser send `Origin: null` with
 * our own forms, which the CSRF defence needs; `same-origin` tells other sites nothing either.
 *
 * @throws Error at start for a form target that is not a CSP host source
 */
export const securityHeaders = fp<SecurityHeadersOptions>(
  async (app, { formTargets = [] }) => {
    const wrong = formTargets.find((target) => !source.test(target))
    if (wrong !== undefined) throw new Error(`not a CSP host source: ${wrong}`)

    await app.register(helmet, {
      global: false,
      contentSecurityPolicy: { useDefaults: false, directives: pagePolicy(formTargets) },
      crossOriginEmbedderPolicy: false,
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      // The origin is the Hub's too, whose pages do not ask for this: the browser would warn on every page.
      originAgentCluster: false,
      referrerPolicy: { policy: 'same-origin' },
      strictTransportSecurity: false,
      xDownloadOptions: false,
      xFrameOptions: { action: 'deny' },
    })
    // Helmet works them out for each request, and they are always the same; a route that has some of its own still gets them so.
    let always: Readonly<Record<string, string>> | undefined
    app.addHook('onRequest', async (request, reply) => {
      if ('helmet' in request.routeOptions.config) return
      always ??= headersOf(reply)
      reply.headers(always)
    })
    app.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    })
  },
  { name: 'security-headers', fastify: '5.x' },
)

/** Of an image: an SVG that is opened by its address is a document, and does nothing. */
export const imagePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** The policy of every page of ours, for helmet. */
export function pagePolicy(formTargets: readonly string[]): Record<string, string[]> {
  return {
    'default-src': ["'none'"],
    'base-uri': ["'none'"],
    'connect-src': ["'self'"],
    'font-src': ["'self'"],
    'form-action': ["'self'", ...formTargets],
    'frame-ancestors': ["'none'"],
    // The preview on the confirmation page.
    'frame-src': ["'self'"],
    'img-src': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    // Our scripts only ever set text; this makes the browser hold us to it.
    'require-trusted-types-for': ["'script'"],
  }
}
