import t, { type Test } from 'tap'
import type { ByteRange } from '../../service/preview/finished-cells.ts'
import { limits } from '../../service/preview/limits.ts'
import { type NotebookToShow, renderPart } from '../../service/preview/part.ts'
import { createRenderer, type Renderer, type RendererOptions } from '../../service/preview/renderer.ts'
import { longestTurn } from '../support/main-thread.ts'
import {
  code,
  display,
  harmsOf,
  inMemory,
  markdown,
  notebookOf,
  notes,
  png,
  show,
  stream,
  textOf,
} from './support.ts'

t.setTimeout(120_000)

/** One for all tests that do not put it to the test. */
const common = createRenderer()
t.teardown(() => common.close())

function open(t: Test, options: RendererOptions): Renderer {
  const renderer = createRenderer(options)
  t.teardown(() => renderer.close())
  return renderer
}

const lines = (count: number) => Array.from({ length: count }, (_, index) => code(`x = ${index + 1}`))

t.test('a notebook is shown in parts that follow one another', async (t) => {
  const notebook = inMemory(notebookOf(lines(1234)))
  const parts = []
  for (let from = 1; from <= 1234; ) {
    const part = (await renderPart(notebook, common, { from, notes }))!
    parts.push(part)
    from = part.last + 1
  }
  t.strictSame(
    parts.map(({ first, last, total }) => [first, last, total]),
    [
      [1, 100, 1234],
      [101, 500, 1234],
      [501, 900, 1234],
      [901, 1234, 1234],
    ],
  )
  const texts = parts.flatMap(({ html }) => textOf(html).match(/x = \d+/g))
  t.strictSame(
    texts,
    lines(1234).map(({ source }) => source),
    'each cell once, in order',
  )
})

t.test('there is no part beyond the last cell, and an empty notebook has an empty one', async (t) => {
  t.equal(await renderPart(inMemory(notebookOf(lines(3))), common, { from: 4, notes }), undefined)
  const empty = await renderPart(inMemory(notebookOf([])), common, { from: 1, notes })
  t.match(empty, { html: '', rules: '', first: 0, last: 0, total: 0 })
})

t.test('of 100,000 cells those that are shown are read, and no other', async (t) => {
  const notebook = inMemory(notebookOf(lines(100_000)))
  let read = 0
  const counting = watched(notebook, ({ from, to }) => {
    read += to - from
  })
  const first = (await renderPart(counting, common, { from: 1, notes }))!
  t.match(first, { last: 100, total: 100_000 })
  const last = (await renderPart(counting, common, { from: 99_990, notes }))!
  t.match(last, { first: 99_990, last: 100_000 })
  t.match(textOf(last.html), 'x = 100000')
  t.ok(read < 50_000, `${read} bytes`)
})

t.test('a part ends where there is enough to read, to send, or to wait for', async (t) => {
  const image = png(3000, 1000)
  const formulas = markdown('$\\frac{a}{b}$ '.repeat(300))
  const cases: [label: string, cell: object, options: object, last: number][] = [
    ['bytes', code('x', [stream('a'.repeat(200_000))]), {}, 1],
    ['bytes of a further part', code('x', [stream('a'.repeat(200_000))]), { from: 2 }, 11],
    ['characters of HTML', formulas, {}, Math.ceil(limits.partHtml / show(formulas).html.length)],
    ['time', code('x'), { now: clock(1000) }, 6],
    ['nothing of that', code('x', [display({ 'image/png': image })]), {}, 20],
  ]
  for (const [label, cell, options, last] of cases) {
    const notebook = inMemory(notebookOf(Array(20).fill(cell)))
    const part = (await renderPart(notebook, common, { from: 1, notes, ...options }))!
    t.equal(part.last, last, label)
  }
})

/** Tells of every read. */
function watched(notebook: NotebookToShow, reading: (range: ByteRange) => void): NotebookToShow {
  return {
    ...notebook,
    read(range) {
      reading(range)
      return notebook.read(range)
    },
  }
}

/** A clock that goes on whenever it is looked at. */
function clock(step_ms: number): () => number {
  let now = 0
  return () => {
    now += step_ms
    return now
  }
}

t.test('a cell larger than a part is shown alone', async (t) => {
  const notebook = inMemory(notebookOf([code('a', [stream('a'.repeat(5_000_000))]), code('b')]))
  const part = (await renderPart(notebook, common, { from: 1, notes }))!
  t.equal(part.last, 1)
  t.match(textOf(part.html), notes.cut.replace('{size}', '5 MB'))
})

t.test('a cell of a size that nobody reads is only named, and not read', async (t) => {
  const range = { from: 0, to: 60_000_000 }
  const notebook = {
    template: {
      cellBounds: [0, range.to],
      places: { start: 0 },
      language: undefined,
      languageName: '',
    },
    pieces: [range],
    read: async () => t.fail('it is not read') as never,
  }
  const part = (await renderPart(notebook as never, common, { from: 1, notes }))!
  t.match(textOf(part.html), notes.cellTooLarge.replace('{size}', '60 MB'))
  t.strictSame(harmsOf(part.html), [])
})

t.test('the rules of a part are those of its formulas, each once', async (t) => {
  const notebook = inMemory(notebookOf([markdown('$a^2$ $b^2$'), markdown('$c^2$'), code('x')]))
  const { rules, hasFormulas } = (await renderPart(notebook, common, { from: 1, notes }))!
  t.ok(hasFormulas)
  const each = rules.split('\n')
  t.ok(each.length > 1)
  t.equal(new Set(each).size, each.length)
})

