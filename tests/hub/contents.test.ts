import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Contents, Upload, UserServer } from '../../service/hub/files/contents.ts'
import { faultOf } from '../support/fault-of.ts'
import type { RunningHub } from '../support/hub.ts'
import { stopServer } from '../support/servers.ts'
import { partsFor, started, startPlainHub, tokenOf, versions } from './support.ts'

t.setTimeout(600_000)

/** `small` has a server that takes no large bodies and may write no large files, as on a full disk. */
const config = `
import resource

class ByName(spawners.SimpleLocalProcessSpawner):
    def make_preexec_fn(self, name):
        before = super().make_preexec_fn(name)
        def preexec():
            before()
            if name == "small":
                resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
        return preexec

    async def start(self):
        if self.user.name == "small":
            self.args = [*self.args, "--ServerApp.max_body_size=6000000"]
        return await super().start()

c.JupyterHub.spawner_class = ByName
`

for (const version of versions) {
  t.test(`the Contents API, JupyterHub ${version}`, { timeout: 240_000 }, async (t) => {
    const hub = await startPlainHub(t, { version, config })
    const { client, contents } = partsFor(t, hub)
    const placeOf = async (user: string): Promise<UserServer> => {
      const token = await tokenOf(hub, user)
      return { token, serverUrl: await started(client, token, user) }
    }
    const user = 'x.y@lab.example'
    const stopped = { token: await tokenOf(hub, user), serverUrl: `/user/${user}/` }
    await t.test('a server that was never started is not ready', (t) => notReady(t, contents, stopped))
    const place = await placeOf(user)
    await t.test('folders are made level by level', (t) => folders(t, hub.userDir(user), contents, place))
    await t.test('files are written byte for byte', (t) => files(t, hub.userDir(user), contents, place))
    await t.test('a write that breaks off leaves nothing', (t) =>
      broken(t, hub.userDir(user), contents, place),
    )
    await t.test('files are looked into, folders listed', (t) => looks(t, contents, place))
    await t.test('what the server refuses is a refusal, without paths of its host', (t) =>
      refusals(t, hub.userDir(user), contents, place),
    )
    await t.test('a server that has been stopped is not ready', async (t) => {
      await stopServer(hub, user)
      await notReady(t, contents, place)
    })
    await t.test('a full disk leaves nothing, a body too large is said to be', async (t) =>
      fullDisk(t, hub.userDir('small'), contents, await placeOf('small')),
    )
    await t.test('a server without Notebook has no notebook view', (t) => labOnly(t, hub, contents, placeOf))
  })
}

async function notReady(t: Test, contents: Contents, place: UserServer): Promise<void> {
  const cases: [string, () => Promise<unknown>][] = [
    ['look', () => contents.look(place, 'a.ipynb')],
    ['list', () => contents.list(place, '')],
    ['makeFolders', () => contents.makeFolders(place, 'a/b')],
    ['writeFile', () => contents.writeFile(place, 'a.ipynb', source(Buffer.alloc(1_000_000)))],
    ['fileHolds', () => contents.fileHolds(place, 'a.ipynb', 'x')],
    ['hasNotebookView', () => contents.hasNotebookView(place)],
    ['kernels', () => contents.kernels(place)],
  ]
  for (const [name, action] of cases) t.same(await faultOf(action()), { name: 'ServerNotReady' }, name)
}

const strange = 'd e/µ — 測定/100% #1?&;=+ "x" (2)\'s'

async function folders(t: Test, home: string, contents: Contents, place: UserServer): Promise<void> {
  t.equal(await contents.look(place, strange), undefined)
  t.equal(await contents.makeFolders(place, strange), true, 'it was missing')
  t.ok(existsSync(join(home, strange)))
  t.equal(await contents.makeFolders(place, strange), false, 'it is there')
  t.same(await contents.look(place, strange), { type: 'directory' })
  t.equal(await contents.makeFolders(place, ''), false)
  writeFileSync(join(home, 'file'), 'x')
  const fault = { code: 16, reason: 'folder-is-a-file', values: { folder: 'file' } }
  t.same(await faultOf(contents.makeFolders(place, 'file')), fault)
  t.same(await faultOf(contents.makeFolders(place, 'file/a/b')), fault)
}

async function files(t: Test, home: string, contents: Contents, place: UserServer): Promise<void> {
  const cases = [
    { what: 'nothing', bytes: Buffer.alloc(0) },
    { what: 'one byte', bytes: Buffer.from([0xff]) },
    { what: 'two bytes', bytes: Buffer.from([0, 0xff]) },
    { what: 'odd bytes in odd pieces', bytes: randomBytes(300_001), piece: 7919 },
    { what: '20 MB', bytes: randomBytes(20_000_001) },
    { what: '20 MB in one piece', bytes: randomBytes(20_000_000), piece: 20_000_000 },
    { what: 'JSON with a CRLF, as it is', bytes: Buffer.from('{"cells":[ ],\r\n"metadata" :{}}\n') },
  ]
  for (const { what, bytes, piece } of cases) {
    const path = `${strange}/${what}.ipynb`
    t.equal(await contents.look(place, path), undefined)
    await contents.writeFile(place, path, source(bytes, piece))
    t.same(await contents.look(place, path), { type: 'file' })
    t.ok(readFileSync(join(home, path)).equals(bytes), what)
  }
}

