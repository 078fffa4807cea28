import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import t from 'tap'
import { createSealer } from '../service/seal.ts'

const secret = Buffer.alloc(32, 's')
const sealer = createSealer(secret)
const value = Buffer.from('µ: {"a": 1.0}')

t.test('what was sealed opens with the same secret and context', (t) => {
  for (const [label, bytes] of Object.entries({
    text: value,
    nothing: Buffer.alloc(0),
    'all bytes': Buffer.from([...Array(256).keys()]),
  })) {
    const sealed = sealer.sealText(bytes, 'session')
    t.match(sealed, /^[\w-]+$/, `${label}: safe in a cookie`)
    t.same(createSealer(secret).openText(sealed, 'session'), bytes, label)
    t.same(sealer.openBytes(sealer.sealBytes(bytes, 'session'), 'session'), bytes, `${label}, as bytes`)
  }
  t.end()
})

t.test('neither value nor the same twice can be seen', (t) => {
  const [a, b] = [sealer.sealBytes(value, 'x'), sealer.sealBytes(value, 'x')]
  t.notOk(a.equals(b))
  t.notOk(a.includes('"a"'))
  t.equal(a.length, value.length + 29)
  t.end()
})

t.test('no change of any single character or byte is accepted', (t) => {
  const sealed = sealer.sealText(value, 'session')
  for (let place = 0; place < sealed.length; place++) {
    for (const other of ['A', 'B', '.', '~', '']) {
      const changed = sealed.slice(0, place) + other + sealed.slice(place + 1)
      if (changed !== sealed) t.equal(sealer.openText(changed, 'session'), undefined, `${place}: ${other}`)
    }
  }
  const bytes = sealer.sealBytes(value, 'session')
  for (let place = 0; place < bytes.length; place++) {
    const changed = Buffer.from(bytes)
    changed[place]! ^= 1
    t.equal(sealer.openBytes(changed, 'session'), undefined, `byte ${place}`)
    t.equal(sealer.openBytes(bytes.subarray(0, place), 'session'), undefined, `cut at ${place}`)
  }
  t.end()
})

t.test('what is not ours is not opened', (t) => {
  const sealed = sealer.sealText(value, 'session')
  const bytes = sealer.sealBytes(value, 'session')
  const other = createSealer(Buffer.alloc(32, 't'))
  t.equal(sealer.openText(sealed, 'login'), undefined, 'another context')
  t.equal(sealer.openBytes(bytes, 'login'), undefined, 'another context, as bytes')
  t.equal(other.openText(sealed, 'session'), undefined, 'another secret')
  t.equal(other.openBytes(bytes, 'session'), undefined, 'another secret, as bytes')
  const texts = {
    nothing: '',
    'too short': 'x',
    'four dots': '....',
    'a dot more': `${sealed}.`,
    padded: `${sealed}=`,
  }
  for (const [label, text] of Object.entries(texts))
    t.equal(sealer.openText(text, 'session'), undefined, label)
  t.end()
})

/** What commit a1efdcf made by jose 6, of this secret, value and context. */
const ofJose =
  'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiY3R4Ijoic2Vzc2lvbiJ9..CRLECR0HXIn8vD4T.J6zR35DUDBQMh9QLzss.3HkRGTkmsA65WOyZLfkbuA'
/** A JWE by the key that it was made by, so that only the header can be the reason to refuse it. */
function makeJwe(header: object, content: Uint8Array = value): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'notebook-templates text v1', 32))
  const nonce = randomBytes(12)
  const first = Buffer.from(JSON.stringify(header)).toString('base64url')
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(first))
  const encrypted = Buffer.concat([cipher.update(content), cipher.final()])
  const parts = [nonce, encrypted, cipher.getAuthTag()].map((part) => part.toString('base64url'))
  return [first, '', ...parts].join('.')
}

t.test('what jose sealed is read for one release', (t) => {
  t.same(sealer.openText(ofJose, 'session'), value)
  t.equal(sealer.openText(ofJose, 'login'), undefined, 'another context')
  t.equal(createSealer(Buffer.alloc(32, 't')).openText(ofJose, 'session'), undefined, 'another secret')
  for (let place = 0; place < ofJose.length; place++) {
    // The last character of a part may hold bits that count for nothing.
    if (/^.(\.|$)/.test(ofJose.slice(place))) continue
    const other = ofJose[place] === 'A' ? 'B' : 'A'
    const changed = ofJose.slice(0, place) + other + ofJose.slice(place + 1)
    t.equal(sealer.openText(changed, 'session'), undefined, `${place}`)
    t.equal(sealer.openText(ofJose.slice(0, place), 'session'), undefined, `cut at ${place}`)
  }
  t.end()
})

t.test('no other algorithm, compression or header is accepted, even under the right key', (t) => {
  const ours = { alg: 'dir', enc: 'A256GCM', ctx: 'session' }
  t.same(sealer.openText(makeJwe(ours), 'session'), value, 'the right header is accepted')
  const others: Record<string, string> = {
    'no context': makeJwe({ alg: 'dir', enc: 'A256GCM' }),
    'another member': makeJwe({ ...ours, typ: 'JWT' }),
    'another order': makeJwe({ ctx: 'session', alg: 'dir', enc: 'A256GCM' }),
    'key wrapping': makeJwe({ ...ours, alg: 'A256KW' }),
    compressed: makeJwe({ ...ours, zip: 'DEF' }, deflateRawSync(value)),
    'a part more': `${makeJwe(ours)}.`,
    'a wrapped key': makeJwe(ours).replace('..', '.AAAA.'),
  }
  for (const [label, jwe] of Object.entries(others))
    t.equal(sealer.openText(jwe, 'session'), undefined, label)
  t.end()
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
