import t from 'tap'
import { createListing } from '../../service/catalogue/listing.ts'
import { type SearchResult, search } from '../../service/catalogue/search.ts'
import { median } from '../bench/measure.ts'
import { createFolder, notebookWith } from './folder.ts'

const titles = (found: SearchResult) => found.entries.map(({ title }) => title)
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
    titles(await find('')),
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
  for (const [words, expected] of table) t.strictSame(titles(await find(words)), expected, words)
  t.strictSame(titles(await find('', { language: 'R' })), ['Scan 9', 'Scan 10'], 'by language')
  t.strictSame(titles(await find('', { tag: 'XRD' })), ['Peak fit'], 'by tag')
  t.strictSame(titles(await find('scan', { language: 'Python' })), [], 'all must be met')
  t.strictSame(
    (await find('scan', { language: 'Python' })).languages,
    [{ value: 'R', count: 2 }],
    'choices are those of the words alone',
  )
  t.strictSame((await find('')).tags, [
    { value: 'fit', count: 1 },
    { value: 'XRD', count: 1 },
  ])
})

t.test('a template in several languages is found by each, and shown in the reader’s', async (t) => {
  const folder = createFolder(t)
  folder.write(
    'a.ipynb',
    notebookWith({
      own: {
        title: { en: 'Zoom in', de: 'Ausschnitt' },
        description: { en: 'One part', de: 'Ein Teil davon' },
        tags: { en: ['peak'], de: ['Spitze'] },
      },
    }),
  )
  folder.write('b.ipynb', notebookWith({ own: { title: 'Middle', tags: ['peak'] } }))
  const catalogue = await folder.open()
  const find = (words: string, languages: string[], more: object = {}) =>
    catalogue.search({ ...all, words, languages, ...more }, [])

  for (const words of ['zoom', 'ausschnitt', 'part', 'davon', 'spitze', 'peak zoom', 'ein one'])
    t.strictSame(titles(await find(words, ['de'])), ['Ausschnitt'], words)
  t.strictSame(titles(await find('', ['en'])), ['Middle', 'Zoom in'], 'in the order of the titles shown')
  t.strictSame(titles(await find('', ['de'])), ['Ausschnitt', 'Middle'])
  t.strictSame(
    titles(await find('zoom', ['de'])),
    ['Ausschnitt'],
    'a title of another language counts as one',
  )
  t.strictSame(
    (await find('', ['de'])).tags.map(({ value }) => value),
    ['peak', 'Spitze'],
  )
  for (const tag of ['peak', 'Spitze'])
    t.ok(
      titles(await find('', ['de'], { tag })).includes('Ausschnitt'),
      `an address with ${tag} works for everybody`,
    )
})

t.test('a reader of another language waits no longer among ten thousand', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null })
  const one = (await folder.open()).list()[0]!
  const card = { ...one.compiled.card, tags: { en: ['peak'], de: ['Spitze'] } }
  const templates = Array.from({ length: 10_000 }, (_, n) => {
    const title = { en: `Fit ${n}`, de: `Anpassung ${(n * 7919) % 10_000}` }
    return { ...one, path: `${n}.ipynb`, compiled: { ...one.compiled, title, card } }
  })
  const rules = new Map()
  const listing = createListing({ list: () => templates, limiting: () => undefined }, () => rules)
  /** What the processor spends on a search, in ms, and the first title. */
  const ask = (languages: string[]) => {
    const start = process.cpuUsage()
    const { entries } = listing.search({ ...all, languages }, [])
    const { user, system } = process.cpuUsage(start)
    return [(user + system) / 1000, entries[0]!.title] as const
  }
  ask(['de'])
  const costs = { en: [] as number[], de: [] as number[] }
  for (let round = 0; round < 15; round++) {
    const [english, fit] = ask(['en'])
    // Whatever else they would read.
    const [german, anpassung] = ask(['de', `x${round}`])
    t.strictSame([fit, anpassung], ['Fit 0', 'Anpassung 0'])
    costs.en.push(english)
    costs.de.push(german)
  }
  const [en, de] = [median(costs.en), median(costs.de)]
  t.ok(de < 2 * en + 2, `${de.toFixed(1)} ms in German, ${en.toFixed(1)} ms in English`)
})

t.test('ten thousand templates are searched in a few milliseconds', async (t) => {
  const folder = createFolder(t, { 'a.ipynb': null })
  const [entry] = (await (await folder.open()).search(all, [])).entries
  const whole = `${'lorem ipsum dolor '.repeat(20)}`
  const entries = Array.from({ length: 10_000 }, (_, n) => ({ ...entry!, whole: `${whole}${n}` }))
  const start = process.cpuUsage()
  for (let round = 0; round < 10; round++) search(entries, { ...all, words: 'dolor 99 ipsum' })
  const { user, system } = process.cpuUsage(start)
  t.ok((user + system) / 10_000 < 50, `${((user + system) / 10_000).toFixed(1)} ms a search`)
})
