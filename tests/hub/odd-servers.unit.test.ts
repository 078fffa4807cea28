/** A user's server that does not behave as a Jupyter server: the user is told what is wrong, and soon. */
import t, { type Test } from 'tap'
import { createContentsDelivery } from '../../service/delivery/contents.ts'
import type { DeliveryJob } from '../../service/delivery/delivery.ts'
import { createPatience, patience_ms } from '../../service/delivery/patience.ts'
import { createContents } from '../../service/hub/files/contents.ts'
import { serverLimits } from '../../service/hub/server-limits.ts'
import { openStore } from '../../service/store/index.ts'
import { deliveryJob } from '../support/delivery-job.ts'
import { faultOf } from '../support/fault-of.ts'
import { listenWith } from '../support/listen.ts'
import { drips, type Listener, oddAnswers, says, writing } from '../support/odd-answers.ts'

t.setTimeout(120_000)

for (const [label, { answer, reason }] of Object.entries(oddAnswers)) {
  t.test(`a server that ${label} is told of as ${reason}`, async (t) => {
    const { deliver } = await setUp(t, answer)
    t.match(await faultOf(deliver({ patience: createPatience(3000) })), { code: 11, reason })
  })
}

t.test('nobody waits for more than a minute', (t) => {
  const { step_ms, leastWrite_ms } = serverLimits
  t.ok(patience_ms + leastWrite_ms < 60_000)
  t.ok(step_ms < patience_ms)
  t.end()
})

t.test('one answer has a time of its own, however it comes', async (t) => {
  const patience = createPatience(30_000)
  const { deliver } = await setUp(t, drips(200))
  t.match(await faultOf(deliver({ patience })), { code: 11, reason: 'too-slow' })
  t.ok(patience.left_ms() > 0)
})

t.test('the time in all counts, however quick each step is', async (t) => {
  // Each look is answered well in time, and none of them is the last.
  const slowly: Listener = (request, response) =>
    void setTimeout(() => says(200, '{"type":"directory","content":[]}')(request, response), 100)
  const { deliver } = await setUp(t, slowly)
  t.match(await faultOf(deliver({ patience: createPatience(500) })), { code: 11, reason: 'too-slow' })
})

t.test('a large notebook on a slow line is saved, although it takes longer than a server may', async (t) => {
  const length = 6 << 20
  let received = 0
  const { deliver } = await setUp(
    t,
    writing(async (request, response) => {
      for await (const part of request) {
        received += part.length
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      response.writeHead(201).end('{}')
    }),
  )
  const patience = createPatience(1000)
  const open = async function* () {
    for (let n = 0; n < 6; n++) yield Buffer.alloc(1 << 20, 'a')
  }
  t.match(await deliver({ open, length, patience }), { path: 'f/a.ipynb' })
  t.ok(received > length)
  t.equal(patience.left_ms(), 0, 'it took longer')
})

/** A delivery to that server, with time limits for tests. */
async function setUp(t: Test, server: Listener) {
  const url = await listenWith(t, server)
  const limits = { ...serverLimits, step_ms: 1500, leastWrite_ms: 500, slowestLine_bytesPerS: 200 * 1024 }
  const contents = createContents({ url, limits })
  const store = await openStore('memory:', { maxKeptBytes: 2 ** 20, sealer: undefined })
  t.teardown(async () => {
    await store.close()
    await contents.close()
  })
  const delivery = createContentsDelivery({ contents, store, openWith: 'lab', readyWait_ms: 500 })
  return { deliver: (changes: Partial<DeliveryJob>) => delivery.deliver(deliveryJob(changes)) }
}
