/**
 * The Contents API of one user's server, through the hub's proxy and with the user's own token.
 * Source: Jupyter Server documentation, "Contents API"; what it leaves open was tried on jupyter-server 2.21.1.
 */
import { streamHolds } from './byte-streams.ts'
import { notReady, readRefusal, ServerNotReady } from './contents-answers.ts'
import { discard, openTarget, readParts, type TargetOptions } from './http.ts'
import { makeFolders } from './make-folders.ts'
import { createNotebookViews } from './notebook-view.ts'
import { apiPath, createServerRequests, type Place } from './server-requests.ts'
import { isRecord } from './user-model.ts'
import { type Source, writeFile } from './write-file.ts'

export { type Place, ServerNotReady, type Source }

export interface Entry {
  readonly type: 'directory' | 'file'
}

/**
 * Paths are relative to the server's root, `/` between the parts, not encoded.
 *
 * All of these throw `ServerNotReady` when the server does not answer for itself, Fault 11 when it refuses.
 */
export interface Contents {
  /** What is at a path; undefined when nothing is there. One call. */
  look(place: Place, path: string): Promise<Entry | undefined>
  /** Names in a folder; hidden ones are not among them. */
  list(place: Place, folder: string): Promise<ReadonlySet<string>>
  /** Makes what is missing of a folder's path, level by level. @throws Fault 16 folder-is-a-file `{ folder }` */
  makeFolders(place: Place, folder: string): Promise<void>
  /** Saves a file byte for byte, streamed. Nothing is left at the path when it fails. Replaces what is there. */
  writeFile(place: Place, path: string, source: Source): Promise<void>
  /** Whether there is a file of UTF-8 that holds this text; what is read is never kept. */
  fileHolds(place: Place, path: string, text: string): Promise<boolean>
  /** Whether the server shows single notebooks under `notebooks/`: Notebook 7 does, JupyterLab alone does not. */
  hasNotebookView(place: Place): Promise<boolean>
  close(): Promise<void>
}

/** No file that is looked into is longer; a notebook of this service is far shorter. */
const longestFile = 256 << 20

/** @param options.url `NOTEBOOK_TEMPLATES_PROXY_URL`: only its origin counts, a server's path comes from the Hub */
export function createContents(options: TargetOptions): Contents {
  const target = openTarget(options)
  const requests = createServerRequests(target)
  const { send, getModel } = requests
  return {
    async look(place, path) {
      const model = await getModel(place, path, 'content=0')
      return model && { type: model.type === 'directory' ? 'directory' : 'file' }
    },

    async list(place, folder) {
      const model = await getModel(place, folder, 'type=directory&content=1')
      const entries = Array.isArray(model?.content) ? model.content : []
      return new Set(entries.filter(isRecord).map((entry) => String(entry.name)))
    },

    makeFolders: (place, folder) => makeFolders(requests, place, folder),
    writeFile: (place, path, source) => writeFile(requests, place, path, source),

    async fileHolds(place, path, text) {
      const answer = await send(place, apiPath(path, 'type=file&format=text&content=1'))
      if (answer.status === 200) {
        return await streamHolds(readParts(answer, place.signal), text, longestFile).catch((error) => {
          throw notReady(error)
        })
      }
      // 400: not UTF-8, or a folder.
      if (answer.status !== 404 && answer.status !== 400) throw await readRefusal(answer)
      await discard(answer)
      return false
    },

    hasNotebookView: createNotebookViews(requests),
    close: () => target.close(),
  }
}
