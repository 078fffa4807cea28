import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { open as openFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openStore } from '../../service/store/index.ts'
import { openBootFolder } from '../../service/store/lmdb-folder.ts'
import { plainly } from '../support/plainly.ts'

t.setTimeout(60_000)

const marksIn = (path: string) => readdirSync(path).filter((name) => name.startsWith('in-use-'))

function createPlace(t: Test) {
  const where = join(t.testdir(), 'store')
  const warnings: string[] = []
  const log = { warn: (_: object, message: string) => void warnings.push(message) }
  return {
    where,
    warnings,
    open: (name: string | undefined) => openBootFolder(where, log, Promise.resolve(name)),
  }
}

/** A store with one entry, in the folder of a boot. */
async function fill(where: string, name: string): Promise<string> {
  const made = join(where, '..', 'made')
  const store = await openStore(`lmdb:${made}`, { maxKeptBytes: 2 ** 20, sealer: undefined })
  await store.put('a', Buffer.alloc(100_000, 'kept'), 600)
  await store.close()
  const [folder = ''] = readdirSync(made)
  const bytes = readFileSync(join(made, folder, 'data.mdb'))
  mkdirSync(join(where, name), { recursive: true, mode: 0o700 })
  writeFileSync(join(where, name, 'data.mdb'), bytes)
  return join(where, name)
}

/** The mark of a process that has ended. */
function deadMark(path: string): void {
  const maker = JSON.parse(readFileSync(join(path, marksIn(path)[0]!), 'utf8'))
  writeFileSync(join(path, 'in-use-dead'), JSON.stringify({ ...maker, started: '1' }))
}

t.test('processes of one boot share a folder', async (t) => {
  const { open } = createPlace(t)
  const one = await open('a')
  const two = await open('a')
  t.equal(one.path, two.path)
  t.ok(one.outlivesProcesses)
  t.equal(statSync(one.path).mode & 0o777, 0o700)
  await one.close()
  t.equal(marksIn(two.path).length, 1)
  await two.close()
  t.same(marksIn(two.path), [])
})

t.test('closing writes the file to the disk, and then takes the mark away', async (t) => {
  const { where, open } = createPlace(t)
  const path = await fill(where, 'boot-a')
  const folder = await open('a')
  const file = await openFile(join(path, 'data.mdb'))
  const handles = Object.getPrototypeOf(file) as { sync(): Promise<void> }
  await file.close()
  const { sync } = handles
  const marksThen: number[] = []
  t.teardown(() => {
    handles.sync = sync
  })
  handles.sync = function (this: typeof file) {
    marksThen.push(marksIn(path).length)
    return sync.call(this)
  }
  await folder.close()
  t.same(marksThen, [1])
  t.same(marksIn(path), [])
})

t.test('after a reboot, what was kept is taken over', async (t) => {
  await t.test('when all had closed it', async (t) => {
    const { where, open, warnings } = createPlace(t)
    const path = await fill(where, 'boot-a')
    const next = await open('b')
    t.ok(statSync(join(next.path, 'data.mdb')).size > 100_000)
    t.notOk(existsSync(path))
    t.same(warnings, [])
    await next.close()
  })

  await t.test('and when a process was killed, or the power was cut, and the file is whole', async (t) => {
    const { where, open, warnings } = createPlace(t)
    const path = await fill(where, 'boot-a')
    // As the first release made them: empty, and not renewed.
    writeFileSync(join(path, 'in-use-1'), '')
    utimesSync(join(path, 'in-use-1'), new Date(0), new Date(0))
    const next = await open('b')
    t.ok(statSync(join(next.path, 'data.mdb')).size > 100_000)
    t.same(warnings, [])
    await next.close()
  })

  await t.test('but a file that cannot be read is set aside, and the log names it', async (t) => {
    const { where, open, warnings } = createPlace(t)
    const path = await fill(where, 'boot-a')
    const file = readFileSync(join(path, 'data.mdb'))
    writeFileSync(join(path, 'data.mdb'), file.subarray(0, 8192))
    const next = await open('b')
    t.notOk(existsSync(join(next.path, 'data.mdb')))
    t.same(warnings, ['the store was damaged and begins empty; this folder in it may be deleted'])
    t.equal(readdirSync(where).filter((name) => name.startsWith('damaged-')).length, 1, 'nothing is deleted')
    await next.close()
  })
})

t.test('two processes that start at once after a reboot agree', async (t) => {
  const { where, open } = createPlace(t)
  await fill(where, 'boot-a')
  const both = await Promise.all([open('b'), open('b')])
  for (const { path, close } of both) {
    t.equal(path, join(where, 'boot-b'))
    t.ok(existsSync(join(path, 'data.mdb')))
    await close()
  }
})

