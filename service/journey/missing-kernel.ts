import { setTimeout as sleep } from 'node:timers/promises'
import type { UserServer } from '../hub/files/contents.ts'
import { createLastUsed } from '../last-used.ts'
import { withinTime } from '../linked-signals.ts'
import type { CompiledTemplate } from '../notebook/index.ts'
import type { KeptRequest } from './request.ts'
import type { Visitor } from './steps.ts'

/** The kernels of a server: name → language, as `Contents.kernels` gives them. */
export type Kernels = ReadonlyMap<string, string>

/** A kernel that a notebook wants and its user's server has not, nor one that Jupyter would take in its place. */
export interface MissingKernel {
  readonly name: string
  /** As the notebook calls it; '' where it does not say. */
  readonly language: string
}

export interface MissingKernels {
  /**
   * Asks the user's server if it runs, and waits for a moment only; what comes later is known at the next visit. Never fails.
   *
   * @returns `undefined` too when nothing is known
   */
  find(request: KeptRequest, template: CompiledTemplate, visitor: Visitor): Promise<MissingKernel | undefined>
  /** Gives up what is still asked. */
  close(): void
}

interface Remembered {
  /** When the server was started, as the Hub says. */
  readonly started: string
  until_ms: number
  readonly kernels: Promise<Kernels | undefined>
}

const most = 1000
const keep_ms = 5 * 60_000
/** A server that did not answer is asked again after this. */
const retry_ms = 30_000

/**
 * @param ask the user's server, with the user's own token; may throw
 * @param options.wait_ms how long a page waits, default 300
 * @param options.limit_ms how long the server may take, default 5000
 */
export function createMissingKernels(
  ask: ((server: UserServer) => Promise<Kernels>) | undefined,
  { wait_ms = 300, limit_ms = 5000 } = {},
): MissingKernels {
  const known = createLastUsed<string, Remembered>(most)
  const closing = new AbortController()

  const askNow = (url: string, started: string, token: string): Remembered => {
    const limits = { signal: closing.signal, limit_ms, tooLate: () => new Error('too slow') }
    const asked = withinTime(limits, (signal) => ask!({ token, serverUrl: url, signal })).catch(() => {
      remembered.until_ms = Date.now() + retry_ms
      return undefined
    })
    const remembered = { started, until_ms: Date.now() + keep_ms, kernels: asked }
    return remembered
  }

  const kernelsOf = ({ server: name }: KeptRequest, { user, token }: Visitor) => {
    if (ask === undefined || user === null || token === null) return undefined
    const key = JSON.stringify([user.name, user.created, name])
    const server = user.servers.get(name)
    const before = known.get(key)
    const isFresh = before !== undefined && before.until_ms > Date.now()
    if (server?.state !== 'ready') return isFresh ? before.kernels : undefined
    if (isFresh && before.started === server.started) return before.kernels
    return known.set(key, askNow(server.url, server.started, token)).kernels
  }

  return {
    async find(request, template, visitor) {
      if (template.kernel === '') return undefined
      const asked = kernelsOf(request, visitor)
      if (asked === undefined) return undefined
      const waiting = new AbortController()
      const waited = sleep(wait_ms, undefined, { signal: waiting.signal }).catch(() => undefined)
      const kernels = await Promise.race([asked, waited])
      waiting.abort()
      return kernels && missingIn(kernels, template)
    },
    close: () => closing.abort(new Error('the service is shutting down')),
  }
}

/** By name; else Jupyter takes the only kernel of the language, and asks where there is none or several (JupyterLab's `SessionContext`). */
function missingIn(
  kernels: Kernels,
  { kernel: name, languageName: language }: CompiledTemplate,
): MissingKernel | undefined {
  if (kernels.size === 0 || kernels.has(name)) return undefined
  const alike = [...kernels.values()].filter((one) => one.toLowerCase() === language.toLowerCase())
  return language !== '' && alike.length === 1 ? undefined : { name, language }
}
