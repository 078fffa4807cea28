import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asFault } from '../../fault.ts'
import type { Journey, Visitor } from '../../journey/journey.ts'
import { wantsPage } from '../accept.ts'
import { attachment } from '../attachment.ts'
import { type ConfirmPageOptions, chosenBy, confirmView, type Refusal } from '../confirm-page.ts'
import { statusOf } from '../fault-table.ts'
import { formField } from '../form-body.ts'
import { isAboutPlace, keptFault, type RequestRoute, requestSchema, senderSiteOf } from '../kept-request.ts'
import { logFault } from '../problem.ts'
import { rateLimits } from '../rate-limits.ts'

interface Options extends ConfirmPageOptions {
  readonly journey: Journey
}

/** `/confirm/<id>`: asks, then creates. */
export default async function confirm(app: FastifyInstance, options: Options): Promise<void> {
  const { journey, ownPage, servicePrefix, mode } = options
  const routing = { schema: requestSchema, config: { rateLimit: rateLimits.confirmations } }

  app.get<RequestRoute>('/confirm/:id', routing, async (request, reply) => {
    ownPage.checkVisit(request)
    const { id } = request.params
    const visitor = await app.visitors.meet(request, reply, id, `${servicePrefix}confirm/${id}`)
    if (visitor === undefined) return reply
    // No context before: what is not theirs looks to a user who is logged in as it does to anybody.
    const confirmation = await journey.show(id, visitor)
    request.problemContext = { user: visitor.user?.name }
    app.visitors.settle(request, reply, id)
    const { state, fault } = confirmation.request
    // Its page is there; a second confirmation would change nothing.
    if (state === 'starting' || state === 'writing')
      return reply.redirect(`${servicePrefix}progress/${id}`, 303)
    const refusal = isAboutPlace(fault) ? { fault: keptFault(fault!) } : undefined
    return reply.page('confirm', confirmView(request, confirmation, visitor, options, refusal))
  })

  app.post<RequestRoute>('/confirm/:id', routing, async (request, reply) => {
    ownPage.checkForm(request)
    const { id } = request.params
    const action = `${servicePrefix}confirm/${id}`
    const visitor = await app.visitors.meet(request, reply, id, action)
    if (visitor === undefined) return reply
    const user = visitor.user?.name
    request.problemContext = { user, againHref: action }
    ownPage.checkToken(id, user, formField(request, 'csrf'))
    request.problemContext = { user, againHref: action, retry: { action, csrf: ownPage.token(id, user) } }
    if (mode === 'download') return sendFile(reply, await journey.download(id, visitor))
    const typed = chosenBy(request)
    try {
      const kept = await journey.confirm(id, visitor, typed)
      request.problemContext = { ...request.problemContext, sender: senderSiteOf(kept) }
      if (kept.fault !== undefined) throw keptFault(kept.fault)
      return reply.redirect(kept.result?.url ?? `${servicePrefix}progress/${id}`, 303)
    } catch (error) {
      const fault = asFault(error)
      if (!isAboutPlace(fault) || !wantsPage(request.headers.accept)) throw error
      return askAgain(request, reply, visitor, options, { fault, typed })
    }
  })
}

/** The page that asks once more, and says at its field why the place cannot be. */
async function askAgain(
  request: FastifyRequest<RequestRoute>,
  reply: FastifyReply,
  visitor: Visitor,
  options: Options,
  refusal: Refusal,
): Promise<FastifyReply> {
  logFault(refusal.fault, request)
  const confirmation = await options.journey.show(request.params.id, visitor)
  const view = confirmView(request, confirmation, visitor, options, refusal)
  return reply.code(statusOf(refusal.fault)).page('confirm', view)
}

function sendFile(reply: FastifyReply, file: Awaited<ReturnType<Journey['download']>>): FastifyReply {
  return reply
    .type('application/x-ipynb+json')
    .header('content-length', file.length)
    .header('content-disposition', attachment(file.name))
    .send(Readable.from(file.open(), { objectMode: false }))
}