async function broken(t: Test, home: string, contents: Contents, place: UserServer): Promise<void> {
  const bytes = randomBytes(10_000_000)
  const stop = new AbortController()
  const half = (then: () => void): Upload => ({
    length: bytes.length,
    async *open() {
      for await (const piece of source(bytes.subarray(0, 5_000_000)).open()) yield piece
      then()
      for await (const piece of source(bytes.subarray(5_000_000)).open()) yield piece
    },
  })
  const aborted = half(() => stop.abort(new Error('the lease is lost')))
  await t.rejects(contents.writeFile({ ...place, signal: stop.signal }, 'broken.ipynb', aborted), {
    message: 'the lease is lost',
  })
  const failing = half(() => {
    throw new Error('the template is gone')
  })
  await t.rejects(contents.writeFile(place, 'broken.ipynb', failing), { message: 'the template is gone' })
  await t.rejects(contents.writeFile(place, 'broken.ipynb', { ...source(bytes), length: bytes.length - 1 }))
  await t.rejects(contents.writeFile(place, 'broken.ipynb', { ...source(bytes), length: bytes.length + 1 }))
  t.equal(await contents.look(place, 'broken.ipynb'), undefined)
  t.notOk(readdirSync(home).some((name) => name.includes('broken')))
}

async function looks(t: Test, contents: Contents, place: UserServer): Promise<void> {
  await contents.makeFolders(place, 'looks')
  const before = Buffer.alloc(3_000_000, 'x')
  const text = Buffer.concat([before, Buffer.from('{"request": "the-id-of-a-request"}'), before])
  await contents.writeFile(place, 'looks/a b.ipynb', source(text))
  await contents.writeFile(place, 'looks/bytes.ipynb', source(Buffer.from([0xff, 0xfe])))
  t.equal(await contents.fileHolds(place, 'looks/a b.ipynb', 'the-id-of-a-request'), true)
  t.equal(await contents.fileHolds(place, 'looks/a b.ipynb', 'the-id-of-another'), false)
  t.equal(await contents.fileHolds(place, 'looks/none.ipynb', 'x'), false)
  t.equal(await contents.fileHolds(place, 'looks/bytes.ipynb', 'x'), false)
  t.equal(await contents.fileHolds(place, 'looks', 'x'), false)
  t.same(await contents.list(place, 'looks'), new Set(['a b.ipynb', 'bytes.ipynb']))
  t.same(await contents.list(place, 'nowhere'), new Set())
  t.equal(await contents.hasNotebookView(place), true)
  const kernels = await contents.kernels(place)
  t.equal(kernels.get('python3'), 'python')
  t.notOk(kernels.has('ir-of-nobody'))
}

async function refusals(t: Test, home: string, contents: Contents, place: UserServer): Promise<void> {
  const write = (path: string, at = place) => faultOf(contents.writeFile(at, path, source(Buffer.from('{}'))))
  t.match(await write('.hidden.ipynb'), { code: 11, reason: 'refused', values: { status: 400 } })
  const below = await write('nowhere/a.ipynb')
  t.match(below, {
    code: 11,
    reason: 'refused',
    values: { status: 500, message: /No such file or directory: …$/ },
  })
  t.notMatch(JSON.stringify(below), home)
  t.match(await write('a.ipynb', { ...place, token: 'unknown' }), {
    code: 11,
    reason: 'refused',
    values: { status: 403 },
  })
  t.match(await faultOf(contents.look({ ...place, token: 'unknown' }, 'a')), { code: 11, reason: 'refused' })
}

async function fullDisk(t: Test, home: string, contents: Contents, place: UserServer): Promise<void> {
  const write = (length: number) =>
    faultOf(contents.writeFile(place, 'full.ipynb', source(randomBytes(length))))
  t.match(await write(3_000_000), { code: 11, reason: 'disk-full' })
  t.notOk(existsSync(join(home, 'full.ipynb')))
  // The server closes the connection while the body is still being sent, which may be seen before its answer is.
  const { reason, name } = await write(7_000_000)
  t.ok(reason === 'too-large' || name === 'ServerNotReady', `${reason} ${name}`)
  t.notOk(existsSync(join(home, 'full.ipynb')))
  t.same(await write(1_000_000), { name: 'no error' })
}

async function labOnly(
  t: Test,
  hub: RunningHub,
  contents: Contents,
  placeOf: (user: string) => Promise<UserServer>,
): Promise<void> {
  const settings = join(hub.userDir('lab'), '.jupyter')
  mkdirSync(settings, { recursive: true })
  const extensions = { ServerApp: { jpserver_extensions: { notebook: false } } }
  writeFileSync(join(settings, 'jupyter_server_config.json'), JSON.stringify(extensions))
  const place = await placeOf('lab')
  t.equal(await contents.hasNotebookView(place), false)
  await stopServer(hub, 'lab')
  t.same(await faultOf(contents.hasNotebookView(place)), { name: 'ServerNotReady' })
}

function source(bytes: Buffer, piece = 65_536): Upload {
  return {
    length: bytes.length,
    async *open() {
      for (let from = 0; from < bytes.length; from += piece) yield bytes.subarray(from, from + piece)
    },
  }
}
