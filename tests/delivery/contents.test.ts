import { createHash } from 'node:crypto'
import { getEventListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createContentsDelivery } from '../../service/delivery/contents.ts'
import type { DeliveryJob } from '../../service/delivery/delivery.ts'
import { notebookUrl } from '../../service/delivery/notebook-url.ts'
import { Fault } from '../../service/fault.ts'
import { type Contents, ServerNotReady } from '../../service/hub/files/contents.ts'
import type { Lease, Store } from '../../service/store/store.ts'
import { deliveryJob } from '../support/delivery-job.ts'
import { faultOf } from '../support/fault-of.ts'

/** A server's files in memory, and what was asked of it. */
function fakeContents(changes: Partial<Contents> = {}) {
  const files = new Map<string, string>()
  const asked: string[] = []
  const contents: Contents = {
    async look(_, path) {
      asked.push(`look ${path}`)
      if (files.has(path)) return { type: 'file' }
      return [...files.keys()].some((one) => one.startsWith(`${path}/`)) ? { type: 'directory' } : undefined
    },
    async list(_, folder) {
      asked.push(`list ${folder}`)
      return new Set([...files.keys()].map((path) => path.slice(folder.length + 1)))
    },
    async makeFolders(_, folder) {
      asked.push(`folders ${folder}`)
      return false
    },
    async writeFile(_, path, source) {
      asked.push(`write ${path}`)
      for await (const bytes of source.open()) files.set(path, Buffer.from(bytes).toString())
    },
    async fileHolds(_, path, text) {
      return files.get(path)?.includes(text) ?? false
    },
    async stateOfFile(_, path, { sha256 }) {
      asked.push(`state ${path}`)
      const text = files.get(path)
      if (text === undefined) return 'absent'
      return createHash('sha256').update(text).digest('hex') === sha256 ? 'same' : 'other'
    },
    trust: async () => {},
    kernels: async () => new Map(),
    hasNotebookView: async () => true,
    close: async () => {},
    ...changes,
  }
  return { contents, files, asked }
}

/** A store that has leases only: each is taken by one at a time, and may be lost by the test. */
function fakeLeases() {
  const taken: string[] = []
  const lost: AbortController[] = []
  let free = Promise.resolve()
  const waitForLease = async (key: string): Promise<Lease> => {
    const before = free
    let release = () => {}
    free = new Promise((resolve) => {
      release = resolve
    })
    await before
    taken.push(key)
    const controller = new AbortController()
    lost.push(controller)
    return { lost: controller.signal, release: async () => release() }
  }
  return { store: { waitForLease } as unknown as Store, taken, lost }
}

const job = (changes: Partial<DeliveryJob> = {}) =>
  deliveryJob({ signal: AbortSignal.timeout(10_000), ...changes })

t.test(
  'naming and writing are one step under one lease of the user and folder, given back at the end',
  async (t) => {
    const { contents, files } = fakeContents()
    const { store, taken } = fakeLeases()
    const delivery = createContentsDelivery({ contents, store, openWith: 'auto' })
    const all = await Promise.all(
      [job(), job({ server: 'named', serverUrl: '/user/ada/named/' }), job()].map(delivery.deliver),
    )
    t.same(new Set(all.map(({ path }) => path)), new Set(['f/a.ipynb', 'f/a (2).ipynb', 'f/a (3).ipynb']))
    t.equal(files.size, 3)
    t.same(taken, ['folder\0ada\0f', 'folder\0ada\0f', 'folder\0ada\0f'])
  },
)

t.test('many taken names cost one list, and what the list says is looked at', async (t) => {
  const { contents, files, asked } = fakeContents()
  files.set('f/a.ipynb', '')
  for (let copy = 2; copy <= 30; copy++) files.set(`f/a (${copy}).ipynb`, '')
  const delivery = createContentsDelivery({ contents, store: fakeLeases().store, openWith: 'auto' })
  t.equal((await delivery.deliver(job())).path, 'f/a (31).ipynb')
  t.equal(asked.filter((call) => call.startsWith('list')).length, 1)
  t.same(asked.filter((call) => call.startsWith('look')).length, 5)
})

