import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Delivery } from '../delivery/delivery.ts'
import { Fault } from '../fault.ts'
import type { Hub, HubUser } from '../hub/hub.ts'
import type { Store } from '../store/store.ts'
import { createJobs } from './jobs.ts'
import { type Click, type KeepLimits, keepClick } from './keep.ts'
import { createNotebooks, type Finished, type Planned } from './notebook.ts'
import { createRecords } from './records.ts'
import { isUnderWay, type KeptRequest } from './request.ts'
import { type Workplace, work } from './work.ts'

/** Who asks. Without a hub there are no users: then only the cookie counts. */
export interface Visitor {
  readonly user: HubUser | null
  /** The user's own Hub token; null without a hub. */
  readonly token: string | null
  /** True when the browser holds the cookie that was set when this request was kept. */
  readonly holdsCookie: boolean
}

export interface Confirmation extends Planned {
  readonly request: KeptRequest
}

export interface Journey {
  /** Keeps a click. Faults 13, 15, 16, 20, 21, 25. */
  keep(click: Click): Promise<KeptRequest>
  /** True when this visitor needs no login to learn that the request is not theirs. */
  isStranger(id: string, holdsCookie: boolean): Promise<boolean>
  /** Claims the request for its first visitor and says what it would make. Fault 2 for everybody else. */
  show(id: string, visitor: Visitor): Promise<Confirmation>
  /** Begins the work and waits for it for a moment. Fault 2; a failed one is begun again. */
  confirm(id: string, visitor: Visitor): Promise<KeptRequest>
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
  const jobs = createJobs(parts.store, records, parts.unexpected)

  const open = async (id: string, visitor: Visitor): Promise<KeptRequest> => {
    const request = await records.load(id)
    if (!isOwn(request, visitor)) throw new Fault(2, 'unknown')
    return request
  }

  /** As if the template were not there, for those whom it is not for: also when it was limited after the click. */
  const admit = async (request: KeptRequest, { user }: Visitor): Promise<void> => {
    const template = await parts.catalogue.pinned(request.template, request.sha256)
    if (template === undefined) throw new Fault(2, 'unknown')
    if (!parts.catalogue.allows(template, user?.groups ?? []))
      throw new Fault(13, 'unknown', { template: request.template })
  }

  /** For its owner alone. */
  const openOwn = async (id: string, visitor: Visitor): Promise<void> => {
    const request = await open(id, visitor)
    if (request.owner !== nameOf(visitor)) throw new Fault(2, 'unknown')
    await admit(request, visitor)
  }

  const resume = (id: string, visitor: Visitor, begun?: Promise<unknown>) => () => {
    const { hub, delivery, service, failed } = parts
    const { user, token } = visitor
    if (hub === undefined || delivery === undefined || user === null || token === null) return
    const since = performance.now()
    const place: Workplace = { records, notebooks, hub, delivery, service, failed }
    jobs.begin(id, async (shift) => {
      await begun
      // Read under the lease: another replica may have finished it in between.
      const request = await records.load(id)
      if (isUnderWay(request)) await work(request, place, { user, since, token }, shift)
    })
  }

  return {
    keep: (click) => keepClick(click, { records, notebooks, catalogue: parts.catalogue }, parts.limits),

    async isStranger(id, holdsCookie) {
      return (await records.load(id)).owner === null && !holdsCookie
    },

    async show(id, visitor) {
      await admit(await open(id, visitor), visitor)
      const request = await records.update(id, (request) => claimed(request, nameOf(visitor)))
      if (!isOwn(request, visitor)) throw new Fault(2, 'unknown')
      return { request, ...(await notebooks.plan(request, await records.parameters(id))) }
    },

    async confirm(id, visitor) {
      await openOwn(id, visitor)
      await records.prolong(id, WORKING_TTL_S)
      const begun = records.update(id, started)
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

/** Until it is claimed, a request belongs to the browser that sent it; afterwards to one user alone. */
function isOwn(request: KeptRequest, visitor: Visitor): boolean {
  return request.owner === null ? visitor.holdsCookie : request.owner === nameOf(visitor)
}

function nameOf({ user }: Visitor): string | null {
  return user === null ? null : user.name
}

function claimed(request: KeptRequest, user: string | null): KeptRequest | undefined {
  if (request.owner !== null || user === null) return undefined
  return { ...request, owner: user, state: 'claimed' }
}

/** A failed one begins again; one that is under way or done stays as it is, however often it is confirmed. */
function started(request: KeptRequest): KeptRequest | undefined {
  if (request.state !== 'claimed' && request.state !== 'failed') return undefined
  const { fault: _, ...rest } = request
  return { ...rest, state: 'starting', steps: [], confirmed: request.confirmed ?? new Date().toISOString() }
}

/** The time goes into the notebook: kept, so that a repeat gives the same bytes. */
function downloaded(request: KeptRequest): KeptRequest | undefined {
  return request.confirmed === null
    ? { ...request, state: 'written', confirmed: new Date().toISOString() }
    : undefined
}
