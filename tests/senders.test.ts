import t from 'tap'
import { readParameters } from '../service/notebook/index.ts'
import { addressFault, linkNamesOf, sourceOf } from '../service/senders.ts'

const sender = {
  origin: 'https://sampledb.example',
  name: 'SampleDB',
  object: '{origin}/objects/{object_id}',
}
const found: [label: string, params: string, object: string | undefined, path: string | undefined][] = [
  ['an integer', '{"a": 1, "object_id": 17}', sender.object, '/objects/17'],
  [
    'digits as sent, however many',
    '{"object_id": 12345678901234567890}',
    sender.object,
    '/objects/12345678901234567890',
  ],
  ['a text', '{"object_id": "aB-_9"}', sender.object, '/objects/aB-_9'],
  ['several', '{"a": 1, "b": "x"}', '{origin}/{a}/v/{b}?of={a}', '/1/v/x?of=1'],
  [
    'the origin is the site’s own, not what was sent',
    '{"origin": "https://evil.example", "a": 1}',
    '{origin}/{a}',
    '/1',
  ],
  ['no name at all', '{}', '{origin}/objects/', '/objects/'],
  ['what is not sent', '{"object": 17}', sender.object, undefined],
  ['one of two', '{"a": 1}', '{origin}/{a}/{b}', undefined],
  ['null', '{"object_id": null}', sender.object, undefined],
  ['a fraction', '{"object_id": 1.0}', sender.object, undefined],
  ['a number with an exponent', '{"object_id": 1e3}', sender.object, undefined],
  ['no number', '{"object_id": NaN}', sender.object, undefined],
  ['a truth value', '{"object_id": true}', sender.object, undefined],
  ['a list', '{"object_id": [17]}', sender.object, undefined],
  ['a translated text', '{"object_id": {"en": "17"}}', sender.object, undefined],
  ['an empty text', '{"object_id": ""}', sender.object, undefined],
  ['a text of 65 characters', `{"object_id": "${'x'.repeat(65)}"}`, sender.object, undefined],
  ['a number of 65 digits', `{"object_id": 1${'0'.repeat(64)}}`, sender.object, undefined],
  ['a way up', '{"object_id": "../users"}', sender.object, undefined],
  ['a dot', '{"object_id": ".."}', sender.object, undefined],
  ['a query', '{"object_id": "1?a"}', sender.object, undefined],
  ['an escape', '{"object_id": "%2e"}', sender.object, undefined],
  ['a line end after it', '{"object_id": "17\\n"}', sender.object, undefined],
  ['digits of another script', '{"object_id": "١٧"}', sender.object, undefined],
  ['a brace', '{"object_id": "{a}", "a": 1}', sender.object, undefined],
  ['a site without a pattern', '{"object_id": 17}', undefined, undefined],
]
for (const [label, params, object, path] of found) {
  t.test(`${path === undefined ? 'no source' : 'a source'}: ${label}`, async (t) => {
    t.ok(object === undefined || addressFault(object) === undefined)
    const expected = path && { name: 'SampleDB', address: sender.origin + path }
    t.same(sourceOf({ ...sender, object }, readParameters(params)), expected)
  })
}

t.test('names of links are those of all patterns, without the origin', async (t) => {
  const all = [sender, { ...sender, object: '{origin}/{a}/{b}/{a}' }, { origin: 'https://b', name: 'B' }]
  t.same([...linkNamesOf(all)], ['object_id', 'a', 'b'])
})
