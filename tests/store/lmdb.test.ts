import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { open } from 'lmdb'
import t, { type Test } from 'tap'
import { createSealer, type Sealer } from '../../service/seal.ts'
import { openStore, type Store } from '../../service/store/index.ts'
import { bootId } from '../../service/store/lmdb-folder.ts'
import { until } from '../support/until.ts'
import { type Replica, startReplica, testSecret } from './replica.ts'

const sealer = createSealer(testSecret)

/** A store in a folder of the test's own, which other processes may open as well. */
function createPlace(t: Test) {
  const path = join(t.testdir(), 'store')
  const where = `lmdb:${path}`
  const warnings: string[] = []
  const log = { warn: (_: object, message: string) => void warnings.push(message) }
  const openHere = async (
    options: { sealer?: Sealer | undefined; now?: () => number; sweepEvery_s?: number } = {},
  ) => {
    const store = await openStore(where, { maxKeptBytes: 2 ** 26, sealer, log, ...options })
    const alive = setInterval(() => {}, 1000)
    t.teardown(() => {
      clearInterval(alive)
      return store.close()
    })
    return store
  }
  const replica = async (maxKeptBytes?: number): Promise<Replica> => {
    const one = await startReplica(where, maxKeptBytes)
    t.teardown(() => one.kill())
    return one
  }
  const folder = async () => join(path, `boot-${await bootId()}`)
  return { path, folder, warnings, openHere, replica }
}

/** The bytes of all files of the store. */
function allBytes(path: string): Buffer {
  return Buffer.concat(readdirSync(path).map((name) => readFileSync(join(path, name))))
}

const text = async (store: Store, key: string) => (await store.get(key))?.toString()

t.test('two processes see at once what the other has written', async (t) => {
  const { openHere, replica } = createPlace(t)
  const [store, other] = [await openHere(), await replica()]
  for (let round = 0; round < 50; round++) {
    await other.ask('put', 'a', `${round}`, 60)
    t.equal(await text(store, 'a'), `${round}`)
    await store.put('a', Buffer.from(`${round} back`), 60)
    t.equal(await other.ask('get', 'a'), `${round} back`)
  }
  await other.ask('delete', 'a')
  t.equal(await store.get('a'), undefined)
})

t.test('two processes that start at once on no store make one', async (t) => {
  const { replica } = createPlace(t)
  const replicas = await Promise.all([replica(), replica(), replica()])
  await replicas[0]?.ask('put', 'a', 'value', 60)
  for (const one of replicas) t.equal(await one.ask('get', 'a'), 'value')
})

t.test('compare-and-set is atomic between processes', async (t) => {
  const { openHere, replica } = createPlace(t)
  const store = await openHere()
  const replicas = await Promise.all([replica(), replica()])
  await Promise.all(replicas.map((one) => one.ask('countBySet', 'n', 200)))
  t.equal(await text(store, 'n'), '400')
})

t.test('a lease is held by one process at a time', async (t) => {
  const { openHere, replica } = createPlace(t)
  const store = await openHere()
  const replicas = await Promise.all([replica(), replica()])
  await Promise.all(
    replicas.flatMap((one) => [one.ask('countUnderLease', 'n', 40), one.ask('countUnderLease', 'n', 40)]),
  )
  t.equal(await text(store, 'n'), '160')
})

t.test('the lease of a killed process is free when its time has passed, and not before', async (t) => {
  const { openHere, replica } = createPlace(t)
  const [store, other] = [await openHere(), await replica()]
  t.equal(await other.ask('lease', 'a', 0.6), true)
  t.equal(await store.lease('a', 1), undefined)
  const killed = performance.now()
  await other.kill()
  t.equal(await store.lease('a', 1), undefined)
  const lease = await store.waitForLease('a', 1, 10)
  const waited_ms = performance.now() - killed
  t.ok(waited_ms < 1000, `${waited_ms} ms`)
  await lease.release()
})

t.test('a killed process leaves a store that works', async (t) => {
  const { openHere, replica } = createPlace(t)
  const store = await openHere()
  await store.put('before', Buffer.from('kept'), 60)
  for (let round = 0; round < 3; round++) {
    const other = await replica()
    const writing = other.said('writing')
    // It never answers: it is killed in the middle of it.
    other.ask('writeForever').catch(() => {})
    await writing
    await other.kill()
    await store.put('after', Buffer.from(`${round}`), 60)
    t.equal(await text(store, 'after'), `${round}`)
  }
  t.equal(await text(store, 'before'), 'kept')
  const entries = await Promise.all(Array.from({ length: 50 }, (_, count) => store.get(`entry ${count}`)))
  const whole = entries.filter(
    (entry) => entry?.length === 50_000 && entry.every((byte) => byte === entry[0]),
  )
  t.ok(whole.length >= 10)
  t.equal(whole.length, entries.filter((entry) => entry).length, 'no half entry')
})

t.test('what is kept survives the end of all processes', async (t) => {
  const { openHere, replica } = createPlace(t)
  const other = await replica()
  await other.ask('put', 'a', 'by one that was killed', 60)
  await other.kill()
  const store = await openHere()
  t.equal(await text(store, 'a'), 'by one that was killed')
  await store.put('b', Buffer.from('by one that was closed'), 60)
  await store.close()
  t.equal(await text(await openHere(), 'b'), 'by one that was closed')
})

t.test('a put that was not waited for is written before the store is closed', async (t) => {
  const { openHere } = createPlace(t)
  const store = await openHere()
  const putting = store.put('a', Buffer.from('1'), 60)
  await store.close()
  await putting
  t.equal(await text(await openHere(), 'a'), '1')
})

