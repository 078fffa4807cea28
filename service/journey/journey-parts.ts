import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Delivery } from '../delivery/delivery.ts'
import type { Fault } from '../fault.ts'
import type { UserServer } from '../hub/files/contents.ts'
import type { Hub } from '../hub/hub.ts'
import type { SecretNames } from '../notebook/index.ts'
import type { Sender } from '../senders.ts'
import type { Store, StoreLog } from '../store/store.ts'
import type { KeepLimits } from './keep.ts'
import type { Kernels } from './missing-kernel.ts'
import type { KeptRequest } from './request.ts'
import type { StartLineLimits } from './starts/start-line.ts'

/** What a journey stands on. */
export interface JourneyParts {
  readonly store: Store
  readonly catalogue: Catalogue
  readonly hub: Hub | undefined
  /** `download`: nothing is brought anywhere. Anything else requires a hub. */
  readonly delivery: Delivery | 'download'
  /** Asks a user's server for its kernels. */
  readonly kernels?: ((server: UserServer) => Promise<Kernels>) | undefined
  /** Name of this service at the Hub: users must still have the right to use it when their notebook is written. */
  readonly service?: string | undefined
  /** `form`: a server that is stopped is started on the Hub's own page, which asks for its options; default `api`. */
  readonly start?: 'api' | 'form'
  readonly limits: KeepLimits
  readonly target: string
  readonly version: string
  /** Names of parameters that are credentials, as SECRET_NAMES. */
  readonly secretNames: SecretNames
  /** Sites that are known, as SENDERS; `undefined`: none is. */
  readonly senders?: readonly Sender[] | undefined
  /** Told of records that cannot be read. */
  readonly log?: StoreLog
  /** Works of one user that go on at the same time; default 3. */
  readonly atOnce?: number
  /** Works of one user with those that wait in line; default 200. One more is Fault 25. */
  readonly mostWorks?: number
  /** How long the start of a server waits for others'. */
  readonly startLine?: Partial<StartLineLimits>
  failed(request: KeptRequest, fault: Fault): void
  unexpected(error: unknown): void
}
