import type { FastifyInstance } from 'fastify'
import { rateLimits } from '../rate-limits.ts'
import { senderOf } from '../sender.ts'
import { parametersOfBody } from '../sent-parameters.ts'
import { type TemplateRoute, templateSchema } from '../template-route.ts'

interface Options {
  readonly allowedOrigins: readonly string[] | undefined
}

/** `POST /t/<template>.ipynb`: the button. */
export default async function button(app: FastifyInstance, { allowedOrigins }: Options): Promise<void> {
  const { takeBody, keep } = app.clicks
  const config = { rateLimit: rateLimits.clicks }
  const options = { schema: templateSchema, config, preParsing: takeBody }

  app.post<TemplateRoute>('/t/*', options, async (request, reply) => {
    const parameters = parametersOfBody(request)
    const sender = senderOf(request, allowedOrigins)
    request.problemContext = { sender: sender ?? undefined }
    return keep(request, reply, { template: request.params['*'], parameters, sender })
  })
}