t.test('a lease that is lost breaks the write off, and it is begun again', async (t) => {
  const { store, lost, taken } = fakeLeases()
  let writes = 0
  const { contents, files } = fakeContents({
    async writeFile({ signal }, path) {
      if (writes++ === 0) {
        lost[0]?.abort(new Error('lost'))
        t.equal(signal?.aborted, true)
        signal?.throwIfAborted()
      }
      files.set(path, 'written')
    },
  })
  const delivery = createContentsDelivery({ contents, store, openWith: 'auto' })
  t.equal((await delivery.deliver(job())).path, 'f/a.ipynb')
  t.equal(taken.length, 2)
  t.equal(writes, 2)
})

t.test('an answer that was lost although the file was written makes no second file', async (t) => {
  const { contents, files } = fakeContents()
  const write = contents.writeFile
  let writes = 0
  const breaking: Contents = {
    ...contents,
    async writeFile(...given) {
      await write(...given)
      if (writes++ === 0) throw new ServerNotReady('cut off', { reason: 'reset' })
    },
  }
  const delivery = createContentsDelivery({ contents: breaking, store: fakeLeases().store, openWith: 'auto' })
  t.equal((await delivery.deliver(job())).path, 'f/a.ipynb')
  t.equal(files.size, 1)
  t.equal(writes, 1)
})

t.test('waiting for a server has an end, and that is told as what it was', async (t) => {
  const cases = [
    { what: 'not ready', error: new ServerNotReady('status 424'), expected: { name: 'ServerNotReady' } },
    {
      what: 'not even a proxy',
      error: new ServerNotReady('no answer', { reason: 'unreachable' }),
      expected: { code: 11, reason: 'unreachable' },
    },
  ]
  for (const { what, error, expected } of cases) {
    let looks = 0
    const { contents } = fakeContents({
      async look() {
        looks++
        throw error
      },
    })
    const options = { contents, store: fakeLeases().store, openWith: 'auto', readyWait_ms: 400 } as const
    t.match(await faultOf(createContentsDelivery(options).deliver(job())), expected, what)
    t.ok(looks > 1, 'asked again')
  }
})

t.test('a server that breaks off every write is not fed for a minute', async (t) => {
  let writes = 0
  const { contents } = fakeContents({
    async writeFile() {
      writes++
      throw new ServerNotReady('cut off')
    },
  })
  const delivery = createContentsDelivery({ contents, store: fakeLeases().store, openWith: 'auto' })
  t.match(await faultOf(delivery.deliver(job())), { code: 11, reason: 'interrupted' })
  t.equal(writes, 3)
})

t.test('an abort ends it at once, while it waits too, and leaves nothing listening', async (t) => {
  const { contents } = fakeContents({
    async look() {
      throw new ServerNotReady('status 424')
    },
  })
  const stop = new AbortController()
  const delivery = createContentsDelivery({ contents, store: fakeLeases().store, openWith: 'auto' })
  const delivering = delivery.deliver(job({ signal: stop.signal }))
  await sleep(50)
  stop.abort(new Error('enough'))
  await t.rejects(delivering, { message: 'enough' })
  t.equal(getEventListeners(stop.signal, 'abort').length, 0)
})

t.test('the URL of a notebook', (t) => {
  const cases = [
    ['/user/x.y@lab.example/', 'a.ipynb', 'notebook', '/user/x.y@lab.example/notebooks/a.ipynb'],
    ['/user/a', 'µ b/100%.ipynb', 'notebook', '/user/a/notebooks/%C2%B5%20b/100%25.ipynb'],
    [
      'https://a.hub.example/user/a/',
      'f/a#?.ipynb',
      'lab',
      'https://a.hub.example/user/a/lab/tree/f/a%23%3F.ipynb',
    ],
  ] as const
  for (const [server, path, view, url] of cases) t.equal(notebookUrl(server, path, view), url)
  t.end()
})

