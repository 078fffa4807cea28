import t from 'tap'
import { elementsOf, harmsOf, markdown, notes, png, show, textOf } from '../support.ts'

const html = (source: string, more: object = {}) => show(markdown(source, more)).html
/** The TeX of all formulas, displayed ones with `D` in front. */
const formulasOf = (source: string) =>
  elementsOf(html(source))
    .filter(({ tagName }) => tagName === 'math')
    .map((math) => (math.properties?.display === 'block' ? 'D ' : '') + annotationOf(math).trim())

interface Node {
  readonly value?: string
  readonly tagName?: string
  readonly children?: readonly Node[]
}
function annotationOf(node: Node): string {
  if (node.tagName === 'annotation') return node.children?.map(({ value = '' }) => value).join('') ?? ''
  return (node.children ?? []).map(annotationOf).join('')
}

t.test('Markdown', async (t) => {
  const cases: [label: string, source: string, has: RegExp][] = [
    ['a paragraph', 'one\ntwo', /<p>one\ntwo<\/p>/],
    [
      'a table with alignment',
      '|a|b|c|\n|:-|:-:|-:|\n|1|2|3|',
      /<th align="left">a.*<td align="center">2.*<td align="right">3/s,
    ],
    ['a list', '- a\n- b', /<ul>\n<li>a<\/li>/],
    ['struck', '~~a~~', /<s>a<\/s>/],
    ['code in a line', '`<b>`', /<code>&#x3C;b>/],
    [
      'a block of code of a language',
      '```r\nx <- 1\n```',
      /<pre class="source"><code>x <span class="hljs-operator">&lt;-<\/span> 1/,
    ],
    ['a block of code of none', '```\n<b> 1\n```', /<pre class="source"><code>&#x3C;b> 1<\/code>/],
    ['HTML', 'a <b>b</b> <sub>c</sub>', /a <b>b<\/b> <sub>c<\/sub>/],
    [
      'a block of HTML',
      '<div align="center">\n\n*a*\n\n</div>',
      /<div align="center">\s*<p><em>a<\/em><\/p>\s*<\/div>/,
    ],
    [
      'an unfolding part',
      '<details><summary>a</summary>b</details>',
      /<details><summary>a<\/summary>b<\/details>/,
    ],
    [
      'an address',
      'see https://a.example/b',
      /<a href="https:\/\/a.example\/b" target="_blank" rel="noopener noreferrer">https/,
    ],
    ['what looks like an address', 'file.py and a@b.example', /<p>file.py and a@b.example<\/p>/],
  ]
  for (const [label, source, has] of cases) {
    t.match(html(source), has, label)
    t.strictSame(harmsOf(html(source)), [], label)
  }
})

t.test("headings stand below the page's own, and links within the notebook find them", async (t) => {
  const all = '# A b\n## B\n### C\n#### D\n##### E\n###### F\n\n[to A](#A-b) <a id="x">x</a> [to x](#x)'
  t.match(html(all), /<h2 id="n-A-b">A b<\/h2>\s*<h3.*<h4.*<h5.*<h6 id="n-E">E.*<h6 id="n-F">F/s)
  t.match(html(all), /<a href="#n-A-b">to A<\/a> <a id="n-x">x<\/a> <a href="#n-x">to x<\/a>/)
})

t.test('links lead to other sites in a tab of their own, or nowhere', async (t) => {
  const out = ['https://a.example/', 'http://a.example/?a=b&c', 'mailto:a@b.example']
  for (const address of out) {
    const [link] = elementsOf(html(`[a](${address})`)).filter(({ tagName }) => tagName === 'a')
    t.match(link?.properties, { href: address, target: '_blank', rel: ['noopener', 'noreferrer'] }, address)
  }
  const nowhere = [
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'other.ipynb',
    '/hub/logout',
    '//a.example',
  ]
  for (const address of [
    ...nowhere,
    'JaVaScRiPt:alert(1)',
    'java&#10;script:alert(1)',
    '&#1;javascript:alert(1)',
  ]) {
    for (const source of [`[a](${address})`, `<a href="${address}">a</a>`]) {
      const [link] = elementsOf(html(source)).filter(({ tagName }) => tagName === 'a')
      t.equal(link?.properties?.href, undefined, source)
    }
  }
})

t.test('mathematics by all marks that Jupyter knows', async (t) => {
  const cases: [source: string, formulas: string[]][] = [
    ['so $x < 1$ holds', ['x < 1']],
    ['$a$ and $b$', ['a', 'b']],
    ['$$x$$', ['D x']],
    ['text $$x$$ text', ['D x']],
    ['text\n$$\na = b\n- c\n$$\ntext', ['D a = b\n- c']],
    ['$$\nx\n= y\n$$', ['D x\n= y']],
    ['\\\\(x_1\\\\) and \\\\[y_2\\\\]', ['x_1', 'D y_2']],
    ['\\begin{align}\na &= b\n\\end{align}', ['D \\begin{align}\na &= b\n\\end{align}']],
    ['$a_1 * b * c_2$', ['a_1 * b * c_2']],
    ['$\\text{a $b$}$', ['\\text{a $b$}']],
    ['$\\ce{H2O}$', ['\\ce{H2O}']],
    ['> $$x$$', ['D x']],
    ['- $x$', ['x']],
    ['|a|\n|-|\n|$x$|', ['x']],
    ['5 \\$ and 6 \\$', []],
    ['a $ b', []],
    ['`$x$`', []],
    ['```\n$x$\n```', []],
    ['    $$x$$', []],
    ['$a\n\nb$', []],
    ['$$', []],
    ['\\(x\\)', []],
  ]
  for (const [source, formulas] of cases) t.strictSame(formulasOf(source), formulas, JSON.stringify(source))
})

t.test('mathematics is set with what it needs and nothing else', async (t) => {
  const { html, rules, hasFormulas } = show(
    markdown('$\\frac{a}{b}$ and $\\color{red} x$ and $\\frac{a}{b}$'),
  )
  t.ok(hasFormulas)
  t.match(html, /class="katex-html" aria-hidden="true"/)
  const looks = new Set(elementsOf(html).flatMap(({ properties }) => (properties?.dataLook as string) ?? []))
  t.ok(looks.size > 3)
  for (const look of looks) {
    t.equal(
      rules.filter((rule) => rule.startsWith(`[data-look="${look}"]{`)).length,
      1,
      'one rule for each look',
    )
  }
  for (const rule of rules)
    t.match(rule, /^\[data-look="[\w-]{8}"\]\{([a-z-]+:[-\w#.,% ()]+!important;?)+\}$/)
  t.ok(rules.some((rule) => rule.includes('color:red!important')))
  t.strictSame(show(markdown('no formula')), {
    ...show(markdown('no formula')),
    rules: [],
    hasFormulas: false,
  })
})

t.test('what one formula defines, the later ones of its cell know, and no other cell', async (t) => {
  t.notMatch(html('$\\newcommand{\\half}{\\frac12}$ and $\\half$'), /katex-error|var\(--warm\)/)
  t.match(show(markdown('$\\half$')).rules.join(), /var\(--warm\)/)
})

t.test('what is no formula is shown as it was written', async (t) => {
  t.match(html('$\\frac$ and $x$'), /class="katex-error" title="[^"]*" data-look="[^"]*">\\frac</)
  t.match(html(`$${'x'.repeat(4500)}$`), /<p>\$x+\$<\/p>/, 'one that is too long')
  const many = html('$x + y$ '.repeat(1000))
  t.match(many, /<code>x \+ y<\/code>/, 'too many')
  t.ok(elementsOf(many).filter(({ tagName }) => tagName === 'math').length === 400)
})

t.test('commands that could do more than mathematics do nothing', async (t) => {
  const commands = [
    '\\href{javascript:alert(1)}{x}',
    '\\url{javascript:alert(1)}',
    '\\includegraphics{https://evil.example/a.png}',
    '\\htmlClass{cell fresh}{x}',
    '\\htmlId{new-cell}{x}',
    '\\htmlStyle{position: fixed}{x}',
    '\\htmlData{onclick=alert(1)}{x}',
    '\\color{red;position:fixed}x',
    '\\textcolor{url(https://evil.example)}{x}',
    '\\rule{1000em}{1000em}',
    '\\kern{1000em}x',
    '\\text{</span><script>alert(1)</script>}',
    '\\unicode{<img src=x onerror=alert(1)>}',
    '\\def\\a{\\a\\a}\\a',
    '\\@ifnextchar__proto__',
    '\\def\\__proto__{x}\\constructor',
  ]
  for (const command of commands) {
    const { html, rules } = show(markdown(`$${command}$`))
    t.strictSame(harmsOf(html), [], command)
    t.notMatch(rules.join(), /position:fixed|url|1000em/, command)
  }
})

t.test('images that are in the notebook are shown, others are named', async (t) => {
  const data = png(3, 2)
  const attachments = {
    'a b.png': { 'image/png': data },
    __proto__: 1,
    odd: { 'text/html': '<script>' },
    'i.svg': { 'image/svg+xml': Buffer.from('<svg/>').toString('base64') },
  }
  const shown: [source: string, image: RegExp][] = [
    ['![x](<attachment:a b.png>)', /<img src="data:image\/png;base64,[^"]+" alt="x">/],
    ['![x](attachment:a%20b.png "a title")', /<img src="data:image\/png;base64,[^"]+" alt="x">/],
    ['![x](attachment:i.svg)', /<img src="data:image\/svg\+xml;base64,PHN2Zy8\+" alt="x">/],
    [`![x](data:image/png;base64,${data})`, /<img src="data:image\/png;base64,/],
    [
      '<img width="30" height="2e9" onerror="alert(1)" alt="x" src="attachment:a b.png">',
      /<img src="data:[^"]+" alt="x" width="30">/,
    ],
    [
      `<img src="data:image/svg+xml;utf8,${encodeURIComponent('<svg/>')}">`,
      /<img src="data:image\/svg\+xml;base64,PHN2Zy8\+" alt="">/,
    ],
  ]
  for (const [source, image] of shown) t.match(html(source, { attachments }), image, source)
  const elsewhere = [
    '![x](https://images.example/a.png)',
    '![x](//images.example/a.png)',
    '<img src="http://images.example/a">',
  ]
  for (const source of elsewhere) {
    const text = notes.imageElsewhere.replace('{site}', 'images.example')
    t.match(html(source), `rel="noopener noreferrer">${text}</a>`, source)
    t.notMatch(html(source), /<img/, source)
  }
  const absent: [source: string, name: string][] = [
    ['![the sample](figures/sample.png)', 'the sample'],
    ['![](figures/sample.png)', 'figures/sample.png'],
    ['![x](attachment:none.png)', 'x'],
    ['![x](attachment:__proto__)', 'x'],
    ['![x](attachment:odd)', 'x'],
    ['![x](/hub/logout)', 'x'],
  ]
  for (const [source, name] of absent) {
    t.match(textOf(html(source, { attachments })), notes.imageAbsent.replace('{name}', name), source)
    t.notMatch(html(source), /<img/, source)
  }
  for (const source of [
    '![x](data:text/html;base64,PHNjcmlwdD4=)',
    '![x](data:image/png;base64,%%%)',
    '![x](data:,)',
    '![x](data:image/png)',
  ]) {
    t.match(textOf(html(source)), notes.imageBroken, source)
  }
})
