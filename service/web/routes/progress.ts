import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Journey, Visitor } from '../../journey/journey.ts'
import { isUnderWay, type KeptRequest, type State } from '../../journey/request.ts'
import { pathIn } from '../../notebook/file-name.ts'
import { formField } from '../form-body.ts'
import { isAboutPlace, keptFault, type RequestRoute, requestSchema, senderSiteOf } from '../kept-request.ts'
import type { OwnPage } from '../own-page.ts'
import { showTemplate } from '../show-template.ts'

interface Options {
  readonly journey: Journey
  readonly ownPage: OwnPage
  readonly servicePrefix: string
}

/** Proxies close a connection on which nothing is said for a minute or so. */
const HEARTBEAT_MS = 15_000

/** `/progress/<id>` and its Server-Sent Events (HTML standard, section 9.2). */
export default async function progress(app: FastifyInstance, options: Options): Promise<void> {
  const { journey, ownPage, servicePrefix } = options
  const ending = new AbortController()
  // Streams would keep the service from closing for as long as a server starts.
  app.addHook('preClose', async () => ending.abort())

  app.get<RequestRoute>('/progress/:id', { schema: requestSchema }, async (request, reply) => {
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
    const typical_s = await journey.typicalStart_s()
    return reply.page('progress', {
      state: kept.state === 'writing' ? 'writing' : 'starting',
      percent: percentOf(kept),
      user,
      template: showTemplate(template),
      file: pathIn(wanted.folder, wanted.name(1)),
      messages: kept.steps.map(({ message }) => message),
      elapsed_s: kept.begun === undefined ? 0 : (Date.now() - Date.parse(kept.begun)) / 1000,
      eventsHref: `${servicePrefix}progress/${id}/events`,
      cancel: { ...retry, action: `${servicePrefix}progress/${id}/cancel` },
      typical_s: typical_s === undefined ? undefined : Math.max(1, Math.round(typical_s)),
    })
  })

  app.post<RequestRoute>('/progress/:id/cancel', { schema: requestSchema }, async (request, reply) => {
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

  app.get<RequestRoute>('/progress/:id/events', { schema: requestSchema }, async (request, reply) => {
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

async function* eventsOf(
  journey: Journey,
  id: string,
  visitor: Visitor,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const changes = journey.watch(id, visitor, signal)[Symbol.asyncIterator]()
  let next = changes.next()
  while (!signal.aborted) {
    const answered = new AbortController()
    const quiet = pause(HEARTBEAT_MS, undefined, { signal: answered.signal }).catch(() => undefined)
    const change = await Promise.race([next, quiet])
    answered.abort()
    if (change === undefined) yield ':\n\n'
    else if (change.done) return
    else {
      yield `data: ${JSON.stringify(eventOf(change.value))}\n\n`
      next = changes.next()
    }
  }
}

/** What `scripts/progress.js` is told. */
function eventOf(request: KeptRequest) {
  return {
    state: eventStates[request.state],
    percent: request.state === 'written' ? 100 : percentOf(request),
    message: request.steps.at(-1)?.message ?? '',
    ...(request.result && { location: request.result.url }),
  }
}

const eventStates: { readonly [S in State]: string } = {
  kept: 'starting',
  // It was called off; its own page goes on from there.
  claimed: 'cancelled',
  starting: 'starting',
  writing: 'writing',
  written: 'written',
  failed: 'failed',
}

function percentOf({ steps }: KeptRequest): number {
  return steps.at(-1)?.percent ?? 0
}
