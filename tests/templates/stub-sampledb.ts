/** SampleDB's API as far as the template asks it, with answers that a real one would not give. */
import type { RequestListener } from 'node:http'
import type { Test } from 'tap'
import { listenWith } from '../support/listen.ts'

/** What is answered to one address: JSON of a value, or the bytes of a body as they are. */
export interface Reply {
  readonly status?: number
  readonly location?: string
  readonly json?: unknown
  readonly body?: string | Uint8Array
  /** The connection is closed instead. */
  readonly hangUp?: true
}

/** By the path after `/api/v1/`. */
export type Replies = Readonly<Record<string, Reply>>

export interface StubSampleDb {
  readonly origin: string
  /** Of each request, by the first part of its path. */
  readonly asked: ReadonlyMap<string, readonly { readonly path: string; readonly authorization: string }[]>
}

/** Answers below `/<name>/`, so that one is enough for many notebooks; and tells the token to whoever can read an error. */
export async function startStub(t: Test, replies: Readonly<Record<string, Replies>>): Promise<StubSampleDb> {
  const asked = new Map<string, { path: string; authorization: string }[]>()
  const answer: RequestListener = (request, response) => {
    const [, name = '', path = ''] = /^\/([^/]*)(?:\/api\/v1\/(.*))?$/.exec(request.url ?? '') ?? []
    const { authorization = '' } = request.headers
    asked.set(name, [...(asked.get(name) ?? []), { path, authorization }])
    const reply = replies[name]?.[path] ?? { status: 404 }
    if (reply.hangUp) return request.socket.destroy()
    const { status = 200, location, json, body = authorization } = reply
    response.writeHead(status, {
      'x-authorization': authorization,
      ...(location !== undefined && {
        location: location.replace('TOKEN', encodeURIComponent(authorization)),
      }),
    })
    response.end(json === undefined ? body : JSON.stringify(json))
  }
  return { origin: await listenWith(t, answer), asked }
}

/** Object 17 in its third version, with these files. */
export function objectWith(
  files: Readonly<Record<string, string>>,
  data: unknown = { name: { _type: 'text', text: { de: 'Probe', en: 'Scan 42' } } },
  schema: unknown = { title: 'Scan' },
): Replies {
  const names = Object.keys(files)
  const listed = names.map((name, index) => ({
    ...{ object_id: 17, file_id: index, storage: 'database', original_file_name: name },
  }))
  return {
    'objects/17': { status: 302, location: 'http://sampledb.invalid/api/v1/objects/17/versions/3' },
    'objects/17/versions/3': { json: { object_id: 17, version_id: 3, schema, data } },
    'objects/17/files/': { json: listed },
    ...Object.fromEntries(
      listed.map((file) => [
        `objects/17/files/${file.file_id}`,
        {
          json: { ...file, base64_content: Buffer.from(files[file.original_file_name]!).toString('base64') },
        },
      ]),
    ),
  }
}
