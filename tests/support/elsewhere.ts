import type { Test } from 'tap'
import { listenWith } from './listen.ts'
import type { Listener } from './odd-answers.ts'

export interface Elsewhere {
  /** Of the Hub: its users' servers are ours. */
  readonly config: string
  /** The `Authorization` that the service sent to a user's server. */
  sent(user: string): string
}

/**
 * Users' servers for a real Hub and its proxy, all in this process. They answer the Hub's probe as they should.
 *
 * @param answers by the user's name
 * @param real users whose servers are real ones
 */
export async function startElsewhere(
  t: Test,
  answers: Readonly<Record<string, Listener>>,
  real: readonly string[] = [],
): Promise<Elsewhere> {
  const tokens = new Map<string, string>()
  const origin = await listenWith(t, (request, response) => {
    const [, user = '', path] = /^\/user\/([^/]+)\/(.*)$/.exec(`${request.url}`) ?? []
    if (path === 'api') return void response.end('{"version":"2.21.1"}')
    const { authorization } = request.headers
    if (authorization !== undefined) tokens.set(user, authorization)
    answers[user]?.(request, response)
  })
  return {
    config: `
c.JupyterHub.spawner_class = spawners.Elsewhere
c.Elsewhere.test_port = ${new URL(origin).port}
c.Elsewhere.real = ${JSON.stringify(real)}
`,
    sent: (user) => tokens.get(user) ?? '',
  }
}
