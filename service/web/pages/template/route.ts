import type { FastifyInstance } from 'fastify'
import type { OwnPage } from '../../guards/own-page.ts'
import { rateLimits } from '../../guards/rate-limits.ts'
import { senderOf } from '../../input/sender.ts'
import { parametersOfQuery } from '../../input/sent-parameters.ts'
import { type TemplateRoute, templateSchema } from './address.ts'
import { createTemplatePage, type TemplatePageOptions } from './page.ts'

interface Options extends TemplatePageOptions {
  readonly ownPage: OwnPage
}

/** `GET /t/<template>`: its page; with parameters, the button by hand. */
export default async function template(app: FastifyInstance, options: Options): Promise<void> {
  const { keep } = app.clicks
  const { open, show } = createTemplatePage(app, options)

  app.get<TemplateRoute>(
    '/t/*',
    { schema: templateSchema, config: { rateLimit: rateLimits.clicks } },
    async (request, reply) => {
      options.ownPage.checkVisit(request)
      const sent = parametersOfQuery(request)
      if (sent === undefined) {
        const template = await open(request, reply)
        return template === undefined ? reply : show(request, reply, template)
      }
      const sender = senderOf(request, options.senders)
      request.problemContext = { sender: sender ?? undefined }
      return keep(request, reply, { template: request.params['*'], ...sent, sender })
    },
  )
}
