/**
 * The Contents API of one user's server, through the hub's proxy and with the user's own token.
 * Source: Jupyter Server documentation, "Contents API"; what it leaves open was tried on jupyter-server 2.21.1.
 */
import { Fault } from '../fault.ts'
import { base64Body, base64BodyLength } from './base64-body.ts'
import { hashBeginning, streamHolds } from './byte-streams.ts'
import { isNotReady, notReady, readBody, readRefusal, ServerNotReady } from './contents-answers.ts'
import {
  type Answer,
  type Call,
  discard,
  openTarget,
  parseJson,
  readParts,
  type TargetOptions,
} from './http.ts'
import { encodePath, splitServerUrl } from './paths.ts'
import { isRecord } from './user-model.ts'

export { ServerNotReady }

/** One server, for one user. */
export interface Place {
  readonly token: string
  /** Exactly as the Hub gave it. */
  readonly serverUrl: string
  /** From `ServerState`: what is learnt about the server holds until it starts again. */
  readonly started?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** Bytes that can be read as often as needed. */
export interface Source {
  readonly length: number
  open(): AsyncIterable<Uint8Array>
}

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
  /** Whether there is a file that holds this text; what is read is never kept. */
  fileHolds(place: Place, path: string, text: string): Promise<boolean>
  /** Whether the server shows single notebooks under `notebooks/` (Notebook 7 and nbclassic do, Lab alone does not). */
  hasNotebookView(place: Place): Promise<boolean>
  close(): Promise<void>
}

/** So long a server may take to store a file after its last byte has been sent. */
const writeTimeout_ms = 120_000
/** No file that is looked into is longer; a notebook of this service is far shorter. */
const longestFile = 256 << 20
const mostViews = 10_000

/** @param options.url `NOTEBOOK_TEMPLATES_PROXY_URL`: only its origin counts, a server's path comes from the Hub */
export function createContents(options: TargetOptions): Contents {
  const target = openTarget(options)
  const views = new Map<string, boolean>()

  /** `path` is below the server's URL. */
  async function send(
    place: Place,
    path: string,
    call: Omit<Call, 'path'> = { method: 'GET' },
  ): Promise<Answer> {
    const server = splitServerUrl(place.serverUrl)
    const headers = {
      authorization: `token ${place.token}`,
      accept: 'application/json',
      ...(server.host === undefined ? {} : { host: server.host }),
      ...call.headers,
    }
    try {
      return await target.request({ ...call, path: server.path + path, headers, signal: place.signal })
    } catch (error) {
      throw notReady(error)
    }
  }

  async function getModel(
    place: Place,
    path: string,
    query: string,
  ): Promise<Record<string, unknown> | undefined> {
    const answer = await send(place, apiPath(path, query))
    if (answer.status === 404) {
      await discard(answer)
      return undefined
    }
    if (answer.status !== 200) throw await readRefusal(answer)
    const model = parseJson(await readBody(answer))
    if (!isRecord(model)) throw new Fault(11, 'refused', { status: 200, message: '' })
    return model
  }

  async function look(place: Place, path: string): Promise<Entry | undefined> {
    const model = await getModel(place, path, 'content=0')
    return model && { type: model.type === 'directory' ? 'directory' : 'file' }
  }

  /** How deep a folder's path exists already. A path below a file is a 500: what is above it tells why. */
  async function existingDepth(place: Place, parts: readonly string[]): Promise<number> {
    let refusal: unknown
    for (let depth = parts.length; depth > 0; depth--) {
      const folder = parts.slice(0, depth).join('/')
      const entry = await look(place, folder).catch((error) => {
        if (!(error instanceof Fault)) throw error
        refusal ??= error
        return undefined
      })
      if (entry?.type === 'file') throw new Fault(16, 'folder-is-a-file', { folder })
      if (entry && refusal) throw refusal
      if (entry) return depth
    }
    if (refusal) throw refusal
    return 0
  }

  /**
   * A disk that is full leaves the beginning of the file behind, and an answer that does not say so (jupyter-server
   * 2.21.1). Removed when it is a true beginning of ours, so never somebody else's.
   */
  async function removePartial(place: Place, path: string, source: Source): Promise<boolean> {
    const left = await getModel(place, path, 'type=file&content=0&hash=1')
    if (typeof left?.size !== 'number' || left.size >= source.length) return false
    if (left.hash_algorithm !== 'sha256' || left.hash !== (await hashBeginning(source.open(), left.size)))
      return false
    await discard(await send(place, apiPath(path), { method: 'DELETE' }))
    return true
  }

  return {
    look,

    async list(place, folder) {
      const model = await getModel(place, folder, 'type=directory&content=1')
      const entries = Array.isArray(model?.content) ? model.content : []
      return new Set(entries.filter(isRecord).map((entry) => String(entry.name)))
    },

    async makeFolders(place, folder) {
      const parts = folder.split('/').filter((part) => part !== '')
      for (let depth = (await existingDepth(place, parts)) + 1; depth <= parts.length; depth++) {
        const path = apiPath(parts.slice(0, depth).join('/'))
        const answer = await send(place, path, { method: 'PUT', headers: json, body: '{"type":"directory"}' })
        if (answer.status >= 300) throw await readRefusal(answer)
        await discard(answer)
      }
    },

    async writeFile(place, path, source) {
      const body = watched(base64Body(source.open(), source.length))
      const answer = await send(place, apiPath(path), {
        method: 'PUT',
        headers: { ...json, 'content-length': String(base64BodyLength(source.length)) },
        body: body.parts,
        timeout_ms: writeTimeout_ms,
      }).catch((error) => {
        throw body.failure() ?? error
      })
      if (answer.status < 300) return await discard(answer)
      const refusal = await readRefusal(answer)
      const removed = answer.status >= 500 && (await removePartial(place, path, source).catch(() => false))
      throw removed ? new Fault(11, 'disk-full', refusal.values, { cause: refusal }) : refusal
    },

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

    async hasNotebookView(place) {
      const key = `${place.started} ${place.serverUrl}`
      const known = place.started === undefined ? undefined : views.get(key)
      if (known !== undefined) return known
      // GET: to a HEAD the Hub answers 405 for a stopped server, as a server does that has such a view.
      const answer = await send(place, 'notebooks/x')
      const { status, headers } = answer
      await discard(answer)
      const elsewhere = status >= 300 && status < 400 && !/\/hub\//.test(`${headers.location}`)
      if (!elsewhere && isNotReady(status, headers)) throw new ServerNotReady(`status ${status}`)
      if (views.size >= mostViews) views.clear()
      views.set(key, status < 400)
      return status < 400
    },

    close: () => target.close(),
  }
}

const json = { 'content-type': 'application/json' }

function apiPath(path: string, query = ''): string {
  return `api/contents/${encodePath(path)}${query && `?${query}`}`
}

/** The parts, and why their source failed: undici reports only that the request did. */
function watched(source: AsyncIterable<Uint8Array>) {
  let failure: unknown
  async function* parts() {
    try {
      yield* source
    } catch (error) {
      failure = error
      throw error
    }
  }
  return { parts: parts(), failure: () => failure }
}
