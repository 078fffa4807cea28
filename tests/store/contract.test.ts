import { once } from 'node:events'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createSealer } from '../../service/seal.ts'
import { openStore, type Store } from '../../service/store/index.ts'

const sealer = createSealer(Buffer.alloc(32, 's'))
const bytes = (text: string) => Buffer.from(text)

/** Every store with and without sealing: the same promises. */
const kinds = [
  { label: 'memory', where: () => 'memory:', sealer: undefined },
  { label: 'memory, sealed', where: () => 'memory:', sealer },
  { label: 'lmdb', where: (t: Test) => `lmdb:${join(t.testdir(), 'store')}`, sealer: undefined },
  { label: 'lmdb, sealed', where: (t: Test) => `lmdb:${join(t.testdir(), 'store')}`, sealer },
]

interface Opened {
  readonly store: Store
  /** Lets time pass for expiries, without waiting. */
  pass(seconds: number): void
}

type Promised = (
  t: Test,
  open: (maxKeptBytes?: number, reservedBytes?: number) => Promise<Opened>,
) => Promise<unknown>

const promises: Record<string, Promised> = {
  'gives back what was put, and nothing for what was not': async (t, open) => {
    const { store } = await open()
    await store.put('a', Buffer.from([0, 255, 10]), 60)
    t.same(await store.get('a'), Buffer.from([0, 255, 10]))
    t.equal(await store.get('b'), undefined)
    await store.put('empty', Buffer.alloc(0), 60)
    t.same(await store.get('empty'), Buffer.alloc(0))
    await store.put('a', bytes('new'), 60)
    t.same(await store.get('a'), bytes('new'))
  },

  'keeps its own copy of a value': async (t, open) => {
    const { store } = await open()
    const given = bytes('value')
    const putting = store.put('a', given, 60)
    await putting
    given.fill(0)
    const got = await store.get('a')
    got?.fill(0)
    t.same(await store.get('a'), bytes('value'))
  },

  'keeps 4 MiB and any key': async (t, open) => {
    const { store } = await open(2 ** 24)
    const large = Buffer.alloc(2 ** 22, 'x')
    for (const key of ['request:Ä/ö', 'l', '']) {
      await store.put(key, large, 60)
      t.ok((await store.get(key))?.equals(large), JSON.stringify(key))
      await store.delete(key)
    }
  },

  'forgets an entry when its time has passed': async (t, open) => {
    const { store, pass } = await open()
    await store.put('a', bytes('1'), 10)
    await store.put('b', bytes('2'), 10)
    pass(9.9)
    t.same(await store.get('a'), bytes('1'))
    await store.put('b', bytes('3'), 10)
    pass(0.2)
    t.equal(await store.get('a'), undefined)
    t.same(await store.get('b'), bytes('3'), 'a put begins again')
  },

  'compares and sets': async (t, open) => {
    const { store, pass } = await open()
    await store.put('there', bytes('old'), 10)
    const cases = [
      { label: 'another value is expected', key: 'there', expected: bytes('odd'), set: false },
      { label: 'a longer value is expected', key: 'there', expected: bytes('older'), set: false },
      { label: 'nothing is expected', key: 'there', expected: undefined, set: false },
      { label: 'this value is expected', key: 'there', expected: bytes('old'), set: true },
      { label: 'it is no longer what it was', key: 'there', expected: bytes('old'), set: false },
      { label: 'a value is expected where there is none', key: 'no', expected: bytes(''), set: false },
      { label: 'nothing is expected where there is none', key: 'no', expected: undefined, set: true },
    ]
    for (const { label, key, expected, set } of cases) {
      const before = await store.get(key)
      t.equal(await store.compareAndSet(key, expected, bytes(label), 10), set, label)
      t.same(await store.get(key), set ? bytes(label) : before, label)
    }
    pass(11)
    t.equal(
      await store.compareAndSet('there', undefined, bytes('new'), 10),
      true,
      'what has expired is nothing',
    )
  },

  'lets one of many win each compare-and-set': async (t, open) => {
    const { store } = await open()
    const count = async () => {
      for (;;) {
        const before = await store.get('n')
        const after = bytes(String(Number(before ?? 0) + 1))
        if (await store.compareAndSet('n', before, after, 60)) return
      }
    }
    await Promise.all(Array.from({ length: 40 }, count))
    t.equal(String(await store.get('n')), '40')
  },

  deletes: async (t, open) => {
    const { store } = await open()
    await store.put('a', bytes('1'), 60)
    await store.delete('a')
    await store.delete('never there')
    t.equal(await store.get('a'), undefined)
  },

  'refuses clicks when all that is kept would be too much': async (t, open) => {
    const { store, pass } = await open(10_000)
    const full = { code: 25, reason: 'store-full' }
    const click = (key: string, size: number, ttl_s = 10) =>
      store.put(key, Buffer.alloc(size), ttl_s, 'clicks')
    await click('a', 4000)
    await click('b', 4000, 100)
    await t.rejects(click('c', 4000), full)
    t.equal(await store.get('c'), undefined)
    t.equal((await store.get('a'))?.length, 4000, 'nothing else is lost')
    await click('a', 4001)
    await t.rejects(click('a', 9000), full)
    t.equal((await store.get('a'))?.length, 4001, 'nor what was to be replaced')
    pass(11)
    await click('c', 4000)
    t.equal((await store.get('c'))?.length, 4000, 'what has expired makes room')
    await store.delete('b')
    await click('d', 4000)
    await t.rejects(click('e', 4000), full)
    await store.delete('never there')
    await t.rejects(click('e', 4000), full, 'deleting nothing makes no room')
  },

  'has room of its own for what is under way when clicks have filled it': async (t, open) => {
    const { store } = await open(10_000, 5000)
    const full = { code: 25, reason: 'store-full' }
    await store.put('a', Buffer.alloc(9800), 10, 'clicks')
    await t.rejects(store.put('b', Buffer.alloc(200), 10, 'clicks'), full)
    await store.put('login', Buffer.alloc(1000), 10)
    t.equal(await store.compareAndSet('state', undefined, Buffer.alloc(1000), 10), true)
    await t.rejects(store.put('c', Buffer.alloc(1), 10, 'clicks'), full, 'which is not for clicks')
    await t.rejects(store.put('large', Buffer.alloc(4000), 10), full, 'and has an end')
    await t.rejects(store.compareAndSet('other', undefined, Buffer.alloc(4000), 10), full)
    const state = Buffer.alloc(5000)
    t.equal(await store.compareAndSet('state', Buffer.alloc(1000), state, 10), true, 'a next state has room')
    await store.put('state', Buffer.alloc(6000), 10)
    await t.rejects(store.put('state', Buffer.alloc(20_000), 10), full, 'as long as it is a little larger')
  },

  'gives leases when not even what is under way has room': async (t, open) => {
    const { store } = await open(1000, 0)
    await store.put('a', Buffer.alloc(800), 10)
    await t.rejects(store.put('b', Buffer.alloc(200), 10), { code: 25 })
    const leases = []
    for (let count = 0; count < 100; count++) leases.push(await store.lease(`lease ${count}`, 10))
    t.ok(leases.every((lease) => lease !== undefined))
  },

  'counts many small entries': async (t, open) => {
    const { store } = await open(5000)
    const put = async () => {
      for (let count = 0; count < 5000; count++) await store.put(`key ${count}`, bytes(''), 60, 'clicks')
    }
    await t.rejects(put(), { code: 25 })
  },

  'gives a lease to one at a time': async (t, open) => {
    const { store } = await open()
    const first = await store.lease('a', 10)
    t.ok(first)
    t.equal(await store.lease('a', 10), undefined)
    t.ok(await store.lease('b', 10), 'another lease is free')
    await store.put('a', bytes('a value of the same name'), 10)
    t.equal(await store.lease('a', 10), undefined)
    await first?.release()
    const second = await store.lease('a', 10)
    t.ok(second)
    await first?.release()
    t.equal(
      await store.lease('a', 10),
      undefined,
      'a second release of the first takes nothing from the second',
    )
    t.equal(second?.lost.aborted, false)
  },

  'renews a lease as long as it is held': async (t, open) => {
    const { store, pass } = await open()
    // Long enough that a machine with other work renews it in time, too.
    const lease = await store.lease('a', 1.2)
    // The fake clock stands still: what is renewed must be seen by the holder's own clock.
    await t.rejects(store.waitForLease('a', 1.2, 2), { code: 24, reason: 'store' })
    t.equal(lease?.lost.aborted, false)
    pass(1)
    await t.rejects(store.waitForLease('a', 1.2, 0.8), { code: 24 })
    pass(1)
    t.equal(await store.lease('a', 1.2), undefined, 'renewed in between')
    await lease?.release()
  },

  'says when a lease is lost': async (t, open) => {
    const { store, pass } = await open()
    const lease = await store.lease('a', 0.3)
    pass(0.31)
    const other = await store.lease('a', 10)
    t.ok(other, 'it had run out')
    t.equal(lease?.lost.aborted, false)
    await once(lease!.lost, 'abort')
    await lease?.release()
    t.equal(await store.lease('a', 10), undefined, 'releasing it takes nothing from the other')
    t.equal(other?.lost.aborted, false)
  },

  'lets those who wait have the lease one after the other': async (t, open) => {
    const { store } = await open()
    let inside = 0
    let most = 0
    const order: number[] = []
    const work = async (number: number) => {
      const lease = await store.waitForLease('a', 10, 20)
      most = Math.max(most, ++inside)
      order.push(number)
      await new Promise((resolve) => setImmediate(resolve))
      inside--
      await lease.release()
    }
    await Promise.all(Array.from({ length: 12 }, (_, number) => work(number)))
    t.equal(most, 1)
    t.same(order, [...Array(12).keys()], 'in the order in which they came')
  },

  'stops waiting for a lease': async (t, open) => {
    const { store } = await open()
    const held = await store.waitForLease('a', 10, 1)
    const stop = new AbortController()
    const waiting = store.waitForLease('a', 10, 60, stop.signal)
    const behind = store.waitForLease('a', 10, 60)
    stop.abort(new Error('no longer wanted'))
    await t.rejects(waiting, { message: 'no longer wanted' })
    await t.rejects(store.waitForLease('a', 10, 60, stop.signal), { message: 'no longer wanted' })
    await t.rejects(store.waitForLease('a', 10, 0.05), { code: 24, reason: 'store' }, 'when its time is over')
    await held.release()
    const next = await behind
    t.equal(next.lost.aborted, false, 'who stood behind it is next')
    await next.release()
  },

  'gives up its leases at its end, and does nothing after': async (t, open) => {
    const { store } = await open()
    const lease = await store.lease('a', 10)
    await store.put('a', bytes('1'), 10)
    await store.close()
    t.equal(lease?.lost.aborted, true)
    await lease?.release()
    const after: Record<string, () => Promise<unknown>> = {
      get: () => store.get('a'),
      put: () => store.put('a', bytes('2'), 10),
      compareAndSet: () => store.compareAndSet('a', undefined, bytes('2'), 10),
      delete: () => store.delete('a'),
      lease: () => store.lease('b', 10),
      waitForLease: () => store.waitForLease('b', 10, 1),
    }
    for (const [name, action] of Object.entries(after)) {
      await t.rejects(action(), { code: 24, reason: 'store' }, name)
    }
    await store.close()
  },
}

