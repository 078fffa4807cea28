import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { Fault } from '../fault.ts'
import { limits } from './limits.ts'
import { type CellToShow, renderNote, type ShownCell } from './shown-cell.ts'
import type { Job } from './worker.ts'

/** Renders cells outside of the thread that answers requests. */
export interface Renderer {
  /**
   * @param read gives the bytes of its JSON, when it is its turn: they go to the other thread and are gone here
   * @throws Fault 25 too-many when too many wait already, and what `read` throws
   */
  render(read: () => Promise<Uint8Array<ArrayBuffer>>, asked: CellToShow): Promise<ShownCell>
  close(): Promise<void>
}

export interface RendererOptions {
  /** The longest that one cell may take, in milliseconds: then its thread is ended, and a note stands in its place. */
  readonly cell_ms?: number
  /** Waits so long, or until it is called off; a test says by itself when a cell has taken too long. */
  readonly wait?: Wait
  /** Cells that may wait. */
  readonly mostWaiting?: number
  /** Memory of its thread, in MiB: the default is far more than any cell needs that is within its limits. */
  readonly heap_MB?: number
}

/** Room for new objects, beside what may be kept. */
const young_MB = 48

type Wait = (time_ms: number, signal: AbortSignal) => Promise<unknown>
const waitFor: Wait = (time_ms, signal) => pause(time_ms, undefined, { signal })

/**
 * One thread for all, started when it is first needed. A notebook can be made to take long wherever its text is looked at (in
 * a grammar, a formula, a parser); here that costs its own reader's patience and nobody else's.
 */
export function createRenderer(options: RendererOptions = {}): Renderer {
  const { cell_ms = limits.cell_ms, wait = waitFor, mostWaiting = 64, heap_MB = 512 } = options
  let thread: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0

  const open = async () => {
    if (thread !== undefined) return thread
    const own = await startThread(heap_MB)
    own.once('exit', () => {
      if (thread === own) thread = undefined
    })
    thread = own
    return own
  }

  async function run(job: Job): Promise<ShownCell> {
    const own = await open()
    own.ref()
    const shown = await answerOf(own, job, (signal) => wait(cell_ms, signal)).catch(() => undefined)
    own.unref()
    if (shown !== undefined) return shown
    await own.terminate()
    return renderNote('cellTooMuch', {}, job.asked)
  }

  return {
    async render(read, asked) {
      if (waiting >= mostWaiting) throw new Fault(25, 'too-many')
      waiting++
      const shown = last.then(async () => run({ json: await read(), asked }))
      last = shown.catch(() => {})
      return shown.finally(() => {
        waiting--
      })
    },
    async close() {
      await last
      await thread?.terminate()
    },
  }
}

async function startThread(heap_MB: number): Promise<Worker> {
  // Built, it lies beside this file as JavaScript.
  const thread = new Worker(new URL('./worker.js', import.meta.url), {
    // Left to themselves, Node 20 and 22 add 48 MiB for new objects, and Node 24 adds 192.
    resourceLimits: { maxOldGenerationSizeMb: heap_MB, maxYoungGenerationSizeMb: young_MB },
    // It needs to know nothing of this process.
    env: {},
    execArgv: [],
  })
  // Without a listener its error would be the process's.
  thread.on('error', () => {})
  await once(thread, 'message')
  return thread
}

/** undefined when it takes too long, or has ended; rejects when it ran out of memory. */
async function answerOf(
  thread: Worker,
  job: Job,
  tooLong: (signal: AbortSignal) => Promise<unknown>,
): Promise<ShownCell | undefined> {
  const settled = new AbortController()
  const { signal } = settled
  try {
    thread.postMessage(job, [job.json.buffer])
    return await Promise.race([
      once(thread, 'message', { signal }).then(([shown]) => shown as ShownCell),
      once(thread, 'exit', { signal }).then(() => undefined),
      tooLong(signal).then(() => undefined),
    ])
  } finally {
    settled.abort()
  }
}
