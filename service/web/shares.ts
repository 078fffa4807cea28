/** How much each client may hold at once of something that all have in common, so that none takes the whole. */
export interface Shares {
  /** Takes an amount for a client. Gives the function that gives it back; undefined: it would be more than a share. */
  take(client: string, amount: number): (() => void) | undefined
}

/** @param most of one client at a time, in the unit of the amounts */
export function createShares(most: number): Shares {
  const held = new Map<string, number>()
  const add = (client: string, amount: number) => {
    const now = (held.get(client) ?? 0) + amount
    // Who holds nothing is forgotten: addresses are many.
    if (now > 0) held.set(client, now)
    else held.delete(client)
  }
  return {
    take(client, amount) {
      if ((held.get(client) ?? 0) + amount > most) return undefined
      add(client, amount)
      let given = false
      return () => {
        if (!given) add(client, -amount)
        given = true
      }
    },
  }
}

/** Who a client is: an IPv4 address, or the /64 of an IPv6 address, in which one client has every address it likes. */
export function clientOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined || !ip.includes(':')) return mapped ?? ip
  const [head = '', tail = ''] = ip.split('%', 1)[0]!.split('::')
  const [first, last] = [head, tail].map((part) => part.split(':').filter((group) => group !== ''))
  const zeros = Array.from({ length: Math.max(0, 8 - first!.length - last!.length) }, () => '0')
  const groups = [...first!, ...(ip.includes('::') ? zeros : []), ...last!]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
