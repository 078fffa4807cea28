import fs, { promises, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Catalogue } from '../../service/catalogue/catalogue.ts'
import { checkFolder } from '../../service/catalogue/check/check.ts'
import { parseRules } from '../../service/catalogue/rules/parse-rules.ts'
import { inProject } from '../support/paths.ts'
import { createFolder, type Folder, notebookWith, paths } from './folder.ts'

async function seen(catalogue: Catalogue, groups: string[]) {
  const { entries } = await catalogue.search({ words: '', language: undefined, tag: undefined }, groups)
  return paths(entries.map(({ template }) => template))
}

t.test('each limit on the way to a template must let its user in', async (t) => {
  const folder = createFolder(t, { 'open.ipynb': null, 'a/x.ipynb': null, 'a/b/y.ipynb': null })
  folder.write('a/own.ipynb', notebookWith({ own: { groups: ['chief'] } }))
  folder.write('nobody.ipynb', notebookWith({ own: { groups: [] } }))
  folder.write('templates.yaml', 'a:\n  groups: [lab, guests]\na/b/:\n  groups: [lab]\n')
  const catalogue = await folder.open()
  t.strictSame(await seen(catalogue, []), ['open.ipynb'])
  t.strictSame(await seen(catalogue, ['guests']), ['open.ipynb', 'a/x.ipynb'])
  t.strictSame(
    await seen(catalogue, ['chief']),
    ['open.ipynb'],
    'a template cannot open what its folder closes',
  )
  t.strictSame(await seen(catalogue, ['lab', 'chief']), [
    'open.ipynb',
    'a/own.ipynb',
    'a/x.ipynb',
    'a/b/y.ipynb',
  ])
})

t.test('a template that is limited later is closed for its earlier versions, too', async (t) => {
  const folder = createFolder(t, { 'x.ipynb': null })
  const catalogue = await folder.open()
  const before = await catalogue.find('x.ipynb')
  t.ok(catalogue.allows(before!, []))
  folder.write('x.ipynb', notebookWith({ own: { groups: ['lab'] } }))
  await catalogue.find('x.ipynb')
  t.notOk(catalogue.allows(before!, []))
  t.ok(catalogue.allows(before!, ['lab']))
})

t.test('rules that cannot be followed at start close everything until they are fixed', async (t) => {
  for (const text of ['a:\n  groups: lab\n', '.: {groups: [lab}', '{a: ']) {
    const folder = createFolder(t, { 'a/x.ipynb': null, 'b/x.ipynb': null, 'templates.yaml': text })
    const catalogue = await folder.open()
    t.strictSame(await seen(catalogue, ['lab']), [], text)
    t.notOk(catalogue.allows((await catalogue.find('b/x.ipynb'))!, ['lab']))
    const [fault] = catalogue.faults()
    t.match(fault, {
      path: 'templates.yaml',
      reason: /line 1: .*; until it is fixed, no template can be used/,
    })
    t.match(folder.warnings, [{ message: 'templates.yaml cannot be followed' }])
    rmSync(join(folder.dir, 'templates.yaml'))
    await catalogue.refresh()
    t.strictSame(await seen(catalogue, ['lab']), [], 'also while it is gone')
    folder.write('templates.yaml', 'a:\n  groups: [lab]\n')
    await catalogue.refresh()
    t.strictSame(await seen(catalogue, []), ['b/x.ipynb'])
    t.strictSame(catalogue.faults(), [])
  }
})

t.test('rules that cannot be followed later: the ones of before hold', async (t) => {
  const folder = createFolder(t, { 'x.ipynb': null })
  folder.write('templates.yaml', '.:\n  groups: [lab]\n')
  const catalogue = await folder.open()
  folder.write('templates.yaml', '.: {groups: [lab}')
  await catalogue.refresh()
  t.strictSame(await seen(catalogue, []), [])
  t.match(catalogue.faults(), [{ path: 'templates.yaml', reason: /line 1/ }])
  folder.write('templates.yaml', '{}')
  await catalogue.refresh()
  t.strictSame(await seen(catalogue, []), ['x.ipynb'])
  t.strictSame(catalogue.faults(), [])
})

