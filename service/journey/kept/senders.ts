import type { Client } from '../../shares.ts'

/** What is kept of whom: groups of addresses in groups, and in the smallest ones the ids that were sent from there. */
export interface Senders {
  add(client: Client, id: string, bytes: number): void
  remove(client: Client, id: string): void
  /**
   * The oldest id of the client that holds the most: of several groups the largest is looked into, down to the smallest. So in
   * a /48 with one flooding /64 it is one of that.
   *
   * @param bytes more that this client is about to send
   * @returns undefined when no other client holds more than this one would
   */
  oldestOfLarger(client: Client, bytes: number): string | undefined
}

interface Group {
  bytes: number
  readonly groups: Map<string, Group>
  /** Bytes by id, the oldest first. */
  readonly sent: Map<string, number>
}

export function createSenders(): Senders {
  const all = newGroup()
  return {
    add(client, id, bytes) {
      let group = all
      for (const name of client) {
        const inner = group.groups.get(name) ?? newGroup()
        inner.bytes += bytes
        group.groups.set(name, inner)
        group = inner
      }
      group.sent.set(id, bytes)
    },

    remove: (client, id) => void removeFrom(all, client, id),

    oldestOfLarger(client, bytes) {
      let group = all
      let isOwn = true
      for (let level = 0; group.groups.size > 0; level++) {
        const largest = largestOf(group.groups.values())
        const own = group.groups.get(client[level] ?? '')
        isOwn &&= (own?.bytes ?? 0) + bytes >= largest.bytes
        if (isOwn && own === undefined) return undefined
        group = isOwn && own ? own : largest
      }
      return isOwn ? undefined : group.sent.keys().next().value
    },
  }
}

function newGroup(): Group {
  return { bytes: 0, groups: new Map(), sent: new Map() }
}

/** Returns the bytes that it took. */
function removeFrom(group: Group, [name, ...inside]: Client, id: string): number {
  if (name === undefined) {
    const bytes = group.sent.get(id) ?? 0
    group.sent.delete(id)
    return bytes
  }
  const inner = group.groups.get(name)
  if (inner === undefined) return 0
  const bytes = removeFrom(inner, inside, id)
  inner.bytes -= bytes
  // Who holds nothing is forgotten: addresses are many.
  if (inner.bytes === 0) group.groups.delete(name)
  return bytes
}

function largestOf(groups: Iterable<Group>): Group {
  let largest = newGroup()
  for (const group of groups) if (group.bytes > largest.bytes) largest = group
  return largest
}
