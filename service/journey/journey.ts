import { Fault } from '../fault.ts'
import { type ChosenFile, chooseFile } from '../notebook/index.ts'
import { createWaitingLines } from '../waiting-lines.ts'
import type { Account } from './account.ts'
import { createAdmission } from './admission.ts'
import { createJobs } from './jobs.ts'
import type { JourneyParts } from './journey-parts.ts'
import { type Click, keepClick } from './keep.ts'
import { createFormat } from './kept/format.ts'
import { createHistory, type Made } from './kept/history.ts'
import { type Asked, createRecords, type ReadRequest, type Records } from './kept/records.ts'
import { createWaiting } from './kept/waiting.ts'
import { createMissingKernels, type MissingKernel } from './missing-kernel.ts'
import { createNotebooks, type Finished, parametersOf, timeOf } from './notebook.ts'
import { isUnderWay, type KeptRequest } from './request.ts'
import { type Confirmation, createShowing, type Showing } from './showing.ts'
import { CHOOSING_S, hasChosen, withdrawn } from './starts/choosing.ts'
import { chooseServer, offeredServers } from './starts/offered.ts'
import { createStartLine } from './starts/start-line.ts'
import { createStarts } from './starts/starts.ts'
import { askedAgain, downloaded, nameOf, started, type Visitor } from './steps.ts'
import { work } from './work.ts'
import type { Workplace } from './workplace.ts'

export type { JourneyParts } from './journey-parts.ts'
export type { Confirmation } from './showing.ts'
export type { Visitor } from './steps.ts'

/** Where a request is asked for, it may be given as it was read a moment ago; then it is not read again. */
export interface Journey extends Showing {
  /** Keeps a click. Faults 13, 15, 16, 20, 21, 25. */
  keep(click: Click): Promise<KeptRequest>
  /** Reads a request before it is known who asks. Fault 2, also for whom no login would help. */
  read(id: string, holdsCookie: boolean): Promise<ReadRequest>
  /**
   * Begins the work and waits for it for a moment. Fault 2; Fault 25 for too many by one user; a failed one is begun again.
   * It is `claimed` afterwards where its user has to choose a server: what was chosen is not offered any more, or it runs with other options.
   *
   * @param chosen where its user wants it instead; Fault 16 `not-allowed`
   * @param server key of an `OfferedServer`
   */
  confirm(asked: Asked, visitor: Visitor, chosen?: ChosenFile, server?: string): Promise<KeptRequest>
  /**
   * Its user comes to its page, perhaps back from the Hub's, where the server was started: then what was confirmed before goes on,
   * once. undefined: it was not, or somebody else may have sent them here. The page asks then, and what was confirmed
   * before holds no more. Fault 2, 13; Fault 25 for too many by one user: what was confirmed still holds.
   */
  comeBack(asked: Asked, visitor: Visitor, isSent: boolean): Promise<KeptRequest | undefined>
  /** Calls the work off while nothing is being written yet, and waits for that for a moment. Fault 2. */
  cancel(id: string, visitor: Visitor): Promise<KeptRequest>
  /** How long a start of a server usually takes, in seconds; `undefined` where none is known. */
  typicalStart_s(): Promise<number | undefined>
  /** As it is now; work that a crash interrupted is resumed. Throws what has ended it several times in a row. */
  look(asked: Asked, visitor: Visitor): Promise<KeptRequest>
  /** As `look`, then after each change until it has ended. */
  watch(asked: Asked, visitor: Visitor, signal: AbortSignal): AsyncIterable<KeptRequest>
  /** The notebook of a request, for download, and when it was confirmed (ISO 8601); the same bytes each time. */
  download(asked: Asked, visitor: Visitor): Promise<Finished & { name: string; time: string }>
  /** The last notebooks that this user has made, the newest first. */
  madeBy(user: Account): Promise<readonly Made[]>
  /** Forgets them; the notebooks stay. */
  clearHistory(user: Account): Promise<void>
  /** The kernel that a shown request's notebook wants and its user's server has not; see `MissingKernels.find`. */
  missingKernel(shown: Confirmation, visitor: Visitor): Promise<MissingKernel | undefined>
  close(): Promise<void>
}

/** The click never hangs: after this the progress page goes on. */
const PATIENCE_MS = 4000
/** Works of one user that go on at the same time; the others wait in line. */
const AT_ONCE = 3
/** Works of one user in all. Nobody who means it confirms so many. */
const MOST_WORKS = 200
/** A confirmed request lives at least this long, so that it does not expire while its server starts. */
const WORKING_TTL_S = 1800

/** Who comes from the Hub's page has chosen the options there. */
const asChosen = ({ server }: KeptRequest) => ({ server, asItIs: true })

type Change = Parameters<Records['update']>[1]

