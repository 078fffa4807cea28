import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Fault } from '../../fault.ts'
import { clientOf, createShares } from '../../shares.ts'
import { onceOver } from './once-over.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The `bodyLimit` of a route that takes parameters, in bytes; every other route takes `smallBody`. */
    parametersBody: number
  }
}

/** The most bytes of a body where a route says nothing else: a form with a token, a name and a folder. */
export const smallBody = 65_536

const MB = 2 ** 20
/** Bodies of one address, and those of all together, may take this much memory at a time. */
const heldOfAddress = 64 * MB
const heldOfAll = 256 * MB
/** A body of parameters counts for this much at least, so that no address has more than 32 that only trickle in. */
const leastWeight = 2 * MB
/** What nobody reads is read on this far and for this long, and as long as something comes. */
const mostDiscarded = 64 * MB
const discardFor_ms = 120_000
const silence_ms = 10_000
/** Such bodies of one address at a time. Each holds a connection, and no memory. */
const discardsOfAddress = 1000

/**
 * Decides what becomes of the body of a request. A body is read only where there is a route for it, up to the route's
 * `bodyLimit`, and the bodies of one address take a share of the memory at most: fault 30, 21 or 25. The rest of a body that
 * was refused is read and discarded before the answer is sent: an answer that comes earlier is lost where a proxy or a
 * browser still writes, since it then sees a closed connection (RFC 9112, section 9.6).
 */
async function plugin(app: FastifyInstance, { parametersBody }: { parametersBody: number }): Promise<void> {
  const held = createShares(Math.max(heldOfAddress, 4 * parametersBody))
  const heldTogether = createShares(Math.max(heldOfAll, 8 * parametersBody))
  const discards = createShares(discardsOfAddress)
  app.decorate('parametersBody', parametersBody)

  app.addHook('preParsing', async (request, reply) => {
    if (!isComing(request.raw)) return
    if (request.is404) throw new Fault(30, 'unknown')
    const { bytes, weight } = weightOf(request)
    const giveBack = held.take(clientOf(request.ip), weight)
    const giveAllBack = giveBack && heldTogether.take(['all'], bytes)
    if (giveAllBack === undefined) {
      giveBack?.()
      throw new Fault(25, 'too-many')
    }
    onceOver(request, reply, () => {
      giveBack?.()
      giveAllBack()
    })
  })

  app.addHook('onSend', async (request, reply) => {
    if (!isComing(request.raw)) return
    const giveBack = discards.take(clientOf(request.ip), 1)
    const isWhole = giveBack !== undefined && (await discardBody(request.raw))
    giveBack?.()
    if (!isWhole) reply.header('connection', 'close')
  })
}

export default fp(plugin, { name: 'bodies' })

/**
 * What a body may take in memory, in bytes, and what it counts for among those of its address.
 *
 * @throws Fault 21 body when it says itself that it is too large
 */
function weightOf(request: FastifyRequest): { readonly bytes: number; readonly weight: number } {
  const limit = request.routeOptions.bodyLimit ?? smallBody
  const length = lengthOf(request.raw)
  if (length !== undefined && length > limit) throw new Fault(21, 'body')
  const bytes = length ?? limit
  return { bytes, weight: Math.max(bytes, Math.min(limit, leastWeight)) }
}

/** `Content-Length`; undefined for a body that comes in chunks. */
function lengthOf({ headers }: IncomingMessage): number | undefined {
  const length = headers['content-length']
  return length === undefined ? undefined : Number(length)
}

/** Whether the request has a body that has not been read to its end (RFC 9112, section 6.3). */
function isComing(raw: IncomingMessage): boolean {
  if (raw.readableEnded || raw.destroyed) return false
  return raw.headers['transfer-encoding'] !== undefined || (lengthOf(raw) ?? 0) > 0
}

/** Reads on and keeps nothing. true: the body has ended; false: it is too large or too slow. */
function discardBody(raw: IncomingMessage): Promise<boolean> {
  if ((lengthOf(raw) ?? 0) > mostDiscarded) return Promise.resolve(false)
  return new Promise((resolve) => {
    let size = 0
    const finish = (isWhole: boolean) => {
      clearTimeout(patience)
      clearTimeout(silence)
      raw.off('data', count)
      resolve(isWhole)
    }
    const count = (chunk: Buffer | string) => {
      size += chunk.length
      silence.refresh()
      if (size > mostDiscarded) finish(false)
    }
    const patience = setTimeout(finish, discardFor_ms, false)
    const silence = setTimeout(finish, silence_ms, false)
    raw.once('end', () => finish(true))
    raw.once('close', () => finish(false))
    raw.on('data', count)
    raw.resume()
  })
}