t.test('what is known of a server is not asked again until it starts again', async (t) => {
  let views = 0
  const { contents, asked } = fakeContents({ hasNotebookView: async () => views++ === 0 })
  const { store } = fakeLeases()
  const delivery = createContentsDelivery({ contents, store, openWith: 'auto' })
  const folders = () => asked.filter((what) => what.startsWith('folders')).length
  for (const [serverStarted, looks] of [
    ['monday', 1],
    ['monday', 1],
    ['tuesday', 2],
  ] as const) {
    const { url } = await delivery.deliver(job({ serverStarted }))
    t.match(url, looks === 1 ? '/user/ada/notebooks/f/' : '/user/ada/lab/tree/f/')
    t.same([folders(), views], [looks, looks], serverStarted)
  }
  await delivery.deliver(job())
  await delivery.deliver(job())
  t.same([folders(), views], [4, 4], 'always, where nobody says since when it runs')
})

t.test('a server that was not ready when its view was asked for is asked again', async (t) => {
  let views = 0
  const { contents } = fakeContents({
    async hasNotebookView() {
      if (views++ === 0) throw new ServerNotReady('status 503')
      return true
    },
  })
  const delivery = createContentsDelivery({ contents, store: fakeLeases().store, openWith: 'auto' })
  t.match((await delivery.deliver(job({ serverStarted: 'monday' }))).url, '/user/ada/notebooks/')
  t.equal(views, 2)
})

t.test('a known folder that its user has taken away is made again, and the first click works', async (t) => {
  let there = false
  const made: string[] = []
  const { contents, files } = fakeContents({
    async makeFolders(_, folder) {
      made.push(folder)
      const isMade = !there
      there = true
      return isMade
    },
  })
  const { store } = fakeLeases()
  const writing: Contents = {
    ...contents,
    async writeFile(place, path, source) {
      if (!there) throw new Fault(11, 'refused', { status: 500, message: '' })
      await contents.writeFile(place, path, source)
    },
  }
  const delivery = createContentsDelivery({ contents: writing, store, openWith: 'auto' })
  await delivery.deliver(job({ serverStarted: 'monday' }))
  there = false
  files.clear()
  const { path } = await delivery.deliver(job({ serverStarted: 'monday' }))
  t.equal(path, 'f/a.ipynb')
  t.same(made, ['f', 'f'])
  t.equal(files.size, 1)
})

t.test('what is refused in a known folder is sent once, whatever the reason', async (t) => {
  const reasons = ['refused', 'disk-full', 'too-large', 'redirected', 'odd-answer', 'long-headers'] as const
  for (const reason of reasons) {
    let refused = false
    const { contents, asked, files } = fakeContents()
    const write = contents.writeFile
    const delivery = createContentsDelivery({
      contents: {
        ...contents,
        async writeFile(place, path, source) {
          await write(place, path, source)
          if (!refused) return
          files.delete(path)
          throw new Fault(11, reason, { status: 500, message: '' })
        },
      },
      store: fakeLeases().store,
      openWith: 'auto',
    })
    const started = { serverStarted: '2024-05-06T07:08:09Z' }
    await delivery.deliver(job(started))
    refused = true
    t.match(await faultOf(delivery.deliver(job(started))), { code: 11, reason })
    t.equal(asked.filter((call) => call === 'write f/a (2).ipynb').length, 1, reason)
  }
})

/** A file that goes beside the notebook. */
const beside = (path: string, text: string) => ({
  path,
  length: Buffer.byteLength(text),
  sha256: createHash('sha256').update(text).digest('hex'),
  open: async function* () {
    yield Buffer.from(text)
  },
})

t.test('files are there before their notebook', async (t) => {
  const { contents, files, asked } = fakeContents()
  const { store, taken } = fakeLeases()
  const delivery = createContentsDelivery({ contents, store, openWith: 'auto' })
  const told: string[] = []
  const { path } = await delivery.deliver(
    job({
      files: [beside('helper.py', 'one'), beside('data/ref.csv', '1,2')],
      trying: async (path) => void told.push(path),
    }),
  )
  t.equal(path, 'f/a.ipynb')
  t.strictSame(
    asked.filter((one) => one.startsWith('write')),
    ['write f/helper.py', 'write f/data/ref.csv', 'write f/a.ipynb'],
  )
  t.ok(asked.includes('folders f/data'))
  t.strictSame(told, ['f/a.ipynb'])
  t.equal(taken.length, 1, 'under one lease')
  t.equal(files.get('f/helper.py'), 'one')
})

