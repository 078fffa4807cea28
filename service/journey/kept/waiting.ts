import { Fault } from '../../fault.ts'
import { type Client, createShares } from '../../shares.ts'
import type { Account } from '../account.ts'
import type { KeptRequest } from '../request.ts'
import { claimed } from '../steps.ts'
import { createHeld } from './held.ts'
import type { Asked, Records } from './records.ts'
import { createSenders } from './senders.ts'

/**
 * Who may fill the store with requests. Until a user has claimed a request it counts for the addresses that it came from, and in a
 * full store it goes to make room for one of somebody who holds less; afterwards it counts for its user, and stays.
 *
 * The counts are this process's own: what other replicas keep, and what was kept before a restart, is not in them, and is
 * not removed before its time.
 */
export interface Waiting {
  /**
   * Keeps what `make` makes, if its client has the room for it.
   *
   * @param bytes of the parameters
   * @throws Fault 25 `too-many`: the client's share is used up; 25 `store-full`; and what `make` throws
   */
  keep(client: Client, bytes: number, make: () => Promise<NewRequest>): Promise<KeptRequest>
  /**
   * Makes a request that nobody has claimed this user's, and returns it as it is afterwards.
   *
   * @param bytes of its parameters
   * @throws Fault 25 `too-many-open`: the user has too many already; 2
   */
  claim(asked: Asked, user: Account, bytes: number): Promise<KeptRequest>
  /** Counts a request for longer, which is kept for longer. */
  prolong(request: KeptRequest): void
}

export interface NewRequest {
  readonly request: KeptRequest
  /** JSON text. */
  readonly parameters: string
}

/** In bytes. */
export interface ByteLimits {
  readonly maxParamsBytes: number
  readonly maxKeptBytes: number
}

/** About what is kept of a request beside its parameters. */
const recordBytes = 1000
/** So many of the largest requests fit into each share. */
const fewest = 4

export function createWaiting(records: Records, { maxParamsBytes, maxKeptBytes }: ByteLimits): Waiting {
  const least = fewest * (maxParamsBytes + recordBytes)
  const sent = createShares(Math.max(maxKeptBytes / 4, least))
  const opened = createShares(Math.max(maxKeptBytes / 16, least))
  const senders = createSenders()
  const held = createHeld()

  /** Writes it, and removes requests of those who hold more as long as it does not fit. */
  const write = async (made: NewRequest, client: Client, bytes: number): Promise<void> => {
    for (;;) {
      try {
        return await records.create(made.request, made.parameters)
      } catch (error) {
        const id = isFull(error) ? senders.oldestOfLarger(client, bytes) : undefined
        if (id === undefined) throw error
        held.giveBack(id)
        await records.dropUnclaimed(id)
      }
    }
  }

  return {
    async keep(client, size, make) {
      const bytes = size + recordBytes
      const giveBack = sent.take(client, bytes)
      if (giveBack === undefined) throw new Fault(25, 'too-many')
      try {
        const made = await make()
        await write(made, client, bytes)
        const { id, expires } = made.request
        const forget = () => {
          senders.remove(client, id)
          giveBack()
        }
        senders.add(client, id, bytes)
        held.hold(id, forget, expires)
        return made.request
      } catch (error) {
        giveBack()
        throw error
      }
    },

    async claim(asked, user, size) {
      const giveBack = opened.take([user.name], size + recordBytes)
      if (giveBack === undefined) throw new Fault(25, 'too-many-open')
      let isNew = false
      const claim = (request: KeptRequest) => {
        const change = claimed(request, user)
        isNew = change !== undefined
        return change
      }
      try {
        const request = await records.update(asked, claim)
        if (isNew) held.hold(request.id, giveBack, request.expires)
        else giveBack()
        return request
      } catch (error) {
        giveBack()
        throw error
      }
    },

    prolong: ({ id, expires }) => held.prolong(id, expires),
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Fault && error.reason === 'store-full'
}
