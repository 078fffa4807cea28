import { titleOf } from '../catalogue/search.ts'
import { createPatience, type Patience } from '../delivery/patience.ts'
import { asFault, Fault } from '../fault.ts'
import { ServerNotReady } from '../hub/files/contents.ts'
import type { HubUser } from '../hub/hub.ts'
import { linkSignals } from '../linked-signals.ts'
import { type CalledOff, watchForEnd } from './called-off.ts'
import type { Shift } from './jobs.ts'
import { type Finished, type Planned, parametersOf, timeOf } from './notebook.ts'
import type { KeptRequest, Result } from './request.ts'
import { choosingOf, OptionsWanted } from './starts/choosing.ts'
import { ChoiceWanted } from './starts/offered.ts'
import { type ReadyServer, readyServer } from './starts/server.ts'
import { stateFor } from './starts/wanted-server.ts'
import type { Workplace } from './workplace.ts'

/** How often a server that the Hub calls ready may turn out not to be, before the user is told. */
const ROUNDS = 3
/** Steps kept of one start. */
const STEPS = 50

/** So long the Hub's word on a token is good. */
const FRESH_MS = 1000

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
  const calledOff = watchForEnd(place.records, request)
  const job: Job = { place, worker, shift: { ...shift, calledOff }, current: () => current, keep }
  try {
    const { result, planned } = await produceInTurn(job)
    await keep({ state: 'written', result })
    // After the answer: the click does not wait for it, and a notebook that is written is not a failure without it.
    const title = titleOf(planned.template, current.languages)
    const made = { ...result, time: timeOf(current), title }
    await place.history.add(worker.user, current, planned.parameters, made).catch(place.unexpected)
  } catch (error) {
    // Neither shutting down nor another replica's taking over is a failure: the state stays, and is resumed.
    if (shift.closing.aborted || shift.lost.aborted) return current
    if (calledOff.signal.aborted && current.state === 'starting') {
      await keep({ state: 'claimed', steps: [], calledOff: true })
      return current
    }
    const choosing = choosingOf(worker.user)
    if (error instanceof OptionsWanted) {
      await keep({ state: 'claimed', steps: [], choosing })
      return current
    }
    if (error instanceof ChoiceWanted) {
      await keep({ state: 'claimed', steps: [] })
      return current
    }
    const fault = asFault(error)
    place.failed(current, fault)
    const kept = { code: fault.code, reason: fault.reason, values: fault.values }
    // Its page leads to the Hub's, which can start the server when we cannot.
    await keep({ state: 'failed', fault: kept, ...(fault.code === 23 && { choosing }) })
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

interface Produced {
  readonly result: Result
  readonly planned: Planned
}

/** One user's works stand in line, so that a server that does not answer holds no more than a few of them. */
async function produceInTurn(job: Job): Promise<Produced> {
  const { closing, lost, calledOff } = job.shift
  const end = linkSignals(closing, lost, calledOff.signal)
  const turn = await job.place.lines.enter(job.worker.user.name, end.signal).finally(end.unlink)
  try {
    return await produce(job, turn.waited)
  } finally {
    turn.leave()
  }
}

/** @param waited whether what the Hub said at the confirmation is too old */
async function produce(job: Job, waited: boolean): Promise<Produced> {
  const { place, worker, current } = job
  const [sent, template] = await Promise.all([
    parametersOf(place.records, current()),
    place.notebooks.templateOf(current()),
  ])
  const planned = place.notebooks.plan(current(), template, sent)
  const finished = place.notebooks.finish(current(), planned)
  const patience = createPatience()
  for (let round = 1; ; round++) {
    const isFirst = round === 1 && !waited
    const ready = await getReady(job, planned.template, isFirst ? worker.user : undefined)
    const vouched = isFirst ? worker.since : performance.now()
    try {
      return { result: await write(job, planned, finished, ready, { vouched, patience }), planned }
    } catch (error) {
      if (!(error instanceof ServerNotReady)) throw error
      if (round === ROUNDS) throw new Fault(11, 'not-ready', {}, { cause: error })
    }
  }
}

/** The user's server, started if need be, with all that the Hub says meanwhile kept. */
async function getReady(
  job: Job,
  { compiled }: Planned['template'],
  known: HubUser | undefined,
): Promise<ReadyServer> {
  const { place, worker, current, keep } = job
  const { closing, lost, calledOff } = job.shift
  let since = performance.now()
  const end = linkSignals(closing, lost, calledOff.signal)
  const ready = await readyServer(place.hub, {
    token: worker.token,
    user: worker.user.name,
    server: current().server,
    options: compiled.settings.serverOptions,
    asItIs: current().asItIs ?? false,
    service: place.service,
    start: place.start,
    known,
    signal: end.signal,
    line: place.startLine,
    async placed(line) {
      const before = current().line
      if (before?.place === line?.place && before?.full === line?.full) return
      // How long starts take is told without the time in line.
      since = performance.now()
      await keep({ line })
    },
    async said(step) {
      const { steps } = current()
      // The Hub tells all from the beginning to each who asks, also to whoever takes over from a process that died.
      if (steps.some(({ percent, message }) => percent === step.percent && message === step.message)) return
      await keep({ state: 'starting', line: undefined, steps: [...steps, step].slice(-STEPS) })
    },
  }).finally(end.unlink)
  if (current().steps.length > 0)
    void place.starts.add((performance.now() - since) / 1000).catch(place.unexpected)
  return ready
}

/** @param time `vouched`: when the Hub last gave its word on the token, by `performance.now()` */
function write(
  { place, worker, shift, current, keep }: Job,
  { template, wanted }: Planned,
  { open, length, files }: Finished,
  ready: ReadyServer,
  { vouched, patience }: { readonly vouched: number; readonly patience: Patience },
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
    files,
    patience,
    async trying(path) {
      // Waiting for a server or for another write takes time, in which the user may have logged out (DESIGN 3).
      let who: HubUser | undefined = worker.user
      if (performance.now() - vouched > FRESH_MS) {
        who = await place.hub.whoAmI(token)
        stateFor(who, { user, server, service: place.service })
      }
      // Nor need the template be for that user any more, by the rules or by the user's groups.
      await place.admission.admit(current(), { user: who ?? null })
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