t.test(
  'a file that is there with the same bytes stays; when one differs, all go into a folder of their own',
  async (t) => {
    const { contents, files, asked } = fakeContents()
    const delivery = createContentsDelivery({ contents, store: fakeLeases().store, openWith: 'auto' })
    const deliver = async (text: string) =>
      (await delivery.deliver(job({ files: [beside('helper.py', text), beside('ref.csv', '1')] }))).path
    t.equal(await deliver('one'), 'f/a.ipynb')
    asked.length = 0
    t.equal(await deliver('one'), 'f/a (2).ipynb')
    t.strictSame(
      asked.filter((one) => one.startsWith('write')),
      ['write f/a (2).ipynb'],
      'nothing is written twice',
    )
    t.equal(await deliver('two'), 'f/a (2)/a.ipynb')
    t.equal(files.get('f/a (2)/helper.py'), 'two')
    t.equal(files.get('f/a (2)/ref.csv'), '1', 'also those that do not differ')
    t.equal(files.get('f/helper.py'), 'one', 'nothing that is there is written over')
    t.equal(await deliver('two'), 'f/a (2)/a (2).ipynb')
    t.equal(await deliver('three'), 'f/a (3)/a.ipynb')
    t.equal(await deliver('one'), 'f/a (3).ipynb')
  },
)

t.test('a file in the place of a folder is something else, too', async (t) => {
  const { contents, files } = fakeContents()
  const delivery = createContentsDelivery({ contents, store: fakeLeases().store, openWith: 'auto' })
  files.set('f/data', 'mine')
  files.set('f/a (2)', 'mine')
  const { path } = await delivery.deliver(job({ files: [beside('data/ref.csv', '1')] }))
  t.equal(path, 'f/a (3)/a.ipynb')
})

t.test(
  'broken off between the files and the notebook, the next attempt writes what is missing',
  async (t) => {
    let isDown = true
    const { contents, files, asked } = fakeContents()
    const { writeFile } = contents
    const broken = {
      ...contents,
      writeFile: async (...args: Parameters<typeof writeFile>) => {
        if (isDown && args[1].endsWith('.ipynb')) throw new Fault(11, 'disk-full')
        await writeFile(...args)
      },
    }
    const delivery = createContentsDelivery({ contents: broken, store: fakeLeases().store, openWith: 'auto' })
    const files1 = [beside('helper.py', 'one'), beside('ref.csv', '1')]
    t.match(await faultOf(delivery.deliver(job({ files: files1 }))), { code: 11, reason: 'disk-full' })
    t.strictSame([...files.keys()], ['f/helper.py', 'f/ref.csv'])
    files.delete('f/ref.csv')
    isDown = false
    asked.length = 0
    const { path } = await delivery.deliver(job({ files: files1, tried: 'f/a.ipynb' }))
    t.equal(path, 'f/a.ipynb')
    t.strictSame(
      asked.filter((one) => one.startsWith('write')),
      ['write f/ref.csv', 'write f/a.ipynb'],
    )
  },
)

t.test('two confirmations at once, with files that differ, are two folders', async (t) => {
  const { contents, files } = fakeContents()
  const delivery = createContentsDelivery({ contents, store: fakeLeases().store, openWith: 'auto' })
  const deliver = (text: string) => delivery.deliver(job({ files: [beside('helper.py', text)] }))
  const all = await Promise.all(['one', 'two', 'one', 'two'].map(deliver))
  t.strictSame(all.map(({ path }) => path).sort(), [
    'f/a (2).ipynb',
    'f/a (2)/a (2).ipynb',
    'f/a (2)/a.ipynb',
    'f/a.ipynb',
  ])
  t.not(files.get('f/helper.py'), files.get('f/a (2)/helper.py'))
})
