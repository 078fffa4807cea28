import type { Delivery } from '../delivery/delivery.ts'
import { asFault, Fault } from '../fault.ts'
import { ServerNotReady } from '../hub/contents.ts'
import type { Hub, HubUser } from '../hub/hub.ts'
import type { Parameters } from '../notebook/parameters.ts'
import { type CalledOff, watchForEnd } from './called-off.ts'
import type { History } from './history.ts'
import type { Shift } from './jobs.ts'
import type { Finished, Notebooks, Planned } from './notebook.ts'
import type { Records } from './records.ts'
import type { KeptRequest, Result } from './request.ts'
import { type ReadyServer, readyServer, stateFor } from './server.ts'
import type { Starts } from './starts.ts'

/** How often a server that the Hub calls ready may turn out not to be, before the user is told. */
const ROUNDS = 3
/** Steps kept of one start. */
const STEPS = 50

/** So long the Hub's word on a token is good. */
const FRESH_MS = 1000

export interface Workplace {
  readonly records: Records
  readonly notebooks: Notebooks
  readonly history: History
  readonly starts: Starts
  readonly hub: Hub
  readonly delivery: Delivery
  /** See `JourneyParts`. */
  readonly service: string | undefined
  /** Told the code and the cause of what failed; never a token. */
  failed(request: KeptRequest, fault: Fault): void
  unexpected(error: unknown): void
}

/** Whose work it is. The token is the user's own, lives as long as the work, and is never stored. */
export interface Worker {
  /** As the Hub knew them when the work was asked for. */
  readonly user: HubUser
  /** When that was, by `performance.now()`. */
  readonly since: number
  readonly token: string
}

/**
 * All that happens after the click: server, write, result. It may have been begun before by a process that died; then
 * it goes on from what is kept. The caller holds the request's lease.
 */
export async function work(
  request: KeptRequest,
  place: Workplace,
  worker: Worker,
  shift: Shift,
): Promise<KeptRequest> {
  let current = request
  const keep = async (change: Partial<KeptRequest>) => {
    current = { ...current, ...change }
    await place.records.save(current)
    shift.changed(current)
  }
  const calledOff = watchForEnd(place.records, request.id)
  try {
    const { result, parameters } = await produce({
      place,
      worker,
      shift: { ...shift, calledOff },
      current: () => current,
      keep,
    })
    await keep({ state: 'written', result })
    // Behind the answer: the click does not wait for it, and a notebook that is written is not a failure without it.
    const made = { ...result, time: current.confirmed ?? current.received }
    await place.history.add(worker.user.name, current.template, parameters, made).catch(place.unexpected)
  } catch (error) {
    // Neither shutting down nor another replica's taking over is a failure: the state stays, and is resumed.
    if (shift.closing.aborted || shift.lost.aborted) return current
    if (calledOff.signal.aborted && current.state === 'starting') {
      await keep({ state: 'claimed', steps: [], calledOff: true })
      return current
    }
    const fault = asFault(error)
    place.failed(current, fault)
    await keep({ state: 'failed', fault: { code: fault.code, reason: fault.reason, values: fault.values } })
  } finally {
    calledOff.stop()
  }
  return current
}

/** Work that is going on. */
interface Job {
  readonly place: Workplace
  readonly worker: Worker
  readonly shift: Shift & { readonly calledOff: CalledOff }
  /** The request as it is now. */
  current(): KeptRequest
  keep(change: Partial<KeptRequest>): Promise<void>
}

async function produce(job: Job): Promise<{ result: Result; parameters: Parameters }> {
  const { place, worker, current } = job
  const parameters = await place.records.parameters(current().id)
  const planned = await place.notebooks.plan(current(), parameters)
  const finished = place.notebooks.finish(current(), parameters, planned)
  for (let round = 1; ; round++) {
    const isFirst = round === 1
    const ready = await getReady(job, isFirst ? worker.user : undefined)
    const vouched = isFirst ? worker.since : performance.now()
    try {
      return { result: await write(job, planned, finished, ready, vouched), parameters: planned.parameters }
    } catch (error) {
      if (!(error instanceof ServerNotReady)) throw error
      if (round === ROUNDS) throw new Fault(11, 'not-ready', {}, { cause: error })
    }
  }
}

/** The user's server, started if need be, with all that the Hub says meanwhile kept. */
async function getReady(job: Job, known: HubUser | undefined): Promise<ReadyServer> {
  const { place, worker, current, keep } = job
  const { closing, lost, calledOff } = job.shift
  const since = performance.now()
  const ready = await readyServer(place.hub, {
    token: worker.token,
    user: worker.user.name,
    server: current().server,
    service: place.service,
    known,
    signal: AbortSignal.any([closing, lost, calledOff.signal]),
    async said(step) {
      const { steps } = current()
      // The Hub tells all from the beginning to each who asks, also to whoever takes over from a process that died.
      if (steps.some(({ percent, message }) => percent === step.percent && message === step.message)) return
      await keep({ state: 'starting', steps: [...steps, step].slice(-STEPS) })
    },
  })
  if (current().steps.length > 0)
    void place.starts.add((performance.now() - since) / 1000).catch(place.unexpected)
  return ready
}

/** @param vouched when the Hub last gave its word on the token, by `performance.now()` */
function write(
  { place, worker, shift, current, keep }: Job,
  { template, wanted }: Planned,
  { open, length }: Finished,
  ready: ReadyServer,
  vouched: number,
): Promise<Result> {
  const { closing, lost, calledOff } = shift
  const { token } = worker
  const user = worker.user.name
  const { id, server, tried } = current()
  return place.delivery.deliver({
    token,
    user,
    server,
    serverUrl: ready.url,
    serverStarted: ready.started,
    openWith: template.compiled.settings.open_with,
    wanted,
    request: id,
    tried,
    open,
    length,
    async trying(path) {
      // Waiting for a server or for another write takes time, in which the user may have logged out (DESIGN 3).
      if (performance.now() - vouched > FRESH_MS)
        stateFor(await place.hub.whoAmI(token), { user, server, service: place.service })
      closing.throwIfAborted()
      // Asked once more: what was called off a moment ago is not written.
      await calledOff.isSet()
      calledOff.signal.throwIfAborted()
      await keep({ state: 'writing', tried: path })
    },
    // A write that has begun is finished, also while the service shuts down.
    signal: lost,
    closing,
  })
}
