/** The catalogue of ten thousand templates: what a request costs, and that a reader gets through them. */
import t, { type Test } from 'tap'
import { createListing, type Listing } from '../../service/catalogue/listing.ts'
import { parseRules } from '../../service/catalogue/rules/parse-rules.ts'
import type { Template } from '../../service/catalogue/template.ts'
import { median } from '../bench/measure.ts'
import { createVisitor, notebook, openApp } from './app.ts'

const count = 10_000
const words = [
  'peak',
  'decay',
  'lattice',
  'spectrum',
  'Größe',
  'calibration',
  'map',
  'series',
  'profile',
  'line',
]

/** Different ones, as a folder of ten thousand would give them; what is done with them is the catalogue's own. */
async function openMany(t: Test) {
  let templates: readonly Template[] = []
  let listing: Listing
  const rules = parseRules('')
  const opened = await openApp(t, {
    templates: { 'a.ipynb': notebook() },
    catalogue(catalogue) {
      const one = catalogue.list()[0]!
      templates = Array.from({ length: count }, (_, index) => variant(one, index))
      const limiting = new Map(templates.map((template) => [template.path, template]))
      const shelf = { list: () => templates, limiting: (path: string) => limiting.get(path) }
      listing = createListing(shelf, () => rules)
      const { search, ...others } = listing
      return { ...catalogue, ...others, search: async (...asked) => search(...asked) }
    },
  })
  let changes = 0
  return {
    ...opened,
    catalogue: listing!,
    /** Without case and accents, as a search reads them. */
    readAll: () =>
      templates.filter(({ compiled: { title, description } }) =>
        `${title?.['']} ${description?.['']}`
          .normalize('NFKD')
          .replace(/\p{M}/gu, '')
          .toLowerCase()
          .includes('x y'),
      ),
    change() {
      templates = [...templates.slice(1), variant(templates[0]!, count + changes++)]
    },
  }
}

function variant(one: Template, index: number): Template {
  const word = (step: number) => words[Math.floor(index / step) % words.length]!
  const title = `The ${word(1)} of a ${word(10)}, method ${index}`
  const description = `Reads the data file of a measurement and finds the ${word(100)} of each ${word(1000)}.`
  const card = {
    ...one.compiled.card,
    category: `Instrument ${index % 100}`,
    tags: { '': [word(1), word(100)] },
    authors: [`Author ${index % 50}`],
  }
  return {
    ...one,
    path: `instrument-${index % 100}/${index}.ipynb`,
    compiled: { ...one.compiled, title: { '': title }, description: { '': description }, card },
  }
}

/** As often as reading all titles and descriptions once, without an index: a catalogue of half the speed has half the time. */
const mostTimes = 3

t.test('a request among ten thousand is answered from an index', async (t) => {
  const opened = await openMany(t)
  const visitor = createVisitor(opened)
  opened.catalogue.prepare()
  await visitor.ask('/nothing')
  const floor = await medianCost(async () => opened.readAll())
  const limit = mostTimes * floor
  t.comment(`| all titles and descriptions, read once | ${floor.toFixed(1)} ms |`)
  const urls = [
    '/',
    '/?page=167',
    '/?q=lattice',
    '/?q=grosse+method+99',
    '/?language=Python&tag=map',
    '/?q=nothing+like+it',
    `/?q=${'e+'.repeat(100)}`,
  ]
  for (const url of urls) {
    const middle = await medianCost(() => visitor.ask(url))
    t.comment(`| catalogue of ${count} templates, ${url.slice(0, 30)} | ${middle.toFixed(1)} ms |`)
    t.ok(middle < limit, `${url}: ${middle.toFixed(1)} ms of ${limit.toFixed(1)} ms`)
  }
  const middle = await medianCost(async () => opened.catalogue.prepare(), opened.change)
  t.comment(`| a template of ${count} changes | ${middle.toFixed(1)} ms |`)
  t.ok(middle < limit, `nor does a change keep the others waiting: ${middle.toFixed(1)} ms`)
})

t.test('one gets through ten thousand page by page, and through what is found', async (t) => {
  const visitor = createVisitor(await openMany(t))
  for (const [url, total] of [
    ['/', count],
    ['/?q=lattice', 3439],
    ['/?tag=map&language=Python', 1900],
  ] as const) {
    const seen = new Set<string>()
    let pages = 0
    for (let next: string | undefined = url; next !== undefined; pages++) {
      const { body } = await visitor.ask(next)
      for (const [, path] of body.matchAll(/class="template-link" href="([^"]*)"/g)) seen.add(path!)
      next = /rel="next" href="([^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
    }
    t.equal(seen.size, total, `${url}: each once`)
    t.equal(pages, Math.ceil(total / 60))
  }
  const beyond = await visitor.ask('/?page=99999')
  t.match(beyond.body, '9961–10000 of 10000 templates', 'beyond the last page is the last')
})

/** Of seven. */
async function medianCost(ask: () => Promise<unknown>, before = () => {}): Promise<number> {
  const costs: number[] = []
  for (let round = 0; round < 7; round++) {
    before()
    costs.push(await costOf(ask))
  }
  return median(costs)
}

/** In milliseconds of this process's processor time, whatever else the machine does. */
async function costOf(ask: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage()
  await ask()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
