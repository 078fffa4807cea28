import t from 'tap'
import type { Catalogue } from '../../service/catalogue/catalogue.ts'
import { parseRules } from '../../service/catalogue/parse-rules.ts'
import { createFolder, notebookWith, paths } from './folder.ts'

const seen = (catalogue: Catalogue, groups: string[]) =>
  paths(
    catalogue
      .search({ words: '', language: undefined, tag: undefined }, groups)
      .entries.map(({ template }) => template),
  )

t.test('each limit on the way to a template must let its user in', async (t) => {
  const folder = createFolder(t, { 'open.ipynb': null, 'a/x.ipynb': null, 'a/b/y.ipynb': null })
  folder.write('a/own.ipynb', notebookWith({ own: { groups: ['chief'] } }))
  folder.write('nobody.ipynb', notebookWith({ own: { groups: [] } }))
  folder.write('templates.yaml', 'a:\n  groups: [lab, guests]\na/b/:\n  groups: [lab]\n')
  const catalogue = await folder.open()
  t.strictSame(seen(catalogue, []), ['open.ipynb'])
  t.strictSame(seen(catalogue, ['guests']), ['open.ipynb', 'a/x.ipynb'])
  t.strictSame(seen(catalogue, ['chief']), ['open.ipynb'], 'a template cannot open what its folder closes')
  t.strictSame(seen(catalogue, ['lab', 'chief']), ['open.ipynb', 'a/own.ipynb', 'a/x.ipynb', 'a/b/y.ipynb'])
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

t.test('rules that cannot be followed: no start, and later the ones of before hold', async (t) => {
  const folder = createFolder(t, { 'x.ipynb': null })
  folder.write('templates.yaml', '.:\n  groups: lab\n')
  await t.rejects(folder.open(), /templates\.yaml, line 1: groups is not a list/)
  folder.write('templates.yaml', '.:\n  groups: [lab]\n')
  const catalogue = await folder.open()
  folder.write('templates.yaml', '.: {groups: [lab}')
  await catalogue.refresh()
  t.strictSame(seen(catalogue, []), [])
  t.match(catalogue.faults(), [{ path: 'templates.yaml', reason: /line 1/ }])
  folder.write('templates.yaml', '')
  await catalogue.refresh()
  t.strictSame(seen(catalogue, []), ['x.ipynb'])
  t.strictSame(catalogue.faults(), [])
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
  t.strictSame(parseRules('.: {category: All}').get(''), { groups: undefined, category: 'All' })
})
