import { randomBytes } from 'node:crypto'
import { Fault } from '../fault.ts'
import type { Store } from '../store/store.ts'
import type { KeptRequest } from './request.ts'

/** Kept requests and their parameters in the store. */
export interface Records {
  /** Keeps a new request with its parameters (JSON text). Fault 25 when the store is full. */
  create(request: KeptRequest, parameters: string): Promise<void>
  /** Fault 2 when it is unknown or has expired: which of the two is nobody's business. */
  load(id: string): Promise<KeptRequest>
  /** The JSON text received. Fault 2 as above. */
  parameters(id: string): Promise<string>
  /** Only for the holder of the request's lease. */
  save(request: KeptRequest): Promise<void>
  /**
   * Changes a request unless another has changed it first; then `change` is asked again. Returns it as it is afterwards;
   * `change` returns undefined to leave it.
   */
  update(id: string, change: (request: KeptRequest) => KeptRequest | undefined): Promise<KeptRequest>
  /** Keeps a request and its parameters for at least `ttl_s` from now. */
  prolong(id: string, ttl_s: number): Promise<void>
  /** Asks whoever works on it, in whichever process, to leave off. */
  callOff(id: string): Promise<void>
  isCalledOff(id: string): Promise<boolean>
  /** Takes that back. */
  goOn(id: string): Promise<void>
}

/** 128 random bits, base64url: unguessable, and short enough for a cookie's name. */
export function newId(): string {
  return randomBytes(16).toString('base64url')
}

const idPattern = /^[A-Za-z0-9_-]{22}$/
const requestKey = (id: string) => `request:${id}`
const parametersKey = (id: string) => `parameters:${id}`
const calledOffKey = (id: string) => `called-off:${id}`
/** Longer than anybody takes to notice. */
const CALLED_OFF_S = 60
const encode = (request: KeptRequest) => Buffer.from(JSON.stringify(request))
const secondsLeft = (request: KeptRequest) => Math.max(1, Math.ceil((request.expires - Date.now()) / 1000))

/** @param store the shared store; every replica sees the same requests. */
export function createRecords(store: Store): Records {
  const read = async (id: string) => {
    const bytes = idPattern.test(id) ? await store.get(requestKey(id)) : undefined
    if (bytes === undefined) throw new Fault(2, 'unknown')
    return { bytes, request: JSON.parse(bytes.toString()) as KeptRequest }
  }

  const records: Records = {
    async create(request, parameters) {
      // The parameters first: a request that can be found is always whole.
      await store.put(parametersKey(request.id), Buffer.from(parameters), secondsLeft(request))
      await store.put(requestKey(request.id), encode(request), secondsLeft(request))
    },

    async load(id) {
      return (await read(id)).request
    },

    async parameters(id) {
      const bytes = await store.get(parametersKey(id))
      if (bytes === undefined) throw new Fault(2, 'unknown')
      return bytes.toString()
    },

    async save(request) {
      await store.put(requestKey(request.id), encode(request), secondsLeft(request))
    },

    async update(id, change) {
      for (;;) {
        const { bytes, request } = await read(id)
        const changed = change(request)
        if (changed === undefined) return request
        if (await store.compareAndSet(requestKey(id), bytes, encode(changed), secondsLeft(changed)))
          return changed
      }
    },

    async prolong(id, ttl_s) {
      const expires = Date.now() + ttl_s * 1000
      if ((await records.load(id)).expires >= expires) return
      await store.put(parametersKey(id), Buffer.from(await records.parameters(id)), ttl_s)
      await records.update(id, (request) => ({ ...request, expires: Math.max(request.expires, expires) }))
    },

    callOff: (id) => store.put(calledOffKey(id), Buffer.from('1'), CALLED_OFF_S),
    isCalledOff: async (id) => (await store.get(calledOffKey(id))) !== undefined,
    async goOn(id) {
      // Hardly ever called off, and looking is quicker than a write.
      if (await records.isCalledOff(id)) await store.delete(calledOffKey(id))
    },
  }
  return records
}
