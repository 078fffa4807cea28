/** What is held for ids until their time has passed. */
export interface Held {
  /** Holds it until then (milliseconds since 1970), in the place of what the id held before, which is given back. */
  hold(id: string, giveBack: () => void, until: number): void
  /** Holds longer what is held, if anything is. */
  prolong(id: string, until: number): void
  /** Gives back what the id holds. false: nothing, or no longer. */
  giveBack(id: string): boolean
}

export function createHeld(): Held {
  const held = new Map<string, { readonly giveBack: () => void; readonly timer: NodeJS.Timeout }>()
  const hold = (id: string, giveBack: () => void, until: number) => {
    const timer = setTimeout(end, Math.max(0, until - Date.now()), id).unref()
    held.set(id, { giveBack, timer })
  }
  const end = (id: string) => {
    const found = held.get(id)
    if (found === undefined) return false
    clearTimeout(found.timer)
    held.delete(id)
    found.giveBack()
    return true
  }
  return {
    hold(id, giveBack, until) {
      end(id)
      hold(id, giveBack, until)
    },
    prolong(id, until) {
      const found = held.get(id)
      if (found === undefined) return
      clearTimeout(found.timer)
      hold(id, found.giveBack, until)
    },
    giveBack: end,
  }
}
