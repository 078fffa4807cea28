import t from 'tap'
import { createFormat } from '../../../service/journey/kept/format.ts'
import { createRecords, newId } from '../../../service/journey/kept/records.ts'
import type { KeptRequest } from '../../../service/journey/request.ts'
import { claimed } from '../../../service/journey/steps.ts'
import { openStore, type Store } from '../../../service/store/index.ts'
import { gate } from '../stage.ts'

t.test('a request that the store refuses leaves nothing there', async (t) => {
  const store = await openStore('memory:', { maxKeptBytes: 10_000, reservedBytes: 0, sealer: undefined })
  t.teardown(() => store.close())
  const records = createRecords(store)
  // The parameters fit, the request beside them does not.
  const parameters = 'x'.repeat(9_800)
  const full = { code: 25, reason: 'store-full' }
  await t.rejects(records.create(request(), parameters), full)
  await t.rejects(records.create(request(), parameters), full)
  await t.resolves(store.put('another', Buffer.alloc(9_900), 60, 'clicks'), 'all of it is free')
})

t.test(
  'a request that is dropped cannot be claimed meanwhile, and a claimed one is not dropped',
  async (t) => {
    const memory = await openStore('memory:', { maxKeptBytes: 10_000, sealer: undefined })
    t.teardown(() => memory.close())
    const [deleting, goOn] = [gate(), gate()]
    const warnings: unknown[] = []
    const store: Store = {
      ...memory,
      async delete(key) {
        deleting.open()
        await goOn.opened
        await memory.delete(key)
      },
    }
    const records = createRecords(store, createFormat({ warn: (...told) => warnings.push(told) }))
    const [one, other] = [request(), request()]
    await records.create(one, '{}')
    await records.create(other, '{}')
    const claim = ({ id }: KeptRequest) => records.update(id, (found) => claimed(found, { name: 'ada' }))

    const dropping = records.dropUnclaimed(one.id)
    await deleting.opened
    await t.rejects(claim(one), { code: 2 })
    await t.resolves(records.dropUnclaimed(one.id), 'twice does no harm')
    t.same(warnings, [], 'and nothing is called damaged')
    goOn.open()
    await dropping
    await t.rejects(records.parameters(one), { code: 2 })

    await claim(other)
    await records.dropUnclaimed(other.id)
    t.match(await records.load(other.id), { owner: 'ada' })
    t.equal(await records.parameters(other), '{}')
  },
)

function request(): KeptRequest {
  return {
    id: newId(),
    template: 'a.ipynb',
    sha256: '0'.repeat(64),
    languages: [],
    sender: null,
    received: new Date().toISOString(),
    expires: Date.now() + 3_600_000,
    state: 'kept',
    owner: null,
    server: '',
    confirmed: null,
    steps: [],
  }
}
