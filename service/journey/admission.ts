import type { Catalogue, Template } from '../catalogue/catalogue.ts'
import { Fault } from '../fault.ts'
import type { Asked, ReadRequest, Records } from './kept/records.ts'
import type { KeptRequest } from './request.ts'
import { isOwn, nameOf, type Visitor } from './steps.ts'

/** Who may come near a request. What is not theirs looks to everybody as if it were not there. */
export interface Admission {
  /** For its owner, or the browser that sent it while nobody has claimed it. Fault 2 for everybody else. */
  open(asked: Asked, visitor: Visitor): Promise<ReadRequest>
  /**
   * The version of the template that it was kept with; as if that were not there, for those whom it is not for: also when it
   * was limited after the click. Fault 13.
   */
  admit(request: KeptRequest, visitor: Pick<Visitor, 'user'>): Promise<Template>
  /** Both, for its owner alone. */
  openOwn(asked: Asked, visitor: Visitor): Promise<ReadRequest & { readonly template: Template }>
}

export function createAdmission(records: Records, catalogue: Catalogue): Admission {
  const open = async (asked: Asked, visitor: Visitor): Promise<ReadRequest> => {
    const found = await records.read(asked)
    if (!isOwn(found.request, visitor)) throw new Fault(2, 'unknown')
    return found
  }

  const admit = async (request: KeptRequest, { user }: Pick<Visitor, 'user'>): Promise<Template> => {
    const { template: path, sha256 } = request
    const [template] = await Promise.all([catalogue.pinned(path, sha256), catalogue.refreshRules()])
    if (template === undefined) throw new Fault(2, 'unknown')
    if (!catalogue.allows(template, user?.groups ?? [])) throw new Fault(13, 'unknown', { template: path })
    return template
  }

  return {
    open,
    admit,
    async openOwn(asked, visitor) {
      const found = await open(asked, visitor)
      if (found.request.owner !== nameOf(visitor)) throw new Fault(2, 'unknown')
      return { ...found, template: await admit(found.request, visitor) }
    },
  }
}
