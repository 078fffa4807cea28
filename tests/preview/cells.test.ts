import t, { type Test } from 'tap'
import { languages } from '../../service/notebook/languages/index.ts'
import { renderPart } from '../../service/preview/part.ts'
import { createRenderer } from '../../service/preview/renderer.ts'
import {
  code,
  display,
  elementsOf,
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

interface Case {
  readonly label: string
  readonly cell: object
  /** What a reader sees. */
  readonly text?: string | RegExp
  /** What the HTML has. */
  readonly has?: RegExp
  readonly lacks?: RegExp
}

const widget = {
  'application/vnd.jupyter.widget-view+json': { model_id: 'x' },
  'text/plain': 'IntSlider(value=0)',
}
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect width="9" height="9"/></svg>'
const small = png(3, 2)
const escaped = (base64: string) => base64.replaceAll('+', '\\+')

const kinds: readonly Case[] = [
  { label: 'code', cell: code('x = 1 < 2'), text: 'x = 1 < 2', has: /<span class="hljs-number">1<\/span>/ },
  { label: 'code in a list of lines', cell: code(['a\n', 'b']), text: 'a\nb' },
  { label: 'code with a line end of Windows', cell: code('a\r\nb'), text: 'a\nb' },
  { label: 'code without a source', cell: { cell_type: 'code' }, text: '' },
  {
    label: 'a raw cell',
    cell: { cell_type: 'raw', source: '<b>$x$</b> # a' },
    text: '<b>$x$</b> # a',
    lacks: /<b>|hljs|katex/,
  },
  {
    label: 'standard output',
    cell: code('', [stream('a <b>\n')]),
    text: 'a <b>',
    has: /<div class="output">/,
  },
  { label: 'standard output in pieces', cell: code('', [stream(['a', 'b\n', 'c'])]), text: 'ab\nc' },
  {
    label: 'standard error',
    cell: code('', [stream('oh', 'stderr')]),
    text: 'oh',
    has: /class="output error"/,
  },
  {
    label: 'an error with its traceback',
    cell: code('', [
      { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['\x1b[31mE\x1b[0m: v', 'line'] },
    ]),
    text: 'E: v\nline',
    has: /class="output error".*<span class="ansi-red">E<\/span>/,
  },
  {
    label: 'an error without one',
    cell: code('', [{ output_type: 'error', ename: 'E', evalue: 'v', traceback: [] }]),
    text: 'E: v',
  },
  { label: 'a text', cell: code('', [display({ 'text/plain': ['<Figure>', ' 1'] })]), text: '<Figure> 1' },
  {
    label: 'a result, which is shown like what is displayed',
    cell: code('', [
      { output_type: 'execute_result', execution_count: 3, data: { 'text/plain': '42' }, metadata: {} },
    ]),
    text: '42',
  },
  ...(['png', 'jpeg', 'gif', 'webp'] as const).map((kind) => ({
    label: `an image/${kind}`,
    cell: code('', [display({ [`image/${kind}`]: small, 'text/plain': 'a figure' })]),
    has: new RegExp(
      `<img src="data:image/${kind};base64,${small.slice(0, 10)}[^"]+" alt="${notes.outputImage}">`,
    ),
    text: '',
  })),
  {
    label: 'an image whose base64 has line ends',
    cell: code('', [display({ 'image/png': `${small.match(/.{1,20}/g)!.join('\n')}\n` })]),
    has: new RegExp(`base64,${escaped(small)}"`),
  },
  {
    label: 'an image of a size that its program wants',
    cell: code('', [display({ 'image/png': small }, { 'image/png': { width: 320, height: 240 } })]),
    has: /<img [^>]*width="320" height="240"/,
  },
  {
    label: 'an image of a size that means nothing',
    cell: code('', [display({ 'image/png': small }, { 'image/png': { width: '9e9', height: -1 } })]),
    has: /<img /,
    lacks: /width|height/,
  },
  {
    label: 'an image that is none',
    cell: code('', [display({ 'image/png': 'no base64!' })]),
    text: notes.imageBroken,
    lacks: /<img/,
  },
  { label: 'an image of nothing', cell: code('', [display({ 'image/png': '' })]), text: notes.imageBroken },
  {
    label: 'SVG, as an image, in which no script runs',
    cell: code('', [display({ 'image/svg+xml': [svg] })]),
    has: new RegExp(`<img src="data:image/svg\\+xml;base64,${escaped(Buffer.from(svg).toString('base64'))}"`),
    lacks: /<svg|<script/,
  },
  {
    label: 'HTML',
    cell: code('', [
      display({
        'text/html': '<table class="dataframe" border="1"><tr><td>1</td></tr></table>',
        'text/plain': 'no',
      }),
    ]),
    text: '1',
    has: /<div class="wide" tabindex="0"><table><tbody><tr><td>1<\/td>/,
  },
  {
    label: 'HTML of which nothing is left but an image beside it',
    cell: code('', [
      display({ 'text/html': '<div id="p"></div><script>plot()</script>', 'image/png': small }),
    ]),
    has: /<img src="data:image\/png/,
  },
  {
    label: 'HTML of which nothing is left',
    cell: code('', [display({ 'text/html': '<div id="p"></div><script>plot()</script>' })]),
    text: notes.interactive,
  },
  {
    label: 'LaTeX',
    cell: code('', [display({ 'text/latex': ['$\\displaystyle ', '\\frac{1}{2}$'], 'text/plain': '1/2' })]),
    has: /<math .*<annotation encoding="application\/x-tex">\\displaystyle \\frac\{1\}\{2\}/,
  },
  {
    label: 'LaTeX with brackets',
    cell: code('', [display({ 'text/latex': 'so \\(x<1\\) and \\[y\\] *as it is*' })]),
    has: /^(?=.*katex-display).*so .*<math.*\*as it is\*/,
  },
  {
    label: 'Markdown',
    cell: code('', [display({ 'text/markdown': '*a* **b**', 'text/plain': 'no' })]),
    has: /<em>a<\/em> <strong>b<\/strong>/,
  },
  {
    label: 'JSON',
    cell: code('', [display({ 'application/json': { a: ['<b>'] } })]),
    text: '{\n  "a": [\n    "<b>"\n  ]\n}',
  },
  { label: 'a widget', cell: code('', [display(widget)]), text: notes.interactive },
  {
    label: 'JavaScript',
    cell: code('', [display({ 'application/javascript': 'alert(1)', 'text/plain': '<JS>' })]),
    text: notes.interactive,
  },
  {
    label: 'a plot that needs a script, with an image',
    cell: code('', [
      display({ 'application/vnd.plotly.v1+json': {}, 'image/png': small, 'text/plain': 'Figure' }),
    ]),
    has: /<img/,
  },
  {
    label: 'a kind that nobody knows',
    cell: code('', [display({ 'application/x-odd<b>': 'x' })]),
    text: notes.otherOutput.replace('{type}', 'application/x-odd<b>'),
  },
  {
    label: 'a kind that nobody knows, with text',
    cell: code('', [display({ 'application/x-odd': 'x', 'text/plain': 'y' })]),
    text: 'y',
  },
  { label: 'an output of nothing', cell: code('', [display({})]), text: '', lacks: /class="output/ },
  {
    label: 'what is no output',
    cell: code('', [null, 1, 'x', [], { output_type: 'odd' }]),
    text: '',
    lacks: /class="output/,
  },
  { label: 'a cell that is none', cell: [1] as unknown as object, text: '' },
]

for (const { label, cell, text, has, lacks } of kinds) {
  t.test(label, async (t) => {
    const { html } = show(cell)
    if (typeof text === 'string') t.equal(textOf(html).trim(), text)
    if (has) t.match(html.replaceAll('\n', ' '), has)
    if (lacks) t.notMatch(html, lacks)
    t.strictSame(harmsOf(html), [])
  })
}

t.test('code is coloured by the language of the notebook, whatever it calls it', async (t) => {
  const isColoured = (source: string, language: string) =>
    /hljs-/.test(show(code(source), { languages: [language] }).html)
  const known = [
    'python',
    'Python',
    'ipython3',
    'R',
    'ir',
    'julia',
    'c',
    'C++17',
    'bash',
    'rust',
    'scala',
    'octave',
    'C#',
    'sagemath',
  ]
  for (const language of known) t.ok(isColoured('"text" 12 // 3', language), language)
  for (const language of ['', 'klingon', '__proto__', 'constructor', 'toString']) {
    t.notOk(isColoured('"text" 12', language), JSON.stringify(language))
    t.equal(textOf(show(code('"text" 12'), { languages: [language] }).html).trim(), '"text" 12')
  }
})

t.test('every language that has literals has colours, by whatever name a notebook calls it', async (t) => {
  const renderer = createRenderer()
  t.teardown(() => renderer.close())
  for (const { aliases } of languages) {
    for (const alias of aliases) {
      const notebook = inMemory(notebookOf([code('"text" 12')], alias))
      const part = await renderPart(notebook, renderer, { from: 1, notes })
      t.match(part?.html, /hljs-/, alias)
    }
  }
})

t.test('the cell with the parameters is marked, and only that one', async (t) => {
  const { html } = show(code('a = 1'), { number: 7, fresh: true })
  t.match(html, /^<section id="cell-7" class="cell code fresh" aria-labelledby="new-cell"><h2 id="new-cell"/)
  t.match(textOf(html), notes.fresh)
  const pretender = show(code('a = 1', [], ['injected-parameters'])).html
  t.notMatch(pretender, /fresh|new-cell/, 'a tag in the notebook does not do it')
  const copy = markdown(
    '<section id="new-cell" class="cell fresh"><h2 class="fresh-title">New: your parameters</h2></section>',
  )
  t.notMatch(show(copy).html, /class="[^"]*fresh|id="new-cell"/, 'and neither does HTML')
})

t.test('characters that cannot be seen are shown in code', async (t) => {
  const source = 'user = "a\u202e⁦b"\x00 # \u200b\u2028'
  for (const language of ['python', 'klingon']) {
    const { html } = show(code(source), { languages: [language] })
    t.equal(textOf(html).trim(), 'user = "a⟨U+202E⟩⟨U+2066⟩b"⟨U+0000⟩ # ⟨U+200B⟩⟨U+2028⟩', language)
  }
  t.equal(
    textOf(show(code('"👩‍🔬" + "نمی‌دانم"')).html).trim(),
    '"👩‍🔬" + "نمی‌دانم"',
    'what belongs to a script stays',
  )
})

t.test('what is large is cut, and its size is told', async (t) => {
  const cut = (size: string) => notes.cut.replace('{size}', size)
  const cases: [label: string, cell: object, note: string, most: number][] = [
    ['code', code('x = 1\n'.repeat(100_000)), cut('600 kB'), 110_000],
    ['Markdown', markdown('word '.repeat(100_000)), cut('500 kB'), 110_000],
    ['text', code('', [stream('word '.repeat(1_000_000))]), cut('5 MB'), 50_000],
    ['HTML', code('', [display({ 'text/html': `<p>${'word '.repeat(300_000)}` })]), cut('1.5 MB'), 160_000],
    ['JSON', code('', [display({ 'application/json': Array(100_000).fill(1) })]), cut('500 kB'), 50_000],
    [
      'an image',
      code('', [display({ 'image/png': 'A'.repeat(8_000_000) })]),
      notes.imageTooLarge.replace('{size}', '6 MB'),
      1000,
    ],
    ['many outputs', code('', Array(60).fill(stream('x'))), notes.moreOutputs.replace('{count}', '10'), 5000],
  ]
  for (const [label, cell, note, most] of cases) {
    const { html } = show(cell)
    t.match(textOf(html), note, label)
    t.ok(html.length < most, `${label}: ${html.length}`)
  }
  const half = show(code('', [stream(`${'a'.repeat(39_999)}😀😀`)]))
  t.match(textOf(half.html), /^\n?a{39999}Shown/, 'no character is cut in two')
})

t.test('images of a cell are shown as long as there is room, each as often as it is named', async (t) => {
  const large = 'A'.repeat(3_000_000)
  const attached = show(
    markdown('![x](attachment:a) '.repeat(1000), { attachments: { a: { 'image/png': large } } }),
  )
  t.equal(attached.html.match(/<img/g)?.length, 2)
  t.ok(attached.html.length < 8_000_000)
  const given = show(code('', Array(4).fill(display({ 'image/png': large }))))
  t.equal(given.html.match(/<img/g)?.length, 2)
})

t.test('outputs are shown as long as there is room, and the others are counted', async (t) => {
  const { html } = show(code('', Array(50).fill(display({ 'text/html': '<p>a'.repeat(25_000) }))))
  t.equal(html.match(/class="output"/g)?.length, 4)
  t.match(textOf(html), notes.moreOutputs.replace('{count}', '46'))
})

t.test('sizes are told in the language of the page', async (t) => {
  const german = { ...notes, language: 'de' }
  const { html } = show(code('', [stream('x'.repeat(2_345_678))]), { notes: german })
  t.match(textOf(html), '2,3 MB')
})

t.test('an image that would need gigabytes in the browser is not shown', async (t) => {
  const jpeg = Buffer.from('ffd8ffe000040000ffc0001108ffffffff03', 'hex').toString('base64')
  const gif = Buffer.from('474946383961ffffffff00', 'hex').toString('base64')
  const webp = (kind: string, rest: string) =>
    Buffer.concat([Buffer.from(`RIFF0000WEBP${kind}0000`, 'latin1'), Buffer.from(rest, 'hex')]).toString(
      'base64',
    )
  const bombs: [label: string, type: string, data: string][] = [
    ['PNG', 'image/png', png(30_000, 30_000)],
    ['JPEG', 'image/jpeg', jpeg],
    ['GIF', 'image/gif', gif],
    ['extended WebP', 'image/webp', webp('VP8X', '00000000ffff00ffff00')],
    ['lossless WebP', 'image/webp', webp('VP8L', '2fffffffff00')],
    ['plain WebP', 'image/webp', webp('VP8 ', '0000009d012aff3fff3f')],
  ]
  for (const [label, type, data] of bombs) {
    t.notMatch(show(code('', [display({ [type]: data })])).html, /<img/, label)
    t.notMatch(show(markdown(`![x](data:${type};base64,${data})`)).html, /<img/, `${label} in Markdown`)
  }
  t.match(show(code('', [display({ 'image/png': png(5000, 5000) })])).html, /<img/, 'a large one is')
})

t.test('a cell that no reader can go through is named, and takes no other with it', async (t) => {
  const deep = show(code('', [display({ 'text/html': '<b>'.repeat(100_000) })]))
  t.equal(textOf(deep.html).trim(), notes.cellBroken)
  isCell(t, deep.html)
})

function isCell(t: Test, html: string) {
  t.equal(elementsOf(html)[0]?.properties?.id, 'cell-1')
}
