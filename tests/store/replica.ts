/**
 * A second process on one store: does what its parent asks over IPC, and answers `{ id, result }` or `{ id, error }`.
 * Started by `startReplica`, which is this file's other half.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createSealer } from '../../service/seal.ts'
import { type Lease, openStore, type Store } from '../../service/store/index.ts'

export const testSecret = Buffer.alloc(32, 's')

const actions = {
  put: (store: Store, key: string, value: string, ttl_s: number) =>
    store.put(key, Buffer.from(value), ttl_s, 'clicks'),
  get: async (store: Store, key: string) => (await store.get(key))?.toString(),
  delete: (store: Store, key: string) => store.delete(key),
  lease: async (store: Store, key: string, ttl_s: number) => {
    const lease = await store.lease(key, ttl_s)
    if (lease) leases.set(key, lease)
    return lease !== undefined
  },
  release: async (_store: Store, key: string) => leases.get(key)?.release(),
  /** Adds 1 so many times by compare-and-set. */
  countBySet: async (store: Store, key: string, times: number) => {
    for (let done = 0; done < times; ) {
      const before = await store.get(key)
      const after = Buffer.from(String(Number(before ?? 0) + 1))
      if (await store.compareAndSet(key, before, after, 60)) done++
    }
  },
  /** Adds 1 so many times by reading and writing, which is right only under the lease. */
  countUnderLease: async (store: Store, key: string, times: number) => {
    for (let done = 0; done < times; done++) {
      const lease = await store.waitForLease('counting', 10, 30)
      const before = Number((await store.get(key)) ?? 0)
      await new Promise((resolve) => setImmediate(resolve))
      await store.put(key, Buffer.from(String(before + 1)), 60)
      await lease.release()
    }
  },
  /** Never stops writing; says so after the first ten. */
  writeForever: async (store: Store) => {
    for (let count = 0; ; count++) {
      await store.put(`entry ${count % 50}`, Buffer.alloc(50_000, count % 256), 60)
      if (count === 10) process.send?.({ id: 'writing' })
    }
  },
}

export type Action = keyof typeof actions
const leases = new Map<string, Lease>()

async function serve(where: string, maxKeptBytes: number): Promise<void> {
  const store = await openStore(where, { maxKeptBytes, sealer: createSealer(testSecret) })
  process.on('message', async ({ id, action, args }: { id: number; action: Action; args: unknown[] }) => {
    try {
      const run = actions[action] as (store: Store, ...args: unknown[]) => Promise<unknown>
      process.send?.({ id, result: await run(store, ...args) })
    } catch (error) {
      process.send?.({ id, error: (error as Error).message })
    }
  })
  // An end of the parent is an end of its replicas.
  process.on('disconnect', () => process.exit())
  process.send?.({ id: 'ready' })
}

export interface Replica {
  readonly process: ChildProcess
  ask(action: Action, ...args: unknown[]): Promise<unknown>
  /** Resolves when the replica says this word of its own accord. */
  said(word: string): Promise<void>
  /** kill -9, and waits for its end. */
  kill(): Promise<void>
}

export async function startReplica(where: string, maxKeptBytes = 2 ** 26): Promise<Replica> {
  const child = fork(fileURLToPath(import.meta.url), ['replica', where, String(maxKeptBytes)])
  type Message = { id: number | string; result?: unknown; error?: string }
  let last = 0
  const hear = (id: number | string) =>
    new Promise<Message>((resolve, reject) => {
      const listen = (message: Message) => {
        if (message.id !== id) return
        child.off('message', listen).off('exit', gone)
        resolve(message)
      }
      const gone = () => reject(new Error('the replica has ended'))
      child.on('message', listen).once('exit', gone)
    })
  const said = async (word: string) => void (await hear(word))
  await said('ready')
  return {
    process: child,
    said,
    async ask(action, ...args) {
      const id = ++last
      const heard = hear(id)
      child.send({ id, action, args })
      const { result, error } = await heard
      if (error !== undefined) throw new Error(error)
      return result
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

const [, , role, where, maxKeptBytes] = process.argv
if (role === 'replica' && where !== undefined) await serve(where, Number(maxKeptBytes))