t.test('a cell that takes too long costs nobody but its reader, and no other cell', async (t) => {
  const slow = markdown('$ {'.repeat(30_000))
  const notebook = inMemory(notebookOf([code('before'), slow, code('behind')]))
  const asked: number[] = []
  // Too long is not for this machine to say: the second cell has no time at all, the others have all of it.
  const wait = (time_ms: number) => {
    asked.push(time_ms)
    return asked.length === 2 ? Promise.resolve() : new Promise(() => {})
  }
  const renderer = open(t, { wait })
  const part = (await renderPart(notebook, renderer, { from: 1, notes }))!
  t.match(textOf(part.html).replace(/\s+/g, ' '), `before ${notes.cellTooMuch} behind`)
  t.strictSame(asked, [limits.cell_ms, limits.cell_ms, limits.cell_ms], 'each has the same time')
})

t.test('what is too long, the clock tells', async (t) => {
  const renderer = open(t, { cell_ms: 1 })
  const slow = inMemory(notebookOf([markdown('$ {'.repeat(30_000))]))
  const part = (await renderPart(slow, renderer, { from: 1, notes }))!
  t.match(textOf(part.html), notes.cellTooMuch)
})

t.test('a cell that needs too much memory is named, and the service lives on', async (t) => {
  // Its elements take more than twice what the thread has, on Node 20, 22 and 24.
  const huge = code('huge', Array(3).fill(display({ 'text/html': '<i>a</i>'.repeat(18_750) })))
  const renderer = open(t, { heap_MB: 32, cell_ms: 60_000 })
  const part = (await renderPart(inMemory(notebookOf([huge])), renderer, { from: 1, notes }))!
  t.match(textOf(part.html), notes.cellTooMuch)
  const next = (await renderPart(inMemory(notebookOf([code('behind')])), renderer, { from: 1, notes }))!
  t.match(textOf(next.html), 'behind')
})

t.test('a cell whose JSON would unfold beyond all memory is named before it is read', async (t) => {
  const jsonOf: [label: string, json: string][] = [
    ['objects', `[${'{},'.repeat(10_000_000)}0]`],
    ['lists', `[${'[],'.repeat(10_000_000)}0]`],
    [
      'levels, each indented more than the one around it',
      `${'['.repeat(14_000_000)}${']'.repeat(14_000_000)}`,
    ],
    ['numbers, each indented by its levels', `${'['.repeat(3000)}${'1,'.repeat(80_000)}1${']'.repeat(3000)}`],
  ]
  const renderer = open(t, { cell_ms: 60_000 })
  const asked = { number: 1, fresh: false, languages: [], notes }
  const render = async (json: string) => {
    const cell = JSON.stringify(code('x', [display({ 'application/json': 'HERE' })])).replace('"HERE"', json)
    return textOf((await renderer.render(async () => new Uint8Array(Buffer.from(cell)), asked)).html)
  }
  for (const [label, json] of jsonOf) t.match(await render(json), notes.cellTooMuch, label)
  t.match(await render(`[${'1,'.repeat(1_000_000)}1]`), /^x/, 'a million numbers, as plots hold them')
  t.match(await render(`"${'{'.repeat(20_000_000)}"`), /^x/, 'a text is a text')
})

t.test('when too many wait, the next one is turned away', async (t) => {
  const renderer = open(t, { mostWaiting: 2 })
  const asked = { number: 1, fresh: false, languages: [], notes }
  const cell = async () => new Uint8Array(Buffer.from(JSON.stringify(code('x'))))
  const waiting = [renderer.render(cell, asked), renderer.render(cell, asked)]
  await t.rejects(renderer.render(cell, asked), { code: 25, reason: 'too-many' })
  t.equal((await Promise.all(waiting)).length, 2)
  t.match(await renderer.render(cell, asked), { html: /x/ }, 'afterwards there is room again')
})

t.test('who is gone is worked for no longer', async (t) => {
  const gone = new AbortController()
  const notebook = inMemory(notebookOf(lines(20)))
  const leaving = watched(notebook, () => gone.abort())
  const part = (await renderPart(leaving, common, { from: 1, notes, signal: gone.signal }))!
  t.equal(part.last, 1)
})

t.test('whatever is rendered, the thread that answers requests is free within 50 ms', async (t) => {
  const heavy = [
    markdown('$\\frac{a}{b}$ '.repeat(300)),
    markdown('word *a* `b` [c](https://d.example)\n\n'.repeat(2000)),
    code('def f(x):\n    return "a" + str(x)  # b\n'.repeat(1000)),
    code('x', [display({ 'text/html': `<table>${'<tr><td>1</td><td>2</td></tr>'.repeat(6000)}</table>` })]),
    code('x', [display({ 'image/png': png(30_000, 1000) }), display({ 'image/png': 'A'.repeat(3_000_000) })]),
    code('x', [stream('\x1b[31ma\x1b[0m\n'.repeat(200_000))]),
    code('x', [display({ 'application/json': Array(500_000).fill({ a: 1 }) })]),
  ]
  for (const [index, cell] of heavy.entries()) {
    const notebook = inMemory(notebookOf([cell]))
    const longest_ms = await longestTurn(() => renderPart(notebook, common, { from: 1, notes }))
    t.ok(longest_ms < 50, `cell ${index}: ${longest_ms.toFixed(1)} ms`)
  }
})
