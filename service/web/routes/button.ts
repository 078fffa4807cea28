import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { Fault } from '../../fault.ts'
import { encodePath } from '../../hub/paths.ts'
import type { Journey } from '../../journey/journey.ts'
import type { Settings } from '../../settings.ts'
import { readLanguages } from '../languages.ts'
import { senderOf } from '../sender.ts'
import { parametersOfBody, parametersOfQuery } from '../sent-parameters.ts'
import { clientOf, createShares } from '../shares.ts'
import { showTemplate } from '../show-template.ts'

interface Options {
  readonly journey: Journey
  readonly catalogue: Catalogue
  readonly servicePrefix: string
  readonly allowedOrigins: readonly string[] | undefined
  readonly limits: Pick<Settings, 'maxParamsBytes' | 'maxKeptBytes' | 'requestTtl_s'>
}

const schema = {
  params: { type: 'object', required: ['*'], properties: { '*': { type: 'string', maxLength: 2000 } } },
} as const
/** Per address, which a whole institute may share; what is kept in all is limited besides (MAX_KEPT_BYTES). */
const rateLimit = { max: 600, timeWindow: '1 minute' }
/** Bodies of one address that arrive at the same time: each is held whole in memory until it is there. */
const bodiesAtOnce = 32

/** About what is kept of a request beside its parameters. */
const recordBytes = 1000

type Route = { Params: { '*': string } }

/** `/t/<template>.ipynb`: the button, and the same by hand. */
export default async function button(app: FastifyInstance, options: Options): Promise<void> {
  const { journey, catalogue, servicePrefix, allowedOrigins } = options
  const { maxParamsBytes, maxKeptBytes, requestTtl_s } = options.limits
  // A quarter of the store, so that one address cannot fill it for all others; a few of the largest in any case.
  const keptShares = createShares(Math.max(maxKeptBytes / 4, 4 * (maxParamsBytes + recordBytes)))
  const bodyShares = createShares(bodiesAtOnce)

  const keep = async (request: FastifyRequest<Route>, reply: FastifyReply, parameters: string) => {
    const sender = senderOf(request, allowedOrigins)
    request.problemContext = { sender: sender ?? undefined }
    const giveBack = keptShares.take(clientOf(request.ip), Buffer.byteLength(parameters) + recordBytes)
    if (giveBack === undefined) throw new Fault(25, 'too-many')
    const click = {
      template: request.params['*'],
      parameters,
      languages: readLanguages(request.headers['accept-language']),
      sender,
    }
    const kept = await journey.keep(click).catch((error) => {
      giveBack()
      throw error
    })
    setTimeout(giveBack, requestTtl_s * 1000).unref()
    await app.visitors.welcome(reply, kept.id, (kept.expires - Date.now()) / 1000)
    return reply.redirect(`${servicePrefix}confirm/${kept.id}`, 303)
  }

  const takeBody = async (request: FastifyRequest, reply: FastifyReply) => {
    const giveBack = bodyShares.take(clientOf(request.ip), 1)
    if (giveBack === undefined) throw new Fault(25, 'too-many')
    reply.raw.once('close', giveBack)
  }

  app.post<Route>('/t/*', { schema, config: { rateLimit }, preParsing: takeBody }, async (request, reply) =>
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
    if (!catalogue.allows(template, session?.user.groups ?? [])) throw new Fault(13, 'unknown')
    return reply.page('by-hand', {
      user: session?.user.name,
      action,
      template: showTemplate(template),
      description: template.compiled.description,
    })
  })
}
