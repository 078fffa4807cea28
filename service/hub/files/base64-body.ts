/** Bytes of the file that are encoded in one go; a multiple of 3. */
const block = 192 * 1024
const head = '{"type":"file","format":"base64","content":"'
const tail = '"}'

/** Length in bytes of the body for a file of `length` bytes. */
export function base64BodyLength(length: number): number {
  return head.length + 4 * Math.ceil(length / 3) + tail.length
}

/**
 * The body of a PUT to the Contents API that saves a file byte for byte (Jupyter Server, Contents API: `type` file,
 * `format` base64), made while it is sent.
 *
 * @throws Error when the source has more or fewer bytes than `length`
 */
export async function* base64Body(source: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Buffer> {
  let seen = 0
  let rest = Buffer.alloc(0)
  yield Buffer.from(head)
  for await (const chunk of source) {
    seen += chunk.length
    if (seen > length) break
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : asBuffer(chunk)
    const whole = bytes.length - (bytes.length % 3)
    for (let from = 0; from < whole; from += block) {
      yield Buffer.from(bytes.toString('base64', from, Math.min(from + block, whole)), 'latin1')
    }
    rest = Buffer.from(bytes.subarray(whole))
  }
  if (seen !== length) throw new Error(`the notebook has not the ${length} bytes it was to have`)
  yield Buffer.from(rest.toString('base64') + tail)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
