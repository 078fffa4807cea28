/**
 * Encrypts and authenticates with the installation's secret. What is small and travels as text (cookies) is a compact
 * JWE by jose; what the store keeps is bytes under the same algorithm by node:crypto, because the base64 of a JWE
 * costs 100 ms to make and 85 ms to read at 4 MiB, the bytes 3 to 9 ms. Every use has a key of its own.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, webcrypto } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'

export interface Sealer {
  /** Compact JWE (RFC 7516), safe in a cookie. The context is not in clear; it must be given again to open. */
  seal(value: Uint8Array, context: string): Promise<string>
  /** undefined: not ours, altered, cut, too large, or sealed for another context. */
  open(sealed: string, context: string): Promise<Uint8Array | undefined>
  /** The same as bytes: 29 more than the value. */
  sealBytes(value: Uint8Array, context: string): Buffer
  openBytes(sealed: Uint8Array, context: string): Buffer | undefined
  /** A name that shows nothing of `name` and that nobody can make without the secret: 43 characters of base64url. */
  hideName(name: string): string
}

/** Sealed texts beyond this are neither made nor read. */
export const maxSealedLength = 2 ** 20

const version = 1
const nonceBytes = 12
const tagBytes = 16

/** @param secret at least 32 bytes (or characters of a passphrase); `loadSecret` has it */
export function createSealer(secret: Uint8Array): Sealer {
  if (secret.length < 32) throw new RangeError('the secret must have at least 32 bytes')
  const derive = (use: string) =>
    Buffer.from(hkdfSync('sha256', secret, '', `notebook-templates ${use} v1`, 32))
  const textKey = webcrypto.subtle.importKey('raw', derive('text'), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const bytesKey = derive('bytes')
  const nameKey = derive('names')
  return {
    seal: async (value, context) => sealText(await textKey, value, context),
    open: async (sealed, context) => openText(await textKey, sealed, context),
    sealBytes: (value, context) => sealBytes(bytesKey, value, context),
    openBytes: (sealed, context) => openBytes(bytesKey, sealed, context),
    hideName: (name) => createHmac('sha256', nameKey).update(name).digest('base64url'),
  }
}

/** The context as a member: the protected header is authenticated as a whole (RFC 7516, 5.1, step 14). */
function headerFor(context: string): { alg: 'dir'; enc: 'A256GCM'; ctx: string } {
  return { alg: 'dir', enc: 'A256GCM', ctx: context }
}

async function sealText(key: webcrypto.CryptoKey, value: Uint8Array, context: string): Promise<string> {
  const sealed = await new CompactEncrypt(value).setProtectedHeader(headerFor(context)).encrypt(key)
  if (sealed.length > maxSealedLength) throw new RangeError('too large to be sealed as text')
  return sealed
}

async function openText(
  key: webcrypto.CryptoKey,
  sealed: string,
  context: string,
): Promise<Uint8Array | undefined> {
  if (sealed.length > maxSealedLength) return undefined
  // Only the very header that we write is read: no other algorithm, no compression, no foreign context.
  const header = Buffer.from(JSON.stringify(headerFor(context))).toString('base64url')
  const parts = sealed.split('.')
  if (parts.length !== 5 || parts[0] !== header || parts[1] !== '' || !parts.every(isCanonical))
    return undefined
  const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }
  const opened = await compactDecrypt(sealed, key, options).catch(() => undefined)
  return opened?.plaintext
}

/** base64url has several spellings for the same bytes; only the one that is written is ours. */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part
}

function sealBytes(key: Buffer, value: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(additional(context))
  return Buffer.concat([Buffer.of(version), nonce, cipher.update(value), cipher.final(), cipher.getAuthTag()])
}

function openBytes(key: Buffer, sealed: Uint8Array, context: string): Buffer | undefined {
  if (sealed.length < 1 + nonceBytes + tagBytes || sealed[0] !== version) return undefined
  const nonce = sealed.subarray(1, 1 + nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(additional(context))
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  const value = decipher.update(sealed.subarray(1 + nonceBytes, -tagBytes))
  try {
    return Buffer.concat([value, decipher.final()])
  } catch {
    return undefined
  }
}

function additional(context: string): Buffer {
  return Buffer.concat([Buffer.of(version), Buffer.from(context)])
}
