/** Servers of a test on a free port of this machine, closed at its end. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'

/** Lets an app listen; its origin. */
export async function listenOn(t: Test, app: FastifyInstance): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => {
    app.server.closeAllConnections()
    return app.close()
  })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

/** Answers by a listener alone; its origin. Its host `localhost` is another site than `127.0.0.1`. */
export async function listenWith(t: Test, listener: RequestListener, host = '127.0.0.1'): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://${host}:${(server.address() as AddressInfo).port}`
}

/** Another site, which would notice: what it was asked for. */
export async function startBystander(
  t: Test,
): Promise<{ readonly origin: string; readonly asked: readonly string[] }> {
  const asked: string[] = []
  const answer: RequestListener = (request, response) => {
    asked.push(String(request.url))
    response.end()
  }
  return { origin: await listenWith(t, answer, 'localhost'), asked }
}
