import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sealer } from '../../seal.ts'
import type { Store } from '../../store/store.ts'

/**
 * A page that holds a token is sent in two answers with different values of `Cross-Origin-Opener-Policy` (HTML standard,
 * section 7.1.3). A page of another user on the same origin keeps the window of a page with the value that it sends itself,
 * and then reads it. It cannot have both values: at one of the two answers the browser moves our page away from it.
 * `noopener-allow-popups` alone would do, but Firefox 153 ESR does not know it.
 */
export interface TwoAnswers {
  /**
   * Whether this is the second answer, which may hold the page. If not, the reply has been sent: a redirect to `path` with a
   * number that is good once, for this user. Call it when it is known that the page is theirs. Fault 24.
   *
   * @param path of the page, without a query
   * @param query that the second answer's address gets besides: '' or `?…`
   */
  isSecond(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    user: string | undefined,
    query?: string,
  ): Promise<boolean>
}

const POLICY = 'cross-origin-opener-policy'
/** From one answer to the next. */
const TTL_S = 30

/** @param now milliseconds since 1970 */
export function createTwoAnswers(sealer: Sealer, store: Store, now: () => number = Date.now): TwoAnswers {
  const contextOf = (path: string, user: string | undefined) =>
    `second-answer:${JSON.stringify([path, user ?? null])}`

  /** Nothing is stored when a number is made, so that nobody fills the store with them. */
  const issue = (path: string, user: string | undefined) => {
    const expires = Buffer.alloc(8)
    expires.writeDoubleBE(now() + TTL_S * 1000)
    return sealer.sealText(expires, contextOf(path, user))
  }

  const spend = async (number: unknown, path: string, user: string | undefined): Promise<boolean> => {
    if (typeof number !== 'string') return false
    const expires = sealer.openText(number, contextOf(path, user))
    if (expires === undefined || expires.readDoubleBE() < now()) return false
    return store.compareAndSet(`second-answer:${number}`, undefined, Buffer.from('used'), TTL_S)
  }

  return {
    async isSecond(request, reply, path, user, query = '') {
      const { n } = request.query as { n?: unknown }
      const isSecond = await spend(n, path, user)
      reply.header(POLICY, isSecond ? 'noopener-allow-popups' : 'same-origin')
      if (!isSecond) reply.redirect(`${path}?n=${issue(path, user)}${query.replace('?', '&')}`, 303)
      return isSecond
    },
  }
}
