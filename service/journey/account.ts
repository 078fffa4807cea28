/** A user of the Hub. A name alone is not one: it is given again after its user was deleted. */
export interface Account {
  readonly name: string
  /** When the Hub made the account (ISO 8601, UTC); undefined where it does not tell, or did not when this was kept. */
  readonly created?: string | undefined
}

/** MySQL keeps whole seconds, so after its next start the Hub tells another time. No account lives for so short a time. */
const ROUNDED_MS = 1000

/** Whether what was kept for an account is the visitor's. What was kept without a time is told apart by the name alone. */
export function isSameAccount(kept: Account, visitor: Account): boolean {
  if (kept.name !== visitor.name) return false
  if (kept.created === undefined) return true
  // A Hub that told before and does not any more: nobody can say whose it is.
  if (visitor.created === undefined) return false
  return Math.abs(Date.parse(kept.created) - Date.parse(visitor.created)) <= ROUNDED_MS
}
