import type { FastifyInstance } from 'fastify'
import type { Sealer } from '../seal.ts'

/** Tells our own answer from that of another program (`hub/proxy-check.ts`). */
export const markHeader = 'notebook-templates-mark'

/** Its value: the same for all replicas, and for no other installation. */
export const markOf = (sealer: Sealer) => sealer.hideName('health')

/** `GET /health`: answers as soon as the service listens, and asks nobody. */
export default async function health(app: FastifyInstance, { sealer }: { sealer: Sealer }): Promise<void> {
  const mark = markOf(sealer)
  app.get('/health', { logLevel: 'warn' }, async (_, reply) => {
    reply.header(markHeader, mark)
    return { status: 'ok' }
  })
}
