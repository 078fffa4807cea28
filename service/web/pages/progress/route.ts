import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { Fault } from '../../../fault.ts'
import type { Journey } from '../../../journey/journey.ts'
import { isUnderWay, type KeptRequest } from '../../../journey/request.ts'
import { linkSignals } from '../../../linked-signals.ts'
import { createShares } from '../../../shares.ts'
import { onceOver } from '../../guards/once-over.ts'
import type { OwnPage } from '../../guards/own-page.ts'
import { rateLimits } from '../../guards/rate-limits.ts'
import type { TwoAnswers } from '../../guards/two-answers.ts'
import { formField } from '../../input/form-body.ts'
import {
  isAboutPlace,
  keptFault,
  otherServer,
  type RequestRoute,
  requestSchema,
  senderSiteOf,
} from '../../input/kept-request.ts'
import { readLanguages } from '../../input/languages.ts'
import { goToStart, type SpawnPage } from '../spawn-page.ts'
import { showTemplate } from '../template/show-template.ts'
import { eventsOf, lineOf, percentOf } from './events.ts'
import type { ProgressView } from './view.ts'

interface Options {
  readonly journey: Journey
  readonly ownPage: OwnPage
  readonly twoAnswers: TwoAnswers
  readonly servicePrefix: string
  /** Undefined where no server is started. */
  readonly spawnPage: SpawnPage | undefined
}

interface EventsRoute extends RequestRoute {
  Querystring: { key?: string }
}

const routing = { schema: requestSchema, config: { rateLimit: rateLimits.progress } }
const eventsRouting = {
  ...routing,
  schema: {
    ...requestSchema,
    querystring: { type: 'object', properties: { key: { type: 'string', maxLength: 100 } } },
  },
} as const

/** Streams of events of one user at a time: each holds a connection, and looks at its request again and again. */
const mostStreams = 50

/** What a token for the events of a request is tied to: it stands in an address, so it confirms nothing. */
const eventsOfRequest = (id: string) => `${id}/events`

/** `/progress/<id>`, its events, and how to call the work off. */
export default async function progress(app: FastifyInstance, options: Options): Promise<void> {
  addPage(app, options)
  addCancel(app, options)
  addEvents(app, options)
}

function addPage(app: FastifyInstance, options: Options): void {
  const { journey, ownPage, twoAnswers, servicePrefix, spawnPage } = options
  app.get<RequestRoute>('/progress/:id', routing, async (request, reply) => {
    // It may hold the token of *Try again*.
    ownPage.checkVisit(request)
    const { id } = request.params
    const path = `${servicePrefix}progress/${id}`
    const visitor = await app.visitors.meet(request, reply, id, path)
    if (visitor === undefined) return reply
    const action = `${servicePrefix}confirm/${id}`
    const user = visitor.user?.name
    const kept = await journey.look(visitor.asked, visitor)
    const start = spawnPage?.(kept, user)
    if (kept.state === 'claimed' && kept.choosing && start)
      return goToStart(app, request, reply, start, action)
    const elsewhere = placeOf(kept, action)
    if (elsewhere !== undefined) return reply.redirect(elsewhere, 303)
    if (!(await twoAnswers.isSecond(request, reply, path, user))) return reply
    const retry = { action, csrf: ownPage.token(id, user) }
    request.problemContext = {
      user,
      againHref: action,
      retry,
      sender: senderSiteOf(kept),
      start,
      other: otherServer(kept, retry),
    }
    if (kept.fault !== undefined) throw keptFault(kept.fault)
    const { template, file } = await journey.about(visitor.asked, visitor)
    return reply.page('progress', {
      ...workOf(kept),
      user,
      template: showTemplate(template, readLanguages(request.headers['accept-language'])),
      file,
      source: kept.source,
      eventsHref: `${path}/events?key=${ownPage.token(eventsOfRequest(id), user)}`,
      cancel: { ...retry, action: `${path}/cancel` },
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

function addEvents(app: FastifyInstance, { journey, ownPage }: Options): void {
  const ending = new AbortController()
  const streams = createShares(mostStreams)
  // Streams would keep the service from closing for as long as a server starts.
  app.addHook('preClose', async () => ending.abort())

  app.get<EventsRoute>('/progress/:id/events', eventsRouting, async (request, reply) => {
    ownPage.checkScript(request)
    const { id } = request.params
    const visitor = await app.visitors.meet(request, reply, id, undefined)
    if (visitor === undefined) return reply
    await journey.look(visitor.asked, visitor)
    // A page of another user on our origin asks as ours does, and lacks the key. Programs have none: theirs is the plain address.
    if (request.headers['sec-fetch-site'] !== undefined)
      ownPage.checkToken(eventsOfRequest(id), visitor.user?.name, request.query.key)
    const giveBack = streams.take([visitor.user?.name ?? id], 1)
    if (giveBack === undefined) throw new Fault(25, 'too-many')
    const end = linkSignals(ending.signal)
    onceOver(request, reply, () => {
      giveBack()
      end.abort()
      end.unlink()
    })
    const events = eventsOf(journey, visitor, end.signal)
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

/** Where a request goes on that is neither under way nor failed; `confirm` is the path of the page that asks. */
function placeOf(kept: KeptRequest, confirm: string): string | undefined {
  const { result, fault } = kept
  if (result !== undefined) return result.url
  // Where another place is needed, the page that asks for it says why.
  if (isAboutPlace(fault)) return confirm
  return fault !== undefined || isUnderWay(kept) ? undefined : confirm
}

/** How far it is. */
function workOf(
  request: KeptRequest,
): Pick<ProgressView, 'state' | 'percent' | 'messages' | 'line' | 'elapsed_s'> {
  const { state, steps, begun } = request
  return {
    state: state === 'writing' ? 'writing' : 'starting',
    percent: percentOf(request),
    messages: steps.map(({ message }) => message),
    line: lineOf(request),
    elapsed_s: begun === undefined ? 0 : (Date.now() - Date.parse(begun)) / 1000,
  }
}

function wholeSeconds(time_s: number | undefined): number | undefined {
  return time_s === undefined ? undefined : Math.max(1, Math.round(time_s))
}
