import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Delivery } from '../delivery/delivery.ts'
import { Fault } from '../fault.ts'
import type { Hub } from '../hub/hub.ts'
import { type ChosenFile, chooseFile } from '../notebook/chosen-file.ts'
import type { Store } from '../store/store.ts'
import { createAdmission } from './admission.ts'
import { createHistory, type Made } from './history.ts'
import { createJobs } from './jobs.ts'
import { type Click, type KeepLimits, keepClick } from './keep.ts'
import { createNotebooks, type Finished, type Planned } from './notebook.ts'
import { createRecords } from './records.ts'
import { isUnderWay, type KeptRequest } from './request.ts'
import { createStarts } from './starts.ts'
import { claimed, downloaded, isOwn, nameOf, started, type Visitor } from './steps.ts'
import { type Workplace, work } from './work.ts'

export type { Visitor } from './steps.ts'

export interface Confirmation extends Planned {
  readonly request: KeptRequest
  /** The parameters as they were received: JSON text. */
  readonly text: string
  /** What this user has made before from the same template with the same parameters. */
  readonly before: Made | undefined
}

/** What a request would write, or has written, to be looked at. */
export interface Preview extends Confirmation {
  readonly finished: Finished
}

export interface Journey {
  /** Keeps a click. Faults 13, 15, 16, 20, 21, 25. */
  keep(click: Click): Promise<KeptRequest>
  /** True when this visitor needs no login to learn that the request is not theirs. */
  isStranger(id: string, holdsCookie: boolean): Promise<boolean>
  /** Claims the request for its first visitor and says what it would make. Fault 2 for everybody else. */
  show(id: string, visitor: Visitor): Promise<Confirmation>
  /** As `show`, with the notebook itself. */
  preview(id: string, visitor: Visitor): Promise<Preview>
  /**
   * Begins the work and waits for it for a moment. Fault 2; a failed one is begun again.
   *
   * @param chosen where its user wants it instead; Fault 16 `not-allowed`
   */
  confirm(id: string, visitor: Visitor, chosen?: ChosenFile): Promise<KeptRequest>
  /** Calls the work off while nothing is being written yet, and waits for that for a moment. Fault 2. */
  cancel(id: string, visitor: Visitor): Promise<KeptRequest>
  /** How long a start of a server usually takes, in seconds; `undefined` where none is known. */
  typicalStart_s(): Promise<number | undefined>
  /** As it is now; work that a crash interrupted is resumed. */
  look(id: string, visitor: Visitor): Promise<KeptRequest>
  /** As `look`, then after each change until it has ended. */
  watch(id: string, visitor: Visitor, signal: AbortSignal): AsyncIterable<KeptRequest>
  /** The notebook of a request, for download; the same bytes each time. */
  download(id: string, visitor: Visitor): Promise<Finished & { name: string }>
  close(): Promise<void>
}

export interface JourneyParts {
  readonly store: Store
  readonly catalogue: Catalogue
  /** Both absent: notebooks are downloaded. */
  readonly hub: Hub | undefined
  readonly delivery: Delivery | undefined
  /** Name of this service at the Hub: users must still have the right to use it when their notebook is written. */
  readonly service?: string | undefined
  readonly limits: KeepLimits
  readonly target: string
  readonly version: string
  failed(request: KeptRequest, fault: Fault): void
  unexpected(error: unknown): void
}

/** The click never hangs: after this the progress page goes on. */
const PATIENCE_MS = 4000
/** A confirmed request lives at least this long, so that it does not expire while its server starts. */
const WORKING_TTL_S = 1800

/** One request's life, without a word about HTTP. */
export function createJourney(parts: JourneyParts): Journey {
  const records = createRecords(parts.store)
  const notebooks = createNotebooks(parts.catalogue, parts.target, parts.version)
  const history = createHistory(parts.store)
  const starts = createStarts(parts.store)
  const jobs = createJobs(parts.store, records, parts.unexpected)

  const { open, admit, openOwn } = createAdmission(records, parts.catalogue)

  const resume = (id: string, visitor: Visitor, begun?: Promise<unknown>) => () => {
    const { hub, delivery, service, failed, unexpected } = parts
    const { user, token } = visitor
    if (hub === undefined || delivery === undefined || user === null || token === null) return
    const since = performance.now()
    const place: Workplace = {
      records,
      notebooks,
      history,
      starts,
      hub,
      delivery,
      service,
      failed,
      unexpected,
    }
    jobs.begin(id, async (shift) => {
      await begun
      // Read under the lease: another replica may have finished it in between.
      const request = await records.load(id)
      if (isUnderWay(request)) await work(request, place, { user, since, token }, shift)
    })
  }

  const claim = async (id: string, visitor: Visitor): Promise<Confirmation> => {
    await admit(await open(id, visitor), visitor)
    const user = nameOf(visitor)
    const request = await records.update(id, (request) => claimed(request, user))
    if (!isOwn(request, visitor)) throw new Fault(2, 'unknown')
    const text = await records.parameters(id)
    const planned = await notebooks.plan(request, text)
    const before = user === null ? undefined : await history.find(user, request.template, planned.parameters)
    return { request, before, text, ...planned }
  }

  return {
    keep: (click) => keepClick(click, { records, notebooks, catalogue: parts.catalogue }, parts.limits),

    async isStranger(id, holdsCookie) {
      return (await records.load(id)).owner === null && !holdsCookie
    },

    show: claim,

    async preview(id, visitor) {
      const shown = await claim(id, visitor)
      return { ...shown, finished: notebooks.finish(shown.request, shown.text, shown) }
    },

    async confirm(id, visitor, chosen) {
      await openOwn(id, visitor)
      if (chosen !== undefined) chooseFile(chosen)
      await records.prolong(id, WORKING_TTL_S)
      await records.goOn(id)
      const begun = records.update(id, (request) => started(request, chosen))
      // The lease is taken meanwhile: two writes of the store in the time of one.
      resume(id, visitor, begun)()
      let request = await begun
      const patience = AbortSignal.timeout(PATIENCE_MS)
      for await (request of jobs.watch(id, patience, resume(id, visitor))) {
        // A start takes seconds at best; a write does not.
        if (request.state === 'starting' && request.steps.length > 0) break
      }
      return request
    },

    async cancel(id, visitor) {
      await openOwn(id, visitor)
      await records.callOff(id)
      let request = await records.load(id)
      for await (request of jobs.watch(id, AbortSignal.timeout(PATIENCE_MS), resume(id, visitor))) {
        if (request.state !== 'starting') break
      }
      return request
    },

    typicalStart_s: () => starts.typical_s(),

    async look(id, visitor) {
      const request = await open(id, visitor)
      if (isUnderWay(request)) resume(id, visitor)()
      return request
    },

    async *watch(id, visitor, signal) {
      await open(id, visitor)
      yield* jobs.watch(id, signal, resume(id, visitor))
    },

    async download(id, visitor) {
      await openOwn(id, visitor)
      const request = await records.update(id, downloaded)
      const parameters = await records.parameters(id)
      const planned = await notebooks.plan(request, parameters)
      return { ...notebooks.finish(request, parameters, planned), name: planned.wanted.name(1) }
    },

    close: () => jobs.close(),
  }
}
