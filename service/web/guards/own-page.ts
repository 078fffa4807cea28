import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Fault } from '../../fault.ts'

/**
 * CSRF: proof that a form was sent by a click on our own page. Other users' pages may share our origin (DESIGN 2.9), so
 * the origin alone proves nothing: each check below stops something that such a page can do.
 */
export interface OwnPage {
  /** For the form: tied to the request and to its user. */
  token(id: string, user: string | undefined): string
  /** A page is opened by going there, never read by script or shown in a frame. Fault 26. */
  checkVisit(request: FastifyRequest): void
  /** As `checkVisit`, but a frame may show it. Tells whether one does. */
  checkLook(request: FastifyRequest): 'alone' | 'framed'
  /** What a script of our own page asks for is asked for by no other site, and never gone to. Fault 26. */
  checkScript(request: FastifyRequest): void
  /** Whether another site has sent the browser to a page. */
  isSent(request: FastifyRequest): boolean
  /** A form is sent by a click on a page of ours; asks nobody, so it comes first. Fault 26. */
  checkForm(request: FastifyRequest): void
  /** Fault 26. */
  checkToken(id: string, user: string | undefined, sent: string | undefined): void
}

/**
 * @param secret of the installation
 * @param prefix of the service
 * @param publicOrigin where it is known; else the host that the browser asked
 */
export function createOwnPage(secret: Uint8Array, prefix: string, publicOrigin: string | undefined): OwnPage {
  const key = createHmac('sha256', secret).update('own-page').digest()
  const token = (id: string, user: string | undefined) =>
    createHmac('sha256', key)
      .update(JSON.stringify([id, user ?? null]))
      .digest('base64url')

  const checkVisit = (request: FastifyRequest) => {
    refusePreload(request)
    const { headers } = request
    const mode = headers['sec-fetch-mode']
    const destination = headers['sec-fetch-dest']
    if (mode !== undefined && mode !== 'navigate') throw new Fault(26, 'not-a-navigation')
    if (destination !== undefined && destination !== 'document') throw new Fault(26, 'not-a-navigation')
  }

  return {
    token,
    checkVisit,
    checkLook(request) {
      refusePreload(request)
      const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = request.headers
      if (mode !== 'navigate' || destination !== 'iframe') {
        checkVisit(request)
        return 'alone'
      }
      return 'framed'
    },
    checkScript(request) {
      refusePreload(request)
      const { 'sec-fetch-mode': mode, 'sec-fetch-site': site, origin, host } = request.headers
      if (mode === 'navigate') throw new Fault(26, 'not-our-page')
      if (site !== undefined && site !== 'same-origin') throw new Fault(26, 'not-our-page')
      // For browsers that do not say so; these send no `Origin` to their own.
      const isOther = origin !== undefined && origin !== publicOrigin && !isHost(origin, host)
      if (site === undefined && isOther) throw new Fault(26, 'not-our-page')
    },
    isSent: ({ headers }) => headers['sec-fetch-site'] === 'cross-site',
    checkForm(request) {
      checkVisit(request)
      const { headers } = request
      if (headers['sec-fetch-mode'] !== undefined && headers['sec-fetch-user'] !== '?1') {
        throw new Fault(26, 'not-a-navigation')
      }
      const site = headers['sec-fetch-site']
      const origin = originBelow(headers, prefix)
      if ((site !== undefined && site !== 'same-origin') || origin === undefined) {
        throw new Fault(26, 'not-our-page')
      }
      // A proxy may change `Host`. The browser compares for itself, and no page can set what it says (Fetch Metadata).
      const isOurs =
        publicOrigin === undefined
          ? site === 'same-origin' || isHost(origin, headers.host)
          : origin === publicOrigin
      if (!isOurs) {
        const known = publicOrigin ?? headers.host ?? ''
        throw new Fault(26, 'other-address', { origin, known, setting: 'JUPYTERHUB_PUBLIC_URL' })
      }
    },
    checkToken(id, user, sent) {
      if (sent === undefined || !isSame(sent, token(id, user))) throw new Fault(26, 'no-token')
    },
  }
}

/**
 * Nobody has gone to a page yet that a browser asks for ahead (`Sec-Purpose: prefetch`, of a prerendered one, too): refused, it
 * asks again when somebody does. A service worker of another user's page may have the browser ask for our page ahead, as a navigation in every other header,
 * and read the answer (Service Workers, `NavigationPreloadManager`). What it asks for itself has no `Sec-Fetch-Dest: document`.
 */
function refusePreload({ headers }: FastifyRequest): void {
  const isAhead = headers['sec-purpose']?.includes('prefetch') ?? false
  if (isAhead || headers['service-worker-navigation-preload'] !== undefined)
    throw new Fault(26, 'not-a-navigation')
}

/**
 * The origin that sent a form from below our prefix: `Origin` must be there, and `Referer` must be of it (our
 * `Referrer-Policy: same-origin` sends it whole). Whether that origin is ours is another question.
 */
function originBelow({ origin, referer }: FastifyRequest['headers'], prefix: string): string | undefined {
  if (origin === undefined || referer === undefined || !URL.canParse(referer)) return undefined
  const from = new URL(referer)
  return from.origin === origin && from.pathname.startsWith(prefix) ? origin : undefined
}

function isHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}

function isSame(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)]
  return first.length === second.length && timingSafeEqual(first, second)
}
