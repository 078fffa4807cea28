/**
 * Where a server is started on the Hub's own page, because that asks for its options, or because the start by the API has
 * failed, the confirmation waits in the kept request until its user comes back. It is good once, for the same session of
 * the same user, for an hour: going to the page of a request makes a notebook only after a form of ours was sent for it.
 */
import { createHash } from 'node:crypto'
import type { HubUser } from '../../hub/hub.ts'
import { isUp } from '../../hub/user-model.ts'
import type { Choosing, KeptRequest } from '../request.ts'

/** Thrown where the Hub's page is to start the server. */
export class OptionsWanted extends Error {}

/** So long a confirmed request is kept at least when it may have to wait: for somebody who reads a form, then for a slow start. */
export const CHOOSING_S = 3600

/** What is kept of a confirmation by this user; undefined without a session: then nothing waits. */
export function choosingOf({ sessionId }: HubUser): Choosing | undefined {
  return sessionId === null ? undefined : { session: hashOf(sessionId) }
}

/** Whether this user has confirmed the request in this session, and has the server running or starting now. */
export function hasChosen(request: KeptRequest, user: HubUser, now = Date.now()): boolean {
  const { choosing, begun, server } = request
  if (choosing === undefined || begun === undefined || user.sessionId === null) return false
  if (now - Date.parse(begun) > CHOOSING_S * 1000) return false
  const state = user.servers.get(server)
  return choosing.session === hashOf(user.sessionId) && state !== undefined && isUp(state)
}

/** Without that confirmation; undefined where there is none. */
export function withdrawn(request: KeptRequest): KeptRequest | undefined {
  const { choosing, ...rest } = request
  return choosing === undefined ? undefined : rest
}

function hashOf(session: string): string {
  return createHash('sha256').update(session).digest('base64url')
}
