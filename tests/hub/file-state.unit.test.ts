/** What is at a path, compared with a file: by a hash, or by its content where the server knows no hash. */
import { createHash } from 'node:crypto'
import t, { type Test } from 'tap'
import { createContents } from '../../service/hub/files/contents.ts'
import { faultOf } from '../support/fault-of.ts'
import { listenWith } from '../support/listen.ts'
import { says } from '../support/odd-answers.ts'

const text = 'a,b\n1,2\n'
const file = { length: text.length, sha256: createHash('sha256').update(text).digest('hex') }
const other = createHash('sha256').update('else').digest('hex')

/** @param answers by what is asked for, each a status and a model */
async function stateOf(
  t: Test,
  answers: Readonly<Record<'look' | 'hash' | 'content', readonly [number, object]>>,
) {
  const url = await listenWith(t, (request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams
    const kind = query.has('hash') ? 'hash' : query.get('content') === '1' ? 'content' : 'look'
    const [status, model] = answers[kind]
    says(status, JSON.stringify(model))(request, response)
  })
  const contents = createContents({ url })
  t.teardown(() => contents.close())
  return contents.stateOfFile({ token: 'x', serverUrl: '/user/ada/' }, 'f/ref.csv', file)
}

const never = [500, {}] as const
const here = [200, { type: 'file', size: file.length }] as const

t.test('by its hash', async (t) => {
  const hash = (value: string) => [200, { type: 'file', hash: value, hash_algorithm: 'sha256' }] as const
  t.equal(await stateOf(t, { look: here, hash: hash(file.sha256), content: never }), 'same')
  t.equal(await stateOf(t, { look: here, hash: hash(other), content: never }), 'other')
})

t.test('without asking for more where its size or kind tells', async (t) => {
  t.equal(await stateOf(t, { look: [404, {}], hash: never, content: never }), 'absent')
  t.equal(await stateOf(t, { look: [200, { type: 'directory' }], hash: never, content: never }), 'other')
  const larger = [200, { type: 'file', size: 999 }] as const
  t.equal(await stateOf(t, { look: larger, hash: never, content: never }), 'other')
})

t.test('by its content where the server gives no hash, or one of another kind', async (t) => {
  const content = (value: string) =>
    [200, { type: 'file', content: Buffer.from(value).toString('base64') }] as const
  for (const hash of [here, [200, { hash: 'x', hash_algorithm: 'md5' }] as const]) {
    t.equal(await stateOf(t, { look: here, hash, content: content(text) }), 'same')
    t.equal(await stateOf(t, { look: here, hash, content: content('a,b\n1,3\n') }), 'other')
    t.equal(await stateOf(t, { look: here, hash, content: [404, {}] }), 'absent', 'gone meanwhile')
    t.equal(await stateOf(t, { look: here, hash, content: content('x'.repeat(200_000)) }), 'other', 'no end')
  }
  const fault = await faultOf(stateOf(t, { look: here, hash: here, content: [200, { content: 1 }] }))
  t.match(fault, { code: 11, reason: 'odd-answer' })
})
