import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Journey } from '../../journey/journey.ts'
import type { Click } from '../../journey/keep.ts'
import { clientOf } from '../../shares.ts'
import { readLanguages } from './languages.ts'

declare module 'fastify' {
  interface FastifyInstance {
    clicks: Clicks
  }
}

/** What a button, a link and the form of a template's page come to. */
export interface Clicks {
  /** The most bytes that parameters may have: what is larger is refused before it is read. */
  readonly maxBytes: number
  /** Keeps the request, and sends the browser to its confirmation. Faults of `Journey.keep`. */
  keep(
    request: FastifyRequest,
    reply: FastifyReply,
    click: Omit<Click, 'languages' | 'client'>,
  ): Promise<FastifyReply>
}

interface Options {
  readonly journey: Journey
  readonly servicePrefix: string
  readonly maxBytes: number
}

async function plugin(app: FastifyInstance, { journey, servicePrefix, maxBytes }: Options): Promise<void> {
  app.decorate('clicks', {
    maxBytes,

    async keep(request, reply, click) {
      const languages = readLanguages(request.headers['accept-language'])
      const kept = await journey.keep({ ...click, languages, client: clientOf(request.ip) })
      app.visitors.welcome(reply, kept.id, (kept.expires - Date.now()) / 1000)
      // For the login, if one is needed: it has to leave the way of our form (`login.ts`).
      return reply.redirect(`${servicePrefix}confirm/${kept.id}${click.byForm ? '?by=form' : ''}`, 303)
    },
  } satisfies Clicks)
}

export default fp(plugin, { name: 'clicks', dependencies: ['visitor'] })
