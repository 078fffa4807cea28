import t from 'tap'
import { type Found, search } from '../../service/catalogue/search.ts'
import { createFolder, notebookWith } from './folder.ts'

const titles = (found: Found) => found.entries.map(({ title }) => title)
const all = { words: '', language: undefined, tag: undefined }

t.test('templates are found by words anywhere in what is known of them', async (t) => {
  const folder = createFolder(t)
  const make = (path: string, own: object, language = 'python') =>
    folder.write(path, notebookWith({ own, language }))
  make('xrd/fit.ipynb', { title: 'Peak fit', tags: ['XRD', 'fit'], authors: [{ name: 'Jürgen Groß' }] })
  make('xrd/scan 10.ipynb', { title: 'Scan 10', description: 'A profile along one axis' }, 'R')
  make('xrd/scan 9.ipynb', { title: 'Scan 9', category: 'Profiles' }, 'R')
  make('start.ipynb', { title: 'Größe der Peaks' })
  const catalogue = await folder.open()
  const find = (words: string, more: object = {}) => catalogue.search({ ...all, words, ...more }, [])

  t.strictSame(
    titles(find('')),
    ['Größe der Peaks', 'Scan 9', 'Peak fit', 'Scan 10'],
    'by category and title',
  )
  const table: [words: string, titles: string[]][] = [
    ['peak', ['Peak fit', 'Größe der Peaks']],
    ['PEAK fit', ['Peak fit']],
    ['groesse', []],
    ['grosse', ['Größe der Peaks']],
    ['groß', ['Größe der Peaks', 'Peak fit']],
    ['jurgen', ['Peak fit']],
    ['profile', ['Scan 9', 'Scan 10']],
    ['axis scan', ['Scan 10']],
    ['xrd/scan', ['Scan 9', 'Scan 10']],
    ['r-kernel', ['Scan 9', 'Scan 10']],
    ['nothing of the kind', []],
    ['   ', ['Größe der Peaks', 'Scan 9', 'Peak fit', 'Scan 10']],
  ]
  for (const [words, expected] of table) t.strictSame(titles(find(words)), expected, words)
  t.strictSame(titles(find('', { language: 'R' })), ['Scan 9', 'Scan 10'], 'by language')
  t.strictSame(titles(find('', { tag: 'XRD' })), ['Peak fit'], 'by tag')
  t.strictSame(titles(find('scan', { language: 'Python' })), [], 'all must be met')
  t.strictSame(
    find('scan', { language: 'Python' }).languages,
    [{ value: 'R', count: 2 }],
    'choices are those of the words alone',
  )
  t.strictSame(find('').tags, [
    { value: 'fit', count: 1 },
    { value: 'XRD', count: 1 },
  ])
})

t.test('ten thousand templates are searched in a few milliseconds', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null })
  const [entry] = (await folder.open()).search(all, []).entries
  const whole = `${'lorem ipsum dolor '.repeat(20)}`
  const entries = Array.from({ length: 10_000 }, (_, n) => ({ ...entry!, whole: `${whole}${n}` }))
  const start = process.cpuUsage()
  for (let round = 0; round < 10; round++) search(entries, { ...all, words: 'dolor 99 ipsum' })
  const { user, system } = process.cpuUsage(start)
  t.ok((user + system) / 10_000 < 50, `${((user + system) / 10_000).toFixed(1)} ms a search`)
})
