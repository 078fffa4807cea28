/**
 * Who sent something, the largest group of addresses first: an IPv4 address; of IPv6 the /48, which is what a site gets, the
 * /56 and the /64, in which one client has every address it likes (RFC 6177).
 */
export type Client = readonly string[]

/** How much each client may hold at once of something that all have in common, so that none takes the whole. */
export interface Shares {
  /** Takes an amount for a client. Gives the function that gives it back; undefined: it would be more than a share. */
  take(client: Client, amount: number): (() => void) | undefined
}

/** What a group may hold as a multiple of `most`: a /64, a /56, a /48. Many people may be in the larger ones. */
const factors = [1, 1.5, 2]

/** @param most of one client at a time, in the unit of the amounts */
export function createShares(most: number): Shares {
  const held = new Map<string, number>()
  const add = (client: Client, amount: number) => {
    for (const group of client) {
      const now = (held.get(group) ?? 0) + amount
      // Who holds nothing is forgotten: addresses are many.
      if (now > 0) held.set(group, now)
      else held.delete(group)
    }
  }
  return {
    take(client, amount) {
      const limits = factors.slice(0, client.length).reverse()
      if (client.some((group, level) => (held.get(group) ?? 0) + amount > most * limits[level]!))
        return undefined
      add(client, amount)
      let given = false
      return () => {
        if (!given) add(client, -amount)
        given = true
      }
    },
  }
}

/** The client at an address. */
export function clientOf(ip: string): Client {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined || !ip.includes(':')) return [mapped ?? ip]
  const [head = '', tail = ''] = ip.split('%', 1)[0]!.split('::')
  const [first, last] = [head, tail].map((part) => part.split(':').filter((group) => group !== ''))
  const zeros = Array.from({ length: Math.max(0, 8 - first!.length - last!.length) }, () => '0')
  const groups = [...first!, ...(ip.includes('::') ? zeros : []), ...last!]
  const digits = groups.map((group) => Number.parseInt(group, 16).toString(16).padStart(4, '0')).join('')
  return [48, 56, 64].map((bits) => `${digits.slice(0, bits / 4)}/${bits}`)
}
