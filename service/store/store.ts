/** What the rest of the service sees of a store, and what one kind of store has to bring for it. */

export interface Store {
  get(key: string): Promise<Buffer | undefined>
  /**
   * @param room that it takes: see `Room`
   * @throws {Fault} 25 store-full, 24 store
   */
  put(key: string, value: Uint8Array, ttl_s: number, room?: Room): Promise<void>
  /** Atomic among all replicas. `expected` undefined: there must be no entry. false: it was something else. */
  compareAndSet(
    key: string,
    expected: Uint8Array | undefined,
    value: Uint8Array,
    ttl_s: number,
  ): Promise<boolean>
  delete(key: string): Promise<void>
  /** Exclusive among all replicas; undefined when another holds it. Renewed until `release`. */
  lease(key: string, ttl_s: number): Promise<Lease | undefined>
  /**
   * Waits for the lease, at most `wait_s`.
   *
   * @throws {Fault} 24 store when it was never free; the signal's reason when that is aborted
   */
  waitForLease(key: string, ttl_s: number, wait_s: number, signal?: AbortSignal): Promise<Lease>
  /** Gives up every lease that is held here. */
  close(): Promise<void>
}

/**
 * What may fill a store. `clicks` is what anybody can send without a login: refused when all that is kept reaches
 * `maxKeptBytes`. `work`, the default, is what is under way: logins, and the states of requests. It has `reservedBytes`
 * more, so that a flood of clicks stops neither.
 */
export type Room = 'clicks' | 'work'

export interface Lease {
  /** Aborted when the lease could not be renewed in time: somebody else may hold it by now. */
  readonly lost: AbortSignal
  release(): Promise<void>
}

/**
 * One kind of store. A key is at most a few hundred bytes, a time is in milliseconds, and an entry whose time has
 * passed is not there. What goes wrong inside may be thrown as it is: `openStore` makes it a fault.
 */
export interface Backend {
  get(key: string): Promise<Buffer | undefined>
  put(key: string, value: Uint8Array, ttl_ms: number, room: Room): Promise<void>
  compareAndSet(
    key: string,
    expected: Uint8Array | undefined,
    value: Uint8Array,
    ttl_ms: number,
  ): Promise<boolean>
  delete(key: string): Promise<void>
  /** true: the lease was free or already this holder's, and is this holder's from now on. */
  takeLease(key: string, holder: string, ttl_ms: number): Promise<boolean>
  /** false: it is no longer this holder's. */
  renewLease(key: string, holder: string, ttl_ms: number): Promise<boolean>
  /** Nothing happens when it is another's. */
  dropLease(key: string, holder: string): Promise<void>
  close(): Promise<void>
}

export interface StoreLog {
  warn(details: object, message: string): void
}

export interface BackendOptions {
  /** For the bytes of all kept keys and values together. */
  readonly maxKeptBytes: number
  /** More than that, for `work` alone. */
  readonly reservedBytes: number
  readonly log: StoreLog
  /** Milliseconds since 1970; all replicas of a store must agree on it. */
  readonly now: () => number
  /** Expired entries are removed this often. */
  readonly sweepEvery_s: number
}

/** The most bytes of all keys and values when something of this room is written. */
export function limitOf(room: Room, { maxKeptBytes, reservedBytes }: BackendOptions): number {
  return room === 'clicks' ? maxKeptBytes : maxKeptBytes + reservedBytes
}

/** What is there already may always grow by this: a state that follows another, or a fault at the end. */
const LITTLE = 4096

/**
 * Whether an entry may be written.
 *
 * @param kept bytes of all keys and values now
 * @param old bytes of the entry that is replaced; 0: it is new
 * @param size bytes of the entry
 */
export function hasRoom(
  { kept, old, size }: { kept: number; old: number; size: number },
  room: Room,
  options: BackendOptions,
): boolean {
  const little = room === 'work' && old > 0 && size - old <= LITTLE
  return little || kept - old + size <= limitOf(room, options)
}
