import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { checkFolder } from '../../service/catalogue/check/check.ts'
import { createFolder, notebook, paths } from './folder.ts'

const hash = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

t.test('lists every notebook of the folder by path, and nothing else', async (t) => {
  const folder = createFolder(t, {
    'b.ipynb': null,
    'a.ipynb': null,
    'some_instrument/Data_Analysis_{measurement_name}.ipynb': null,
    'deep/er/still/µ %7B #?.ipynb': null,
    'README.md': '# no template',
    'a.ipynb.orig': notebook(''),
    'A.IPYNB': notebook(''),
    '.hidden.ipynb': null,
    '.ipynb_checkpoints/a-checkpoint.ipynb': null,
    'deep/.git/a.ipynb': null,
    'folder.ipynb/inside.ipynb': null,
  })
  const catalogue = await folder.open()
  t.same(paths(catalogue.list()), [
    'a.ipynb',
    'b.ipynb',
    'deep/er/still/µ %7B #?.ipynb',
    'folder.ipynb/inside.ipynb',
    'some_instrument/Data_Analysis_{measurement_name}.ipynb',
  ])
  t.same(catalogue.faults(), [])
  for (const template of catalogue.list()) t.equal(await catalogue.find(template.path), template)
})

t.test('no path leads out of the folder or to what is not a template', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null, 'sub/b.ipynb': null, '.h/c.ipynb': null, 'x.txt': 'x' })
  writeFileSync(join(folder.dir, '../outside/out.ipynb'), notebook('out'))
  mkdirSync(join(folder.dir, 'dir.ipynb'))
  execFileSync('mkfifo', [join(folder.dir, 'pipe.ipynb')])
  const catalogue = await folder.open()
  t.ok(await catalogue.find('sub/b.ipynb'), 'what is a template is found')
  const odd = [
    '',
    '.',
    '/',
    'x.txt',
    'a',
    'none.ipynb',
    'dir.ipynb',
    'pipe.ipynb',
    'a.ipynb/',
    'a.ipynb/b.ipynb',
    '/a.ipynb',
    './a.ipynb',
    'sub/./b.ipynb',
    'sub//b.ipynb',
    'sub/../a.ipynb',
    '../outside/out.ipynb',
    'sub/../../outside/out.ipynb',
    '%2e%2e/outside/out.ipynb',
    '..%2foutside/out.ipynb',
    '..\\outside\\out.ipynb',
    '.h/c.ipynb',
    'a.ipynb\0',
    'a\0.ipynb',
    '../outside/out.ipynb\0.ipynb',
    'a.ipynb\n.ipynb',
    '\ud800.ipynb',
    `${'x'.repeat(300)}.ipynb`,
    `${'x/'.repeat(5000)}a.ipynb`,
    join(folder.dir, 'a.ipynb'),
    '__proto__',
    'constructor',
  ]
  for (const path of odd) {
    const label = JSON.stringify(path).slice(0, 60)
    t.equal(await catalogue.find(path), undefined, label)
    t.equal(await catalogue.pinned(path, hash(notebook('out'))), undefined, `${label}, pinned`)
  }
})

t.test('links are followed within the folder and never out of it', async (t) => {
  const folder = createFolder(t, { 'real/a.ipynb': null, 'real/deep/b.ipynb': null })
  const link = (to: string, path: string) => symlinkSync(to, join(folder.dir, path))
  writeFileSync(join(folder.dir, '../outside/out.ipynb'), notebook('out'))
  link('real/a.ipynb', 'same.ipynb')
  link('real/deep', 'other')
  link('../outside/out.ipynb', 'out.ipynb')
  link('../outside', 'out')
  link('/etc/hostname', 'etc.ipynb')
  link('nowhere.ipynb', 'dangling.ipynb')
  link('self.ipynb', 'self.ipynb')
  link('..', 'real/deep/up')
  link('.', 'here')
  link('..', 'above')
  link('../templates-of-others', 'others')
  mkdirSync(join(folder.dir, '../templates-of-others'))
  writeFileSync(join(folder.dir, '../templates-of-others/c.ipynb'), notebook('c'))
  const catalogue = await folder.open()
  t.same(paths(catalogue.list()), ['other/b.ipynb', 'real/a.ipynb', 'real/deep/b.ipynb', 'same.ipynb'])
  t.same(catalogue.faults(), [])
  const none = [
    'out.ipynb',
    'out/out.ipynb',
    'etc.ipynb',
    'dangling.ipynb',
    'self.ipynb',
    'real/deep/up/a.ipynb',
    'real/deep/up/deep/b.ipynb',
    'other/up/a.ipynb',
    'here/same.ipynb',
    'above/templates/same.ipynb',
    'others/c.ipynb',
  ]
  for (const path of none) t.equal(await catalogue.find(path), undefined, path)
  t.ok(await catalogue.find('other/b.ipynb'))
  rmSync(join(folder.dir, 'other'))
  link('../outside', 'other')
  writeFileSync(join(folder.dir, '../outside/b.ipynb'), notebook('out'))
  t.equal(await catalogue.find('other/b.ipynb'), undefined, 'a link that was changed to lead out')
})

