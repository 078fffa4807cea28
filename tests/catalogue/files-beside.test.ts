/** Files that go with a template: which version of it a request has is which version of them. */
import { createHash } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type Catalogue, pinOf, type Template } from '../../service/catalogue/catalogue.ts'
import { checkFolder } from '../../service/catalogue/check/check.ts'
import { createFolder, notebookWith, paths } from './folder.ts'

const withFiles = (...files: string[]) => notebookWith({ own: { files } })
const contents = (template: Template | undefined) =>
  template?.bundle?.files.map(({ path, file, size }) => [path, readFileSync(file, 'utf8'), size])
async function found(catalogue: Catalogue, groups: string[]) {
  const { entries } = await catalogue.search({ words: '', language: undefined, tag: undefined }, groups)
  return paths(entries.map(({ template }) => template))
}

t.test('a template with files is another version whenever one of them changes', async (t) => {
  const folder = createFolder(t)
  folder.write('x/a.ipynb', withFiles('helper.py', 'data/ref.csv'))
  folder.write('x/helper.py', 'one')
  folder.write('x/data/ref.csv', '1,2')
  const catalogue = await folder.open()
  const first = (await catalogue.find('x/a.ipynb'))!
  t.strictSame(contents(first), [
    ['helper.py', 'one', 3],
    ['data/ref.csv', '1,2', 3],
  ])
  t.equal((await catalogue.find('x/a.ipynb'))?.sha256, first.sha256, 'the same while nothing changes')

  folder.write('x/helper.py', 'two')
  const second = (await catalogue.find('x/a.ipynb'))!
  t.not(second.sha256, first.sha256)
  t.strictSame(contents(second)?.[0], ['helper.py', 'two', 3])
  const pinned = await catalogue.pinned('x/a.ipynb', first.sha256)
  t.strictSame(contents(pinned), contents(first), 'who has clicked before gets what was there')
  t.strictSame(pinned?.compiled.settings.files, ['helper.py', 'data/ref.csv'])

  folder.write('x/helper.py', 'one')
  t.equal((await catalogue.find('x/a.ipynb'))?.sha256, first.sha256, 'and the same again')
})

t.test('versions outlive the process, and a damaged one is gone', async (t) => {
  const folder = createFolder(t)
  folder.write('a.ipynb', withFiles('helper.py'))
  folder.write('helper.py', 'one')
  const before = await folder.open()
  const { sha256, bundle } = (await before.find('a.ipynb'))!
  folder.write('helper.py', 'two')
  const after = await folder.open()
  t.strictSame(contents(await after.pinned('a.ipynb', sha256)), [['helper.py', 'one', 3]])
  rmSync(bundle!.files[0]!.file)
  const later = await folder.open()
  t.equal(await later.pinned('a.ipynb', sha256), undefined)
})

t.test('a copy that was taken away is made again for the current version', async (t) => {
  const folder = createFolder(t)
  folder.write('a.ipynb', withFiles('helper.py'))
  folder.write('helper.py', 'one')
  const first = await folder.open()
  rmSync((await first.find('a.ipynb'))!.bundle!.files[0]!.file)
  const second = await folder.open()
  t.strictSame(contents(await second.find('a.ipynb')), [['helper.py', 'one', 3]])
})

t.test('old versions are removed with their files; what is current stays', async (t) => {
  const folder = createFolder(t)
  folder.write('a.ipynb', withFiles('helper.py', 'same.csv'))
  folder.write('helper.py', 'one')
  folder.write('same.csv', 'same')
  const before = await folder.open({ keepFor_s: 1 })
  await before.find('a.ipynb')
  folder.write('helper.py', 'two')
  await before.find('a.ipynb')
  await before.close()
  const old = new Date(Date.now() - 3 * 24 * 3600 * 1000)
  for (const below of ['templates', 'files'])
    for (const name of readdirSync(join(folder.stateDir, below)))
      utimesSync(join(folder.stateDir, below, name), old, old)
  const after = await folder.open({ keepFor_s: 1 })
  t.strictSame(contents(await after.find('a.ipynb')), [
    ['helper.py', 'two', 3],
    ['same.csv', 'same', 4],
  ])
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  const left = readdirSync(join(folder.stateDir, 'files'))
  t.equal(left.length, 3, 'the list, and two files')
  t.ok(left.includes(`${hash('two')}.file`) && left.includes(`${hash('same')}.file`))
})

