import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { until } from '../../support/until.ts'
import { createFolder, notebook, paths } from '../folder.ts'

t.test('what is added, changed or removed in the folder shows without anybody asking', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null, 'sub/b.ipynb': null })
  const catalogue = await folder.open({ refreshEvery_ms: 3_600_000 })
  const shows = (expected: string[], what: string) =>
    until(what, () => paths(catalogue.list()).join() === expected.join())

  folder.write('c.ipynb', notebook('new'))
  await shows(['a.ipynb', 'c.ipynb', 'sub/b.ipynb'], 'a new file')
  mkdirSync(join(folder.dir, 'deep/er'), { recursive: true })
  folder.write('deep/er/d.ipynb', notebook('deep'))
  await shows(['a.ipynb', 'c.ipynb', 'deep/er/d.ipynb', 'sub/b.ipynb'], 'a file in new folders')
  const before = catalogue.list()[0]!.sha256
  folder.write('a.ipynb', notebook('changed'))
  await until('a file saved in place', () => catalogue.list()[0]!.sha256 !== before)
  folder.write('a.ipynb', 'not a notebook')
  await shows(['c.ipynb', 'deep/er/d.ipynb', 'sub/b.ipynb'], 'a broken file')
  t.match(catalogue.faults(), [{ path: 'a.ipynb' }])
  renameSync(join(folder.dir, 'sub'), join(folder.dir, 'moved'))
  await shows(['c.ipynb', 'deep/er/d.ipynb', 'moved/b.ipynb'], 'a folder with another name')
  rmSync(join(folder.dir, 'deep'), { recursive: true })
  await shows(['c.ipynb', 'moved/b.ipynb'], 'a folder that is gone')
  folder.write('templates.yaml', 'moved: {groups: [lab]}')
  // A search looks at the rules itself.
  const visible = () => catalogue.list().filter((template) => catalogue.allows(template, []))
  await until('new rules', () => visible().length === 1)
})

t.test('a folder that took the place of another is watched, with those in it', async (t) => {
  const folder = createFolder(t, { 'sub/deep/a.ipynb': null })
  const catalogue = await folder.open({ refreshEvery_ms: 3_600_000 })
  const shows = (expected: string[], what: string) =>
    until(what, () => paths(catalogue.list()).join() === expected.join())
  for (const round of [1, 2, 3]) {
    folder.write(`other${round}/deep/b${round}.ipynb`, notebook(`${round}`))
    rmSync(join(folder.dir, 'sub'), { recursive: true })
    renameSync(join(folder.dir, `other${round}`), join(folder.dir, 'sub'))
    await shows([`sub/deep/b${round}.ipynb`], 'another folder')
    folder.write('sub/deep/c.ipynb', notebook('new'))
    await shows([`sub/deep/b${round}.ipynb`, 'sub/deep/c.ipynb'], 'a file in it')
  }
})
