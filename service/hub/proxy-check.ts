/**
 * Whether the hub's proxy is where the settings say, found out at start: the service asks for its own `/health` there, without
 * any token. Only its own answer carries its mark. A wrong address would otherwise be found by users, after a minute or more.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, openTarget, type Target, type TargetOptions } from './http.ts'
import { Unreachable } from './http-errors.ts'

export interface OwnAddress {
  /** `/services/templates/health`, as the Hub has the proxy route it. */
  readonly path: string
  /** Where services have a host of their own (subdomains), which the proxy routes by. */
  readonly host: string | undefined
  /** Header that our own answer has, and its value: the same for all replicas. */
  readonly header: string
  readonly mark: string
}

export interface ProxyCheckTimes {
  /** The Hub adds the route some seconds after the start of this service. Default 30 000. */
  readonly patience_ms?: number
  /** Between two questions until then; default 2000. */
  readonly again_ms?: number
  /** Between two questions afterwards; default 60 000. */
  readonly rest_ms?: number
  /** For one answer; default 5000. */
  readonly timeout_ms?: number
}

/**
 * Asks until our own answer has come; resolves then, or when `signal` is aborted.
 *
 * @param options.url `NOTEBOOK_TEMPLATES_PROXY_URL`: only its origin counts, as for users' servers
 * @param tell called once when the patience is over, with what answered instead; and with undefined when all is well after that
 */
export async function checkProxy(
  options: TargetOptions,
  own: OwnAddress,
  tell: (instead: string | undefined) => void,
  signal: AbortSignal,
  { patience_ms = 30_000, again_ms = 2000, rest_ms = 60_000, timeout_ms = 5000 }: ProxyCheckTimes = {},
): Promise<void> {
  const target = openTarget({ ...options, connectTimeout_ms: timeout_ms, timeout_ms })
  const began = performance.now()
  let told = false
  try {
    while (!signal.aborted) {
      const instead = await ask(target, own, signal)
      if (instead === undefined) {
        if (told) tell(undefined)
        return
      }
      if (!told && performance.now() - began >= patience_ms && !signal.aborted) {
        told = true
        tell(instead)
      }
      // Keeps no process alive by itself; rejects when `signal` is aborted.
      await sleep(told ? rest_ms : again_ms, undefined, { signal, ref: false }).catch(() => {})
    }
  } finally {
    await target.close()
  }
}

/** undefined: we ourselves. Of another answer nothing is passed on but its status. */
async function ask(target: Target, own: OwnAddress, signal: AbortSignal): Promise<string | undefined> {
  const headers = own.host === undefined ? {} : { host: own.host }
  try {
    const answer = await target.request({ method: 'GET', path: own.path, headers, signal })
    answer.body.on('error', () => {}).destroy()
    return answer.headers[own.header] === own.mark ? undefined : describe(answer)
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: unknown }
    return error instanceof Unreachable
      ? `nobody (${typeof code === 'string' ? code : 'no answer'})`
      : 'nobody'
  }
}

function describe({ status, headers }: Answer): string {
  // A proxy without our route asks the Hub, whose answers have this header.
  return headers['x-jupyterhub-version'] === undefined
    ? `something else (status ${status})`
    : `a JupyterHub that has no route to this service (status ${status}): perhaps the Hub's own port, or another hub's proxy`
}
