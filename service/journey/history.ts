import { createHash } from 'node:crypto'
import { type Parameters, writeParameters } from '../notebook/parameters.ts'
import type { Store } from '../store/store.ts'

/** A notebook that a user has made. */
export interface Made {
  /** Below the root of their server. */
  readonly path: string
  readonly url: string
  /** ISO 8601, UTC. */
  readonly time: string
}

/** Which notebooks a user has made from what, the last ones: so that nobody makes the same one twice unawares. */
export interface History {
  /** The last one from this template with the same parameters. */
  find(user: string, template: string, parameters: Parameters): Promise<Made | undefined>
  add(user: string, template: string, parameters: Parameters, made: Made): Promise<void>
}

interface Entry extends Made {
  /** Of the template's path and the parameters. */
  readonly from: string
}

/** Entries of one user, and how long they are kept after the last one. */
const mostEntries = 100
const keptFor_s = 180 * 24 * 3600

export function createHistory(store: Store): History {
  const keyOf = (user: string) => `history:${user}`
  const read = (bytes: Buffer | undefined): readonly Entry[] =>
    bytes === undefined ? [] : (JSON.parse(bytes.toString()) as Entry[])

  return {
    async find(user, template, parameters) {
      const from = fingerprint(template, parameters)
      const found = read(await store.get(keyOf(user))).find((entry) => entry.from === from)
      return found && { path: found.path, url: found.url, time: found.time }
    },

    async add(user, template, parameters, { path, url, time }) {
      const entry: Entry = { from: fingerprint(template, parameters), path, url, time }
      for (;;) {
        const before = await store.get(keyOf(user))
        const others = read(before).filter((one) => one.from !== entry.from || one.path !== path)
        const entries = Buffer.from(JSON.stringify([entry, ...others].slice(0, mostEntries)))
        if (await store.compareAndSet(keyOf(user), before, entries, keptFor_s)) return
      }
    },
  }
}

function fingerprint(template: string, parameters: Parameters): string {
  return createHash('sha256')
    .update(`${template}\0`)
    .update(writeParameters(parameters))
    .digest('base64url')
    .slice(0, 22)
}
