import type { FastifyInstance } from 'fastify'
import type { OwnPage } from '../own-page.ts'
import { rateLimits } from '../rate-limits.ts'
import { senderOf } from '../sender.ts'
import { parametersOfQuery } from '../sent-parameters.ts'
import { createTemplatePage, type TemplatePageOptions } from '../template-page.ts'
import { type TemplateRoute, templateSchema } from '../template-route.ts'

interface Options extends TemplatePageOptions {
  readonly allowedOrigins: readonly string[] | undefined
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
      const parameters = parametersOfQuery(request)
      if (parameters === undefined) {
        const template = await open(request, reply)
        return template === undefined ? reply : show(request, reply, template)
      }
      const sender = senderOf(request, options.allowedOrigins)
      request.problemContext = { sender: sender ?? undefined }
      return keep(request, reply, { template: request.params['*'], parameters, sender })
    },
  )
}