t.test('all processes together keep no more than they may', async (t) => {
  const { replica } = createPlace(t)
  const most = 100_000
  const replicas = await Promise.all([replica(most), replica(most)])
  const put = (one: 0 | 1, key: string) => replicas[one].ask('put', key, 'x'.repeat(30_000), 60)
  await put(0, 'a')
  await put(1, 'b')
  await put(0, 'c')
  await t.rejects(put(1, 'd'), { message: 'fault 25 (store-full)' })
  await replicas[0]?.ask('delete', 'a')
  await put(1, 'd')
  await t.rejects(put(0, 'a'), { message: 'fault 25 (store-full)' })
})

t.test('what has expired is swept from the file in the background', async (t) => {
  const { folder, openHere } = createPlace(t)
  let now = 1e12
  const store = await openHere({ now: () => now, sweepEvery_s: 0.5 })
  // Opened while nobody writes: a second look at the file from within one process would wait for its own writer.
  const raw = open({ path: await folder(), noSubdir: false, maxDbs: 4 })
  t.teardown(() => raw.close())
  const databases = {
    entries: raw.openDB({ name: 'entries', encoding: 'binary' }),
    expiries: raw.openDB({ name: 'expiries', encoding: 'binary' }),
  }
  const count = (name: keyof typeof databases) => {
    raw.resetReadTxn()
    return databases[name].getCount()
  }
  for (let count = 0; count < 450; count++) await store.put(`${count}`, Buffer.from('x'), 10)
  await store.put('stays', Buffer.from('x'), 1000)
  await store.lease('lease', 10)
  t.equal(count('entries'), 452)
  t.equal(count('expiries'), 452)
  now += 11_000
  while (count('entries') > 1) await new Promise((resolve) => setTimeout(resolve, 10))
  t.equal(count('expiries'), 1)
  t.equal(await text(store, 'stays'), 'x')
})

t.test('what is written when the folder has been removed is refused, not lost', async (t) => {
  const { path, openHere, warnings } = createPlace(t)
  const store = await openHere()
  await store.put('a', Buffer.from('1'), 60)
  rmSync(path, { recursive: true })
  await t.rejects(store.put('b', Buffer.from('2'), 60), { code: 24, reason: 'store' })
  await t.rejects(store.compareAndSet('c', undefined, Buffer.from('3'), 60), { code: 24, reason: 'store' })
  await until('the log says so', () =>
    warnings.some((text) => text.includes('the folder of the store is gone')),
  )
})

t.test('a stolen file shows neither names nor values', async (t) => {
  for (const { label, sealer: used, shown } of [
    { label: 'sealed', sealer, shown: false },
    { label: 'not sealed, so that the test can see what it looks for', sealer: undefined, shown: true },
  ]) {
    const { folder, openHere } = createPlace(t)
    const store = await openHere({ sealer: used })
    await store.put('the-name-of-it', Buffer.from('what-was-in-it'), 60)
    await store.lease('the-name-of-a-lease', 60)
    await store.close()
    const bytes = allBytes(await folder())
    for (const secret of ['the-name-of-it', 'what-was-in-it', 'the-name-of-a-lease']) {
      t.equal(bytes.includes(secret), shown, `${label}: ${secret}`)
    }
  }
})

t.test('only the user of the service can read the files', async (t) => {
  const { folder, openHere } = createPlace(t)
  await (await openHere()).put('a', Buffer.from('1'), 60)
  const path = await folder()
  t.equal(statSync(path).mode & 0o777, 0o700)
  for (const name of readdirSync(path)) t.equal(statSync(join(path, name)).mode & 0o777, 0o600, name)
})

t.test(
  'an entry that was damaged, moved or sealed by others counts as missing and can be replaced',
  async (t) => {
    const { folder, openHere, warnings } = createPlace(t)
    const store = await openHere()
    await store.put('mine', Buffer.from('value of mine'), 60)
    await store.put('other', Buffer.from('value of other'), 60)
    const raw = open({ path: await folder(), noSubdir: false, maxDbs: 4 })
    t.teardown(() => raw.close())
    const entries = raw.openDB<Buffer, string>({ name: 'entries', encoding: 'binary' })
    const key = `v${sealer.hideName('mine')}`
    const good = Buffer.from(entries.get(key)!)
    const foreign = createSealer(Buffer.alloc(32, 'z')).sealBytes(Buffer.from('x'), 'store mine')
    const flipped = Buffer.from(good)
    flipped[30]! ^= 1
    const notANumber = Buffer.from(good)
    notANumber.writeDoubleBE(Number.NaN)
    const cases = {
      'one bit is another': flipped,
      'cut short': good.subarray(0, -1),
      'only an expiry': good.subarray(0, 8),
      'less than an expiry': good.subarray(0, 3),
      empty: Buffer.alloc(0),
      'an expiry that is no time': notANumber,
      "another entry's value": Buffer.from(entries.get(`v${sealer.hideName('other')}`)!),
      'sealed with another secret': Buffer.concat([good.subarray(0, 8), foreign]),
    }
    for (const [label, bytes] of Object.entries(cases)) {
      await entries.put(key, bytes)
      t.equal(await store.get('mine'), undefined, label)
      t.match(warnings.pop(), /is ignored/, `${label}: it is in the log`)
      t.equal(
        await store.compareAndSet('mine', Buffer.from('value of mine'), Buffer.from('no'), 60),
        false,
        label,
      )
      t.equal(await store.compareAndSet('mine', undefined, Buffer.from('value of mine'), 60), true, label)
      t.equal(await text(store, 'mine'), 'value of mine', label)
    }
    await entries.put(key, good)
    t.equal(await text(store, 'mine'), 'value of mine', 'the test itself can write entries')
  },
)
