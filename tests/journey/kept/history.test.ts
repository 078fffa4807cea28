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

const sampledb = 'https://sampledb.example'
const objectOf = (id: number) => ({ name: 'SampleDB', address: `${sampledb}/objects/${id}` })
/** A request as the history needs it. */
const request = (more: object = {}) => ({ template: 'a/t.ipynb', sender: sampledb, server: '', ...more })
const made = {
  path: 'a.ipynb',
  url: '/user/ada/notebooks/a.ipynb',
  time: '2026-01-05T08:30:00.000Z',
  title: 'A plot',
}
const values = readParameters('{"a": 1.0}')

for (const kind of ['memory', 'lmdb']) {
  t.test(`a notebook is found by its user and all that it was made from (${kind})`, (t) => finds(t, kind))
}

async function finds(t: Test, kind: string): Promise<void> {
  const where = kind === 'memory' ? 'memory:' : `lmdb:${t.testdir()}/store`
  const store = await openStore(where, options)
  t.teardown(() => store.close())
  const history = createHistory(store)
  await history.add(ada, request({ source: objectOf(2) }), values, made)
  const table: [label: string, user: string, from: object, params: string, found: boolean][] = [
    ['the same', 'ada', {}, '{"a": 1.0}', true],
    ['the same, spaced otherwise', 'ada', {}, ' {"a":1.0} ', true],
    [
      'when the site has got another name',
      'ada',
      { source: { ...objectOf(2), name: 'Lab' } },
      '{"a":1.0}',
      true,
    ],
    ['another number', 'ada', {}, '{"a": 1}', false],
    ['another object with the same values', 'ada', { source: objectOf(7) }, '{"a": 1.0}', false],
    ['no object', 'ada', { source: undefined }, '{"a": 1.0}', false],
    ['another site', 'ada', { sender: 'https://other.example' }, '{"a": 1.0}', false],
    ['no site', 'ada', { sender: null }, '{"a": 1.0}', false],
    ['another template', 'ada', { template: 'a/u.ipynb' }, '{"a": 1.0}', false],
    ['one of the same file name', 'ada', { template: 'b/t.ipynb' }, '{"a": 1.0}', false],
    ['another user', 'eve', {}, '{"a": 1.0}', false],
    ['a user whose name begins alike', 'ada:eve', {}, '{"a": 1.0}', false],
  ]
  for (const [label, name, from, params, found] of table) {
    const wanted = request({ source: objectOf(2), ...from })
    t.match(
      (await history.find({ name }, wanted, readParameters(params)))?.path,
      found ? 'a.ipynb' : undefined,
      label,
    )
  }
  const later = { ...made, path: 'a (2).ipynb', url: '/user/ada/notebooks/a%20(2).ipynb' }
  await history.add(ada, request({ source: objectOf(2) }), values, later)
  t.match(await history.find(ada, request({ source: objectOf(2) }), values), later, 'the last one')

  const eves = { ...made, url: '/user/eve/notebooks/a.ipynb' }
  await history.add({ name: 'eve' }, request({ source: objectOf(2) }), values, eves)
  for (const [name, expected] of [
    ['ada', later],
    ['eve', eves],
  ] as const)
    t.match(await history.find({ name }, request({ source: objectOf(2) }), values), expected, name)
}

t.test('where no object is known, the same values count, unless they are empty', async (t) => {
  const store = await open()
  t.teardown(() => store.close())
  const history = createHistory(store)
  const table: [label: string, params: string, said: boolean][] = [
    ['a value', '{"a": 1, "b": null}', true],
    ['false', '{"a": false}', true],
    ['zero', '{"a": 0}', true],
    ['none', '{}', false],
    ['null', '{"a": null, "b": null}', false],
    ['empty texts', '{"a": "", "b": {"en": " "}}', false],
    ['empty lists', '{"a": [], "b": [null, ""], "c": {}}', false],
  ]
  for (const [label, params, said] of table) {
    const parameters = readParameters(params)
    await history.add(ada, request(), parameters, made)
    t.equal((await history.find(ada, request(), parameters))?.path, said ? made.path : undefined, label)
    await history.add(ada, request({ source: objectOf(2) }), parameters, made)
    const found = await history.find(ada, request({ source: objectOf(2) }), parameters)
    t.equal(found?.path, made.path, `${label}, of an object`)
  }
})