t.test('what is not there, or is no such file, is a fault until it is corrected', async (t) => {
  const folder = createFolder(t)
  folder.write('good.ipynb', notebookWith({}))
  folder.write('a.ipynb', withFiles('data'))
  const catalogue = await folder.open()
  const fault = async () => {
    t.equal(await catalogue.find('a.ipynb'), undefined)
    const found = catalogue.faults().find(({ path }) => path === 'a.ipynb')?.reason ?? ''
    const checked = (await checkFolder(folder.dir)).findings.find(({ code }) => code === 'unusable')
    t.equal(checked?.message, found, 'check says the same')
    return found
  }
  const file = join(folder.dir, 'data')
  t.match(await fault(), 'of its files, "data" cannot be taken along: it is not there, or leads out')
  mkdirSync(file)
  t.match(await fault(), 'it is not a regular file')
  rmSync(file, { recursive: true })
  const outside = join(folder.dir, '..', 'outside', 'secret')
  writeFileSync(outside, 'secret')
  symlinkSync(outside, file)
  t.match(await fault(), 'it is not there, or leads out of the folder of templates')
  rmSync(file)
  writeFileSync(file, Buffer.alloc(5_000_001))
  t.match(await fault(), 'it is larger than 5000000 bytes')
  writeFileSync(file, Buffer.alloc(5_000_000))
  t.ok(await catalogue.find('a.ipynb'))
  rmSync(file)
  t.match(await fault(), 'it is not there')
  folder.write('b/inside', 'inside')
  symlinkSync(join(folder.dir, 'b/inside'), file)
  t.strictSame(
    contents(await catalogue.find('a.ipynb')),
    [['data', 'inside', 6]],
    'a link inside is followed',
  )
})

t.test('all together have at most 20 MB', async (t) => {
  const folder = createFolder(t)
  const names = ['a', 'b', 'c', 'd', 'e']
  folder.write('a.ipynb', withFiles(...names))
  for (const name of names) writeFileSync(join(folder.dir, name), Buffer.alloc(name === 'e' ? 1 : 5_000_000))
  const catalogue = await folder.open()
  t.equal(await catalogue.find('a.ipynb'), undefined)
  t.match(
    catalogue.faults()[0]?.reason,
    '"e" cannot be taken along: with it they have more than 20000000 bytes',
  )
})

const limitedFile = (t: Test, rules: string) => {
  const folder = createFolder(t, { 'secret/s.ipynb': null, 'templates.yaml': rules })
  folder.write('root.ipynb', withFiles('sub/key.csv'))
  folder.write('sub/key.csv', 'key')
  return folder
}

t.test('a template is for those alone whom the rules let at each of its files', async (t) => {
  const rules = [
    'sub: {groups: [lab-b]}',
    'sub/key.csv: {groups: [lab-b]}',
    'root.ipynb: {groups: [lab-a, lab-b]}\nsub: {groups: [lab-b]}',
  ]
  for (const text of rules) {
    const folder = limitedFile(t, text)
    const catalogue = await folder.open()
    const template = (await catalogue.find('root.ipynb'))!
    t.notOk(catalogue.allows(template, []), text)
    t.notOk(catalogue.allows(template, ['lab-a']), text)
    t.ok(catalogue.allows(template, ['lab-b']), text)
    t.strictSame(await found(catalogue, ['lab-a']), ['secret/s.ipynb'], 'nor is it found')
    t.strictSame(catalogue.faults(), [], 'a rule of a file alone matches something')
    const { findings } = await checkFolder(folder.dir)
    t.notOk(
      findings.some(({ code }) => code === 'unmatched-rule'),
      'check says the same',
    )
  }
})

t.test('where a link leads is limited as well, however it is reached', async (t) => {
  const rules = 'secret: {groups: [lab-b]}'
  const links: [label: string, file: string, link: string, to: string][] = [
    ['a file', 'data.txt', 'open/data.txt', 'secret/data.txt'],
    ['a folder', 'sub/data.txt', 'open/sub', 'secret'],
  ]
  for (const [label, file, link, to] of links) {
    const folder = createFolder(t, { 'templates.yaml': rules })
    folder.write('open/o.ipynb', withFiles(file))
    folder.write('secret/data.txt', 'secret')
    symlinkSync(join(folder.dir, to), join(folder.dir, link))
    const catalogue = await folder.open()
    const template = (await catalogue.find('open/o.ipynb'))!
    t.notOk(catalogue.allows(template, []), label)
    t.ok(catalogue.allows(template, ['lab-b']), label)
    t.strictSame(catalogue.faults(), [], label)

    const again = await folder.open()
    const pinned = (await again.pinned('open/o.ipynb', pinOf(template)))!
    t.notOk(again.allows(pinned, []), `${label}, of a version that is kept`)
  }
})