t.test('a folder that another process takes over before it is read is no matter', async (t) => {
  const { where, warnings, open } = createPlace(t)
  const folder = await fill(where, 'boot-a')
  // Node.js takes longer to begin, and only then is the file opened.
  for (const moment_ms of [0, 2, 4, 8, 12, 16, 20]) {
    const opening = open('b')
    await new Promise((resolve) => setTimeout(resolve, moment_ms))
    await rename(folder, join(where, 'taken')).catch(() => {})
    const opened = await opening
    t.equal(opened.path, join(where, 'boot-b'), `after ${moment_ms} ms`)
    t.notOk(existsSync(folder), 'and it is not made again')
    await opened.close()
    const back = existsSync(join(where, 'taken')) ? join(where, 'taken') : opened.path
    await rename(back, folder)
    await rm(opened.path, { recursive: true, force: true })
  }
  t.same(warnings, [], 'and nothing is set aside')
})

t.test('a mark is good while its process lives, whoever made it', async (t) => {
  await t.test('one of this machine that has ended is dropped', async (t) => {
    const { where, open } = createPlace(t)
    const one = await open('a')
    deadMark(one.path)
    const two = await open('a')
    // Dropped in the background.
    while (existsSync(join(where, 'boot-a', 'in-use-dead')))
      await new Promise((resolve) => setTimeout(resolve, 20))
    t.equal(marksIn(two.path).length, 2)
    await one.close()
    await two.close()
  })

  await t.test('one of another machine that is renewed refuses this one', async (t) => {
    const { where, open } = createPlace(t)
    const path = await fill(where, 'boot-a')
    const mark = join(path, 'in-use-other')
    writeFileSync(mark, JSON.stringify({ machine: 'another boot', pid: 1, started: '1' }))
    const renewing = setInterval(() => utimesSync(mark, new Date(), new Date()), 500)
    t.teardown(() => clearInterval(renewing))
    await t.rejects(open('b'), {
      name: 'StoreFolderError',
      message: /another machine uses this state folder/,
    })
    t.ok(existsSync(join(path, 'data.mdb')), 'and nothing is touched')
  })

  await t.test('one of a container that was killed does not', async (t) => {
    const { where, open } = createPlace(t)
    const path = await fill(where, 'boot-a')
    writeFileSync(
      join(path, 'in-use-other'),
      JSON.stringify({ machine: 'another boot', pid: 1, started: '1' }),
    )
    const alive = setInterval(() => {}, 1000)
    t.teardown(() => clearInterval(alive))
    const next = await open('b')
    t.ok(existsSync(join(next.path, 'data.mdb')))
    await next.close()
  })
})

t.test('what lmdb could not survive is found before it is opened', async (t) => {
  const cases: Record<string, (file: Buffer) => Buffer> = {
    'cut to half': (file) => file.subarray(0, file.length / 2),
    'cut to its first pages': (file) => file.subarray(0, 8192),
    'another first page': (file) => Buffer.concat([Buffer.alloc(4096, 0xa7), file.subarray(4096)]),
    'no LMDB file': () => Buffer.alloc(9000, 'x'),
    'one byte': () => Buffer.from('x'),
  }
  for (const [label, damage] of Object.entries(cases)) {
    await t.test(label, async (t) => {
      const { where, open, warnings } = createPlace(t)
      const path = await fill(where, 'boot-a')
      writeFileSync(join(path, 'data.mdb'), damage(readFileSync(join(path, 'data.mdb'))))
      const folder = await open('a')
      t.same(warnings, ['the store was damaged and begins empty; this folder in it may be deleted'])
      t.notOk(existsSync(join(folder.path, 'data.mdb')))
      await folder.close()
    })
  }

  await t.test('while another process has it open, nothing is moved', async (t) => {
    const { where, open } = createPlace(t)
    const path = await fill(where, 'boot-a')
    const one = await open('a')
    writeFileSync(join(path, 'data.mdb'), 'damaged')
    await t.rejects(open('a'), {
      name: 'StoreFolderError',
      message: /data\.mdb is damaged, and 1 more process/,
    })
    t.ok(existsSync(join(path, 'data.mdb')))
    await one.close()
  })
})

t.test('a service that was killed has left everything to the next', async (t) => {
  const { where, open } = createPlace(t)
  const program =
    "await (await import(process.argv[1])).openBootFolder(process.argv[2], console, Promise.resolve('a')); setInterval(() => {}, 1000); console.log('open')"
  const module = new URL('../../service/store/lmdb-folder.js', import.meta.url).href
  const child = spawn(...plainly(process.execPath, ['--input-type=module', '-e', program, module, where]))
  await once(child.stdout, 'data')
  const [mark = ''] = marksIn(join(where, 'boot-a'))
  child.kill('SIGKILL')
  await once(child, 'exit')
  t.ok(existsSync(join(where, 'boot-a', mark)), 'a killed process cannot take its mark away')
  const next = await open('a')
  while (existsSync(join(where, 'boot-a', mark))) await new Promise((resolve) => setTimeout(resolve, 20))
  t.equal(marksIn(next.path).length, 1)
  await next.close()
})

t.test('where boots cannot be told apart, every write has to be flushed', async (t) => {
  const { open } = createPlace(t)
  const folder = await open(undefined)
  t.notOk(folder.outlivesProcesses)
  await folder.close()
})
