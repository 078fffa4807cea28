import type { Contents } from '../hub/contents.ts'
import type { Store } from '../store/store.ts'
import { createContentsDelivery } from './contents.ts'
import type { Delivery, OpenWith } from './delivery.ts'

export type { Delivered, Delivery, DeliveryJob, OpenWith } from './delivery.ts'

export interface DeliveryParts {
  readonly store: Store
  readonly openWith: OpenWith
  /** Opens the Contents API; called only by a kind that needs it. */
  readonly contents: () => Contents
}

/** One line a kind of delivery. Undefined: nothing is written anywhere, the notebook is the answer itself. */
const kinds = {
  contents: ({ store, openWith, contents }: DeliveryParts) =>
    createContentsDelivery({ store, openWith, contents: contents() }),
  download: () => undefined,
} as const

/** The kind of delivery that the settings name. */
export function createDelivery(kind: keyof typeof kinds, parts: DeliveryParts): Delivery | undefined {
  return kinds[kind](parts)
}
