import { Fault } from '../../fault.ts'
import type { KeptFault, KeptRequest } from '../../journey/request.ts'
import { defaultServer } from '../../journey/starts/offered.ts'
import type { OwnForm } from '../pages/view-parts.ts'

/** Routes below `…/:id`. Whether an id is one is not for the schema to say: every wrong one is the same 410. */
export const requestSchema = {
  params: { type: 'object', required: ['id'], properties: { id: { type: 'string', maxLength: 100 } } },
} as const

export interface RequestRoute {
  Params: { id: string }
}

/** What went wrong while nobody waited, to be told now. */
export function keptFault({ code, reason, values }: KeptFault): Fault {
  return new Fault(code, reason, values)
}

/** The site that a page may lead back to: who has used our own form comes from none. */
export function senderSiteOf({ sender, byForm }: KeptRequest): string | undefined {
  return byForm ? undefined : (sender ?? undefined)
}

/** The form that makes the notebook on the user's default server, where it was for another one. */
export function otherServer({ server }: KeptRequest, form: OwnForm): OwnForm | undefined {
  return server === '' ? undefined : { ...form, server: defaultServer }
}

/** True of what another name or folder heals: that is chosen on the page of the request. */
export function isAboutPlace(fault: Pick<KeptFault, 'code' | 'reason'> | undefined): boolean {
  return fault?.code === 16 && (fault.reason === 'not-allowed' || fault.reason === 'folder-is-a-file')
}
