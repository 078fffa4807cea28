import type { ServerState } from '../../service/hub/hub.ts'

/** A server of ada's that answers, as the Hub tells of it. */
export const runningServer = (options?: Record<string, unknown>): ServerState => ({
  state: 'ready',
  url: '/user/ada/',
  started: '1',
  options,
})
