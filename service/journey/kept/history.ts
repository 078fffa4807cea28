import { createHash } from 'node:crypto'
import { type Parameters, readSampledb, type Value, writeParameters } from '../../notebook/index.ts'
import type { Store } from '../../store/store.ts'
import { type Account, isSameAccount } from '../account.ts'
import type { KeptRequest, Result } from '../request.ts'
import { createFormat } from './format.ts'
import { keptList } from './kept-list.ts'

/** What of a request counts for whether it is one for the same notebook, besides its parameters. */
export type From = Pick<KeptRequest, 'template' | 'sender' | 'source'>

/** What is remembered of a request beside it. */
type Remembered = From & Pick<KeptRequest, 'byForm' | 'server'>

/** A notebook that has just been written. */
export interface NewlyMade extends Result {
  /** ISO 8601, UTC. */
  readonly time: string
  /** Of its template, in its user's language. */
  readonly title: string
}

/**
 * A notebook that a user has made: `path` below the root of their server, `url` where it opens. What was kept by a version
 * before this one has these two and its `time` alone.
 */
export interface Made extends Result, Partial<Remembered> {
  readonly time: string
  readonly title?: string
}

/** Which notebooks a user has made from what: the last ones. */
export interface History {
  /**
   * The last one from the same template, sender, object (`source`) and values. Where the object is not known, none when all
   * values are empty.
   */
  find(user: Account, wanted: From, parameters: Parameters): Promise<Made | undefined>
  /** All of them, the newest first. */
  list(user: Account): Promise<readonly Made[]>
  add(user: Account, request: Remembered, parameters: Parameters, made: NewlyMade): Promise<void>
  /** Forgets all of them. The notebooks stay. */
  clear(user: Account): Promise<void>
}

interface Entry extends Made {
  /** Of all that makes it the same notebook. */
  readonly from: string
  /** When the user's account was made, where the Hub told. */
  readonly created?: string
}

/** Entries of one user, and how long they are kept after the last one. */
const mostEntries = 100
const keptFor_s = 180 * 24 * 3600

export function createHistory(store: Store, format = createFormat()): History {
  // The Hub tells services of no lasting sign of an account but its name and when it was made (docs/security.md).
  const listOf = (user: Account) => keptList<Entry>(store, format, `history:${user.name}`)
  const entriesOf = async (user: Account) => (await listOf(user).read()).filter((entry) => isBy(entry, user))

  return {
    async find(user, wanted, parameters) {
      if (wanted.source === undefined && parameters.every(([, value]) => isEmpty(value))) return undefined
      const from = fingerprint(wanted, parameters)
      const found = (await entriesOf(user)).find((entry) => entry.from === from)
      return found && asMade(found)
    },

    async list(user) {
      const made = (await entriesOf(user)).map(asMade)
      // Several that were made at a time are added as they are done.
      return made.toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time))
    },

    async add(user, request, parameters, { path, url, time, title }) {
      const { created } = user
      const { template, sender, source, byForm, server } = request
      const entry: Entry = {
        from: fingerprint(request, parameters),
        ...{ path, url, time, template, title, sender, server },
        ...(source && { source }),
        ...(byForm && { byForm }),
        ...(created !== undefined && { created }),
      }
      // Where one was before, there is none any more: nothing is written over.
      const isOther = (one: Entry) => one.url !== url
      await listOf(user).change(
        (before) => [entry, ...before.filter(isOther)].slice(0, mostEntries),
        keptFor_s,
      )
    },

    clear: (user) => listOf(user).remove(),
  }
}

function asMade({ from: _, created: __, ...made }: Entry): Made {
  return made
}

/** Not by an earlier user of this name. Entries of older versions have no account, but a time. */
function isBy({ created, time }: Entry, user: Account): boolean {
  if (created === undefined) return user.created === undefined || Date.parse(time) >= Date.parse(user.created)
  return isSameAccount({ name: user.name, created }, user)
}

/** Versions before this one took template and parameters alone: what they have kept is the same as nothing. */
function fingerprint({ template, sender, source }: From, parameters: Parameters): string {
  return createHash('sha256')
    .update(JSON.stringify([template, sender, source?.address ?? null]))
    .update(writeParameters(parameters))
    .digest('base64url')
    .slice(0, 22)
}

/** A value that says nothing of what it was sent for. */
function isEmpty(value: Value): boolean {
  switch (value.kind) {
    case 'null':
      return true
    case 'text':
      return value.value.trim() === ''
    case 'list':
      return value.items.every(isEmpty)
    case 'object': {
      const { name, inside } = readSampledb(value) ?? {}
      if (name === 'text' && inside !== undefined) return isEmpty(inside)
      return value.entries.every(([, member]) => isEmpty(member))
    }
    default:
      return false
  }
}
