import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { SettingsError } from '../../service/settings/fault.ts'
import { readSettings } from '../../service/settings/settings.ts'

const dir = t.testdir({})
const env = (SENDERS: string, more: Record<string, string> = {}) => ({
  NOTEBOOK_TEMPLATES_SENDERS: SENDERS,
  ...more,
})
/** What is said of the setting, a line for each fault. */
const reasonsOf = (SENDERS: string, more?: Record<string, string>) => {
  try {
    readSettings(env(SENDERS, more))
    return []
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return error.faults.map(({ name, reason }) => `${name.replace('NOTEBOOK_TEMPLATES_', '')} ${reason}`)
  }
}

const list = [
  { origin: 'https://SampleDB.example/', name: ' SampleDB ', object: '{origin}/objects/{object_id}' },
  { origin: 'http://localhost:8090' },
]
const read = [
  { origin: 'https://sampledb.example', name: 'SampleDB', object: '{origin}/objects/{object_id}' },
  { origin: 'http://localhost:8090', name: 'localhost:8090' },
]

t.test('senders as JSON text', async (t) => {
  t.same(readSettings(env(JSON.stringify(list))).senders, read)
  t.same(readSettings(env(`\n  ${JSON.stringify(list, null, 2)}\n`)).senders, read)
})

t.test('senders in a file, with or without a byte-order mark', async (t) => {
  const file = join(dir, 'senders.json')
  writeFileSync(file, JSON.stringify(list))
  t.same(readSettings(env(file)).senders, read)
  writeFileSync(file, `\ufeff${JSON.stringify(list)}`)
  t.same(readSettings(env(file)).senders, read)
})

t.test('ALLOWED_ORIGINS is the short form of the same', async (t) => {
  const origins = 'https://SampleDB.example http://localhost:8090'
  const short = readSettings({ NOTEBOOK_TEMPLATES_ALLOWED_ORIGINS: origins }).senders
  t.same(short, readSettings(env(JSON.stringify(origins.split(' ').map((origin) => ({ origin }))))).senders)
  t.same(reasonsOf(JSON.stringify(list), { NOTEBOOK_TEMPLATES_ALLOWED_ORIGINS: origins }), [
    'SENDERS and ALLOWED_ORIGINS say the same: set one of them',
  ])
})

const address = (object: string) => JSON.stringify([{ origin: 'https://a.example', object }])
const named = (name: string) => JSON.stringify([{ origin: 'https://a.example', name }])
const wrong: [label: string, setting: string, reasons: RegExp[]][] = [
  ['a file that is not there', '/no/such/file', [/must be JSON, which begins with \[, or a file of it/]],
  ['a folder', dir, [/must be JSON/]],
  ['text that is not JSON', '[{', [/^SENDERS is not JSON$/]],
  ['a file that is not JSON', join(dir, 'broken.json'), [/^SENDERS names a file that is not JSON$/]],
  ['no list', '{"origin": "https://a.example"}', [/^SENDERS must be a list of one to 1000 senders/]],
  ['no sender at all', '[]', [/must be a list of one/]],
  ['a sender that is a text', '["https://a.example"]', [/^SENDERS \[0\] must be an object/]],
  ['a sender without an origin', '[{"name": "A"}]', [/^SENDERS \[0\] has no origin$/]],
  ['an origin with a path', '[{"origin": "https://a.example/x"}]', [/\[0\]\.origin must be an origin/]],
  ['an origin of no web site', '[{"origin": "ftp://a.example"}]', [/\[0\]\.origin must be an origin/]],
  ['an origin that is a number', '[{"origin": 7}]', [/\[0\]\.origin must be an origin/]],
  [
    'the same site twice',
    '[{"origin": "https://a.example"}, {"origin": "https://A.example:443/"}]',
    [/^SENDERS \[1\]\.origin is the same site as \[0\]\.origin$/],
  ],
  [
    'a member that is misspelt',
    '[{"origin": "https://a.example", "objects": "x"}]',
    [/^SENDERS \[0\] may have origin, name, object alone \(did you mean object\?\)$/],
  ],
  ['an address of another site', address('https://b.example/{object_id}'), [/must begin with \{origin\}\//]],
  ['an address that grows the origin', address('{origin}.evil.example/{object_id}'), [/must begin with/]],
  ['an address with a user before it', address('https://{origin}/{object_id}'), [/must begin with/]],
  ['a brace alone', address('{origin}/objects/{object_id'), [/\[0\]\.object must have a name in each pair/]],
  ['braces without a name', address('{origin}/objects/{}'), [/must have a name in each pair/]],
  ['braces in braces', address('{origin}/{{object_id}}'), [/must have a name in each pair/]],
  ['a name with a space before it', address('{origin}/{ object_id}'), [/has a name with spaces/]],
  ['an address with a line end', address('{origin}/{a}\n{b}'), [/must be an address as browsers write it/]],
  ['an address with a space', address('{origin}/a b/{a}'), [/must be an address as browsers write it/]],
  ['an address that goes up', address('{origin}/a/../{a}'), [/must be an address as browsers write it/]],
  [
    'an address with letters of no URL',
    address('{origin}/ö/{a}'),
    [/must be an address as browsers write it/],
  ],
  ['an address with a quote', address('{origin}/"{a}'), [/must be an address as browsers write it/]],
  ['a long address', address(`{origin}/${'x'.repeat(300)}`), [/must be an address of at most 300/]],
  ['a blank name', named('  '), [/\[0\]\.name must be one line/]],
  ['a name of two lines', named('A\nB'), [/\[0\]\.name must be one line/]],
  ['a name that turns text around', named('A\u202eB'), [/\[0\]\.name must be one line/]],
  ['a long name', named('x'.repeat(61)), [/\[0\]\.name must be one line of at most 60/]],
  [
    'several faults at once',
    '[{"origin": "x", "name": ""}, {"origin": "https://b.example", "object": 7}, {"origin": "https://c", "object": "/x"}]',
    [/\[0\]\.origin/, /\[0\]\.name/, /\[1\]\.object/, /\[2\]\.object must begin with \{origin\}/],
  ],
]
writeFileSync(join(dir, 'broken.json'), '[{"origin"')
for (const [label, setting, expected] of wrong) {
  t.test(`refused: ${label}`, async (t) => {
    const reasons = reasonsOf(setting)
    t.equal(reasons.length, expected.length, reasons.join('\n'))
    for (const one of expected)
      t.ok(
        reasons.some((reason) => one.test(reason)),
        `${one}: ${reasons}`,
      )
  })
}

t.test('no value is in what is said: it may be a secret in the wrong place', async (t) => {
  const secret = 'xoxb-secret'
  for (const setting of [
    secret,
    `[{"origin": "${secret}", "name": "${secret}\\n", "object": "${secret}", "${secret}": "${secret}"}]`,
    `{"${secret}": 1}`,
  ]) {
    const reasons = reasonsOf(setting)
    t.ok(reasons.length > 0)
    t.notMatch(reasons.join('\n'), secret)
  }
})
