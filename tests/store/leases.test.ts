import { once } from 'node:events'
import t from 'tap'
import { createLeases } from '../../service/store/leases.ts'

t.test('a lease that cannot be renewed is lost when its time has passed', async (t) => {
  const told: string[] = []
  const leases = createLeases(
    {
      takeLease: async () => true,
      renewLease: async () => {
        throw new Error('the store is away')
      },
      dropLease: async () => {},
    },
    { warn: (_values, message) => void told.push(message) },
  )
  const alive = setInterval(() => {}, 60_000)
  t.teardown(() => clearInterval(alive))
  const lease = (await leases.lease('a', 0.3))!
  t.equal(lease.lost.aborted, false)
  await once(lease.lost, 'abort')
  t.match(lease.lost.reason, { code: 24, reason: 'store' })
  t.ok(told.includes('a lease could not be renewed'), 'the log says so before')
})