t.test('a changed template is read again, an unchanged one is not', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null })
  const catalogue = await folder.open()
  const first = await catalogue.find('a.ipynb')
  t.equal(first?.sha256, hash(notebook('a.ipynb')))
  t.equal(await catalogue.find('a.ipynb'), first)
  // Of the same size, and so quickly that the clock of the file system may not have moved.
  for (let round = 10; round < 60; round++) {
    folder.write('a.ipynb', notebook(`round ${round}`))
    t.equal((await catalogue.find('a.ipynb'))?.sha256, hash(notebook(`round ${round}`)), `round ${round}`)
  }
  const last = statSync(join(folder.dir, 'a.ipynb'))
  folder.write('new', notebook('round xx'))
  utimesSync(join(folder.dir, 'new'), last.atime, last.mtime)
  renameSync(join(folder.dir, 'new'), join(folder.dir, 'a.ipynb'))
  const other = await catalogue.find('a.ipynb')
  t.equal(other?.sha256, hash(notebook('round xx')), 'another file with the same size and time')
  utimesSync(join(folder.dir, 'a.ipynb'), 1, 1)
  t.equal((await catalogue.find('a.ipynb'))?.compiled, other?.compiled, 'the same bytes are compiled once')
  rmSync(join(folder.dir, 'a.ipynb'))
  t.equal(await catalogue.find('a.ipynb'), undefined)
  t.same(catalogue.list(), [])
})

t.test('many who ask at once get one answer', async (t) => {
  const folder = createFolder(t)
  const catalogue = await folder.open()
  folder.write('a.ipynb', notebook('a'))
  const found = await Promise.all(Array.from({ length: 50 }, () => catalogue.find('a.ipynb')))
  t.equal(new Set(found).size, 1)
  t.equal(found[0]?.sha256, hash(notebook('a')))
})

t.test('a broken template is hidden and named until it is good again, and breaks no other', async (t) => {
  const good = notebook('good')
  const folder = createFolder(t, {
    'good.ipynb': null,
    'empty.ipynb': '',
    'half.ipynb': good.slice(0, 100),
    'no_notebook.ipynb': '[]',
    'old.ipynb': '{"nbformat": 3, "nbformat_minor": 0, "worksheets": [], "metadata": {}}',
    'odd_{name.ipynb': good,
    'back\\slash.ipynb': good,
    'line\nbreak.ipynb': good,
  })
  const catalogue = await folder.open()
  const broken = [
    'back\\slash.ipynb',
    'empty.ipynb',
    'half.ipynb',
    'line\nbreak.ipynb',
    'no_notebook.ipynb',
    'odd_{name.ipynb',
    'old.ipynb',
  ]
  t.same(paths(catalogue.list()), ['good.ipynb'])
  t.same(paths(catalogue.faults()), broken)
  for (const { path, reason } of catalogue.faults()) {
    t.match(reason, /^.{5,}/, path)
    t.notMatch(reason, folder.dir)
    t.equal(await catalogue.find(path), undefined)
  }
  const { templates, findings } = await checkFolder(folder.dir)
  const faults = findings.filter(({ severity }) => severity === 'fault')
  t.same(
    {
      templates,
      faults: faults.map(({ file, cell, message }) => ({
        path: file,
        ...(cell !== undefined && { cell }),
        reason: message,
      })),
    },
    { templates: 8, faults: catalogue.faults() },
    'the command says the same',
  )
  const told = folder.warnings.length
  t.equal(told, 5, 'each is in the log')
  await catalogue.refresh()
  t.equal(folder.warnings.length, told, 'once')

  folder.write('half.ipynb', good)
  t.equal((await catalogue.find('half.ipynb'))?.sha256, hash(good))
  t.same(paths(catalogue.list()), ['good.ipynb', 'half.ipynb'])
  t.same(
    paths(catalogue.faults()),
    broken.filter((path) => path !== 'half.ipynb'),
  )
  folder.write('good.ipynb', '{')
  t.equal(await catalogue.find('good.ipynb'), undefined)
  t.same(paths(catalogue.list()), ['half.ipynb'])
})

