/** A journey with everything around it but a network: memory store, template folder, a Hub and a delivery of paper. */

import { once } from 'node:events'
import { join } from 'node:path'
import type { Test } from 'tap'
import type { Catalogue } from '../../service/catalogue/catalogue.ts'
import type { Delivery, DeliveryJob } from '../../service/delivery/delivery.ts'
import { Fault } from '../../service/fault.ts'
import type { Hub, HubUser, ProgressMessage, ServerState, UserOptions } from '../../service/hub/hub.ts'
import {
  createJourney,
  type Journey,
  type JourneyParts,
  type Visitor,
} from '../../service/journey/journey.ts'
import type { KeptRequest } from '../../service/journey/request.ts'
import { secretNames } from '../../service/notebook/index.ts'
import { createSealer } from '../../service/seal.ts'
import { loadSecret } from '../../service/secret.ts'
import { openStore, type Store } from '../../service/store/index.ts'
import { createFolder, type Folder } from '../catalogue/folder.ts'

export interface Stage {
  /** One replica; all that are made share store, Hub and delivery. */
  replica(): Journey
  readonly hub: PaperHub
  readonly delivery: PaperDelivery
  readonly store: Store
  /** What was told of failures, and of errors that no request could keep. */
  readonly failures: { request: KeptRequest; fault: Fault }[]
  readonly unexpected: unknown[]
  readonly warnings: { details: object; message: string }[]
  /** Keeps a click on `a/Plot_{name}.ipynb`. */
  click(journey: Journey, name?: string): Promise<string>
  /** Somebody with a token that the Hub knows. */
  visitor(name: string, options?: { holdsCookie?: boolean; groups?: readonly string[] }): Visitor
  /** The templates and their folder. */
  readonly folder: Folder
  readonly catalogue: Catalogue
  pass(seconds: number): void
}

export interface PaperHub extends Hub {
  userOf(name: string): HubUser
  /** By user; the default is a server that is ready. */
  readonly states: Map<string, ServerState['state']>
  /** By user: what the server runs with. */
  readonly options: Map<string, UserOptions>
  /** Tokens that were logged out. */
  readonly gone: Set<string>
  /** Users whose server was asked to start, in this order. */
  readonly starts: string[]
  /** Called at a start; throws for one that fails at once. */
  onStart: (user: string) => void
  /** What `progress` tells; by default it makes the server ready at once. */
  tell: (user: string, signal: AbortSignal) => AsyncIterable<ProgressMessage>
}

export interface PaperDelivery extends Delivery {
  /** Paths that were written, in this order. */
  readonly written: string[]
  readonly jobs: DeliveryJob[]
  /** Called before each write, and awaited. */
  before: (job: DeliveryJob) => Promise<void> | void
}

export interface StageOptions extends Pick<JourneyParts, 'atOnce' | 'mostWorks' | 'startLine' | 'start'> {
  readonly requestTtl_s?: number
  readonly maxKeptBytes?: number
  /** A state folder that is there already; else the store is one in memory. */
  readonly stateDir?: string
  /** Puts something around the store. */
  readonly around?: (store: Store) => Store
  /** In place of the one of paper. */
  readonly delivery?: (store: Store) => Delivery
}

export async function setStage(t: Test, options: StageOptions = {}): Promise<Stage> {
  const {
    requestTtl_s = 3600,
    maxKeptBytes = 2 ** 24,
    stateDir,
    around = (store: Store) => store,
    delivery: realDelivery,
    ...journeyOptions
  } = options
  const clock = { passed_ms: 0 }
  const now = () => Date.now() + clock.passed_ms
  const sealer = stateDir ? createSealer(await loadSecret({ secret: undefined, stateDir })) : undefined
  const where = stateDir ? `lmdb:${join(stateDir, 'store')}` : 'memory:'
  const store = around(await openStore(where, { maxKeptBytes, sealer, now }))
  const folder = createFolder(t, { 'a/Plot_{name}.ipynb': null })
  const catalogue = await folder.open(stateDir ? { stateDir } : {})
  const warnings: Stage['warnings'] = []
  const failures: Stage['failures'] = []
  const unexpected: unknown[] = []
  const hub = paperHub()
  const delivery = paperDelivery()
  // Timers of the service keep no process alive; a socket would.
  const alive = setInterval(() => {}, 60_000)
  t.teardown(() => {
    clearInterval(alive)
    return store.close()
  })
  return {
    replica() {
      const journey = createJourney({
        store,
        catalogue,
        hub,
        delivery: realDelivery?.(store) ?? delivery,
        service: 'templates',
        limits: { maxParamsBytes: 10_000, maxKeptBytes, requestTtl_s },
        target: '{template_dir}',
        secretNames: secretNames(),
        version: '0.0.0',
        log: { warn: (details, message) => void warnings.push({ details, message }) },
        ...journeyOptions,
        failed: (request, fault) => void failures.push({ request, fault }),
        unexpected: (error) => void unexpected.push(error),
      })
      t.teardown(() => journey.close())
      return journey
    },
    hub,
    delivery,
    store,
    failures,
    unexpected,
    warnings,
    async click(journey, name = 'x') {
      const template = 'a/Plot_{name}.ipynb'
      const parameters = JSON.stringify({ name })
      const click = { template, parameters, languages: ['en'], sender: null, client: ['192.0.2.1'] }
      return (await journey.keep(click)).id
    },
    folder,
    catalogue,
    visitor: (name, { holdsCookie = true, groups = [] } = {}) => ({
      user: { ...hub.userOf(name), groups },
      token: `token-of-${name}`,
      holdsCookie,
    }),
    pass(seconds) {
      clock.passed_ms += seconds * 1000
    },
  }
}

