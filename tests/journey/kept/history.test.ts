import t, { type Test } from 'tap'
import type { Account } from '../../../service/journey/account.ts'
import { createHistory } from '../../../service/journey/kept/history.ts'
import { createStarts } from '../../../service/journey/starts/starts.ts'
import { readParameters } from '../../../service/notebook/index.ts'
import { createSealer } from '../../../service/seal.ts'
import { openStore } from '../../../service/store/index.ts'

const options = { maxKeptBytes: 2 ** 20, sealer: createSealer(Buffer.alloc(32, 7)) }
const ada = { name: 'ada' }
const open = () => openStore('memory:', options)

for (const kind of ['memory', 'lmdb']) {
  t.test(`a notebook is found by its user, its template and its parameters (${kind})`, (t) => finds(t, kind))
}

async function finds(t: Test, kind: string): Promise<void> {
  const where = kind === 'memory' ? 'memory:' : `lmdb:${t.testdir()}/store`
  const store = await openStore(where, options)
  t.teardown(() => store.close())
  const history = createHistory(store)
  const made = { path: 'a.ipynb', url: '/user/ada/notebooks/a.ipynb', time: '2026-01-05T08:30:00.000Z' }
  await history.add(ada, 't.ipynb', readParameters('{"a": 1.0}'), made)
  const table: [label: string, user: string, template: string, params: string, found: boolean][] = [
    ['the same', 'ada', 't.ipynb', '{"a": 1.0}', true],
    ['the same, spaced otherwise', 'ada', 't.ipynb', ' {"a":1.0} ', true],
    ['another number', 'ada', 't.ipynb', '{"a": 1}', false],
    ['another template', 'ada', 'u.ipynb', '{"a": 1.0}', false],
    ['another user', 'eve', 't.ipynb', '{"a": 1.0}', false],
  ]
  for (const [label, user, template, params, found] of table) {
    t.strictSame(
      await history.find({ name: user }, template, readParameters(params)),
      found ? made : undefined,
      label,
    )
  }
  const later = { ...made, path: 'a (2).ipynb' }
  await history.add(ada, 't.ipynb', readParameters('{"a": 1.0}'), later)
  t.strictSame(await history.find(ada, 't.ipynb', readParameters('{"a": 1.0}')), later, 'the last one')

  const eves = { ...made, url: '/user/eve/notebooks/a.ipynb' }
  await history.add({ name: 'eve' }, 't.ipynb', readParameters('{"a": 1.0}'), eves)
  for (const [user, expected] of [
    ['ada', later],
    ['eve', eves],
  ] as const)
    t.strictSame(
      await history.find({ name: user }, 't.ipynb', readParameters('{"a": 1.0}')),
      expected,
      `${user} sees their own`,
    )
  t.equal(
    await history.find({ name: 'ada:eve' }, 't.ipynb', readParameters('{"a": 1.0}')),
    undefined,
    'another name',
  )
}

t.test('of many the oldest are forgotten, and those added at once are all there', async (t) => {
  const store = await open()
  t.teardown(() => store.close())
  const history = createHistory(store)
  const parameters = (n: number) => readParameters(`{"n": ${n}}`)
  const add = (n: number) =>
    history.add(ada, 't.ipynb', parameters(n), { path: `${n}.ipynb`, url: `/${n}`, time: '' })
  await add(0)
  await Promise.all(Array.from({ length: 100 }, (_, n) => add(n + 1)))
  const found = await Promise.all(
    Array.from({ length: 101 }, (_, n) => history.find(ada, 't.ipynb', parameters(n))),
  )
  t.equal(found[0], undefined)
  t.ok(found.slice(1).every((one) => one !== undefined))
})

t.test('who has the name of a deleted user sees nothing of what that one made', async (t) => {
  const store = await open()
  t.teardown(() => store.close())
  const history = createHistory(store)
  const parameters = readParameters('{}')
  const first = { name: 'ada', created: '2026-01-01T08:00:00.123456Z' }
  const made = { path: 'a.ipynb', url: '/a', time: '2026-01-01T09:00:00.000Z' }
  await history.add(first, 't.ipynb', parameters, made)
  await history.add(ada, 'old.ipynb', parameters, made)
  const table: [label: string, user: Account, template: string, found: boolean][] = [
    ['the same account', first, 't.ipynb', true],
    [
      'from a database that keeps whole seconds',
      { name: 'ada', created: '2026-01-01T08:00:00Z' },
      't.ipynb',
      true,
    ],
    ['another account', { name: 'ada', created: '2026-01-02T08:00:00.123456Z' }, 't.ipynb', false],
    [
      'another account that is made at once',
      { name: 'ada', created: '2026-01-01T08:00:02.123456Z' },
      't.ipynb',
      false,
    ],
    ['when the Hub does not tell any more', ada, 't.ipynb', false],
    ['an entry of an older version, made after the account', first, 'old.ipynb', true],
    [
      'an entry of an older version, made before the account',
      { name: 'ada', created: '2026-01-01T09:00:00.123456Z' },
      'old.ipynb',
      false,
    ],
    ['when the Hub never told', ada, 'old.ipynb', true],
  ]
  for (const [label, user, template, found] of table) {
    t.strictSame(await history.find(user, template, parameters), found ? made : undefined, label)
  }
})

t.test('the usual time of a start is the middle one of the last', async (t) => {
  const store = await open()
  t.teardown(() => store.close())
  const starts = createStarts(store)
  t.equal(await starts.typical_s(), undefined)
  for (const seconds of [5, 300, 20]) await starts.add(seconds)
  t.equal(await starts.typical_s(), 20)
  for (let count = 0; count < 20; count++) await starts.add(8)
  t.equal(await starts.typical_s(), 8, 'what was long ago does not count')
})
