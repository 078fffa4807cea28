/**
 * Delivery by the Contents API of the user's own server. That API has no exclusive create, so that looking for a
 * free name and writing are one step under a lease that all replicas share.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../fault.ts'
import { type Contents, ServerNotReady, type UserServer } from '../hub/files/contents.ts'
import { TooSlow } from '../hub/http-errors.ts'
import { linkSignals } from '../linked-signals.ts'
import { pathIn } from '../notebook/index.ts'
import type { Store } from '../store/store.ts'
import type { Delivered, Delivery, DeliveryJob, OpenWith } from './delivery.ts'
import { findFreePath } from './free-path.ts'
import { createKnownServers, type KnownServers } from './known-servers.ts'
import { notebookUrl } from './notebook-url.ts'
import { createPatience, type Patience, readyWait_ms } from './patience.ts'
import { findPlaceForFiles } from './place-for-files.ts'

export interface ContentsDeliveryOptions {
  readonly contents: Contents
  readonly store: Store
  /** For templates that do not say. */
  readonly openWith: OpenWith
  /** How long a server that does not answer for itself is waited for, before its state is asked for; default 15 000. */
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
  const known = createKnownServers()
  return {
    async deliver(job) {
      const end = linkSignals(job.signal, job.closing)
      const waiting = end.signal
      const deadline = Date.now() + (options.readyWait_ms ?? readyWait_ms)
      const patience = job.patience ?? createPatience()
      let { tried } = job
      let writes = 0
      const trying = async (path: string) => {
        await job.trying(path)
        tried = path
        writes++
      }
      try {
        for (let pause = firstPause_ms; ; pause = Math.min(2 * pause, longestPause_ms)) {
          const lease = await store.waitForLease(leaseKey(job), leaseTtl_s, leaseWait_s, waiting)
          const looking = linkSignals(waiting, lease.lost)
          // Time in which this only waits for other works of the same user is not the server's.
          const stopClock = patience.start(() => looking.abort(new TooSlow()))
          const writing = linkSignals(job.signal, lease.lost)
          const signals = { looking: looking.signal, writing: writing.signal }
          try {
            return await writeOnce(options, { ...job, tried, trying, patience }, known, signals)
          } catch (error) {
            waiting.throwIfAborted()
            // When the lease was lost nothing is wrong with the server: the write was broken off and is begun again.
            if (!(error instanceof ServerNotReady) && !lease.lost.aborted) throw error
            if (writes === mostWrites) throw new Fault(11, 'interrupted', {}, { cause: error })
            if (Date.now() + pause > deadline || patience.left_ms() < pause) throw givenUp(error)
          } finally {
            stopClock()
            // A look whose answer is no longer needed must not keep a connection.
            looking.abort()
            looking.unlink()
            writing.unlink()
            // Nobody here waits for that; a lease that could not be given back runs out.
            void lease.release().catch(() => {})
          }
          await sleep(pause, undefined, { signal: waiting }).catch(() => waiting.throwIfAborted())
        }
      } finally {
        end.unlink()
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
  job: DeliveryJob & { readonly patience: Patience },
  known: KnownServers,
  signals: { readonly looking: AbortSignal; readonly writing: AbortSignal },
): Promise<Delivered> {
  const { token, serverUrl } = job
  const server: UserServer = { token, serverUrl, signal: signals.looking }
  const writing: UserServer = { ...server, signal: signals.writing }
  const chooseView = async () => {
    const wish = job.openWith === undefined || job.openWith === 'auto' ? openWith : job.openWith
    if (wish !== 'auto') return wish
    return (await known.hasNotebookView(job, () => contents.hasNotebookView(server))) ? 'notebook' : 'lab'
  }
  const delivered = async (path: string, view: Promise<'notebook' | 'lab'>): Promise<Delivered> => {
    return { path, url: notebookUrl(job.serverUrl, path, await view) }
  }
  // The view is asked for at the same time as the name, so that it costs no time of its own.
  const view = chooseView()
  view.catch(() => {})
  if (job.tried !== undefined && (await contents.fileHolds(server, job.tried, job.request))) {
    return await delivered(job.tried, view)
  }
  if (job.files.length > 0) return await delivered(await writeWithFiles(contents, job, server, writing), view)
  const wasKnown = known.hasFolder(job)
  const folders = wasKnown ? Promise.resolve(false) : contents.makeFolders(server, job.wanted.folder)
  folders.catch(() => {})
  const path = await findFreePath(contents, server, job.wanted).catch(async (error) => {
    // Below a file there are only unclear answers; the folders' own tells what is wrong.
    await folders
    throw error
  })
  await Promise.all([folders, view])
  await job.trying(path)
  const write = () => contents.writeFile(writing, path, job, job.patience.left_ms())
  await write().catch(async (error) => {
    known.forgetFolder(job)
    // Only a folder that was missing is worth a second try: anything else would be sent twice to be refused twice.
    if (!wasKnown || !(error instanceof Fault) || error.reason !== 'refused') throw error
    if (!(await contents.makeFolders(server, job.wanted.folder))) throw error
    await write()
  })
  known.learnFolder(job)
  return await delivered(path, view)
}

/**
 * The files that are not there yet, then the notebook: whoever finds that finds all of it. What an interrupted attempt has
 * left is there already, or is written again.
 *
 * @returns the notebook's path
 */
async function writeWithFiles(
  contents: Contents,
  job: DeliveryJob & { readonly patience: Patience },
  looking: UserServer,
  writing: UserServer,
): Promise<string> {
  await contents.makeFolders(looking, job.wanted.folder)
  const { wanted, missing } = await findPlaceForFiles(contents, looking, job.wanted, job.files)
  const path = await findFreePath(contents, looking, wanted)
  await job.trying(path)
  await contents.makeFolders(looking, wanted.folder)
  for (const file of missing) {
    const target = pathIn(wanted.folder, file.path)
    if (file.path.includes('/')) await contents.makeFolders(looking, target.slice(0, target.lastIndexOf('/')))
    await contents.writeFile(writing, target, file, job.patience.left_ms())
  }
  await contents.writeFile(writing, path, job, job.patience.left_ms())
  return path
}

/** What the user is told when waiting did not help; `ServerNotReady` itself lets the caller ask the Hub first. */
function givenUp(error: unknown): unknown {
  if (!(error instanceof ServerNotReady)) return new Fault(24, 'store', {}, { cause: error })
  return error.reason === undefined ? error : new Fault(11, error.reason, {}, { cause: error })
}
