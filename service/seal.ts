/**
 * Encrypts and authenticates with the installation's secret: AES-256-GCM (NIST SP 800-38D). A sealed value is one byte for the
 * version, a random nonce, what was encrypted, and its tag; the context is authenticated with it. Every use has a key of its own.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

export interface Sealer {
  /** 29 bytes more than the value. The context does not stand in them; it must be given again to open. */
  sealBytes(value: Uint8Array, context: string): Buffer
  /** undefined: not ours, altered, cut, or sealed for another context. */
  openBytes(sealed: Uint8Array, context: string): Buffer | undefined
  /** The same in base64url, safe in a cookie or an address. */
  sealText(value: Uint8Array, context: string): string
  openText(sealed: string, context: string): Buffer | undefined
  /** A name that shows nothing of `name` and that nobody can make without the secret: 43 characters of base64url. */
  hideName(name: string): string
}

const version = 1
const nonceBytes = 12
const tagBytes = 16

/** @param secret at least 32 bytes (or characters of a passphrase); `loadSecret` has it */
export function createSealer(secret: Uint8Array): Sealer {
  if (secret.length < 32) throw new RangeError('the secret must have at least 32 bytes')
  const derive = (use: string) =>
    Buffer.from(hkdfSync('sha256', secret, '', `notebook-templates ${use} v1`, 32))
  // Of cookies as they were until commit a1efdcf and a little after.
  const jweKey = derive('text')
  const bytesKey = derive('bytes')
  const nameKey = derive('names')
  return {
    sealBytes: (value, context) => sealBytes(bytesKey, value, context),
    openBytes: (sealed, context) => openBytes(bytesKey, sealed, context),
    sealText: (value, context) => sealBytes(bytesKey, value, context).toString('base64url'),
    openText(sealed, context) {
      if (sealed.includes('.')) return openJwe(jweKey, sealed, context)
      const bytes = Buffer.from(sealed, 'base64url')
      // base64url has several spellings for the same bytes; only the one that is written is ours.
      return bytes.toString('base64url') === sealed ? openBytes(bytesKey, bytes, context) : undefined
    },
    hideName: (name) => createHmac('sha256', nameKey).update(name).digest('base64url'),
  }
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
  const encrypted = sealed.subarray(1 + nonceBytes, -tagBytes)
  return decrypt(key, { nonce, encrypted, tag: sealed.subarray(-tagBytes), additional: additional(context) })
}

/**
 * A cookie as commit a1efdcf made it: a compact JWE (RFC 7516, section 7.1) whose header names the context. Only the very header
 * that was written is read: no other algorithm, no compression, no foreign context. The next release need not read it.
 */
function openJwe(key: Buffer, sealed: string, context: string): Buffer | undefined {
  const header = JSON.stringify({ alg: 'dir', enc: 'A256GCM', ctx: context })
  const [protectedHeader = '', wrappedKey, ...parts] = sealed.split('.')
  const [nonce, encrypted, tag, ...more] = parts.map((part) => Buffer.from(part, 'base64url'))
  if (protectedHeader !== Buffer.from(header).toString('base64url') || wrappedKey !== '') return undefined
  if (nonce?.length !== nonceBytes || !encrypted || tag?.length !== tagBytes || more.length > 0)
    return undefined
  return decrypt(key, { nonce, encrypted, tag, additional: Buffer.from(protectedHeader) })
}

interface Encrypted {
  readonly nonce: Uint8Array
  readonly encrypted: Uint8Array
  readonly tag: Uint8Array
  /** Authenticated beside it. */
  readonly additional: Uint8Array
}

function decrypt(key: Buffer, { nonce, encrypted, tag, additional }: Encrypted): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(additional)
  decipher.setAuthTag(tag)
  const value = decipher.update(encrypted)
  try {
    return Buffer.concat([value, decipher.final()])
  } catch {
    return undefined
  }
}

function additional(context: string): Buffer {
  return Buffer.concat([Buffer.of(version), Buffer.from(context)])
}
