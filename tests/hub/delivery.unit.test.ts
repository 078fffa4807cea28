import { getEventListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createContentsDelivery } from '../../service/delivery/contents.ts'
import type { DeliveryJob } from '../../service/delivery/delivery.ts'
import { createDelivery } from '../../service/delivery/index.ts'
import { notebookUrl } from '../../service/delivery/notebook-url.ts'
import { Fault } from '../../service/fault.ts'
import { type Contents, ServerNotReady } from '../../service/hub/contents.ts'
import type { Lease, Store } from '../../service/store/store.ts'
import { faultOf } from './support.ts'

/** A server's files in memory, and what was asked of it. */
function fakeContents(changes: Partial<Contents> = {}) {
  const files = new Map<string, string>()
  const asked: string[] = []
  const contents: Contents = {
    async look(_, path) {
      asked.push(`look ${path}`)
      return files.has(path) ? { type: 'file' } : undefined
    },
    async list(_, folder) {
      asked.push(`list ${folder}`)
      return new Set([...files.keys()].map((path) => path.slice(folder.length + 1)))
    },
    async makeFolders(_, folder) {
      asked.push(`folders ${folder}`)
    },
    async writeFile(_, path, source) {
      asked.push(`write ${path}`)
      for await (const bytes of source.open()) files.set(path, Buffer.from(bytes).toString())
    },
    async fileHolds(_, path, text) {
      return files.get(path)?.includes(text) ?? false
    },
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

function job(changes: Partial<DeliveryJob> = {}): DeliveryJob {
  return {
    token: 'x',
    user: 'ada',
    server: '',
    serverUrl: '/user/ada/',
    wanted: { folder: 'f', name: (copy) => (copy === 1 ? 'a.ipynb' : `a (${copy}).ipynb`) },
    request: 'the-id',
    tried: undefined,
    trying: async () => {},
    open: async function* () {
      yield Buffer.from('{"request":"the-id"}')
    },
    length: 20,
    signal: AbortSignal.timeout(10_000),
    ...changes,
  }
}

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
      if (writes++ === 0) throw new ServerNotReady('cut off', { unreachable: true })
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
      error: new ServerNotReady('no answer', { unreachable: true }),
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

t.test('for a download nothing is delivered, and no Contents API is opened', (t) => {
  const contents = () => {
    throw new Error('not needed')
  }
  t.equal(createDelivery('download', { store: fakeLeases().store, openWith: 'auto', contents }), undefined)
  t.ok(
    createDelivery('contents', {
      store: fakeLeases().store,
      openWith: 'auto',
      contents: () => fakeContents().contents,
    }),
  )
  t.end()
})

t.test('a folder that was written into is not looked for again until its server starts anew', async (t) => {
  const { contents, asked } = fakeContents()
  const { store } = fakeLeases()
  const delivery = createContentsDelivery({ contents, store, openWith: 'auto' })
  const folders = () => asked.filter((what) => what.startsWith('folders')).length
  for (const [serverStarted, looks] of [
    ['monday', 1],
    ['monday', 1],
    ['tuesday', 2],
  ] as const) {
    await delivery.deliver(job({ serverStarted }))
    t.equal(folders(), looks, serverStarted)
  }
})

t.test('a known folder that its user has taken away is made again, and the first click works', async (t) => {
  let there = false
  const made: string[] = []
  const { contents, files } = fakeContents({
    async makeFolders(_, folder) {
      made.push(folder)
      there = true
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
