import pino, { type DestinationStream, type Logger } from 'pino'

/**
 * The log: one line of JSON for each event, on standard output. A request is logged by its method and its route, never by
 * its address: that may hold an OAuth code, parameters, or the id of a kept request.
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
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
