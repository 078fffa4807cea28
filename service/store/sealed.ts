/**
 * Encryption at rest for any store: a stolen file shows neither values nor ids. A value is sealed with its key as the
 * context, so that it is worth nothing in another one's place.
 */
import type { Sealer } from '../seal.ts'
import type { Backend, StoreLog } from './store.ts'

export function sealBackend(backend: Backend, sealer: Sealer, log: StoreLog): Backend {
  const context = (key: string) => `store ${key}`
  const seal = (key: string, value: Uint8Array) => sealer.sealBytes(value, context(key))
  const open = (key: string, sealed: Buffer | undefined) => {
    const value = sealed && sealer.openBytes(sealed, context(key))
    if (sealed && !value) {
      const entry = sealer.hideName(key).slice(0, 8)
      log.warn({ entry }, 'the store has an entry that cannot be decrypted; it is ignored')
    }
    return value
  }
  return {
    async get(key) {
      return open(key, await backend.get(sealer.hideName(key)))
    },
    async put(key, value, ttl_ms, room) {
      await backend.put(sealer.hideName(key), seal(key, value), ttl_ms, room)
    },
    async compareAndSet(key, expected, value, ttl_ms) {
      const name = sealer.hideName(key)
      // Sealing the same value twice gives different bytes, so those that are there are what is compared; when
      // somebody was faster, they may still have written what is expected.
      for (;;) {
        const sealed = await backend.get(name)
        const found = open(key, sealed)
        if (expected ? !found?.equals(expected) : found) return false
        if (await backend.compareAndSet(name, sealed, seal(key, value), ttl_ms)) return true
      }
    },
    delete: (key) => backend.delete(sealer.hideName(key)),
    takeLease: (key, holder, ttl_ms) => backend.takeLease(sealer.hideName(key), holder, ttl_ms),
    renewLease: (key, holder, ttl_ms) => backend.renewLease(sealer.hideName(key), holder, ttl_ms),
    dropLease: (key, holder) => backend.dropLease(sealer.hideName(key), holder),
    close: () => backend.close(),
  }
}
