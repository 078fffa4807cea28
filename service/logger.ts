import pino, { type DestinationStream, type Logger } from 'pino'
import { loggedError } from './error-log.ts'

/**
 * The log: one line of JSON for each event, on standard output. A request is logged by its method and its route, never by
 * its address: that may hold an OAuth code, parameters, or the id of a kept request. An error that Fastify itself logs, such as
 * one that breaks an answer off, is logged as ours are: without stack, paths and secrets.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service: 'notebook-templates' },
    serializers: {
      req: (request: { method?: string; routeOptions?: { url?: string } }) => ({
        method: request.method,
        route: request.routeOptions?.url ?? 'none',
      }),
      err: (error: unknown) => loggedError(error),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
