/**
 * A bare Fastify of its own process that gives the answers of a file: to each method and address the same status, headers and bytes
 * each time. It reads the body of a request, and does nothing with it. What is large comes from a file: nobody holds all
 * notebooks in memory.
 *
 * Arguments: the file (`Recorded`), and a folder where it also keeps what a journey must keep (`openKept`), if that is to be measured.
 * Says its port on the first line of stdout; ends with its stdin.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { createSealer } from '../../service/seal.ts'
import { openStore } from '../../service/store/index.ts'

/** By method and address; the body in base64. */
export type Recorded = Record<
  string,
  {
    readonly status: number
    readonly headers: Record<string, string | string[]>
    readonly body: string
    /** In place of the body, with its length. */
    readonly file?: { readonly path: string; readonly length: number }
  }
>

const [, , file = '', folder] = process.argv
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded
const answers = new Map(
  Object.entries(recorded).map(([asked, answer]) => [
    asked,
    { ...answer, bytes: Buffer.from(answer.body, 'base64') },
  ]),
)

const kept = folder === undefined ? undefined : await openKept(folder)
const server = Fastify()
server.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  async (_request: FastifyRequest, body: string) => body,
)
const give = async (request: FastifyRequest, reply: FastifyReply) => {
  await kept?.step(request)
  const answer = answers.get(`${request.method} ${request.url}`)
  if (answer === undefined) return reply.code(404).send()
  const { status, headers, file, bytes } = answer
  reply.code(status).headers(headers)
  if (file === undefined) return reply.send(bytes)
  return reply.header('content-length', file.length).send(createReadStream(file.path))
}
server.get('/*', give)
server.post('/*', give)
await server.listen({ host: '127.0.0.1', port: 0 })
console.log((server.server.address() as AddressInfo).port)
process.stdin.resume().on('end', () => server.close().then(() => kept?.close()))

/**
 * The fewest writes and reads with which a journey survives the end of its process: the click, the number of the second answer that
 * is good once, and when it was confirmed; the three answers after the click read it. In the service's own store, sealed.
 */
async function openKept(path: string) {
  const sealer = createSealer(randomBytes(32))
  const store = await openStore(`lmdb:${path}`, { maxKeptBytes: 2 ** 30, sealer })
  const clicked = Buffer.alloc(600, 'x')
  let id = ''
  return {
    close: () => store.close(),
    async step({ method, url }: FastifyRequest) {
      if (url.startsWith('/t/')) {
        id = `request:${randomUUID()}`
        await store.put(id, clicked, 3600, 'clicks')
        return
      }
      const found = await store.get(id)
      if (method === 'POST') await store.compareAndSet(id, found, clicked, 3600)
      else if (url.includes('?n='))
        await store.compareAndSet(`answer:${randomUUID()}`, undefined, Buffer.of(1), 30)
    },
  }
}
