/**
 * A rendered notebook as a stream: pieces that are bytes as they are, pieces that are ranges read from the immutable
 * copy of the template. Nothing large is ever held whole, nothing small is read from disk twice.
 */

import { type FileHandle, open } from 'node:fs/promises'
import type { Piece } from '../notebook/index.ts'

/** Bytes of one chunk of the stream. */
export const chunkBytes = 256 * 1024
/** The size up to which a file is read at once and remembered, and of all that are remembered. */
const mostRemembered = 2 * 2 ** 20
const rememberedBytes = 8 * 2 ** 20

/**
 * @param file an immutable copy (it is remembered by its name)
 * @param pieces in order; a range is `from` ≤ byte < `to`
 * @throws when the file has not all of the bytes that the pieces ask for
 */
export async function* openPieces(file: string, pieces: readonly Piece[]): AsyncGenerator<Uint8Array, void> {
  const remembered = recall(file)
  if (remembered) return yield* chunksFrom(pieces, (range, into) => copyRange(remembered, range, into))
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    if (size <= mostRemembered) {
      const whole = Buffer.allocUnsafeSlow(size)
      await readRange(handle, { from: 0, to: size }, whole)
      remember(file, whole)
      yield* chunksFrom(pieces, (range, into) => copyRange(whole, range, into))
    } else yield* chunksFrom(pieces, (range, into) => readRange(handle, range, into))
  } finally {
    await handle.close()
  }
}

/** The same at once, where the template's bytes are in memory. */
export function joinPieces(bytes: Uint8Array, pieces: readonly Piece[]): Buffer {
  return Buffer.concat(
    pieces.map((piece) => (piece instanceof Uint8Array ? piece : bytes.subarray(piece.from, piece.to))),
  )
}

/** Bytes `from` ≤ byte < `to` of what the pieces are together, in memory of their own. Throws as `openPieces`. */
export async function readPieces(
  file: string,
  pieces: readonly Piece[],
  { from, to }: Range,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(to - from)
  let filled = 0
  for await (const chunk of openPieces(file, cutOut(pieces, from, to))) {
    bytes.set(chunk, filled)
    filled += chunk.length
  }
  return bytes
}

interface Range {
  readonly from: number
  readonly to: number
}
type Fill = (range: Range, into: Uint8Array) => Promise<void> | void

/** The next chunk is read while the one before it is on its way. */
async function* chunksFrom(pieces: readonly Piece[], fill: Fill): AsyncGenerator<Uint8Array, void> {
  const plans = planChunks(pieces)
  let coming: Promise<Uint8Array> | undefined
  try {
    for (;;) {
      const plan = plans.next()
      const next = plan.done ? undefined : makeChunk(plan.value, fill)
      // It may fail before it is waited for.
      next?.catch(() => {})
      const ready = coming
      coming = next
      if (ready) yield await ready
      else if (!next) return
    }
  } finally {
    // Whoever stops early must not close the file under a read.
    await coming?.catch(() => {})
  }
}

/** Cuts the pieces into groups of at most `chunkBytes`: many small ones become one chunk. */
function* planChunks(pieces: readonly Piece[]): Generator<Piece[]> {
  let plan: Piece[] = []
  let room = chunkBytes
  for (const piece of pieces) {
    const length = lengthOf(piece)
    for (let start = 0; start < length; ) {
      const end = Math.min(length, start + room)
      plan.push(cut(piece, start, end))
      room -= end - start
      start = end
      if (room > 0) continue
      yield plan
      plan = []
      room = chunkBytes
    }
  }
  if (plan.length > 0) yield plan
}

async function makeChunk(plan: readonly Piece[], fill: Fill): Promise<Uint8Array> {
  const [only] = plan
  if (plan.length === 1 && only instanceof Uint8Array) return only
  const chunk = Buffer.allocUnsafeSlow(plan.reduce((sum, piece) => sum + lengthOf(piece), 0))
  let filled = 0
  for (const piece of plan) {
    const into = chunk.subarray(filled, filled + lengthOf(piece))
    if (piece instanceof Uint8Array) into.set(piece)
    else await fill(piece, into)
    filled += into.length
  }
  return chunk
}

function lengthOf(piece: Piece): number {
  return piece instanceof Uint8Array ? piece.length : piece.to - piece.from
}

function cut(piece: Piece, start: number, end: number): Piece {
  if (piece instanceof Uint8Array) return piece.subarray(start, end)
  return { from: piece.from + start, to: piece.from + end }
}

function cutOut(pieces: readonly Piece[], from: number, to: number): Piece[] {
  let at = 0
  return pieces.flatMap((piece) => {
    const start = at
    at += lengthOf(piece)
    const within = (offset: number) => Math.min(Math.max(offset, start), at) - start
    return within(to) > within(from) ? [cut(piece, within(from), within(to))] : []
  })
}

function copyRange(whole: Uint8Array, { from, to }: Range, into: Uint8Array): void {
  if (to > whole.length) throw new Error('the template copy ends before its pieces do')
  into.set(whole.subarray(from, to))
}

async function readRange(handle: FileHandle, { from }: Range, into: Uint8Array): Promise<void> {
  for (let filled = 0; filled < into.length; ) {
    const { bytesRead } = await handle.read(into, filled, into.length - filled, from + filled)
    if (bytesRead === 0) throw new Error('the template copy ends before its pieces do')
    filled += bytesRead
  }
}

/** Least recently used first. */
const memory = new Map<string, Uint8Array>()
let memoryBytes = 0

function recall(file: string): Uint8Array | undefined {
  const bytes = memory.get(file)
  if (bytes) {
    memory.delete(file)
    memory.set(file, bytes)
  }
  return bytes
}

function remember(file: string, bytes: Uint8Array): void {
  if (memory.has(file)) return
  memory.set(file, bytes)
  memoryBytes += bytes.length
  for (const [oldest, old] of memory) {
    if (memoryBytes <= rememberedBytes) return
    memory.delete(oldest)
    memoryBytes -= old.length
  }
}