function paperHub(): PaperHub {
  const states = new Map<string, ServerState['state']>()
  const options = new Map<string, UserOptions>()
  const gone = new Set<string>()
  const starts: string[] = []
  const stateOf = (name: string): ServerState => {
    const state = states.get(name) ?? 'ready'
    const runs = { options: options.get(name) }
    return state === 'ready'
      ? { state, url: `/user/${name}/`, started: '2024-05-06T07:08:09Z', ...runs }
      : { state, ...runs }
  }
  const hub: PaperHub = {
    states,
    options,
    gone,
    starts,
    onStart: () => {},
    async *tell(user: string) {
      states.set(user, 'ready')
      yield { percent: 100, message: 'Server ready', ready: true, failed: false }
    },
    userOf: (name: string): HubUser => ({
      name,
      sessionId: 'session',
      scopes: [`access:servers!user=${name}`, `servers!user=${name}`, 'access:services!service=templates'],
      groups: [],
      admin: false,
      servers: new Map([['', stateOf(name)]]),
    }),
    async whoAmI(token: string) {
      return gone.has(token) ? undefined : hub.userOf(token.slice('token-of-'.length))
    },
    server: async (_token: string, user: string) => stateOf(user),
    async start(_token: string, user: string, _server: string, wanted?: UserOptions) {
      starts.push(user)
      if (wanted) options.set(user, wanted)
      hub.onStart(user)
      states.set(user, 'starting')
    },
    progress: (_token: string, user: string, _server: string, signal: AbortSignal) => hub.tell(user, signal),
    close: async () => {},
  }
  return hub
}

/** Like the real one it looks for a free name, tells it, and writes. */
function paperDelivery(): PaperDelivery {
  const delivery: PaperDelivery = {
    written: [],
    jobs: [],
    before: () => {},
    async deliver(job) {
      delivery.jobs.push(job)
      const found = job.tried !== undefined && delivery.written.includes(job.tried)
      const path = found ? job.tried : freeOf(job, delivery.written)
      if (!found) {
        await job.trying(path)
        await delivery.before(job)
        job.signal.throwIfAborted()
        delivery.written.push(path)
      }
      return { path, url: `${job.serverUrl}notebooks/${path}` }
    },
  }
  return delivery
}

function freeOf({ wanted }: DeliveryJob, taken: readonly string[]): string {
  for (let copy = 1; ; copy++) {
    const path = `${wanted.folder}/${wanted.name(copy)}`
    if (!taken.includes(path)) return path
  }
}

/** A promise and what settles it. */
export function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

/** Messages that wait at the gate before the server is ready; ends early when nobody listens. */
export function waitingAt(
  hub: PaperHub,
  opened: Promise<void>,
  messages: readonly string[],
): PaperHub['tell'] {
  return async function* tell(user, signal) {
    for (const [index, message] of messages.entries()) {
      yield { percent: index * 10, message, ready: false, failed: false }
    }
    await Promise.race([opened, once(signal, 'abort')])
    signal.throwIfAborted()
    hub.states.set(user, 'ready')
    yield { percent: 100, message: 'Server ready', ready: true, failed: false }
  }
}

/** Every state in its order, until the work has ended. */
export async function statesOf(changes: AsyncIterable<KeptRequest>): Promise<string[]> {
  const states: string[] = []
  for await (const { state } of changes) if (states.at(-1) !== state) states.push(state)
  return states
}

/** Code and reason of what an action throws. */
export async function faultOf(action: Promise<unknown>): Promise<string> {
  const error = await action.then(
    () => undefined,
    (error: unknown) => error,
  )
  return error instanceof Fault ? `${error.code} ${error.reason}` : `no fault: ${error}`
}
