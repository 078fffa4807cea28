import type { HubUser } from '../hub/hub.ts'
import type { ChosenFile } from '../notebook/index.ts'
import { type Account, isSameAccount } from './account.ts'
import type { KeptRequest } from './request.ts'
import type { ServerChoice } from './starts/offered.ts'

/** Who asks. Without a hub there are no users: then only the cookie counts. */
export interface Visitor {
  readonly user: HubUser | null
  /** The user's own Hub token; null without a hub. */
  readonly token: string | null
  /** True when the browser holds the cookie that was set when this request was kept. */
  readonly holdsCookie: boolean
}

/** Until it is claimed, a request belongs to the browser that sent it; afterwards to one user alone. */
export function isOwn(request: KeptRequest, visitor: Visitor): boolean {
  const { owner, ownerCreated } = request
  if (owner === null) return visitor.holdsCookie
  return visitor.user !== null && isSameAccount({ name: owner, created: ownerCreated }, visitor.user)
}

export function nameOf({ user }: Visitor): string | null {
  return user === null ? null : user.name
}

export function claimed(request: KeptRequest, user: Account): KeptRequest | undefined {
  if (request.owner !== null) return undefined
  const { name, created } = user
  return {
    ...request,
    owner: name,
    ...(created !== undefined && { ownerCreated: created }),
    state: 'claimed',
  }
}

/**
 * A failed one begins again; one that is under way or done stays as it is, however often it is confirmed.
 *
 * @param choice on which server, if that was chosen
 * @param expires until when its parameters are kept: it is, too
 */
export function started(
  request: KeptRequest,
  chosen: ChosenFile | undefined,
  choice: ServerChoice | undefined,
  expires = request.expires,
): KeptRequest | undefined {
  if (request.state !== 'claimed' && request.state !== 'failed') return undefined
  const { fault: _, calledOff: __, line: ___, choosing: ____, ...rest } = request
  const now = new Date().toISOString()
  return {
    ...rest,
    ...(chosen && { chosen }),
    ...choice,
    expires: Math.max(request.expires, expires),
    state: 'starting',
    steps: [],
    confirmed: request.confirmed ?? now,
    begun: now,
  }
}

/** One that has failed, or that waits for its user to come from the Hub's page, is to be decided on once more. */
export function askedAgain(request: KeptRequest): KeptRequest | undefined {
  const { fault: _, choosing, ...rest } = request
  if (request.state === 'failed') return { ...rest, state: 'claimed', steps: [] }
  return request.state === 'claimed' && choosing ? rest : undefined
}

/** The time goes into the notebook: kept, so that a repeat gives the same bytes. */
export function downloaded(request: KeptRequest): KeptRequest | undefined {
  return request.confirmed === null
    ? { ...request, state: 'written', confirmed: new Date().toISOString() }
    : undefined
}
