import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asFault, type Fault } from '../../../fault.ts'
import type { Journey, Visitor } from '../../../journey/journey.ts'
import { isUnderWay } from '../../../journey/request.ts'
import { rateLimits } from '../../guards/rate-limits.ts'
import type { TwoAnswers } from '../../guards/two-answers.ts'
import { wantsPage } from '../../input/accept.ts'
import { formField } from '../../input/form-body.ts'
import {
  isAboutPlace,
  keptFault,
  otherServer,
  type RequestRoute,
  requestSchema,
  senderSiteOf,
} from '../../input/kept-request.ts'
import { statusOf } from '../problem/fault-table.ts'
import { logFault } from '../problem/problem.ts'
import { goToStart } from '../spawn-page.ts'
import { attachment } from './attachment.ts'
import { type AskedAgain, archiveOf, type ConfirmPageOptions, chosenBy, confirmView } from './page.ts'
import type { TypedPlace } from './typed-place.ts'
import { zipOf } from './zip.ts'

interface Options extends ConfirmPageOptions {
  readonly journey: Journey
  readonly twoAnswers: TwoAnswers
  readonly typedPlace: TypedPlace
}

/** `/confirm/<id>`: asks, then creates. */
export default async function confirm(app: FastifyInstance, options: Options): Promise<void> {
  const { journey, ownPage, twoAnswers, typedPlace, servicePrefix, mode, spawnPage } = options
  const routing = { schema: requestSchema, config: { rateLimit: rateLimits.confirmations } }

  app.get<RequestRoute>('/confirm/:id', routing, async (request, reply) => {
    ownPage.checkVisit(request)
    const { id } = request.params
    const path = `${servicePrefix}confirm/${id}`
    const typed = typedPlace.read(id, request.query)
    const query = typedPlace.queryOf(id, typed)
    const visitor = await app.visitors.meet(request, reply, id, path + query)
    if (visitor === undefined) return reply
    const user = visitor.user?.name
    // Its page is there; a second confirmation would change nothing.
    const kept = await journey.look(visitor.asked, visitor)
    if (isUnderWay(kept)) return reply.redirect(`${servicePrefix}progress/${id}`, 303)
    const begun = kept.choosing && (await journey.comeBack(visitor.asked, visitor, ownPage.isSent(request)))
    if (begun) return reply.redirect(begun.result?.url ?? `${servicePrefix}progress/${id}`, 303)
    if (!(await twoAnswers.isSecond(request, reply, path, user, query))) return reply
    // No context before: what is not theirs looks to a user who is logged in as it does to anybody.
    const confirmation = await journey.show(visitor.asked, visitor)
    request.problemContext = { user }
    app.visitors.settle(request, reply, id)
    const { fault, state } = confirmation.request
    const asked = { typed, fault: isAboutPlace(fault) ? keptFault(fault!) : undefined }
    const kernel = state === 'written' ? undefined : await journey.missingKernel(confirmation, visitor)
    return reply.page('confirm', confirmView(request, confirmation, visitor, options, { ...asked, kernel }))
  })

  app.post<RequestRoute>('/confirm/:id', routing, async (request, reply) => {
    ownPage.checkForm(request)
    const { id } = request.params
    const action = `${servicePrefix}confirm/${id}`
    const typed = chosenBy(request)
    const visitor = await app.visitors.meet(request, reply, id, action + typedPlace.queryOf(id, typed))
    if (visitor === undefined) return reply
    const user = visitor.user?.name
    request.problemContext = { user, againHref: action }
    ownPage.checkToken(id, user, formField(request, 'csrf'))
    request.problemContext = { user, againHref: action, retry: { action, csrf: ownPage.token(id, user) } }
    if (mode === 'download') return sendFile(reply, await journey.download(visitor.asked, visitor))
    const server = formField(request, 'server')
    try {
      const kept = await journey.confirm(visitor.asked, visitor, typed, server)
      const start = spawnPage?.(kept, user)
      const other = otherServer(kept, { action, csrf: ownPage.token(id, user) })
      request.problemContext = { ...request.problemContext, sender: senderSiteOf(kept), start, other }
      if (kept.fault !== undefined) throw keptFault(kept.fault)
      if (kept.choosing !== undefined && start) return goToStart(app, request, reply, start, action)
      // Their server runs with other options, or what was chosen is gone: the page has the choice.
      if (kept.state === 'claimed') return reply.redirect(action, 303)
      return reply.redirect(kept.result?.url ?? `${servicePrefix}progress/${id}`, 303)
    } catch (error) {
      const fault = asFault(error)
      if (!isAboutPlace(fault) || !wantsPage(request.headers.accept)) throw error
      logFault(fault, request)
      return askAgain(request, reply, visitor, options, { fault, typed, server })
    }
  })
}

/** The page that asks once more, and says at its field why the place cannot be. */
async function askAgain(
  request: FastifyRequest<RequestRoute>,
  reply: FastifyReply,
  visitor: Visitor,
  options: Options,
  asked: AskedAgain & { fault: Fault },
): Promise<FastifyReply> {
  const confirmation = await options.journey.show(request.params.id, visitor)
  const kernel = await options.journey.missingKernel(confirmation, visitor)
  const view = confirmView(request, confirmation, visitor, options, { ...asked, kernel })
  return reply.code(statusOf(asked.fault)).page('confirm', view)
}

/** The notebook, or an archive of it and what goes beside it. */
async function sendFile(
  reply: FastifyReply,
  file: Awaited<ReturnType<Journey['download']>>,
): Promise<FastifyReply> {
  const isAlone = file.files.length === 0
  const { length, stream } = isAlone
    ? { length: file.length, stream: Readable.from(file.open(), { objectMode: false }) }
    : await zipOf([{ ...file, path: file.name }, ...file.files], file.time)
  return reply
    .type(isAlone ? 'application/x-ipynb+json' : 'application/zip')
    .header('content-length', length)
    .header('content-disposition', attachment(isAlone ? file.name : archiveOf(file.name)))
    .send(stream)
}
