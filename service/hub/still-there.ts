/**
 * Whether the Hub that this service belongs to is still there, asked with the service's own token.
 * Source: JupyterHub REST API, `GET /user`. A new Hub does not know the token of an old one's managed service.
 */
import { openTarget, readText, type TargetOptions } from './http.ts'

export interface Watch {
  /** Silent for so long, it is gone; default 30 000. */
  readonly silence_ms?: number
  /**
   * Nothing has listened at its address for so long: it is gone; default as `silence_ms`. Shorter where the Hub is known to
   * have been the parent: the port of this service has to be free when the Hub is started again.
   */
  readonly closed_ms?: number
  /** Between two questions while it is silent; default 1000. */
  readonly again_ms?: number
  /** Between two questions once it has accepted the token; default 60 000. */
  readonly rest_ms?: number
}

/**
 * Asks now and then, until the Hub refuses the token (401, 403) or has been silent for too long.
 *
 * @param options.url `JUPYTERHUB_API_URL`
 * @returns why it counts as gone; never resolves while it is there
 */
export async function hubGone(options: TargetOptions, token: string, watch: Watch = {}): Promise<string> {
  const { silence_ms = 30_000, closed_ms = silence_ms, again_ms = 1000, rest_ms = 60_000 } = watch
  const target = openTarget({ ...options, connectTimeout_ms: silence_ms, timeout_ms: silence_ms })
  try {
    let heard = performance.now()
    for (;;) {
      const status = await ask(target, token, silence_ms)
      if (status === 401 || status === 403) return 'the Hub refuses this service'
      if (status === 200) heard = performance.now()
      else if (performance.now() - heard >= (status === 'closed' ? closed_ms : silence_ms))
        return 'the Hub has ended'
      await pause(status === 200 ? rest_ms : again_ms)
      // Time spent at rest was no silence.
      if (status === 200) heard = performance.now()
    }
  } finally {
    await target.close()
  }
}

/** undefined: no answer; `closed`: nobody listens. Any other answer than the Hub's own may be that of a proxy, and says nothing. */
async function ask(target: ReturnType<typeof openTarget>, token: string, timeout_ms: number) {
  const headers = { authorization: `token ${token}`, accept: 'application/json' }
  const signal = AbortSignal.timeout(timeout_ms)
  try {
    const answer = await target.request({ method: 'GET', path: `${target.base}/user`, headers, signal })
    await readText(answer)
    return answer.status
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: unknown }
    return code === 'ECONNREFUSED' || code === 'ENOENT' ? 'closed' : undefined
  }
}

/** Keeps no process alive by itself. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
