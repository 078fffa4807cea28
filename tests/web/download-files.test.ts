/** A notebook and what goes beside it, downloaded without a hub: an archive. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { zipOf } from '../../service/web/pages/confirm/zip.ts'
import { notebookOf } from '../notebook/support.ts'
import { createVisitor, openApp } from './app.ts'
import { textOf } from './support.ts'

const entry = (path: string, bytes: Buffer) => ({
  path,
  length: bytes.length,
  async *open() {
    yield bytes.subarray(0, 3)
    yield bytes.subarray(3)
  },
})

async function bytesOf({ length, stream }: Awaited<ReturnType<typeof zipOf>>): Promise<Buffer> {
  const whole = Buffer.concat(await stream.toArray())
  if (whole.length !== length) throw new Error(`${whole.length} bytes, and ${length} were promised`)
  return whole
}

/** As Python's zipfile reads it: names, times and contents, its checks passed. */
const reader = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps([[info.filename, list(info.date_time), info.external_attr >> 16, archive.read(info).hex()] for info in archive.infolist()]))
`

t.test('an archive is one to Python, with names, times and bytes, and the same each time', async (t) => {
  const files = [
    entry('Größe 1.ipynb', Buffer.from('{"a":1}')),
    entry('data/empty.csv', Buffer.alloc(0)),
    entry('b.bin', Buffer.from([0, 1, 2, 253, 254, 255])),
  ]
  const zip = await bytesOf(await zipOf(files, '2026-03-04T05:06:07.890Z'))
  t.ok(zip.equals(await bytesOf(await zipOf(files, '2026-03-04T05:06:07.890Z'))))
  const file = join(t.testdir({}), 'a.zip')
  writeFileSync(file, zip)
  const read = JSON.parse(execFileSync('python3', ['-c', reader, file], { encoding: 'utf8' }))
  // ZIP has local times, in steps of two seconds.
  const local = new Date('2026-03-04T05:06:06Z')
  const time = [2026, 3, local.getDate(), local.getHours(), local.getMinutes(), 6]
  t.strictSame(read, [
    ['Größe 1.ipynb', time, 0o100644, Buffer.from('{"a":1}').toString('hex')],
    ['data/empty.csv', time, 0o100644, ''],
    ['b.bin', time, 0o100644, '000102fdfeff'],
  ])
})

t.test('an archive ends with an error when a file cannot be read, or is shorter than it said', async (t) => {
  const broken = {
    ...entry('a.bin', Buffer.from('abcdef')),
    async *open() {
      yield Buffer.from('abc')
      throw new Error('the disk is gone')
    },
  }
  const short = { ...entry('a.bin', Buffer.from('abcdef')), length: 7 }
  for (const file of [broken, short]) {
    const { stream } = await zipOf([file], '2026-03-04T05:06:07.890Z')
    await t.rejects(stream.toArray())
  }
})

t.test('the confirmation names the files, and the download has them beside the notebook', async (t) => {
  const own = { files: ['helper.py', 'data/ref.csv'] }
  const app = await openApp(t, {
    templates: {
      'x/{name}.ipynb': JSON.stringify(notebookOf('python', 'name = ""', own)),
      'x/helper.py': 'def help(): pass\n',
      'x/data/ref.csv': '1,2\n',
    },
  })
  const visitor = createVisitor(app)
  const path = '/t/x/%7Bname%7D.ipynb?params=%7B%22name%22%3A%22S-1%22%7D'
  const page = await visitor.ask(path)
  const asked = page.status === 303 ? String(page.headers.location) : path
  const confirmation = await visitor.ask(asked)
  for (const shown of ['S-1.zip', 'In the archive', 'S-1.ipynb', 'helper.py', 'data/ref.csv'])
    t.match(textOf(confirmation.body.replaceAll('<wbr>', '')), shown)
  const german = await visitor.ask(asked, { headers: { 'accept-language': 'de' } })
  t.match(textOf(german.body), 'Im Archiv')

  const first = await visitor.confirm(asked)
  t.equal(first.headers['content-type'], 'application/zip')
  t.match(first.headers['content-disposition'], 'filename="S-1.zip"')
  t.equal(Number(first.headers['content-length']), first.bytes.length)
  // Not in testdir: the state of the service is there.
  const folder = mkdtempSync(join(tmpdir(), 'download-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'a.zip')
  writeFileSync(file, first.bytes)
  const read = JSON.parse(execFileSync('python3', ['-c', reader, file], { encoding: 'utf8' })) as string[][]
  t.strictSame(
    read.map(([name]) => name),
    ['S-1.ipynb', 'helper.py', 'data/ref.csv'],
  )
  const text = (index: number) => Buffer.from(read[index]![3]!, 'hex').toString()
  t.match(JSON.parse(text(0)).cells.length, 3)
  t.equal(text(1), 'def help(): pass\n')
  const again = await visitor.confirm(asked)
  t.ok(again.bytes.equals(first.bytes), 'a repeat gives the same bytes')
})