t.test('what is wrong with a cell is told with its number, in the log too', async (t) => {
  const bad = notebook('x').replace('"source": [', '"input": [')
  const old = '{"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": []}]}'
  const folder = createFolder(t, { 'bad.ipynb': bad, 'good.ipynb': null, 'old.ipynb': old })
  const catalogue = await folder.open()
  const faults = [
    { path: 'bad.ipynb', cell: 1, reason: /^it has no source$/ },
    {
      path: 'old.ipynb',
      reason: /^it is nbformat 3, and only nbformat 4 can be a template: convert it with `jupyter nbconvert /,
    },
  ]
  t.match(catalogue.faults(), faults)
  t.match(
    folder.warnings
      .map(({ details }) => details)
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    faults.map(({ path, ...fault }) => ({ template: path, ...fault })),
  )
  t.same(paths(catalogue.list()), ['good.ipynb'])
})

t.test('an editor that saves in place never gives half a file', async (t) => {
  const folder = createFolder(t)
  const versions = Array.from({ length: 2 }, (_, n) => Buffer.from(notebook(`${n} `.repeat(200_000))))
  const hashes = versions.map(hash)
  folder.write('a.ipynb', versions[0]!)
  const catalogue = await folder.open()
  for (let round = 0; round < 20; round++) {
    const version = versions[round % 2]!
    folder.write('a.ipynb', version.subarray(0, version.length / 2))
    const looking = catalogue.find('a.ipynb')
    await new Promise((resolve) => setImmediate(resolve))
    folder.write('a.ipynb', version)
    const early = await looking
    t.ok(!early || hashes.includes(early.sha256), 'a whole version or none')
    t.equal((await catalogue.find('a.ipynb'))?.sha256, hash(version))
  }
  for (const name of readdirSync(join(folder.stateDir, 'templates'))) {
    const bytes = readFileSync(join(folder.stateDir, 'templates', name))
    t.equal(name, `${hash(bytes)}.ipynb`)
    t.ok(hashes.includes(hash(bytes)), 'no copy of a half')
  }
})

t.test('a template is copied for good under its hash', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null, 'same.ipynb': notebook('a.ipynb') })
  const catalogue = await folder.open()
  const template = (await catalogue.find('a.ipynb'))!
  const copies = join(folder.stateDir, 'templates')
  t.equal(template.file, join(copies, `${template.sha256}.ipynb`))
  t.equal(readFileSync(template.file, 'utf8'), notebook('a.ipynb'))
  t.equal(statSync(template.file).mode & 0o777, 0o400)
  t.equal(statSync(copies).mode & 0o777, 0o700)
  t.same(readdirSync(copies), [`${template.sha256}.ipynb`], 'one for the same bytes, and nothing else')
  const { ino } = statSync(template.file)
  await folder.open()
  t.equal(statSync(template.file).ino, ino, 'not made again')
  chmodSync(template.file, 0o600)
  writeFileSync(template.file, 'damaged')
  await folder.open()
  t.equal(readFileSync(template.file, 'utf8'), notebook('a.ipynb'), 'made again when it was damaged')
})

t.test('a pinned version outlasts changes, faults and the template itself', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null })
  const catalogue = await folder.open()
  const first = (await catalogue.find('a.ipynb'))!
  const pinned = () => catalogue.pinned('a.ipynb', first.sha256)
  t.equal(await pinned(), first)
  const changes: Record<string, () => void> = {
    changed: () => folder.write('a.ipynb', notebook('new')),
    broken: () => folder.write('a.ipynb', '{'),
    removed: () => rmSync(join(folder.dir, 'a.ipynb')),
  }
  for (const [label, change] of Object.entries(changes)) {
    change()
    t.not((await catalogue.find('a.ipynb'))?.sha256, first.sha256, label)
    t.same(await pinned(), first, label)
  }
  const again = await folder.open()
  t.same(await again.pinned('a.ipynb', first.sha256), first, 'in another process as well')
  const none = {
    unknown: hash('unknown'),
    empty: '',
    'in capitals': first.sha256.toUpperCase(),
    'with a path': `../templates/${first.sha256}`,
    'cut short': first.sha256.slice(0, 63),
  }
  for (const [label, sha256] of Object.entries(none))
    t.equal(await again.pinned('a.ipynb', sha256), undefined, label)
})

t.test('a damaged copy is not used', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null })
  const { sha256, file } = (await (await folder.open()).find('a.ipynb'))!
  folder.write('a.ipynb', notebook('new'))
  chmodSync(file, 0o600)
  writeFileSync(file, notebook('other'))
  t.equal(await (await folder.open()).pinned('a.ipynb', sha256), undefined)
})

t.test('old versions are removed when nobody uses them any more', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': notebook('0') })
  const copies = join(folder.stateDir, 'templates')
  const fileOf = (sha256: string) => join(copies, `${sha256}.ipynb`)
  const version = async (content: string) => {
    folder.write('a.ipynb', notebook(content))
    return (await catalogue.find('a.ipynb'))!.sha256
  }
  const longAgo = (name: string) => utimesSync(join(copies, name), 1, 1)
  const catalogue = await folder.open()
  const old = await version('old')
  const recent = await version('recent')
  const used = await version('used')
  const current = await version('current')
  writeFileSync(join(copies, '.0123456789abcdef.part'), 'left by a crash')
  writeFileSync(join(copies, 'notes.txt'), 'not ours')
  for (const name of readdirSync(copies)) if (!name.startsWith(recent)) longAgo(name)
  // A process that does not know of the use yet.
  t.ok(await (await folder.open({ dir: join(folder.dir, '../outside') })).pinned('a.ipynb', recent))
  t.same(
    readdirSync(copies).sort(),
    [`${recent}.ipynb`, 'notes.txt'].sort(),
    'what nobody has, and was not used',
  )

  await folder.open()
  t.ok(statSync(fileOf(current)), 'the current one is made again')
  const another = await folder.open()
  for (const content of ['old', 'used', 'current']) {
    folder.write('a.ipynb', notebook(content))
    await another.find('a.ipynb')
  }
  for (const sha256 of [old, used, current]) longAgo(`${sha256}.ipynb`)
  const user = await folder.open({ dir: folder.dir })
  t.same(
    readdirSync(copies).sort(),
    [`${recent}.ipynb`, `${current}.ipynb`, 'notes.txt'].sort(),
    'the current one stays however old it is',
  )
  longAgo(`${recent}.ipynb`)
  t.ok(await user.pinned('a.ipynb', recent))
  await folder.open()
  t.ok(statSync(fileOf(recent)), 'what was used just now stays')
})

t.test('a copy that was taken away is made again', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null })
  const catalogue = await folder.open()
  rmSync(join(folder.stateDir, 'templates'), { recursive: true })
  const found = await catalogue.find('a.ipynb')
  t.equal(readFileSync(found!.file, 'utf8'), notebook('a.ipynb'))
})

t.test('what was added, changed or removed is listed without a restart', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null, 'b.ipynb': null })
  const catalogue = await folder.open()
  const before = catalogue.list()
  await catalogue.refresh()
  t.equal(catalogue.list(), before, 'the same list while nothing changes')
  folder.write('new/c.ipynb', notebook('c'))
  folder.write('b.ipynb', notebook('changed'))
  rmSync(join(folder.dir, 'a.ipynb'))
  await Promise.all([catalogue.refresh(), catalogue.refresh()])
  t.same(paths(catalogue.list()), ['b.ipynb', 'new/c.ipynb'])
  t.equal(catalogue.list()[0]?.sha256, hash(notebook('changed')))

  const seldom = await folder.open({ refreshEvery_ms: 60_000 })
  folder.write('d.ipynb', notebook('d'))
  await seldom.refresh()
  t.same(paths(seldom.list()), ['b.ipynb', 'new/c.ipynb'], 'not more often than asked')
  t.ok(await seldom.find('d.ipynb'), 'whoever asks for it by name gets it')
  t.same(paths(seldom.list()), ['b.ipynb', 'd.ipynb', 'new/c.ipynb'])

  // Whether or not it has seen the new file by itself.
  await catalogue.refresh()
  renameSync(folder.dir, `${folder.dir}-away`)
  await catalogue.refresh()
  t.same(
    paths(catalogue.list()),
    ['b.ipynb', 'd.ipynb', 'new/c.ipynb'],
    'a folder that is away for a moment keeps its list',
  )
  t.match(folder.warnings.at(-1), { details: { why: 'ENOENT' }, message: /could not be read/ })
})

t.test('a folder that cannot be read at start is empty until it can', async (t) => {
  const folder = createFolder(t)
  for (const [label, dir] of [
    ['not there', join(folder.dir, 'none')],
    ['a file', join(folder.dir, 'file')],
  ] as const) {
    if (label === 'a file') folder.write('file', '')
    const catalogue = await folder.open({ dir })
    t.strictSame(catalogue.list(), [])
    t.equal(await catalogue.find('x.ipynb'), undefined)
    t.match(catalogue.faults(), [{ path: './', reason: /the template folder could not be read/ }], label)
    rmSync(dir, { force: true })
    mkdirSync(dir)
    writeFileSync(join(dir, 'x.ipynb'), notebook('x'))
    await catalogue.refresh()
    t.strictSame(paths(catalogue.list()), ['x.ipynb'])
    t.strictSame(catalogue.faults(), [])
  }
  await t.rejects(checkFolder(join(folder.dir, 'nothing')), { code: 'ENOENT' })
})

t.test('of many warnings the first are listed, and all are counted', async (t) => {
  const odd = notebook('').replace('"cell_type"', '"odd": 1, "cell_type"')
  const catalogue = await createFolder(t, { 'a.ipynb': odd, 'b.ipynb': odd, 'c.ipynb': odd }).open()
  const { first, total } = catalogue.warnings(2)
  t.strictSame(paths(first), ['a.ipynb', 'b.ipynb'])
  t.equal(total, 3)
})
