import type { FastifyRequest } from 'fastify'
import { type Client, clientOf, createShares } from '../../shares.ts'
import type { Store } from '../../store/store.ts'

/** Where logins come back to: a short address stands in the login's cookie, a long one is kept in the store. */
export interface WaysBack {
  /**
   * Keeps a path below the prefix until the login ends.
   *
   * @returns what the cookie holds of it; undefined: it is in the store
   */
  keep(request: FastifyRequest, state: string, path: string): Promise<string | undefined>
  /** What was kept in the store, once; undefined: nothing (any more). */
  take(state: string): Promise<string | undefined>
}

/** In bytes. The page of nearly every template and every confirmation is shorter. */
const mostInCookie = 100
/** Of one address, in bytes: some 200 links of 4,500 characters. */
const mostOfAddress = 2 ** 20
/** About what the store keeps besides the path. */
const recordBytes = 300

const keyOf = (state: string) => `way-back:${state}`

/**
 * @param ttl_s how long a login may take
 * @param mostBytes of all addresses together: what is kept for logins that may never end must leave room for clicks
 */
export function createWaysBack(store: Store, ttl_s: number, mostBytes: number): WaysBack {
  const shares = createShares(mostOfAddress)
  const together = createShares(mostBytes)
  /** Gives the function that gives both back. */
  const take = (client: Client, bytes: number) => {
    const giveBack = shares.take(client, bytes)
    const giveAllBack = giveBack && together.take(['all'], bytes)
    if (giveAllBack === undefined) giveBack?.()
    return (
      giveAllBack &&
      (() => {
        giveBack?.()
        giveAllBack()
      })
    )
  }
  return {
    async keep(request, state, path) {
      if (path.length <= mostInCookie) return path
      const giveBack = take(clientOf(request.ip), path.length + recordBytes)
      if (giveBack === undefined) return cut(path)
      try {
        await store.put(keyOf(state), Buffer.from(path), ttl_s, 'clicks')
        setTimeout(giveBack, ttl_s * 1000).unref()
        return undefined
      } catch {
        giveBack()
        // A login matters more than where it leads to.
        return cut(path)
      }
    },
    async take(state) {
      const path = await store.get(keyOf(state))
      await store.delete(keyOf(state))
      return path?.toString()
    },
  }
}

/** The page without its query, where that is short enough; else the first page. */
function cut(path: string): string {
  const [page = ''] = path.split('?')
  return page.length <= mostInCookie ? page : ''
}
