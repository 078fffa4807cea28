import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { Fault } from '../../fault.ts'
import { encodePath } from '../../hub/paths.ts'
import type { Journey } from '../../journey/journey.ts'
import { readLanguages } from '../languages.ts'
import { senderOf } from '../sender.ts'
import { parametersOfBody, parametersOfQuery } from '../sent-parameters.ts'
import { showTemplate } from '../show-template.ts'

interface Options {
  readonly journey: Journey
  readonly catalogue: Catalogue
  readonly servicePrefix: string
  readonly allowedOrigins: readonly string[] | undefined
}

const schema = {
  params: { type: 'object', required: ['*'], properties: { '*': { type: 'string', maxLength: 2000 } } },
} as const
/** Per address, which a whole institute may share; what is kept in all is limited besides (MAX_KEPT_BYTES). */
const rateLimit = { max: 600, timeWindow: '1 minute' }

type Route = { Params: { '*': string } }

/** `/t/<template>.ipynb`: the button, and the same by hand. */
export default async function button(app: FastifyInstance, options: Options): Promise<void> {
  const { journey, catalogue, servicePrefix, allowedOrigins } = options

  const keep = async (request: FastifyRequest<Route>, reply: FastifyReply, parameters: string) => {
    const sender = senderOf(request, allowedOrigins)
    request.problemContext = { sender: sender ?? undefined }
    const kept = await journey.keep({
      template: request.params['*'],
      parameters,
      languages: readLanguages(request.headers['accept-language']),
      sender,
    })
    await app.visitors.welcome(reply, kept.id, (kept.expires - Date.now()) / 1000)
    return reply.redirect(`${servicePrefix}confirm/${kept.id}`, 303)
  }

  app.post<Route>('/t/*', { schema, config: { rateLimit } }, async (request, reply) =>
    keep(request, reply, parametersOfBody(request)),
  )

  app.get<Route>('/t/*', { schema, config: { rateLimit } }, async (request, reply) => {
    const parameters = parametersOfQuery(request)
    if (parameters !== undefined) return keep(request, reply, parameters)

    const template = await catalogue.find(request.params['*'])
    if (template === undefined) throw new Fault(13, 'unknown')
    const action = `${servicePrefix}t/${encodePath(template.path)}`
    const session = await app.visitors.user(request, reply, action)
    if (session === undefined) return reply
    return reply.page('by-hand', {
      user: session?.user.name,
      action,
      template: showTemplate(template),
      description: template.compiled.description,
    })
  })
}
