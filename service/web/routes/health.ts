import type { FastifyInstance } from 'fastify'

/** `GET /health`: answers as soon as the service listens, and asks nobody. */
export default async function health(app: FastifyInstance): Promise<void> {
  app.get('/health', { logLevel: 'warn' }, async () => ({ status: 'ok' }))
}
