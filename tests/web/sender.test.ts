import type { FastifyRequest } from 'fastify'
import t from 'tap'
import type { Sender } from '../../service/senders.ts'
import { readLanguages } from '../../service/web/input/languages.ts'
import { senderOf } from '../../service/web/input/sender.ts'

const request = (method: string, headers: Record<string, string>) =>
  ({ method, headers }) as unknown as FastifyRequest
const allowed = [{ origin: 'https://db.example', name: 'Database' }]

const taken: [string, FastifyRequest, readonly Sender[] | undefined, string | null][] = [
  [
    'any site, when none is named',
    request('POST', { origin: 'https://x.example' }),
    undefined,
    'https://x.example',
  ],
  ['no site, when none is named', request('POST', {}), undefined, null],
  ['an opaque origin is no site', request('POST', { origin: 'null' }), undefined, null],
  [
    'no host has so long a name',
    request('POST', { origin: `https://${'a.'.repeat(900)}example` }),
    undefined,
    null,
  ],
  ['a named site', request('POST', { origin: 'https://db.example' }), allowed, 'https://db.example'],
  [
    'a link on a named site',
    request('GET', { referer: 'https://db.example/objects/1' }),
    allowed,
    'https://db.example',
  ],
  [
    'our own form',
    request('POST', { origin: 'https://hub.example', 'sec-fetch-site': 'same-origin' }),
    allowed,
    'https://hub.example',
  ],
  ['an address typed by hand', request('GET', { 'sec-fetch-site': 'none' }), allowed, null],
]
for (const [label, from, sites, sender] of taken) {
  t.test(`taken: ${label}`, async (t) => t.equal(senderOf(from, sites), sender))
}

const refused: [string, FastifyRequest][] = [
  ['another site', request('POST', { origin: 'https://evil.example' })],
  ['another scheme', request('POST', { origin: 'http://db.example' })],
  ['another port', request('POST', { origin: 'https://db.example:8443' })],
  ['a name that only begins the same', request('POST', { origin: 'https://db.example.evil.example' })],
  ['no origin', request('POST', {})],
  ['an opaque origin', request('POST', { origin: 'null' })],
  ['a link of another site that hides itself', request('GET', { 'sec-fetch-site': 'cross-site' })],
  ['a post with only a referer', request('POST', { referer: 'https://db.example/' })],
]
for (const [label, from] of refused) {
  t.test(`refused: ${label}`, async (t) =>
    t.throws(() => senderOf(from, allowed), { code: 28, reason: 'sender' }),
  )
}

const headers: [string | undefined, string[]][] = [
  [undefined, []],
  ['', []],
  ['de', ['de']],
  ['en-US,en;q=0.9,de;q=0.95', ['en-us', 'de', 'en']],
  ['fr;q=0, de', ['de']],
  ['*', []],
  ['de;q=x, <script>, en', ['en']],
  [`xx${'-b'.repeat(200)}, en`, ['en']],
]
for (const [header, expected] of headers) {
  t.test(`Accept-Language ${JSON.stringify(header)}`, async (t) => t.same(readLanguages(header), expected))
}
