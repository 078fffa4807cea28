import { createHash } from 'node:crypto'
import { parseJson } from '../http.ts'

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

/** So much text is looked at in one go: other users' requests are answered in between. */
const pieceLength = 1 << 16
/** In characters. A name has 255 bytes at most, and an escape takes six characters. */
const longestName = 4096
const nameInList = /"content":\s*\[|"name":\s*("(?:[^"\\]|\\.)*")/g

/**
 * The names of a folder's entries in its model (Jupyter Server, "Contents API"), from no more than `limit` bytes. The JSON
 * is not parsed: a list of 30 MB that its server has made for that takes a process ten seconds and more.
 */
export async function namesInList(parts: AsyncIterable<Uint8Array>, limit: number): Promise<Set<string>> {
  const names = new Set<string>()
  const decoder = new TextDecoder()
  let text = ''
  let seen = 0
  const look = () => {
    let end = 0
    for (const { 0: found, 1: name, index } of text.matchAll(nameInList)) {
      end = index + found.length
      // What stood before the entries is the folder's own name.
      if (name === undefined) names.clear()
      else names.add(String(parseJson(name) ?? ''))
    }
    text = text.slice(Math.max(end, text.length - longestName))
  }
  for await (const part of parts) {
    text += decoder.decode(part, { stream: true })
    if (text.length >= pieceLength) look()
    seen += part.length
    if (seen > limit) break
  }
  look()
  return names
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
