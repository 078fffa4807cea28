/** The Hub's REST API, always with a user's own token: this service has no rights of its own over anybody. */
import type { TargetOptions } from './http.ts'
import { createHubRequests } from './hub-requests.ts'
import { followProgress, type ProgressMessage } from './progress.ts'
import { openProgress, startServer } from './start-server.ts'
import { withoutToken } from './token-echo.ts'
import type { HubUser, ServerState, UserOptions } from './user-model.ts'

export type { HubUser, ProgressMessage, ServerState, UserOptions }

export interface HubOptions extends Omit<TargetOptions, 'url'> {
  /** `JUPYTERHUB_API_URL` */
  readonly apiUrl: string
  /** Until the Hub has answered a start; it holds the answer back for `slow_spawn_timeout` (10 s by default). */
  readonly startTimeout_ms?: number
}

export interface Hub {
  /** The holder of a token; undefined when it does not hold (any more). One call. @throws Fault 24 hub */
  whoAmI(token: string): Promise<HubUser | undefined>
  /**
   * State of one server; '' is the default one.
   *
   * @throws Fault 27 no-session when the token does not hold or is another user's, 24 hub
   */
  server(token: string, user: string, server: string): Promise<ServerState>
  /**
   * Asks for a start; resolves as soon as the Hub has it under way (its own answer can take 10 s, so that is not
   * waited for). A server that starts already or is ready is no error. What goes wrong later, `progress` tells.
   *
   * @param options undefined: those of the server's last start, or none
   * @throws Fault 23 failed `{ message }` (the Hub's own words), 23 named-off, 23 named-limit `{ limit }`, 22 missing-scope, 22 refused, 27 no-session, 24 hub;
   *   HubBusy when the Hub starts no more servers at the moment
   */
  start(token: string, user: string, server: string, options?: UserOptions): Promise<void>
  /**
   * The Hub's messages while a server starts, ending with one that is `ready` or `failed`. Connects again when
   * the stream breaks.
   *
   * @throws Fault 24 hub when the Hub stays away; the signal's reason
   */
  progress(token: string, user: string, server: string, signal: AbortSignal): AsyncIterable<ProgressMessage>
  close(): Promise<void>
}

export function createHub(options: HubOptions): Hub {
  const requests = createHubRequests({ ...options, url: options.apiUrl })
  const closing = new AbortController()
  const timeout_ms = options.startTimeout_ms ?? 120_000
  return {
    whoAmI: requests.whoAmI,
    server: requests.server,
    start: (token, user, server, options) =>
      startServer(requests, { token, user, server, options, timeout_ms, closing: closing.signal }),
    async *progress(token, user, server, signal) {
      const told = followProgress({
        open: () => openProgress(requests, { token, user, server }, signal),
        state: async () => (await requests.server(token, user, server)).state,
        signal,
      })
      for await (const one of told) yield { ...one, message: withoutToken(one.message, token) }
    },
    close() {
      // The Hub goes on with a start whose answer nobody waits for.
      closing.abort(new Error('the service is shutting down'))
      return requests.close()
    },
  }
}
