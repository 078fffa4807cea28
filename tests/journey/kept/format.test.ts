/** What is kept by another version, or cannot be read at all, is refused and left alone; nothing of it is an error of ours. */

import t from 'tap'
import { createFormat } from '../../../service/journey/kept/format.ts'
import { createHistory } from '../../../service/journey/kept/history.ts'
import { createRecords } from '../../../service/journey/kept/records.ts'
import { createStarts } from '../../../service/journey/starts/starts.ts'
import { readParameters } from '../../../service/notebook/index.ts'
import { openStore } from '../../../service/store/index.ts'
import { faultOf, setStage } from '../stage.ts'

const newer = /kept by a newer version of this service/

const unreadable: [label: string, text: (kept: object) => string, said: RegExp][] = [
  ['of a newer version', (kept) => JSON.stringify({ ...kept, format: 2 }), newer],
  ['of a newer version that is written otherwise', () => '{"format":7}', newer],
  ['whose number is none', (kept) => JSON.stringify({ ...kept, format: '1' }), /damaged/],
  ['of a version that is too old', (kept) => JSON.stringify({ ...kept, format: -1 }), /too old/],
  ['that is cut off', (kept) => JSON.stringify(kept).slice(0, -20), /damaged/],
  ['that is empty', () => '', /damaged/],
  ['that is null', () => 'null', /damaged/],
  ['that is no JSON', () => '\u0000\u0001', /damaged/],
]

t.test('a request that cannot be read is one that is not there, and the log says why', async (t) => {
  for (const [label, text, said] of unreadable) {
    await t.test(label, async (t) => {
      const stage = await setStage(t)
      const journey = stage.replica()
      const id = await stage.click(journey)
      const ada = stage.visitor('ada')
      await journey.show(id, ada)
      const key = `request:${id}`
      const bytes = Buffer.from(text(JSON.parse(String(await stage.store.get(key)))))
      await stage.store.put(key, bytes, 100)
      for (const action of ['show', 'preview', 'confirm', 'cancel', 'look', 'download'] as const)
        t.equal(await faultOf(journey[action](id, ada)), '2 unknown', action)
      t.equal(await faultOf(journey.read(id, true)), '2 unknown')
      t.match(stage.warnings, [{ details: { record: 'request' }, message: said }], 'once')
      t.equal(stage.warnings.length, 1)
      t.same(await stage.store.get(key), bytes, 'it stays for the version that can read it')
      t.same(stage.unexpected, [])
    })
  }
})

t.test('a request that is another one’s, or has no members, is not there', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const ids = [await stage.click(journey), await stage.click(journey)] as const
  for (const bytes of [Buffer.from('{}'), Buffer.from('[]'), (await stage.store.get(`request:${ids[1]}`))!]) {
    await stage.store.put(`request:${ids[0]}`, bytes, 100)
    t.equal(await faultOf(journey.show(ids[0], stage.visitor('ada'))), '2 unknown', String(bytes))
  }
})

t.test('what is kept says its format', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const id = await stage.click(journey)
  await journey.show(id, stage.visitor('ada'))
  const formatOf = async (key: string) => JSON.parse(String(await stage.store.get(key))).format
  t.equal(await formatOf(`request:${id}`), 1)
  await journey.confirm(id, stage.visitor('ada'))
  t.equal(await formatOf(`request:${id}`), 1, 'also after a change')
  await journey.close()
  t.equal(await formatOf('list:history:ada'), 1)
})

t.test('a request that was kept without a number is read, and gets one', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const id = await stage.click(journey)
  const key = `request:${id}`
  const { format: _, ...old } = JSON.parse(String(await stage.store.get(key)))
  await stage.store.put(key, Buffer.from(JSON.stringify(old)), 100)
  t.match((await journey.show(id, stage.visitor('ada'))).request, { id, owner: 'ada' })
  t.equal(JSON.parse(String(await stage.store.get(key))).format, 1)
  t.same(stage.warnings, [])
})

t.test('a history and times of starts', async (t) => {
  const store = await openStore('memory:', { maxKeptBytes: 2 ** 20, sealer: undefined })
  t.teardown(() => store.close())
  const said: string[] = []
  const format = createFormat({ warn: (_, message) => void said.push(message) })
  const history = createHistory(store, format)
  const starts = createStarts(store, format)
  const parameters = readParameters('{"n": 1}')
  const made = { path: 'a.ipynb', url: '/a', time: '2026-01-05T08:30:00.000Z', title: 'T' }
  const request = { template: 't.ipynb', sender: null, server: '' }
  const ada = { name: 'ada' }
  const keys = ['list:history:ada', 'list:starts'] as const

  await t.test('of a newer version, or damaged, count as none and stay as they are', async (t) => {
    for (const text of [
      '{"format":2,"entries":{}}',
      '{"format":1,"entries":{}}',
      '{"format":1}',
      '[',
      'null',
    ]) {
      for (const key of keys) await store.put(key, Buffer.from(text), 100)
      t.equal(await history.find(ada, request, parameters), undefined)
      t.same(await history.list(ada), [])
      t.equal(await starts.typical_s(), undefined)
      await history.add(ada, request, parameters, made)
      await starts.add(5)
      for (const key of keys) t.equal(String(await store.get(key)), text)
    }
    t.match(said, [newer, newer, /damaged/, /damaged/])
  })

  await t.test(
    'that were kept without a number are read, gone on with, and left for a rollback',
    async (t) => {
      for (const key of keys) await store.delete(key)
      await history.add(ada, request, parameters, made)
      const { entries } = JSON.parse(String(await store.get(keys[0])))
      for (const key of keys) await store.delete(key)
      await store.put('history:ada', Buffer.from(JSON.stringify(entries)), 100)
      await store.put('starts', Buffer.from('[42,40,44]'), 100)
      t.equal(await starts.typical_s(), 42)
      t.match(await history.find(ada, request, parameters), made)
      const later = { ...made, path: 'b.ipynb', url: '/b' }
      await history.add(ada, { ...request, template: 'u.ipynb' }, parameters, later)
      await starts.add(50)
      await starts.add(60)
      t.equal(await starts.typical_s(), 44)
      t.same(await history.list(ada), [
        { ...later, ...request, template: 'u.ipynb' },
        { ...made, ...request },
      ])
      t.same(JSON.parse(String(await store.get('history:ada'))), entries)
      t.equal(String(await store.get('starts')), '[42,40,44]')
    },
  )
})

t.test(
  'parameters of a request with secrets are hidden from a version that would miss the secrets',
  async (t) => {
    const stage = await setStage(t, { requestTtl_s: 60 })
    const records = createRecords(stage.store)
    const journey = stage.replica()
    const click = { template: 'a/Plot_{name}.ipynb', languages: ['en'], sender: null, client: ['192.0.2.1'] }
    const { id } = await journey.keep({ ...click, parameters: '{"name":"x","jwt":"s3cret"}' })
    t.equal(await stage.store.get(`parameters:${id}`), undefined)
    t.equal(await records.parameters(await records.load(id)), '{"name":"x"}')
    await journey.show(id, stage.visitor('ada'))
    await journey.confirm(id, stage.visitor('ada'))
    t.equal(await stage.store.get(`parameters:${id}`), undefined, 'also when they are kept for longer')
    t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
  },
)
