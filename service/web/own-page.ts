import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Fault } from '../fault.ts'

/**
 * Proof that a form was sent by a click on our own page. Other users' pages may share our origin (DESIGN 2.9), so the
 * origin alone proves nothing: each check below stops something that such a page can do.
 */
export interface OwnPage {
  /** For the form: tied to the request and to its user. */
  token(id: string, user: string | undefined): string
  /** A page is opened by going there, never read by script or shown in a frame. Fault 26. */
  checkVisit(request: FastifyRequest): void
  /** As `checkVisit`, but a frame may show it. Tells whether one does. */
  checkLook(request: FastifyRequest): 'alone' | 'framed'
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

  const checkVisit = ({ headers }: FastifyRequest) => {
    const mode = headers['sec-fetch-mode']
    const destination = headers['sec-fetch-dest']
    if (mode !== undefined && mode !== 'navigate') throw new Fault(26, 'not-a-navigation')
    if (destination !== undefined && destination !== 'document') throw new Fault(26, 'not-a-navigation')
  }

  return {
    token,
    checkVisit,
    checkLook(request) {
      const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = request.headers
      if (mode !== 'navigate' || destination !== 'iframe') {
        checkVisit(request)
        return 'alone'
      }
      return 'framed'
    },
    checkForm(request) {
      checkVisit(request)
      const { headers } = request
      if (headers['sec-fetch-mode'] !== undefined && headers['sec-fetch-user'] !== '?1') {
        throw new Fault(26, 'not-a-navigation')
      }
      const site = headers['sec-fetch-site']
      if (site !== undefined && site !== 'same-origin') throw new Fault(26, 'not-our-page')
      if (!isBelow(headers, prefix, publicOrigin)) throw new Fault(26, 'not-our-page')
    },
    checkToken(id, user, sent) {
      if (sent === undefined || !isSame(sent, token(id, user))) throw new Fault(26, 'no-token')
    },
  }
}

/** `Origin` must be there and be ours, `Referer` must lie below our prefix (`Referrer-Policy: same-origin` sends it whole). */
function isBelow(
  headers: FastifyRequest['headers'],
  prefix: string,
  publicOrigin: string | undefined,
): boolean {
  const { origin, referer, host } = headers
  if (origin === undefined || referer === undefined) return false
  if (!URL.canParse(origin) || !URL.canParse(referer)) return false
  const from = new URL(referer)
  const ours = publicOrigin === undefined ? new URL(origin).host === host : origin === publicOrigin
  return ours && from.origin === origin && from.pathname.startsWith(prefix)
}

function isSame(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)]
  return first.length === second.length && timingSafeEqual(first, second)
}