t.test('the picture of a card is limited as its file is, as named and where a link leads', async (t) => {
  const folder = createFolder(t, { 'templates.yaml': 'secret: {groups: [lab-b]}' })
  folder.write('secret/figure.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')
  mkdirSync(join(folder.dir, 'open'))
  symlinkSync('../secret/figure.svg', join(folder.dir, 'open/link.svg'))
  folder.write('open/linked.ipynb', notebookWith({ own: { thumbnail: 'link.svg' } }))
  folder.write('named.ipynb', notebookWith({ own: { thumbnail: 'secret/figure.svg' } }))
  const catalogue = await folder.open()
  for (const path of ['open/linked.ipynb', 'named.ipynb']) {
    const template = (await catalogue.find(path))!
    t.ok(template.thumbnail, `${path} has a picture`)
    t.notOk(catalogue.allows(template, []), path)
    t.ok(catalogue.allows(template, ['lab-b']), path)
  }
})

t.test('a rule that comes later counts at once, for versions that were clicked before, too', async (t) => {
  const folder = limitedFile(t, '{}')
  const catalogue = await folder.open()
  const first = (await catalogue.find('root.ipynb'))!
  t.ok(catalogue.allows(first, []))
  folder.write('root.ipynb', notebookWith({}))
  await catalogue.find('root.ipynb')
  folder.write('templates.yaml', 'sub: {groups: [lab-b]}')
  await catalogue.refreshRules()
  t.ok(catalogue.allows((await catalogue.find('root.ipynb'))!, []), 'without the file it is for everybody')
  const pinned = (await catalogue.pinned('root.ipynb', pinOf(first)))!
  t.notOk(catalogue.allows(pinned, []))
  t.ok(catalogue.allows(pinned, ['lab-b']))
})

t.test(
  'a file that is now behind a rule closes the versions of before, also when the template breaks',
  async (t) => {
    const folder = limitedFile(t, 'secret: {groups: [lab-b]}')
    const file = join(folder.dir, 'sub/key.csv')
    const catalogue = await folder.open()
    const first = (await catalogue.find('root.ipynb'))!
    t.ok(catalogue.allows(first, []))
    renameSync(file, join(folder.dir, 'secret/key.csv'))
    symlinkSync('../secret/key.csv', file)
    const second = (await catalogue.find('root.ipynb'))!
    t.notOk(catalogue.allows(second, []), 'the same bytes in another place')
    t.notOk(catalogue.allows(first, []))
    rmSync(file)
    t.equal(await catalogue.find('root.ipynb'), undefined)
    t.notOk(catalogue.allows(first, []), 'broken')
  },
)

t.test('rules, notebooks and what is hidden never go along, whatever a link to them is called', async (t) => {
  const folder = createFolder(t, { 'secret/s.ipynb': null, 'secret/S.IPYNB': null, 'templates.yaml': '{}' })
  for (const hidden of ['.git/config', 'sub/.env']) folder.write(hidden, 'hidden')
  folder.write('root.ipynb', withFiles('templates.yaml'))
  folder.write('open/o.ipynb', withFiles('data.txt'))
  folder.write('open/data.txt', 'harmless')
  const catalogue = await folder.open()
  const faultOf = async (path: string) => {
    t.equal(await catalogue.find(path), undefined, path)
    const reason = catalogue.faults().find((fault) => fault.path === path)?.reason ?? ''
    const checked = (await checkFolder(folder.dir)).findings.find(
      ({ file, code }) => file === path && code === 'unusable',
    )
    t.equal(checked?.message, reason, 'check says the same')
    return reason
  }
  t.match(await faultOf('root.ipynb'), '"templates.yaml" cannot be taken along: it says who may use what')
  const table: [to: string, why: string][] = [
    ['templates.yaml', 'it says who may use what'],
    ['secret/s.ipynb', 'it leads to a notebook: a template of its own'],
    ['secret/S.IPYNB', 'it leads to a notebook: a template of its own'],
    ['.git/config', 'it leads to something hidden'],
    ['sub/.env', 'it leads to something hidden'],
  ]
  const link = join(folder.dir, 'open/data.txt')
  t.ok(await catalogue.find('open/o.ipynb'))
  for (const [to, why] of table) {
    rmSync(link)
    symlinkSync(join(folder.dir, to), link)
    t.match(await faultOf('open/o.ipynb'), `of its files, "data.txt" cannot be taken along: ${why}`, to)
  }
})
