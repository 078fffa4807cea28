import type { KnownFile } from '../hub/files/file-state.ts'
import type { WantedFile } from '../notebook/index.ts'
import type { Patience } from './patience.ts'

/** Brings a finished notebook to where it belongs, under a name that was free. */
export interface Delivery {
  /**
   * Writes the notebook once. When it was interrupted, the same job with `tried` finds out whether it had been done.
   * What each kind must keep:
   *
   * - Never over a file. Where the place has no exclusive create, the look for a free name and the write are one step under a
   *   lease of the store, by user and folder, and a lease that is lost breaks the write off.
   * - `files` before the notebook, so that whoever finds that finds all of it; a file that is there with the same bytes stays.
   * - `trying` before the first byte, with the path; `tried` is looked at first, by `request`.
   * - `signal` breaks off whatever is going on; `closing` keeps a write from beginning and lets one that has begun end.
   *
   * @throws Fault 11, 14, 16, 24 store; `ServerNotReady` when the server stays away although the Hub called it
   * ready: look at its state again. Besides these only what `trying` throws, and the reason of a signal; anything else is
   * told as Fault 1
   */
  deliver(job: DeliveryJob): Promise<Delivered>
}

export interface Delivered {
  /** From the server's root. */
  readonly path: string
  /** For the browser: a path on the hub's host, or absolute with subdomains. */
  readonly url: string
}

export interface DeliveryJob {
  /** The user's own. */
  readonly token: string
  readonly user: string
  /** Name of the server; '' is the default one. */
  readonly server: string
  /** Exactly as the Hub gave it. */
  readonly serverUrl: string
  /** From `ServerState`; saves two calls when the same start has been delivered to before. */
  readonly serverStarted?: string | undefined
  /** The template's own wish; undefined or `auto`: the setting decides. */
  readonly openWith?: OpenWith | undefined
  readonly wanted: WantedFile
  /** The request's id, which stands in the notebook as `made_from.request`. */
  readonly request: string
  /** Path that an interrupted attempt was about to write. */
  readonly tried: string | undefined
  /** Told before each write and awaited. When it throws, nothing is written. */
  readonly trying: (path: string) => Promise<void>
  /** The notebook's bytes, from the beginning each time. */
  readonly open: () => AsyncIterable<Uint8Array>
  /** Number of these bytes. */
  readonly length: number
  /** What goes beside it, and is there before it. Often none. */
  readonly files: readonly FileToWrite[]
  /** What is left of the time for this work; default 45 s. */
  readonly patience?: Patience | undefined
  /** Aborting breaks a write off; no partial file stays. */
  readonly signal: AbortSignal
  /** Aborting keeps a write from beginning; one that has begun goes on. */
  readonly closing?: AbortSignal | undefined
}

/** A file that goes beside a notebook. */
export interface FileToWrite extends KnownFile {
  /** From the notebook's folder on. */
  readonly path: string
  /** Its bytes, from the beginning each time. */
  readonly open: () => AsyncIterable<Uint8Array>
}

/** `auto`: as a notebook where the server can show one, else in JupyterLab. */
export type OpenWith = 'auto' | 'notebook' | 'lab'