t.test('rules whose file is gone or empty hold until they are lifted by saying so', async (t) => {
  const folder = createFolder(t, { 'lab/x.ipynb': null, 'templates.yaml': 'lab: {groups: [lab]}' })
  const file = join(folder.dir, 'templates.yaml')
  const catalogue = await folder.open()
  for (const [label, spoil] of [
    ['gone', () => rmSync(file)],
    ['empty', () => writeFileSync(file, '')],
  ] as const) {
    spoil()
    await catalogue.refresh()
    t.strictSame(await seen(catalogue, []), [], label)
    t.match(catalogue.faults(), [
      { path: 'templates.yaml', reason: new RegExp(`it is ${label}.*write \\{\\}`) },
    ])
    t.match(folder.warnings.at(-1), { details: { reason: new RegExp(label) } }, 'it is in the log')
    folder.write('templates.yaml', 'lab: {groups: [lab, guests]}')
    await catalogue.refresh()
    t.strictSame(catalogue.faults(), [], 'put back')
    t.strictSame(await seen(catalogue, ['guests']), ['lab/x.ipynb'])
  }
  rmSync(file)
  const restarted = await folder.open()
  t.strictSame(
    await seen(restarted, []),
    ['lab/x.ipynb'],
    'a start without the file is a start without rules',
  )
})

t.test('an editor that is still saving the rules opens nothing', async (t) => {
  const rules = 'a: {groups: [lab]}\nb: {groups: [lab]}\n'
  const folder = createFolder(t, { 'a/x.ipynb': null, 'b/x.ipynb': null, 'templates.yaml': rules })
  const catalogue = await folder.open()
  // However slow this machine is, no time passes while the editor writes.
  const now = Date.now()
  const { now: clock } = Date
  Date.now = () => now
  folder.write('templates.yaml', rules.slice(0, 19))
  const looking = catalogue.find('b/x.ipynb')
  setTimeout(() => {
    folder.write('templates.yaml', `${rules}c: {category: New}\n`)
    Date.now = clock
  }, 20)
  const template = await looking
  t.notOk(catalogue.allows(template!, []), 'half a file is no rules')
  await catalogue.refresh()
  t.match(catalogue.faults(), [{ reason: /"c"/ }], 'and the whole one counts')
})

t.test('a template that is broken or gone is limited as it was last', async (t) => {
  const folder = createFolder(t, { 'x.ipynb': null })
  const catalogue = await folder.open()
  const before = await catalogue.find('x.ipynb')
  folder.write('x.ipynb', notebookWith({ own: { groups: ['lab'] } }))
  await catalogue.find('x.ipynb')
  const spoiled: [string, () => void][] = [
    ['broken', () => folder.write('x.ipynb', '{"cells": [')],
    ['gone', () => rmSync(join(folder.dir, 'x.ipynb'))],
  ]
  for (const [label, spoil] of spoiled) {
    spoil()
    t.equal(await catalogue.find('x.ipynb'), undefined)
    const pinned = await catalogue.pinned('x.ipynb', before!.sha256)
    t.notOk(catalogue.allows(pinned!, []), label)
    t.ok(catalogue.allows(pinned!, ['lab']), label)
  }
  folder.write('x.ipynb', notebookWith({}))
  t.ok(catalogue.allows((await catalogue.find('x.ipynb'))!, []), 'until it is there again without a limit')
})

t.test('a rule that matches nothing is told, to admins and by check', async (t) => {
  const folder = createFolder(t, { 'lab/x.ipynb': null, 'lab/broken.ipynb': '{', 'ä/y.ipynb': null })
  folder.write('empty/notes.txt', '')
  const lines = [
    '.: {category: All}',
    'lab: {groups: [lab]}',
    'lab/broken.ipynb: {groups: [lab]}',
    'a\u0308/: {groups: [lab]}',
    'Lab: {groups: [lab]}',
    'lab/z.ipynb: {groups: [lab]}',
    'empty: {groups: [lab]}',
  ]
  folder.write('templates.yaml', lines.join('\n'))
  const reasons = [
    'line 5: no template is, or is in, "Lab"; there is "lab"',
    'line 6: no template is, or is in, "lab/z.ipynb"',
    'line 7: no template is, or is in, "empty"',
  ]
  const catalogue = await folder.open()
  const ofRules = catalogue.faults().filter(({ path }) => path === 'templates.yaml')
  t.strictSame(
    ofRules.map(({ reason }) => reason),
    reasons,
  )
  const { findings } = await checkFolder(folder.dir)
  t.match(
    findings
      .filter(({ code }) => code === 'unmatched-rule')
      .map(({ line, message }) => `line ${line}: ${message}`),
    reasons,
  )
})

