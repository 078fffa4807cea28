import { createHash } from 'node:crypto'
import { type Parameters, writeParameters } from '../../notebook/index.ts'
import type { Store } from '../../store/store.ts'
import { type Account, isSameAccount } from '../account.ts'
import { createFormat } from './format.ts'
import { keptList } from './kept-list.ts'

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
  find(user: Account, template: string, parameters: Parameters): Promise<Made | undefined>
  add(user: Account, template: string, parameters: Parameters, made: Made): Promise<void>
}

interface Entry extends Made {
  /** Of the template's path and the parameters. */
  readonly from: string
  /** When the user's account was made, where the Hub told. */
  readonly created?: string
}

/** Entries of one user, and how long they are kept after the last one. */
const mostEntries = 100
const keptFor_s = 180 * 24 * 3600

export function createHistory(store: Store, format = createFormat()): History {
  const listOf = (user: Account) => keptList<Entry>(store, format, `history:${user.name}`)

  return {
    async find(user, template, parameters) {
      const from = fingerprint(template, parameters)
      const isIt = (entry: Entry) => entry.from === from && isBy(entry, user)
      const found = (await listOf(user).read()).find(isIt)
      return found && { path: found.path, url: found.url, time: found.time }
    },

    async add(user, template, parameters, { path, url, time }) {
      const { created } = user
      const from = fingerprint(template, parameters)
      const entry: Entry = { from, path, url, time, ...(created !== undefined && { created }) }
      const isOther = (one: Entry) => one.from !== from || one.path !== path
      await listOf(user).change(
        (before) => [entry, ...before.filter(isOther)].slice(0, mostEntries),
        keptFor_s,
      )
    },
  }
}

/** Not by an earlier user of this name. Entries of older versions have no account, but a time. */
function isBy({ created, time }: Entry, user: Account): boolean {
  if (created === undefined) return user.created === undefined || Date.parse(time) >= Date.parse(user.created)
  return isSameAccount({ name: user.name, created }, user)
}

function fingerprint(template: string, parameters: Parameters): string {
  return createHash('sha256')
    .update(`${template}\0`)
    .update(writeParameters(parameters))
    .digest('base64url')
    .slice(0, 22)
}