for (const kind of kinds) {
  t.test(kind.label, async (t) => {
    for (const [promise, keep] of Object.entries(promises)) {
      t.test(promise, async (t) => {
        await keep(t, async (maxKeptBytes = 2 ** 20, reservedBytes = 2 ** 20) => {
          let passed_ms = 0
          const now = () => 1_800_000_000_000 + passed_ms
          const store = await openStore(kind.where(t), {
            maxKeptBytes,
            reservedBytes,
            sealer: kind.sealer,
            now,
          })
          // A lease does not keep the process alive.
          const alive = setInterval(() => {}, 1000)
          t.teardown(() => {
            clearInterval(alive)
            return store.close()
          })
          const pass = (seconds: number) => {
            passed_ms += seconds * 1000
          }
          return { store, pass }
        })
      })
    }
  })
}

t.test('a store of an unknown kind, or that cannot be opened, is fault 24', async (t) => {
  const dir = t.testdir({
    file: 'not a folder',
  })
  const places = ['redis://localhost', 'lmdb', 'constructor:', `lmdb:${dir}/file`]
  for (const where of places) {
    await t.rejects(
      openStore(where, { maxKeptBytes: 1000, sealer }),
      { code: 24, reason: 'store' },
      where.replace(dir, ''),
    )
  }
})
