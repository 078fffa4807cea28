/**
 * The Contents API of one user's server, through the hub's proxy and with the user's own token.
 * Source: Jupyter Server documentation, "Contents API"; what it leaves open was tried on jupyter-server 2.21.1.
 */

import { type Answer, discard, openTarget, readParts, type TargetOptions } from '../http.ts'
import { listKernels } from '../kernels.ts'
import { type ServerLimits, serverLimits } from '../server-limits.ts'
import { apiPath, createServerRequests, type UserServer } from '../server-requests.ts'
import { namesInList, streamHolds } from './byte-streams.ts'
import { isNotReady, notReady, readRefusal, ServerNotReady } from './contents-answers.ts'
import { type KnownFile, stateOfFile } from './file-state.ts'
import { makeFolders } from './make-folders.ts'
import { startUploadTime } from './upload-time.ts'
import { type Upload, writeFile } from './write-file.ts'

export { ServerNotReady, type Upload, type UserServer }

export interface FolderEntry {
  readonly type: 'directory' | 'file'
}

/**
 * Paths are relative to the server's root, `/` between the parts, not encoded.
 *
 * All of these throw `ServerNotReady` when the server does not answer for itself or in time, Fault 11 when it refuses or
 * answers in a way that the API does not know.
 */
export interface Contents {
  /** What is at a path; undefined when nothing is there. One call. */
  look(server: UserServer, path: string): Promise<FolderEntry | undefined>
  /** Names in a folder; hidden ones are not among them, nor what comes after 32 MiB. */
  list(server: UserServer, folder: string): Promise<ReadonlySet<string>>
  /**
   * Makes what is missing of a folder's path, level by level.
   *
   * @returns whether anything was missing
   * @throws Fault 16 folder-is-a-file `{ folder }`
   */
  makeFolders(server: UserServer, folder: string): Promise<boolean>
  /**
   * Saves a file byte for byte, streamed. Nothing is left at the path when it fails. Replaces what is there.
   *
   * @param within_ms time for the server's answer, at least 10 s; each byte that it takes has its own time beside this (`ServerLimits`)
   */
  writeFile(server: UserServer, path: string, source: Upload, within_ms?: number): Promise<void>
  /** Signs the notebook at a path for its user, so that Jupyter shows all of its outputs. Its bytes stay. */
  trust(server: UserServer, path: string): Promise<void>
  /** Whether there is a file of UTF-8 that holds this text; what is read is never kept. */
  fileHolds(server: UserServer, path: string, text: string): Promise<boolean>
  /** What is at a path, compared with a file whose bytes are known. One to three calls. */
  stateOfFile(server: UserServer, path: string, file: KnownFile): Promise<'absent' | 'same' | 'other'>
  /** Its kernels: name → language. Throws other errors too, for what is no such list. */
  kernels(server: UserServer): Promise<ReadonlyMap<string, string>>
  /** Whether the server shows single notebooks under `notebooks/`: Notebook 7 does, JupyterLab alone does not. */
  hasNotebookView(server: UserServer): Promise<boolean>
  close(): Promise<void>
}

/** No file that is looked into is longer; a notebook of this service is far shorter. */
const longestFile = 256 << 20
/** Of some hundred thousand files. What a longer list leaves out is found by looking. */
const longestList = 32 << 20

/** @param options.url `NOTEBOOK_TEMPLATES_PROXY_URL`: only its origin counts, a server's path comes from the Hub */
export function createContents(options: TargetOptions & { readonly limits?: ServerLimits }): Contents {
  const limits = options.limits ?? serverLimits
  const target = openTarget(options)
  const requests = createServerRequests(target, limits)
  const { send, find, getModel } = requests
  return {
    async look(server, path) {
      const model = await getModel(server, path, 'content=0')
      return model && { type: model.type === 'directory' ? 'directory' : 'file' }
    },

    async list(server, folder) {
      const answer = await find(server, folder, 'type=directory&content=1')
      if (answer === undefined) return new Set()
      return await read(server, answer, (parts) => namesInList(parts, longestList))
    },

    makeFolders: (server, folder) => makeFolders(requests, server, folder),
    writeFile: (server, path, source, within_ms = limits.step_ms) =>
      writeFile(requests, server, path, source, startUploadTime(limits, within_ms, server.signal)),

    async trust(server, path) {
      const answer = await send(server, `${apiPath(path)}/trust`, { method: 'POST' })
      if (answer.status >= 300) throw await readRefusal(answer, server.token)
      await discard(answer)
    },

    async fileHolds(server, path, text) {
      // 400: not UTF-8, or a folder.
      const answer = await find(server, path, 'type=file&format=text&content=1', 400)
      if (answer === undefined) return false
      return await read(server, answer, (parts) => streamHolds(parts, text, longestFile))
    },

    stateOfFile: (server, path, file) => stateOfFile(requests, server, path, file),

    kernels: (server) => listKernels(requests, server),

    async hasNotebookView(server) {
      // GET: to a HEAD the Hub answers 405 for a stopped server, as a server does that has such a view.
      const answer = await send(server, 'notebooks/x')
      const { status, headers } = answer
      await discard(answer)
      if (isNotReady(status, headers)) throw new ServerNotReady(`status ${status}`)
      return status < 400
    },

    close: () => target.close(),
  }
}

/** What is found in a body as it comes. */
function read<T>(
  { signal }: UserServer,
  answer: Answer,
  find: (parts: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  return find(readParts(answer, signal)).catch((error) => {
    throw notReady(error)
  })
}
