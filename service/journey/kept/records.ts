import { randomBytes } from 'node:crypto'
import { Fault } from '../../fault.ts'
import type { Store } from '../../store/store.ts'
import type { KeptRequest } from '../request.ts'
import { createFormat } from './format.ts'

/** A request as it was read: handed on within a step, it is not read again. */
export interface ReadRequest {
  readonly request: KeptRequest
  /** What the store holds of it. */
  readonly bytes: Buffer
}

/** A request by its id, or as it was read a moment ago. */
export type Asked = string | ReadRequest

/** Kept requests and their parameters in the store. */
export interface Records {
  /** Keeps a new request with its parameters (JSON text). Fault 25 when the store is full. */
  create(request: KeptRequest, parameters: string): Promise<void>
  /**
   * Fault 2 when it is unknown or has expired: which of the two is nobody's business. The same when it cannot be read
   * (format.ts). What was read a moment ago is handed back.
   */
  read(asked: Asked): Promise<ReadRequest>
  /** As `read`, the request alone. */
  load(id: string): Promise<KeptRequest>
  /** The JSON text received. Fault 2 as above. */
  parameters(request: Pick<KeptRequest, 'id' | 'withheld'>): Promise<string>
  /** Removes a request unless somebody has claimed it, whichever of the two comes first. */
  dropUnclaimed(id: string): Promise<void>
  /** Only for the holder of the request's lease. */
  save(request: KeptRequest): Promise<void>
  /**
   * Changes a request unless another has changed it first; then it is read again, and `change` is asked again. Returns it
   * as it is afterwards; `change` returns undefined to leave it.
   */
  update(asked: Asked, change: (request: KeptRequest) => KeptRequest | undefined): Promise<KeptRequest>
  /** Keeps the parameters of a request for at least `ttl_s` from now; returns until when (milliseconds since 1970). */
  prolong(request: KeptRequest, ttl_s: number): Promise<number>
  /** Asks whoever works on it since its last confirmation, in whichever process, to leave off. */
  callOff(request: KeptRequest): Promise<void>
  isCalledOff(request: KeptRequest): Promise<boolean>
  /** Takes that back. */
  goOn(request: KeptRequest): Promise<void>
}

/** 128 random bits, base64url: unguessable, and short enough for a cookie's name. */
export function newId(): string {
  return randomBytes(16).toString('base64url')
}

const idPattern = /^[A-Za-z0-9_-]{22}$/
const requestKey = (id: string) => `request:${id}`
/** JSON text as it was received. The number in the request's record holds for it as well. */
const parametersKey = (id: string) => `parameters:${id}`
/**
 * Of a request with secrets, which are not in it. Under a key that commit a1efdcf does not know: after a rollback it would
 * find something missing.
 */
const remainingKey = (id: string) => `parameters-without-secrets:${id}`
const keyFor = ({ id, withheld }: Pick<KeptRequest, 'id' | 'withheld'>) =>
  withheld ? remainingKey(id) : parametersKey(id)
/** Of one confirmation: the next one need not look whether the one before was called off. */
const calledOffKey = ({ id, begun = '' }: KeptRequest) => `called-off:${id}:${begun}`
/** Longer than anybody takes to notice. */
const CALLED_OFF_S = 60
/** Stands in the place of a request that is about to be deleted: then nobody can claim it any more. */
const dropped = Buffer.from('dropped')
const DROPPED_S = 10
const secondsLeft = (request: KeptRequest) => Math.max(1, Math.ceil((request.expires - Date.now()) / 1000))

/** @param store the shared store; every replica sees the same requests. */
export function createRecords(store: Store, format = createFormat()): Records {
  const encode = format.write
  const find = async (id: string) => {
    const bytes = idPattern.test(id) ? await store.get(requestKey(id)) : undefined
    if (bytes === undefined || bytes.equals(dropped)) return undefined
    const request = format.read<KeptRequest>('request', bytes)
    return request?.id === id ? { bytes, request } : undefined
  }
  const read = async (asked: Asked) => {
    if (typeof asked !== 'string') return asked
    const found = await find(asked)
    if (found === undefined) throw new Fault(2, 'unknown')
    return found
  }

  const records: Records = {
    async create(request, parameters) {
      // The parameters first: a request that can be found is always whole.
      const ttl_s = secondsLeft(request)
      await store.put(keyFor(request), Buffer.from(parameters), ttl_s, 'clicks')
      try {
        await store.put(requestKey(request.id), encode(request), ttl_s, 'clicks')
      } catch (error) {
        await store.delete(keyFor(request))
        throw error
      }
    },

    read,

    async load(id) {
      return (await read(id)).request
    },

    async parameters(request) {
      const bytes = await store.get(keyFor(request))
      if (bytes === undefined) throw new Fault(2, 'unknown')
      return bytes.toString()
    },

    async dropUnclaimed(id) {
      const found = await find(id)
      if (found === undefined || found.request.owner !== null) return
      if (!(await store.compareAndSet(requestKey(id), found.bytes, dropped, DROPPED_S))) return
      await Promise.all([store.delete(keyFor(found.request)), store.delete(requestKey(id))])
    },

    async save(request) {
      await store.put(requestKey(request.id), encode(request), secondsLeft(request))
    },

    async update(asked, change) {
      for (let found = await read(asked); ; ) {
        const { bytes, request } = found
        const { id } = request
        const changed = change(request)
        if (changed === undefined) return request
        if (await store.compareAndSet(requestKey(id), bytes, encode(changed), secondsLeft(changed)))
          return changed
        found = await read(id)
      }
    },

    async prolong(request, ttl_s) {
      const expires = Date.now() + ttl_s * 1000
      if (request.expires >= expires) return request.expires
      await store.put(keyFor(request), Buffer.from(await records.parameters(request)), ttl_s)
      return expires
    },

    callOff: (request) => store.put(calledOffKey(request), Buffer.from('1'), CALLED_OFF_S),
    isCalledOff: async (request) => (await store.get(calledOffKey(request))) !== undefined,
    async goOn(request) {
      // Hardly ever called off, and looking is quicker than a write.
      if (await records.isCalledOff(request)) await store.delete(calledOffKey(request))
    },
  }
  return records
}
