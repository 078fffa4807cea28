import { createHash } from 'node:crypto'

/** Whether the bytes hold this text (UTF-8), looking at no more than `limit` bytes and keeping none. */
export async function streamHolds(
  parts: AsyncIterable<Uint8Array>,
  text: string,
  limit: number,
): Promise<boolean> {
  const wanted = Buffer.from(text)
  let seen = 0
  let rest = Buffer.alloc(0)
  for await (const part of parts) {
    const bytes = Buffer.concat([rest, part])
    if (bytes.includes(wanted)) return true
    seen += part.length
    if (seen > limit) return false
    // As much as could be the beginning of the text.
    rest = Buffer.from(bytes.subarray(Math.max(0, bytes.length - wanted.length + 1)))
  }
  return false
}

/** SHA-256 in hex of the first `length` bytes. */
export async function hashBeginning(parts: AsyncIterable<Uint8Array>, length: number): Promise<string> {
  const hash = createHash('sha256')
  let left = length
  for await (const part of parts) {
    hash.update(part.subarray(0, left))
    left -= Math.min(left, part.length)
    if (left === 0) break
  }
  return hash.digest('hex')
}