/** One request's life, without a word about HTTP. @throws Error for a delivery without a hub: its work would never begin */
export function createJourney(parts: JourneyParts): Journey {
  if (parts.hub === undefined && parts.delivery !== 'download') throw new Error('a delivery requires a hub')
  const format = createFormat(parts.log)
  const records = createRecords(parts.store, format)
  const waiting = createWaiting(records, parts.limits)
  const { catalogue, target, version, secretNames, senders = [] } = parts
  const notebooks = createNotebooks(catalogue, target, version, secretNames, senders)
  const history = createHistory(parts.store, format)
  const starts = createStarts(parts.store, format)
  const jobs = createJobs(parts.store, records, parts.unexpected)
  const lines = createWaitingLines(parts.atOnce ?? AT_ONCE)
  const missing = createMissingKernels(parts.kernels)
  const startLine = createStartLine(parts.startLine)

  const admission = createAdmission(records, catalogue)
  const { open, openOwn } = admission
  const { start = 'api' } = parts
  const workingTtl_s = WORKING_TTL_S + (start === 'form' ? CHOOSING_S : 0)

  const resume = (id: string, visitor: Visitor, begun?: Promise<unknown>) => () => {
    const { hub, delivery, service, failed, unexpected } = parts
    const { user, token } = visitor
    if (hub === undefined || delivery === 'download' || user === null || token === null) return
    const since = performance.now()
    const place: Workplace = {
      records,
      notebooks,
      admission,
      history,
      starts,
      lines,
      startLine,
      hub,
      delivery,
      service,
      start,
      failed,
      unexpected,
    }
    jobs.begin(id, user.name, async (shift) => {
      await begun
      // Read under the lease: another replica may have finished it in between.
      const request = await records.load(id)
      if (isUnderWay(request)) await work(request, place, { user, since, token }, shift)
    })
  }

  const refuseMore = (visitor: Visitor): void => {
    if (jobs.countOf(nameOf(visitor)) >= (parts.mostWorks ?? MOST_WORKS)) throw new Fault(25, 'own-works')
  }

  /** Begins the work of a request, and waits for it for a moment. @param change as `Records.update` */
  const begin = async (found: ReadRequest, visitor: Visitor, change: Change) => {
    const { id } = found.request
    const begun = records.update(found, change)
    // The lease is taken meanwhile: two writes of the store in the time of one.
    resume(id, visitor, begun)()
    let request = await begun
    waiting.prolong(request)
    const patience = AbortSignal.timeout(PATIENCE_MS)
    for await (request of jobs.watch(request, patience, resume(id, visitor))) {
      // A start takes seconds at best; a write does not.
      if (request.state === 'starting' && (request.steps.length > 0 || request.line)) break
    }
    return request
  }

  return {
    keep: (click) => keepClick(click, { waiting, notebooks, catalogue, senders }, parts.limits),

    async read(id, holdsCookie) {
      const found = await records.read(id)
      if (found.request.owner === null && !holdsCookie) throw new Fault(2, 'unknown')
      return found
    },

    ...createShowing({ records, waiting, notebooks, history, admission }),

    async confirm(asked, visitor, chosen, server) {
      const found = await openOwn(asked, visitor)
      const { state, expires } = found.request
      if (chosen !== undefined) chooseFile(chosen)
      // What is under way or done only shows itself again.
      const isNew = state === 'claimed' || state === 'failed'
      if (isNew) refuseMore(visitor)
      const { settings } = found.template.compiled
      const choice =
        server === undefined
          ? undefined
          : chooseServer(server, offeredServers(settings, visitor.user?.servers ?? new Map()))
      if (server !== undefined && choice === undefined && isNew) return records.update(found, askedAgain)
      // Who confirms it again does not want it called off.
      if (!isNew) await records.goOn(found.request)
      const until = isNew ? await records.prolong(found.request, workingTtl_s) : expires
      return begin(found, visitor, (request) => started(request, chosen, choice, until))
    },

    async comeBack(asked, visitor, isSent) {
      const found = await openOwn(asked, visitor)
      const { user } = visitor
      if (user === null || isSent || !hasChosen(found.request, user)) {
        await records.update(found, withdrawn)
        return undefined
      }
      refuseMore(visitor)
      const until = await records.prolong(found.request, workingTtl_s)
      // Of two who come at once, the second finds it begun.
      return begin(found, visitor, (request) =>
        hasChosen(request, user) ? started(request, undefined, asChosen(request), until) : undefined,
      )
    },

    async cancel(id, visitor) {
      let { request } = await openOwn(id, visitor)
      await records.callOff(request)
      for await (request of jobs.watch(request, AbortSignal.timeout(PATIENCE_MS), resume(id, visitor))) {
        if (request.state !== 'starting') break
      }
      // Nor does it go on when its user comes from the Hub's page.
      return request.choosing ? records.update(id, withdrawn) : request
    },

    typicalStart_s: () => starts.typical_s(),

    async look(asked, visitor) {
      const { request } = await open(asked, visitor)
      if (isUnderWay(request)) {
        resume(request.id, visitor)()
        jobs.check(request.id)
      }
      return request
    },

    async *watch(asked, visitor, signal) {
      const { request } = await open(asked, visitor)
      yield* jobs.watch(request, signal, resume(request.id, visitor))
    },

    async download(asked, visitor) {
      const found = await openOwn(asked, visitor)
      const request = await records.update(found, downloaded)
      const planned = notebooks.plan(request, found.template, await parametersOf(records, request))
      return { ...notebooks.finish(request, planned), name: planned.wanted.name(1), time: timeOf(request) }
    },

    madeBy: history.list,
    clearHistory: history.clear,

    missingKernel: ({ request, template }, visitor) => missing.find(request, template.compiled, visitor),

    async close() {
      missing.close()
      await jobs.close()
    },
  }
}
