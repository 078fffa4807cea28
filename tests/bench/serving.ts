/**
 * A server of its own process for the bench: `/rendered/<n>` makes and streams the notebook of template n, `/untouched/<n>` streams
 * the template's file. Both go through the same Fastify, with the same headers.
 *
 * Arguments: the folder, then the templates' paths in it. Says its port on the first line of stdout; ends with its stdin.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import Fastify, { type FastifyReply } from 'fastify'
import { openPieces } from '../../service/catalogue/template-pieces.ts'
import { compile, makePieces } from './core.ts'

const [folder = '', ...paths] = process.argv.slice(2)
const templates = await Promise.all(paths.map((path) => compile(folder, { path, size: '' })))
const server = Fastify()

server.get<{ Params: { n: number } }>('/rendered/:n', (request, reply) => {
  const template = templates[request.params.n]!
  const { pieces, length } = makePieces(template)
  return send(reply, length, Readable.from(openPieces(template.file, pieces), { objectMode: false }))
})

server.get<{ Params: { n: number } }>('/untouched/:n', async (request, reply) => {
  const { file } = templates[request.params.n]!
  return send(reply, (await stat(file)).size, createReadStream(file))
})

function send(reply: FastifyReply, length: number, bytes: Readable) {
  return reply.type('application/x-ipynb+json').header('content-length', length).send(bytes)
}

await server.listen({ host: '127.0.0.1', port: 0 })
console.log((server.server.address() as AddressInfo).port)
process.stdin.resume().on('end', () => server.close())
