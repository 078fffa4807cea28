import fc from 'fast-check'
import t from 'tap'
import { readHarmless } from '../../service/preview/html/sanitize.ts'
import { type Child, writeHtml } from '../../service/preview/html/tree.ts'
import { hostileHtml, hostileMarkdown } from './hostile-texts.ts'
import { code, display, harmsOf, markdown, notes, png, show, stream, textOf } from './support.ts'

const words = (text: string) => text.split(' ')
const label = (text: string) => JSON.stringify(text.length > 90 ? `${text.slice(0, 90)}…` : text)

/** Ways in which one text can be in a cell. */
const ways: readonly [way: string, cell: (text: string) => object][] = [
  ['as Markdown', (text) => markdown(text)],
  ['in a list', (text) => markdown(`- a\n\n  ${text}`)],
  ['as HTML', (text) => code('', [display({ 'text/html': text })])],
  ['in a table', (text) => code('', [display({ 'text/html': `<table><tr><td>${text}</td></tr></table>` })])],
  ['in preformatted text', (text) => code('', [display({ 'text/html': `<pre><code>${text}` })])],
  ['as an output of Markdown', (text) => code('', [display({ 'text/markdown': text })])],
  ['as LaTeX', (text) => code('', [display({ 'text/latex': text })])],
  ['as code', (text) => code(text)],
  ['as text', (text) => code('', [stream(text), display({ 'text/plain': text })])],
  ['as an error', (text) => code('', [{ output_type: 'error', ename: text, evalue: text, traceback: [] }])],
  ['as a kind of output', (text) => code('', [display({ [text]: text })])],
  ['as a raw cell', (text) => ({ cell_type: 'raw', source: text })],
]

for (const [way, cell] of ways) {
  t.test(`nothing hostile does anything ${way}`, async (t) => {
    for (const text of [...hostileHtml, ...hostileMarkdown]) {
      const { html, rules } = show(cell(text))
      t.strictSame(harmsOf(html), [], label(text))
      t.notMatch(rules.join('\n'), /url\(|expression|position:\s*fixed|@|<|\\/, label(text))
    }
  })
}

t.test('what is hostile in code and text is shown as it is', async (t) => {
  for (const text of hostileHtml.filter((one) => !one.includes('\0'))) {
    t.match(textOf(show(code(text)).html), text, label(text))
    t.match(
      textOf(show(code('', [stream(text)])).html).replaceAll('\t', ' '),
      text.replaceAll('\t', ' '),
      label(text),
    )
  }
})

t.test('HTML that was made harmless is read a second time as it was written', async (t) => {
  for (const text of hostileHtml) {
    const once = writeHtml(readHarmless(text).children as Child[])
    const tree = readHarmless(once)
    t.equal(writeHtml(tree.children as Child[]).replaceAll('n-n-', 'n-'), once, label(text))
  }
})

t.test('no HTML that anybody could think of does anything', async () => {
  const tags = fc.constantFrom(
    ...words(
      'a b p div span img svg math style script title textarea noscript template table tr td select option form input',
    ),
    ...words(
      'iframe object embed mtext mglyph annotation-xml foreignObject desc xmp plaintext pre code details base meta',
    ),
  )
  const attribute = fc.constantFrom(
    ...[
      'onerror=p()',
      'style="x"',
      'href="javascript:p()"',
      'src="x"',
      'id="new-cell"',
      'class="cell fresh"',
      'title="</title>',
    ],
    ...[
      'title="</style><img src=x onerror=p()>"',
      "alt='-->'",
      'srcdoc="<script>p()</script>"',
      'name=x',
      'encoding="text/html"',
    ],
  )
  const piece = fc.oneof(
    fc
      .tuple(tags, fc.array(attribute, { maxLength: 3 }))
      .map(([tag, attributes]) => `<${[tag, ...attributes].join(' ')}>`),
    tags.map((tag) => `</${tag}>`),
    fc.constantFrom(
      'x',
      '<!--',
      '-->',
      '--!>',
      '<![CDATA[',
      ']]>',
      '"',
      "'",
      '<',
      '>',
      '&lt;',
      '/>',
      '$x$',
      '\n\n',
      '`',
      '\0',
    ),
  )
  const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(text, (html) => {
      const cells = [markdown(html), code('', [display({ 'text/html': html })])]
      for (const cell of cells) {
        const harms = harmsOf(show(cell).html)
        if (harms.length > 0) throw new Error(`${harms.join(', ')} in ${html}`)
      }
    }),
    { numRuns: 400 },
  )
})

t.test('names that objects inherit are names like any other', async (t) => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then']
  for (const name of names) {
    const bundle = `{"${name}": {"${name}": 1}, "text/plain": "fine"}`
    const json = `{"cell_type": "code", "metadata": {"${name}": {"tags": ["x"]}}, "source": "a", "attachments": {"${name}": ${bundle}},
      "outputs": [{"output_type": "display_data", "data": ${bundle}, "metadata": ${bundle}, "${name}": 1}]}`
    const { html } = show(JSON.parse(json))
    t.equal(textOf(html).trim().replace(/\s+/g, ' '), 'afine', name)
    t.strictSame(harmsOf(html), [])
    t.strictSame(
      harmsOf(
        show(JSON.parse(`{"cell_type": {"${name}": 1}, "source": {"${name}": "x"}, "outputs": {}}`)).html,
      ),
      [],
    )
  }
  t.equal(({} as Record<string, unknown>).tags, undefined, 'and nothing has reached what objects inherit')
})

t.test('members of the wrong kind are passed over', async (t) => {
  const odd = [null, true, 0, -1, '', 'x', [], [[]], {}, { a: 1 }, [null, 'x', 1]]
  for (const value of odd) {
    const cells = [
      { cell_type: value, source: value },
      { cell_type: 'markdown', source: value, attachments: value, metadata: value },
      { cell_type: 'code', source: value, outputs: value },
      {
        cell_type: 'code',
        source: '',
        outputs: [value, { output_type: value }, { output_type: 'stream', text: value, name: value }],
      },
      code('', [{ output_type: 'error', ename: value, evalue: value, traceback: value }]),
      code('', [{ output_type: 'display_data', data: value, metadata: value }]),
      code('', [
        display({ 'text/html': value, 'image/png': value, 'text/latex': value, 'application/json': value }),
      ]),
      code('', [display({ 'image/png': png(1, 1) }, { 'image/png': value })]),
      markdown('![x](attachment:a)', { attachments: { a: value, b: { 'image/png': value } } }),
    ]
    for (const cell of cells) t.strictSame(harmsOf(show(cell).html), [], JSON.stringify(cell))
  }
})

t.test('a cell nested as deep as a notebook may be is shown or named', async (t) => {
  const nested = (open: string, close: string) => JSON.parse(`${open.repeat(480)}1${close.repeat(480)}`)
  const cells = [
    code('', [display({ 'application/json': nested('[', ']') })]),
    code('', [display({ 'application/json': nested('{"a":', '}') })]),
    code('', [display({ 'text/html': '<div>'.repeat(50_000) })]),
    markdown('<b>'.repeat(30_000)),
    markdown(`${'- '.repeat(2000)}x`),
    markdown(`$${'{'.repeat(1500)}x${'}'.repeat(1500)}$`),
    code(`${'('.repeat(50_000)}`),
  ]
  for (const cell of cells) {
    const { html } = show(cell)
    t.strictSame(harmsOf(html.length > 500_000 ? '' : html), [])
    t.ok(html.length < 2_000_000, `${html.length}`)
    t.ok(textOf(html).length > 0 || html.includes(notes.cellBroken))
  }
})
