import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Fault } from '../fault.ts'
import type { Journey } from '../journey/journey.ts'
import type { Click } from '../journey/keep.ts'
import type { Settings } from '../settings.ts'
import { readLanguages } from './languages.ts'
import { clientOf, createShares } from './shares.ts'

declare module 'fastify' {
  interface FastifyInstance {
    clicks: Clicks
  }
}

/** What a button, a link and the form of a template's page come to. */
export interface Clicks {
  /** The most bytes that parameters may have: what is larger is refused before it is read. */
  readonly maxBytes: number
  /** For `preParsing`: bodies of one address that arrive at the same time. Fault 25. */
  takeBody(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** Keeps the request, and sends the browser to its confirmation. Faults of `Journey.keep`, and 25. */
  keep(request: FastifyRequest, reply: FastifyReply, click: Omit<Click, 'languages'>): Promise<FastifyReply>
}

interface Options {
  readonly journey: Journey
  readonly servicePrefix: string
  readonly limits: Pick<Settings, 'maxParamsBytes' | 'maxKeptBytes' | 'requestTtl_s'>
}

/** Bodies of one address that arrive at the same time: each is held whole in memory until it is there. */
const bodiesAtOnce = 32
/** About what is kept of a request beside its parameters. */
const recordBytes = 1000

async function plugin(app: FastifyInstance, { journey, servicePrefix, limits }: Options): Promise<void> {
  const { maxParamsBytes, maxKeptBytes, requestTtl_s } = limits
  // A quarter of the store, so that one address cannot fill it for all others; a few of the largest in any case.
  const keptShares = createShares(Math.max(maxKeptBytes / 4, 4 * (maxParamsBytes + recordBytes)))
  const bodyShares = createShares(bodiesAtOnce)

  app.decorate('clicks', {
    maxBytes: maxParamsBytes,

    async takeBody(request, reply) {
      const giveBack = bodyShares.take(clientOf(request.ip), 1)
      if (giveBack === undefined) throw new Fault(25, 'too-many')
      reply.raw.once('close', giveBack)
    },

    async keep(request, reply, click) {
      const size = Buffer.byteLength(click.parameters) + recordBytes
      const giveBack = keptShares.take(clientOf(request.ip), size)
      if (giveBack === undefined) throw new Fault(25, 'too-many')
      const languages = readLanguages(request.headers['accept-language'])
      const kept = await journey.keep({ ...click, languages }).catch((error) => {
        giveBack()
        throw error
      })
      setTimeout(giveBack, requestTtl_s * 1000).unref()
      await app.visitors.welcome(reply, kept.id, (kept.expires - Date.now()) / 1000)
      return reply.redirect(`${servicePrefix}confirm/${kept.id}`, 303)
    },
  } satisfies Clicks)
}

export default fp(plugin, { name: 'clicks', dependencies: ['visitor'] })