/** A catalogue on a file system that takes no notice of case, as those of network drives often are. */
async function openCaseless(t: Test, folder: Folder): Promise<Catalogue> {
  const find = (path: unknown): string => {
    let found = ''
    for (const part of String(path).split('/').slice(1)) {
      const names = fs.existsSync(found || '/') ? fs.readdirSync(found || '/') : []
      found += `/${names.find((name) => name.toLowerCase() === part.toLowerCase()) ?? part}`
    }
    return found
  }
  const { openCatalogue } = await t.mockImport<typeof import('../../service/catalogue/catalogue.ts')>(
    inProject('build/service/catalogue/catalogue.js'),
    {
      'node:fs/promises': {
        ...promises,
        // It gives the name that it was asked by.
        realpath: (path: string) => promises.realpath(find(path)).then(() => path),
        stat: (path: string, options: object) => promises.stat(find(path), options),
        open: (path: string, flags: number) => promises.open(find(path), flags),
        readdir: (path: string, options: object) => promises.readdir(find(path), options as never),
      },
    },
  )
  const { dir, stateDir } = folder
  const catalogue = await openCatalogue({
    dir,
    stateDir,
    log: { warn() {} },
    refreshEvery_ms: 0,
    lookEvery_ms: 0,
  })
  t.teardown(() => catalogue.close())
  await catalogue.completed
  return catalogue
}

t.test('where case does not count, a template answers to its own name alone', async (t) => {
  const folder = createFolder(t, { 'lab/x.ipynb': null, 'templates.yaml': 'lab: {groups: [lab]}' })
  const catalogue = await openCaseless(t, folder)
  t.notOk(catalogue.allows((await catalogue.find('lab/x.ipynb'))!, []))
  for (const other of ['Lab/x.ipynb', 'lab/X.ipynb']) t.equal(await catalogue.find(other), undefined, other)
  folder.write('lab/new.ipynb', notebookWith({}))
  t.ok(await catalogue.find('lab/new.ipynb'), 'a new one is there at once')
  renameSync(join(folder.dir, 'lab'), join(folder.dir, 'Lab'))
  folder.write('templates.yaml', 'Lab: {groups: [lab]}')
  await catalogue.refresh()
  t.strictSame(await seen(catalogue, []), [], 'also when only the case of its folder has changed')
  t.strictSame(await seen(catalogue, ['lab']), ['Lab/new.ipynb', 'Lab/x.ipynb'])
})

t.test('where case does not count, a file goes along by its own name alone', async (t) => {
  const folder = createFolder(t, { 'templates.yaml': 'sub: {groups: [lab]}' })
  folder.write('sub/key.csv', 'key')
  const namedBy = (file: string) => folder.write('x.ipynb', notebookWith({ own: { files: [file] } }))
  namedBy('sub/key.csv')
  const catalogue = await openCaseless(t, folder)
  t.notOk(catalogue.allows((await catalogue.find('x.ipynb'))!, []))
  for (const other of ['Sub/key.csv', 'sub/KEY.csv', 'Templates.yaml']) {
    namedBy(other)
    t.equal(await catalogue.find('x.ipynb'), undefined, other)
  }
})

t.test('what is wrong in templates.yaml is said with its line', async (t) => {
  const table: [text: string, reason: RegExp][] = [
    ['- a', /line 1: it is not a list of paths/],
    ['a: 1', /line 1: its rule is not/],
    ['\n../a:\n  groups: []', /line 2: "\.\.\/a" is not a path/],
    ['/etc: {groups: []}', /line 1: "\/etc" is not a path/],
    ['a: {group: [x]}', /line 1: there is no rule "group"/],
    ['a: {groups: [1]}', /groups is not a list of names/],
    ['a: {category: [x]}', /category is not a text/],
    ['a: {groups: [x]}\na: {groups: [y]}', /line 2: duplicate key/],
  ]
  for (const [text, reason] of table) t.throws(() => parseRules(text), { message: reason }, text)
  t.equal(parseRules('').size, 0)
  t.strictSame(parseRules('.: {category: All}').get(''), { groups: undefined, category: 'All', line: 1 })
})