t.test('all that was made is listed, the newest first', async (t) => {
  const store = await open()
  t.teardown(() => store.close())
  const history = createHistory(store)
  const at = (path: string, minute: number) => ({
    ...made,
    path,
    url: `/user/ada/notebooks/${path}`,
    time: `2026-01-05T08:3${minute}:00.000Z`,
  })
  await history.add(ada, request({ source: objectOf(2), server: 'gpu' }), values, at('a', 0))
  await history.add(ada, request({ template: 'b/t.ipynb', byForm: true }), values, at('late', 5))
  await history.add(ada, request(), values, at('b', 1))
  t.strictSame(await history.list(ada), [
    { ...at('late', 5), ...request({ template: 'b/t.ipynb', byForm: true }) },
    { ...at('b', 1), ...request() },
    { ...at('a', 0), ...request({ source: objectOf(2), server: 'gpu' }) },
  ])
  await history.add(ada, request(), readParameters('{"a": 2}'), at('b', 7))
  t.same(
    (await history.list(ada)).map(({ path }) => path),
    ['b', 'late', 'a'],
    'where a file was removed and another one made, the other one is listed',
  )
  t.equal((await history.find(ada, request(), values))?.path, undefined, 'and the removed one is not offered')

  await history.add({ name: 'eve' }, request(), values, at('eves', 0))
  await history.clear(ada)
  t.same(await history.list(ada), [], 'nothing after it was cleared')
  t.equal((await history.list({ name: 'eve' })).length, 1, 'others’ stay')
  await history.add(ada, request(), values, at('c', 0))
  t.match(await history.list(ada), [{ path: 'c' }], 'and it goes on')
})

t.test('of many the oldest are forgotten, and those added at once are all there', async (t) => {
  const store = await open()
  t.teardown(() => store.close())
  const history = createHistory(store)
  const parameters = (n: number) => readParameters(`{"n": ${n}}`)
  const add = (n: number) =>
    history.add(ada, request(), parameters(n), { ...made, path: `${n}.ipynb`, url: `/${n}` })
  await add(0)
  await Promise.all(Array.from({ length: 100 }, (_, n) => add(n + 1)))
  const found = await Promise.all(
    Array.from({ length: 101 }, (_, n) => history.find(ada, request(), parameters(n))),
  )
  t.equal(found[0], undefined)
  t.ok(found.slice(1).every((one) => one !== undefined))
  t.equal((await history.list(ada)).length, 100)
})

t.test('what a version before has kept is listed, never offered, and can be forgotten', async (t) => {
  for (const key of ['list:history:ada', 'history:ada']) {
    const store = await open()
    t.teardown(() => store.close())
    const history = createHistory(store)
    await history.add(ada, request(), values, made)
    const { entries } = JSON.parse(String(await store.get('list:history:ada')))
    const old = entries.map(({ from, path, url, time }: Record<string, string>) => ({
      from,
      path,
      url,
      time,
    }))
    await history.clear(ada)
    const kept = key === 'history:ada' ? old : { format: 1, entries: old }
    // Its mark was made of less.
    await store.put(key, Buffer.from(JSON.stringify(kept).replace(old[0].from, 'x'.repeat(22))), 100)
    const { title: _, ...rest } = made
    t.strictSame(await history.list(ada), [rest], key)
    t.equal(await history.find(ada, request(), values), undefined, key)
    await history.clear(ada)
    t.same(await history.list(ada), [], key)
  }
})

t.test('who has the name of a deleted user sees nothing of what that one made', async (t) => {
  const store = await open()
  t.teardown(() => store.close())
  const history = createHistory(store)
  const first = { name: 'ada', created: '2026-01-01T08:00:00.123456Z' }
  const time = '2026-01-01T09:00:00.000Z'
  await history.add(first, request(), values, { ...made, time })
  const old = request({ template: 'old.ipynb' })
  await history.add(ada, old, values, { ...made, time, url: '/user/ada/notebooks/old.ipynb' })
  const later = { name: 'ada', created: '2026-01-01T09:00:00.123456Z' }
  const table: [label: string, user: Account, wanted: typeof old, found: boolean][] = [
    ['the same account', first, request(), true],
    [
      'from a database that keeps whole seconds',
      { name: 'ada', created: '2026-01-01T08:00:00Z' },
      request(),
      true,
    ],
    ['another account', { name: 'ada', created: '2026-01-02T08:00:00.123456Z' }, request(), false],
    [
      'another account that is made at once',
      { name: 'ada', created: '2026-01-01T08:00:02.123456Z' },
      request(),
      false,
    ],
    ['when the Hub does not tell any more', ada, request(), false],
    ['an entry of an older version, made after the account', first, old, true],
    ['an entry of an older version, made before the account', later, old, false],
    ['when the Hub never told', ada, old, true],
  ]
  for (const [label, user, wanted, found] of table) {
    t.equal((await history.find(user, wanted, values))?.path, found ? made.path : undefined, label)
  }
  t.same(await history.list(later), [], 'nor is any of it listed')
  t.equal((await history.list(first)).length, 2)
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
