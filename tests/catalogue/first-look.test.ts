/** What holds while the folder is looked through for the first time. */
import { existsSync, symlinkSync, utimesSync } from 'node:fs'
import promises from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Catalogue } from '../../service/catalogue/catalogue.ts'
import { inProject } from '../support/paths.ts'
import { createFolder, type Folder, notebook, notebookWith, paths } from './folder.ts'

/** A catalogue whose first look waits before it lists the folder. */
async function openHeld(t: Test, { dir, stateDir, warnings }: Folder) {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const { openCatalogue } = await t.mockImport<typeof import('../../service/catalogue/catalogue.ts')>(
    inProject('build/service/catalogue/catalogue.js'),
    {
      'node:fs/promises': {
        ...promises,
        async readdir(path: string, options?: object) {
          if (path === dir && options !== undefined) await released
          return promises.readdir(path, options as never)
        },
      },
    },
  )
  const log = { warn: (details: object, message: string) => void warnings.push({ details, message }) }
  const catalogue = await openCatalogue({ dir, stateDir, log, refreshEvery_ms: 0, lookEvery_ms: 0 })
  t.teardown(() => {
    release()
    return catalogue.close()
  })
  return { catalogue, release }
}

/** What somebody in these groups sees of the catalogue. */
async function titlesFor(catalogue: Catalogue, groups: readonly string[]) {
  const { entries } = await catalogue.search({ words: '', language: undefined, tag: undefined }, groups)
  return entries.map(({ title }) => title)
}

t.test('a template is there by its own path, with all that limits it', async (t) => {
  const folder = createFolder(t, {
    'a/b/open.ipynb': null,
    'closed/x.ipynb': null,
    'own.ipynb': notebookWith({ own: { groups: ['lab'] } }),
    'broken.ipynb': '{',
    '.hidden.ipynb': null,
    '.hidden/x.ipynb': null,
    '../outside/x.ipynb': null,
    'templates.yaml': 'closed: {groups: [lab]}\nnowhere: {groups: [lab]}',
  })
  symlinkSync(join(folder.dir, 'a/b/open.ipynb'), join(folder.dir, 'linked.ipynb'))
  symlinkSync(join(folder.dir, '../outside'), join(folder.dir, 'out'))
  const { catalogue, release } = await openHeld(t, folder)
  t.notOk(catalogue.isComplete())
  t.strictSame(catalogue.list(), [])
  for (const [path, forAll] of [
    ['a/b/open.ipynb', true],
    ['linked.ipynb', true],
    ['closed/x.ipynb', false],
    ['own.ipynb', false],
  ] as const) {
    const found = (await catalogue.find(path))!
    t.equal(found.path, path)
    t.equal(catalogue.allows(found, []), forAll, `${path} for all`)
    t.ok(catalogue.allows(found, ['lab']))
  }
  for (const path of [
    'broken.ipynb',
    '.hidden.ipynb',
    '.hidden/x.ipynb',
    '../outside/x.ipynb',
    'out/x.ipynb',
    'none.ipynb',
  ])
    t.equal(await catalogue.find(path), undefined, path)
  t.strictSame(
    await titlesFor(catalogue, []),
    ['linked', 'open'],
    'what has been read so far is listed to who may use it',
  )
  t.strictSame(paths(catalogue.faults()), ['broken.ipynb'], 'a rule is not yet said to match nothing')

  release()
  await catalogue.completed
  t.ok(catalogue.isComplete())
  t.strictSame(paths(catalogue.list()), ['a/b/open.ipynb', 'closed/x.ipynb', 'linked.ipynb', 'own.ipynb'])
  t.strictSame(paths(catalogue.faults()), ['templates.yaml', 'broken.ipynb'])
})

t.test('rules that change meanwhile count in the catalogue as well', async (t) => {
  const folder = createFolder(t, { 'open.ipynb': null, 'secret/x.ipynb': null })
  const { catalogue } = await openHeld(t, folder)
  for (const path of ['open.ipynb', 'secret/x.ipynb']) await catalogue.find(path)
  t.strictSame(await titlesFor(catalogue, []), ['open', 'x'])
  folder.write('templates.yaml', 'secret: {groups: [lab]}')
  t.strictSame(await titlesFor(catalogue, []), ['open'])
  t.strictSame(await titlesFor(catalogue, ['lab']), ['open', 'x'])
  t.notOk(catalogue.isComplete(), 'all of that before the folder has been looked through')
})

t.test('an earlier version is limited as the current one is', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null })
  const before = await folder.open()
  const { sha256 } = (await before.find('a.ipynb'))!
  await before.close()
  folder.write('a.ipynb', notebookWith({ own: { groups: ['lab'] } }))
  const { catalogue } = await openHeld(t, folder)
  const pinned = (await catalogue.pinned('a.ipynb', sha256))!
  t.equal(pinned.sha256, sha256)
  t.notOk(catalogue.allows(pinned, []))
  t.ok(catalogue.allows(pinned, ['lab']))
})

t.test('no copy is removed before it is known which ones are current', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null, 'b.ipynb': null })
  const before = await folder.open()
  const [a, b] = before.list().map(({ file }) => file) as [string, string]
  await before.close()
  folder.write('b.ipynb', notebook('changed'))
  for (const copy of [a, b]) utimesSync(copy, 1, 1)
  const { catalogue, release } = await openHeld(t, folder)
  await catalogue.find('b.ipynb')
  t.ok(existsSync(a) && existsSync(b))
  release()
  await catalogue.completed
  t.ok(existsSync(a), 'what is current stays')
  t.notOk(existsSync(b), 'what nobody has used for long goes')
})

t.test('a catalogue that is closed meanwhile reads and removes nothing more', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null })
  const before = await folder.open()
  const copy = before.list()[0]!.file
  await before.close()
  utimesSync(copy, 1, 1)
  folder.write('a.ipynb', notebook('changed'))
  const { catalogue, release } = await openHeld(t, folder)
  const closed = catalogue.close()
  release()
  await closed
  t.strictSame(catalogue.list(), [])
  t.notOk(catalogue.isComplete())
  t.ok(existsSync(copy))
  t.strictSame(folder.warnings, [])
})
