import type { FastifyInstance } from 'fastify'
import type { Journey } from '../../../journey/journey.ts'
import type { OwnPage } from '../../guards/own-page.ts'
import { rateLimits } from '../../guards/rate-limits.ts'
import { type RequestRoute, requestSchema } from '../../input/kept-request.ts'
import { sendParameters } from '../../values/saved-parameters.ts'

interface Options {
  readonly journey: Journey
  readonly ownPage: OwnPage
  readonly servicePrefix: string
}

/** `GET /parameters/<id>`, `?as=yaml`: what a request was sent with, as a file; for those who may see its confirmation. */
export default async function parameters(app: FastifyInstance, options: Options): Promise<void> {
  const { journey, ownPage, servicePrefix } = options
  const routing = { schema: requestSchema, config: { rateLimit: rateLimits.parameters } }

  app.get<RequestRoute & { Querystring: { as?: unknown } }>(
    '/parameters/:id',
    routing,
    async (request, reply) => {
      ownPage.checkVisit(request)
      const { id } = request.params
      // A login that has ended comes back to the page with the link, not to a file without one.
      const visitor = await app.visitors.meet(request, reply, id, `${servicePrefix}confirm/${id}`)
      if (visitor === undefined) return reply
      const planned = await journey.show(visitor.asked, visitor)
      app.visitors.settle(request, reply, id)
      return sendParameters(reply, planned.wanted, planned, request.query.as === 'yaml' ? 'yaml' : 'json')
    },
  )
}
