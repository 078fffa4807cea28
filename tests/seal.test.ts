import { createSecretKey, webcrypto } from 'node:crypto'
import { CompactEncrypt, decodeProtectedHeader, EncryptJWT } from 'jose'
import t from 'tap'
import { createSealer, maxSealedLength } from '../service/seal.ts'

const secret = Buffer.alloc(32, 's')
const sealer = createSealer(secret)
const value = Buffer.from('µ: {"a": 1.0}')

t.test('what was sealed opens with the same secret and context', async (t) => {
  for (const [label, bytes] of Object.entries({
    text: value,
    nothing: Buffer.alloc(0),
    'all bytes': Buffer.from([...Array(256).keys()]),
  })) {
    const sealed = await sealer.seal(bytes, 'session')
    t.match(sealed, /^[\w.-]+$/, `${label}: safe in a cookie`)
    t.same(Buffer.from((await createSealer(secret).open(sealed, 'session'))!), bytes, label)
    t.same(sealer.openBytes(sealer.sealBytes(bytes, 'session'), 'session'), bytes, `${label}, as bytes`)
  }
})

t.test('neither value nor the same twice can be seen', async (t) => {
  const [first, second] = [await sealer.seal(value, 'session'), await sealer.seal(value, 'session')]
  t.not(first, second)
  t.same(decodeProtectedHeader(first), { alg: 'dir', enc: 'A256GCM', ctx: 'session' })
  const [a, b] = [sealer.sealBytes(value, 'x'), sealer.sealBytes(value, 'x')]
  t.notOk(a.equals(b))
  t.notOk(a.includes('"a"'))
  t.equal(a.length, value.length + 29)
})

t.test('no change of any single character or byte is accepted', async (t) => {
  const sealed = await sealer.seal(value, 'session')
  for (let place = 0; place < sealed.length; place++) {
    for (const other of ['A', 'B', '.', '~', '']) {
      const changed = sealed.slice(0, place) + other + sealed.slice(place + 1)
      if (changed !== sealed) t.equal(await sealer.open(changed, 'session'), undefined, `${place}: ${other}`)
    }
  }
  const bytes = sealer.sealBytes(value, 'session')
  for (let place = 0; place < bytes.length; place++) {
    const changed = Buffer.from(bytes)
    changed[place]! ^= 1
    t.equal(sealer.openBytes(changed, 'session'), undefined, `byte ${place}`)
    t.equal(sealer.openBytes(bytes.subarray(0, place), 'session'), undefined, `cut at ${place}`)
  }
})

t.test('what is not ours is not opened', async (t) => {
  const sealed = await sealer.seal(value, 'session')
  const bytes = sealer.sealBytes(value, 'session')
  const other = createSealer(Buffer.alloc(32, 't'))
  t.equal(await sealer.open(sealed, 'login'), undefined, 'another context')
  t.equal(sealer.openBytes(bytes, 'login'), undefined, 'another context, as bytes')
  t.equal(await other.open(sealed, 'session'), undefined, 'another secret')
  t.equal(other.openBytes(bytes, 'session'), undefined, 'another secret, as bytes')
  const texts = {
    nothing: '',
    'no JWE': 'x',
    'four dots': '....',
    'other parts': `${sealed}.`,
    padded: `${sealed}=`,
  }
  for (const [label, text] of Object.entries(texts))
    t.equal(await sealer.open(text, 'session'), undefined, label)
})

t.test('no other algorithm, compression or header is accepted, even under the right key', async (t) => {
  // The key that `seal` derives, so that only the header can be the reason.
  const { importKey } = webcrypto.subtle
  const raw: ArrayBuffer[] = []
  t.intercept(webcrypto.subtle, 'importKey', {
    value: (...args: unknown[]) => {
      raw.push(Uint8Array.from(args[1] as Uint8Array).buffer)
      return Reflect.apply(importKey, webcrypto.subtle, args)
    },
    configurable: true,
    writable: true,
  })
  const spied = createSealer(secret)
  const key = createSecretKey(Buffer.from(raw[0]!))
  const make = (header: object) =>
    new CompactEncrypt(value).setProtectedHeader(header as { alg: string; enc: string }).encrypt(key)
  const ours = { alg: 'dir', enc: 'A256GCM', ctx: 'session' }
  t.ok(await spied.open(await make(ours), 'session'), 'the right header is accepted')
  const others: Record<string, object> = {
    'no context': { alg: 'dir', enc: 'A256GCM' },
    'another member': { ...ours, typ: 'JWT' },
    'another order': { ctx: 'session', alg: 'dir', enc: 'A256GCM' },
    'key wrapping': { ...ours, alg: 'A256KW' },
    'GCM key wrapping': { ...ours, alg: 'A256GCMKW' },
  }
  for (const [label, header] of Object.entries(others)) {
    t.equal(await spied.open(await make(header), 'session'), undefined, label)
  }
  const header = Buffer.from(JSON.stringify({ ...ours, zip: 'DEF' })).toString('base64url')
  const zipped = [header, ...(await make(ours)).split('.').slice(1)].join('.')
  t.equal(await spied.open(zipped, 'session'), undefined, 'compressed')
  const jwt = await new EncryptJWT({}).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key)
  t.equal(await spied.open(jwt, 'session'), undefined, 'a JWT')
})

t.test('what is too large is neither made nor read', async (t) => {
  await t.rejects(sealer.seal(Buffer.alloc(maxSealedLength), 'session'), RangeError)
  t.equal(await sealer.open('x'.repeat(maxSealedLength + 1), 'session'), undefined)
})

t.test('a hidden name is the same each time, another for each secret, and fit for a key', (t) => {
  t.match(sealer.hideName('request:1'), /^[\w-]{43}$/)
  t.equal(sealer.hideName('request:1'), createSealer(secret).hideName('request:1'))
  t.not(sealer.hideName('request:1'), sealer.hideName('request:2'))
  t.not(sealer.hideName('request:1'), createSealer(Buffer.alloc(32, 't')).hideName('request:1'))
  t.end()
})

t.test('a short secret is refused', (t) => {
  t.throws(() => createSealer(Buffer.alloc(31)), RangeError)
  t.end()
})

t.test('4 MiB are sealed and opened in well under the time a page may take', (t) => {
  const large = Buffer.alloc(2 ** 22, 'x')
  const began = performance.now()
  const opened = sealer.openBytes(sealer.sealBytes(large, 'x'), 'x')
  const took_ms = performance.now() - began
  t.ok(opened?.equals(large))
  t.ok(took_ms < 200, `${took_ms.toFixed(1)} ms`)
  t.end()
})
