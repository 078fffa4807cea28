import type { FastifyInstance } from 'fastify'
import type { Sender } from '../../../senders.ts'
import { rateLimits } from '../../guards/rate-limits.ts'
import { senderOf } from '../../input/sender.ts'
import { parametersOfBody } from '../../input/sent-parameters.ts'
import { type TemplateRoute, templateSchema } from './address.ts'

interface Options {
  /** Sites whose buttons are accepted; `undefined`: all. */
  readonly senders: readonly Sender[] | undefined
}

/** `POST /t/<template>.ipynb`: the button. */
export default async function button(app: FastifyInstance, { senders }: Options): Promise<void> {
  const { keep } = app.clicks
  const config = { rateLimit: rateLimits.clicks }
  const options = { schema: templateSchema, config, bodyLimit: app.parametersBody }

  app.post<TemplateRoute>('/t/*', options, async (request, reply) => {
    const sent = parametersOfBody(request)
    const sender = senderOf(request, senders)
    request.problemContext = { sender: sender ?? undefined }
    return keep(request, reply, { template: request.params['*'], ...sent, sender, byButton: true })
  })
}
