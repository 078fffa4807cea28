import { Fault } from '../../fault.ts'
import { discard } from '../http.ts'
import { apiPath, type ServerRequests, type UserServer } from '../server-requests.ts'
import { base64Body, base64BodyLength } from './base64-body.ts'
import { hashBeginning } from './byte-streams.ts'
import { readRefusal } from './contents-answers.ts'
import type { UploadTime } from './upload-time.ts'

/** Bytes that can be read as often as needed. */
export interface Upload {
  readonly length: number
  open(): AsyncIterable<Uint8Array>
}

/** Up to this a file is sent in one go: most notebooks are, and a stream costs a millisecond at both ends. */
const smallBytes = 64 * 1024

/** See `Contents.writeFile`. @param time that it may take; ended here */
export async function writeFile(
  requests: ServerRequests,
  server: UserServer,
  path: string,
  source: Upload,
  time: UploadTime,
): Promise<void> {
  await writeInTime(requests, { ...server, signal: time.signal }, path, source, time).finally(time.end)
}

async function writeInTime(
  requests: ServerRequests,
  server: UserServer,
  path: string,
  source: Upload,
  time: UploadTime,
): Promise<void> {
  const body = watched(base64Body(source.open(), source.length), time.taken)
  const isSmall = source.length <= smallBytes
  const answer = await requests
    .send(server, apiPath(path), {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        'content-length': String(base64BodyLength(source.length)),
      },
      body: isSmall ? await joined(body.parts) : body.parts,
      // The time given is all that counts.
      timeout_ms: 0,
      whole_ms: 0,
    })
    .catch((error) => {
      throw body.failure() ?? error
    })
  if (answer.status < 300) return await discard(answer)
  const refusal = await readRefusal(answer, server.token)
  const removed =
    answer.status >= 500 && (await removePartial(requests, server, path, source).catch(() => false))
  throw removed ? new Fault(11, 'disk-full', refusal.values, { cause: refusal }) : refusal
}

/**
 * A disk that is full leaves the beginning of the file behind, and an answer that does not say so (jupyter-server
 * 2.21.1). Removed when it is a true beginning of ours, so never somebody else's.
 */
async function removePartial(
  { getModel, send }: ServerRequests,
  server: UserServer,
  path: string,
  source: Upload,
): Promise<boolean> {
  const left = await getModel(server, path, 'type=file&content=0&hash=1')
  if (typeof left?.size !== 'number' || left.size >= source.length) return false
  const beginning = await hashBeginning(source.open(), left.size)
  if (left.hash_algorithm !== 'sha256' || left.hash !== beginning) return false
  await discard(await send(server, apiPath(path), { method: 'DELETE' }))
  return true
}

/** The parts, and why their source failed: undici reports only that the request did. `taken` is told what it has got. */
function watched(source: AsyncIterable<Uint8Array>, taken: (bytes: number) => void) {
  let failure: unknown
  async function* parts() {
    try {
      for await (const part of source) {
        yield part
        taken(part.length)
      }
    } catch (error) {
      failure = error
      throw error
    }
  }
  return { parts: parts(), failure: () => failure }
}

async function joined(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}
