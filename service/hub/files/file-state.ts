import { createHash } from 'node:crypto'
import { Fault } from '../../fault.ts'
import { parseJson, readText } from '../http.ts'
import { AnswerTooLong } from '../http-errors.ts'
import type { ServerRequests, UserServer } from '../server-requests.ts'
import { isRecord } from '../user-model.ts'
import { notReady } from './contents-answers.ts'

/** A file by what its bytes are. */
export interface KnownFile {
  /** Bytes. */
  readonly length: number
  /** In hexadecimal. */
  readonly sha256: string
}

/** Of the rest of a model, in bytes. */
const modelBytes = 1 << 16

/** See `Contents.stateOfFile`. Servers before jupyter-server 2.11 know no hash: then the content itself is read. */
export async function stateOfFile(
  requests: ServerRequests,
  server: UserServer,
  path: string,
  { length, sha256 }: KnownFile,
): Promise<'absent' | 'same' | 'other'> {
  // Not with its hash at once: of a folder there is none, and asking for it is an error.
  const model = await requests.getModel(server, path, 'content=0')
  if (model === undefined) return 'absent'
  if (model.type === 'directory') return 'other'
  if (typeof model.size === 'number' && model.size !== length) return 'other'
  const hashed = await requests.getModel(server, path, 'type=file&content=0&hash=1')
  if (hashed === undefined) return 'absent'
  if (hashed.hash_algorithm === 'sha256' && typeof hashed.hash === 'string')
    return hashed.hash === sha256 ? 'same' : 'other'
  const bytes = await readContent(requests, server, path, length)
  if (bytes === 'absent') return 'absent'
  return bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === sha256 ? 'same' : 'other'
}

/** `undefined` when there is more than `length` bytes in base64 take. */
async function readContent(
  { find }: ServerRequests,
  server: UserServer,
  path: string,
  length: number,
): Promise<Buffer | 'absent' | undefined> {
  const answer = await find(server, path, 'type=file&format=base64&content=1')
  if (answer === undefined) return 'absent'
  try {
    // Line breaks in it count for an escape each.
    const model = parseJson(await readText(answer, Math.ceil(length * 1.4) + modelBytes))
    if (!isRecord(model) || typeof model.content !== 'string') throw new Fault(11, 'odd-answer')
    return Buffer.from(model.content, 'base64')
  } catch (error) {
    if (error instanceof AnswerTooLong) return undefined
    throw notReady(error)
  }
}
