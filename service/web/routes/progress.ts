import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Journey } from '../../journey/journey.ts'
import { isUnderWay, type KeptRequest } from '../../journey/request.ts'
import { pathIn } from '../../notebook/file-name.ts'
import { formField } from '../form-body.ts'
import { isAboutPlace, keptFault, type RequestRoute, requestSchema, senderSiteOf } from '../kept-request.ts'
import type { OwnPage } from '../own-page.ts'
import { eventsOf, percentOf } from '../progress-events.ts'
import type { ProgressView } from '../progress-view.ts'
import { rateLimits } from '../rate-limits.ts'
import { showTemplate } from '../show-template.ts'

interface Options {
  readonly journey: Journey
  readonly ownPage: OwnPage
  readonly servicePrefix: string
}

const routing = { schema: requestSchema, config: { rateLimit: rateLimits.progress } }

/** `/progress/<id>`, its events, and how to call the work off. */
export default async function progress(app: FastifyInstance, options: Options): Promise<void> {
  addPage(app, options)
  addCancel(app, options)
  addEvents(app, options)
}

function addPage(app: FastifyInstance, { journey, ownPage, servicePrefix }: Options): void {
  app.get<RequestRoute>('/progress/:id', routing, async (request, reply) => {
    // It may hold the token of *Try again*.
    ownPage.checkVisit(request)
    const { id } = request.params
    const visitor = await app.visitors.meet(request, reply, id, `${servicePrefix}progress/${id}`)
    if (visitor === undefined) return reply
    const action = `${servicePrefix}confirm/${id}`
    const user = visitor.user?.name
    const retry = { action, csrf: ownPage.token(id, user) }
    const kept = await journey.look(id, visitor)
    request.problemContext = { user, againHref: action, retry, sender: senderSiteOf(kept) }
    if (kept.result !== undefined) return reply.redirect(kept.result.url, 303)
    // Where another place is needed, the page that asks for it says why.
    if (isAboutPlace(kept.fault)) return reply.redirect(action, 303)
    if (kept.fault !== undefined) throw keptFault(kept.fault)
    if (!isUnderWay(kept)) return reply.redirect(action, 303)
    const { template, wanted } = await journey.show(id, visitor)
    return reply.page('progress', {
      ...workOf(kept),
      user,
      template: showTemplate(template),
      file: pathIn(wanted.folder, wanted.name(1)),
      eventsHref: `${servicePrefix}progress/${id}/events`,
      cancel: { ...retry, action: `${servicePrefix}progress/${id}/cancel` },
      typical_s: wholeSeconds(await journey.typicalStart_s()),
    })
  })
}

function addCancel(app: FastifyInstance, { journey, ownPage, servicePrefix }: Options): void {
  app.post<RequestRoute>('/progress/:id/cancel', routing, async (request, reply) => {
    ownPage.checkForm(request)
    const { id } = request.params
    const visitor = await app.visitors.meet(request, reply, id, `${servicePrefix}progress/${id}`)
    if (visitor === undefined) return reply
    const user = visitor.user?.name
    request.problemContext = { user, againHref: `${servicePrefix}confirm/${id}` }
    ownPage.checkToken(id, user, formField(request, 'csrf'))
    const { state } = await journey.cancel(id, visitor)
    // What is being written already is finished.
    const page = state === 'starting' || state === 'writing' ? 'progress' : 'confirm'
    return reply.redirect(`${servicePrefix}${page}/${id}`, 303)
  })
}

function addEvents(app: FastifyInstance, { journey }: Options): void {
  const ending = new AbortController()
  // Streams would keep the service from closing for as long as a server starts.
  app.addHook('preClose', async () => ending.abort())

  app.get<RequestRoute>('/progress/:id/events', routing, async (request, reply) => {
    const { id } = request.params
    const visitor = await app.visitors.meet(request, reply, id, undefined)
    if (visitor === undefined) return reply
    await journey.look(id, visitor)
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const events = eventsOf(journey, id, visitor, AbortSignal.any([gone.signal, ending.signal]))
    return (
      reply
        .type('text/event-stream')
        .header('cache-control', 'no-store, no-transform')
        // nginx would gather the events otherwise.
        .header('x-accel-buffering', 'no')
        .send(Readable.from(events, { objectMode: false }))
    )
  })
}

/** How far it is. */
function workOf(request: KeptRequest): Pick<ProgressView, 'state' | 'percent' | 'messages' | 'elapsed_s'> {
  const { state, steps, begun } = request
  return {
    state: state === 'writing' ? 'writing' : 'starting',
    percent: percentOf(request),
    messages: steps.map(({ message }) => message),
    elapsed_s: begun === undefined ? 0 : (Date.now() - Date.parse(begun)) / 1000,
  }
}

function wholeSeconds(time_s: number | undefined): number | undefined {
  return time_s === undefined ? undefined : Math.max(1, Math.round(time_s))
}
