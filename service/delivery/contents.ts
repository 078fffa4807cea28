/**
 * Delivery by the Contents API of the user's own server. That API has no exclusive create, so that looking for a
 * free name and writing are one step under a lease that all replicas share.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../fault.ts'
import { type Contents, type Place, ServerNotReady } from '../hub/contents.ts'
import type { Lease, Store } from '../store/store.ts'
import type { Delivered, Delivery, DeliveryJob, OpenWith } from './delivery.ts'
import { findFreePath } from './free-path.ts'
import { createKnownFolders, type KnownFolders } from './known-folders.ts'
import { notebookUrl } from './notebook-url.ts'

export interface ContentsDeliveryOptions {
  readonly contents: Contents
  readonly store: Store
  /** For templates that do not say. */
  readonly openWith: OpenWith
  /** How long a server that does not answer for itself is waited for; default 60 000. */
  readonly readyWait_ms?: number
}

const leaseTtl_s = 30
/** Others may be writing large notebooks into the same folder. */
const leaseWait_s = 300
/** A server that answers and yet breaks off every write does so on purpose, say because of their length. */
const mostWrites = 3
const firstPause_ms = 100
const longestPause_ms = 3000

export function createContentsDelivery(options: ContentsDeliveryOptions): Delivery {
  const { store } = options
  const known = createKnownFolders()
  return {
    async deliver(job) {
      const waiting = job.closing ? AbortSignal.any([job.signal, job.closing]) : job.signal
      const deadline = Date.now() + (options.readyWait_ms ?? 60_000)
      let { tried } = job
      let writes = 0
      const trying = async (path: string) => {
        await job.trying(path)
        tried = path
        writes++
      }
      for (let pause = firstPause_ms; ; pause = Math.min(2 * pause, longestPause_ms)) {
        const lease = await store.waitForLease(leaseKey(job), leaseTtl_s, leaseWait_s, waiting)
        try {
          return await writeOnce(options, { ...job, tried, trying }, known, lease, waiting)
        } catch (error) {
          waiting.throwIfAborted()
          // When the lease was lost nothing is wrong with the server: the write was broken off and is begun again.
          if (!(error instanceof ServerNotReady) && !lease.lost.aborted) throw error
          if (writes === mostWrites) throw new Fault(11, 'interrupted', {}, { cause: error })
          if (Date.now() + pause > deadline) throw givenUp(error)
        } finally {
          // Nobody here waits for that; a lease that could not be given back runs out.
          void lease.release().catch(() => {})
        }
        await sleep(pause, undefined, { signal: waiting }).catch(() => waiting.throwIfAborted())
      }
    },
  }
}

/** Not by server: a user's servers often share one home, so two of them may mean the same folder. */
function leaseKey({ user, wanted }: DeliveryJob): string {
  return `folder\0${user}\0${wanted.folder}`
}

/** The whole of one attempt, while the lease is held. */
async function writeOnce(
  { contents, openWith }: ContentsDeliveryOptions,
  job: DeliveryJob,
  known: KnownFolders,
  lease: Lease,
  waiting: AbortSignal,
): Promise<Delivered> {
  const placeUntil = (signal: AbortSignal): Place => ({
    token: job.token,
    serverUrl: job.serverUrl,
    started: job.serverStarted,
    signal: AbortSignal.any([signal, lease.lost]),
  })
  const place = placeUntil(waiting)
  const wish = job.openWith === undefined || job.openWith === 'auto' ? openWith : job.openWith
  const delivered = async (path: string, view: Promise<'notebook' | 'lab'>): Promise<Delivered> => {
    return { path, url: notebookUrl(job.serverUrl, path, await view) }
  }
  // The view is asked for at the same time as the name, so that it costs no time of its own.
  const view = chooseView(contents, place, wish)
  view.catch(() => {})
  if (job.tried !== undefined && (await contents.fileHolds(place, job.tried, job.request))) {
    return await delivered(job.tried, view)
  }
  const wasKnown = known.has(job)
  const folders = wasKnown ? Promise.resolve() : contents.makeFolders(place, job.wanted.folder)
  folders.catch(() => {})
  const path = await findFreePath(contents, place, job.wanted).catch(async (error) => {
    // Below a file there are only unclear answers; the folders' own tells what is wrong.
    await folders
    throw error
  })
  await Promise.all([folders, view])
  await job.trying(path)
  const write = () => contents.writeFile(placeUntil(job.signal), path, job)
  await write().catch(async (error) => {
    known.forget(job)
    if (!wasKnown || error instanceof ServerNotReady) throw error
    await contents.makeFolders(placeUntil(job.signal), job.wanted.folder)
    await write()
  })
  known.learn(job)
  return await delivered(path, view)
}

async function chooseView(contents: Contents, place: Place, wish: OpenWith): Promise<'notebook' | 'lab'> {
  if (wish !== 'auto') return wish
  return (await contents.hasNotebookView(place)) ? 'notebook' : 'lab'
}

/** What the user is told when waiting did not help; `ServerNotReady` itself lets the caller ask the Hub first. */
function givenUp(error: unknown): unknown {
  if (!(error instanceof ServerNotReady)) return new Fault(24, 'store', {}, { cause: error })
  return error.unreachable ? new Fault(11, 'unreachable', {}, { cause: error }) : error
}
