import type { Catalogue } from '../catalogue/catalogue.ts'
import { Fault } from '../fault.ts'
import type { Records } from './records.ts'
import type { KeptRequest } from './request.ts'
import { isOwn, nameOf, type Visitor } from './steps.ts'

/** Who may come near a request. What is not theirs looks to everybody as if it were not there. */
export interface Admission {
  /** For its owner, or the browser that sent it while nobody has claimed it. Fault 2 for everybody else. */
  open(id: string, visitor: Visitor): Promise<KeptRequest>
  /** As if the template were not there, for those whom it is not for: also when it was limited after the click. Fault 13. */
  admit(request: KeptRequest, visitor: Visitor): Promise<void>
  /** Both, for its owner alone. */
  openOwn(id: string, visitor: Visitor): Promise<void>
}

export function createAdmission(records: Records, catalogue: Catalogue): Admission {
  const open = async (id: string, visitor: Visitor): Promise<KeptRequest> => {
    const request = await records.load(id)
    if (!isOwn(request, visitor)) throw new Fault(2, 'unknown')
    return request
  }

  const admit = async (request: KeptRequest, { user }: Visitor): Promise<void> => {
    const { template: path, sha256 } = request
    const [template] = await Promise.all([catalogue.pinned(path, sha256), catalogue.refreshRules()])
    if (template === undefined) throw new Fault(2, 'unknown')
    if (!catalogue.allows(template, user?.groups ?? [])) throw new Fault(13, 'unknown', { template: path })
  }

  return {
    open,
    admit,
    async openOwn(id, visitor) {
      const request = await open(id, visitor)
      if (request.owner !== nameOf(visitor)) throw new Fault(2, 'unknown')
      await admit(request, visitor)
    },
  }
}
