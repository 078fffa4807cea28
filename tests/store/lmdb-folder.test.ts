import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openBootFolder } from '../../service/store/lmdb-folder.ts'

const boot = (name: string) => Promise.resolve(name)
const fill = (path: string, text: string) => writeFileSync(join(path, 'data.mdb'), text)

t.test('processes of one boot share a folder', async (t) => {
  const where = join(t.testdir(), 'store')
  const one = await openBootFolder(where, boot('a'))
  const two = await openBootFolder(where, boot('a'))
  t.equal(one.path, two.path)
  t.ok(one.outlivesProcesses)
  t.equal(statSync(one.path).mode & 0o777, 0o700)
})

t.test('after a reboot, what all had closed is taken over', async (t) => {
  const where = join(t.testdir(), 'store')
  const [one, two] = [await openBootFolder(where, boot('a')), await openBootFolder(where, boot('a'))]
  fill(one.path, 'kept')
  await one.close()
  await two.close()
  const next = await openBootFolder(where, boot('b'))
  t.equal(readFileSync(join(next.path, 'data.mdb'), 'utf8'), 'kept')
  t.notOk(existsSync(one.path))
})

t.test('after a power cut, what somebody had open is not opened again', async (t) => {
  const where = join(t.testdir(), 'store')
  const [one, two] = [await openBootFolder(where, boot('a')), await openBootFolder(where, boot('a'))]
  fill(one.path, 'perhaps broken')
  await two.close()
  const next = await openBootFolder(where, boot('b'))
  t.notOk(existsSync(join(next.path, 'data.mdb')))
  t.strictSame(readdirSync(where), ['boot-b'])
})

t.test('two processes that start at once after a reboot agree', async (t) => {
  const where = join(t.testdir(), 'store')
  const old = await openBootFolder(where, boot('a'))
  fill(old.path, 'kept')
  await old.close()
  const both = await Promise.all([openBootFolder(where, boot('b')), openBootFolder(where, boot('b'))])
  for (const { path } of both) {
    t.equal(path, join(where, 'boot-b'))
    t.ok(existsSync(path))
  }
})

t.test('where boots cannot be told apart, every write has to be flushed', async (t) => {
  const folder = await openBootFolder(join(t.testdir(), 'store'), Promise.resolve(undefined))
  t.notOk(folder.outlivesProcesses)
})
