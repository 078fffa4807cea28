import t from 'tap'
import { compileTemplate } from '../../../service/notebook/index.ts'
import { pythonEffects } from '../../../service/notebook/languages/python/python-effects.ts'
import { withoutMagics } from '../../../service/notebook/languages/python/python-lines.ts'
import { findOverwritten } from '../../../service/notebook/review/overwritten.ts'
import { growthOf } from '../../support/growth.ts'

type Kind = 'certain' | 'possible' | 'never'

const cellOf = (source: string, tags?: string[]) => ({
  cell_type: 'code',
  execution_count: null,
  metadata: tags === undefined ? {} : { tags },
  outputs: [],
  source,
})

/** What happens to `x` in the cells after the first one. */
function find(language: string, sources: readonly string[], first = cellOf('')) {
  const notebook = {
    cells: [first, ...sources.map((source) => cellOf(source))],
    metadata: { kernelspec: { name: 'a', display_name: 'A', language } },
    nbformat: 4,
    nbformat_minor: 4,
  }
  const bytes = Buffer.from(JSON.stringify(notebook))
  return findOverwritten(bytes, compileTemplate(bytes))
}

function kindOf(language: string, sources: readonly string[], first?: object): Kind {
  const found = find(language, sources, first as never)
  if (found.certain.has('x')) return 'certain'
  return found.possible.has('x') || found.anything.length > 0 ? 'possible' : 'never'
}

const tables: Record<string, [kind: Kind, ...sources: string[]][]> = {
  python: [
    ['certain', 'x = 20.0'],
    ['certain', 'import numpy', '# the temperature\nx: float = 20.0'],
    ['certain', 'y = x = 2'],
    ['certain', 'x, (y, *z) = 1, (2, 3)'],
    ['certain', 'y = 1; x = 2'],
    ['certain', '  x = 1\n  y = 2'],
    ['certain', 'def f(x):\n    return x\nx = 1', 'print(x)'],
    ['certain', 'def f():\n    x = 1\n    return x\nx = 1'],
    ['certain', '[x for x in range(3)]\nf = lambda x: x\nx = 1'],
    ['certain', 'from numpy import *\nx = 1'],
    ['certain', 'plot(x=3, label="x")\nx = 1'],
    ['certain', 'a.x\na.x = 3\nx = 1'],
    ['certain', '%matplotlib inline\n!ls *.csv\n?len\nlen?\nx = 1'],
    ['certain', '!echo "it\'s (\nx = 1'],
    ['certain', '%%time\nx = 1'],
    ['certain', 'files = !ls \\\n  -l\nx = 1'],
    ['certain', 'x = !ls'],
    ['certain', 's = """\n%d\n!x\n"""\nx = (s\n  % 3)'],
    ['certain', 'print("1.", 2.)\nx = 1.'],
    ['possible', 'if a:\n    x = 1'],
    ['possible', 'for x in range(3):\n    pass'],
    ['possible', 'while a:\n    x = 1'],
    ['possible', 'try:\n    x = 1\nexcept E:\n    pass'],
    ['possible', 'with open(f) as x:\n    pass'],
    ['possible', 'import numpy as x'],
    ['possible', 'from a import x'],
    ['possible', 'def x():\n    pass'],
    ['possible', 'class x:\n    pass'],
    ['possible', 'from a import *'],
    ['possible', 'exec(code)'],
    ['possible', '%run other.py'],
    ['possible', 'def f():\n    global x\n    x = 1'],
    ['possible', 'print(x := 1)'],
    ['possible', '%time x = 1'],
    ['possible', 'def f():\n    return x\nx = 1'],
    ['possible', 'eval("x")\nx = 1'],
    ['possible', '!echo {x}\nx = 1'],
    ['possible', '%%bash\necho x', 'x = 1'],
    ['possible', 'x = = 1', 'x = 1'],
    ['possible', '%%R -o x\nx <- 1'],
    ['never', 'x = x * 2'],
    ['never', 'x += 1'],
    ['never', "if 'x' not in globals():\n    x = 1"],
    ['never', "x = globals().get('x', 1)"],
    ['never', 'try:\n    x\nexcept NameError:\n    x = 1'],
    ['never', 'def f():\n    x = 1'],
    ['never', 'class A:\n    x = 1'],
    ['never', 'f(x=1)'],
    ['never', 'x.a = 1\nx = 2'],
    ['never', 'x[0] = 1\nx = 2'],
    ['never', 'print(f"{x:.2f}")\nx = 1'],
    ['never', 'print(x)', 'x = 1'],
    ['never', '%%bash\nx=1'],
    ['never', '%%R\nx <- 1'],
    ['never', '%%timeit\nx = 1'],
    ['never', 'x: float'],
    ['never', '# x = 1'],
    ['never', '"""\nx = 1\n"""'],
    ['never', 'x ='],
  ],
  sage: [
    ['certain', 'x = 2^3'],
    ['possible', 'R.<t> = QQ[]', 'x = 1'],
    ['never', 'solve(x^2 == 1, x)', 'x = 1'],
  ],
  R: [
    ['certain', 'x <- 1'],
    ['certain', 'library(x)\n1 -> x'],
    ['certain', 'x = y <- 1'],
    ['certain', '{\n  x <- 1\n}'],
    ['certain', 'f <- function(x) x + 1\nx <- 1'],
    ['certain', 'plot(a, x = 1)\nx <- 1'],
    ['possible', 'if (a) x <- 1'],
    ['possible', 'for (x in 1:3) print(1)'],
    ['possible', 'while (a) { x <- 1 }'],
    ['possible', 'assign("x", 1)'],
    ['possible', 'source("other.R")'],
    ['possible', 'suppressWarnings(x <- 1)'],
    ['possible', 'f <- function() x <<- 1'],
    ['possible', 'f <- function() x\nx <- 1'],
    ['possible', 'f <- function() { y <- x; x <- 1 }\nx <- 1'],
    ['never', 'x <- x * 2'],
    ['never', 'x$a <- 1\nx <- 2'],
    ['never', 'names(x) <- "a"\nx <- 2'],
    ['never', 'if (!exists("x")) x <- 1'],
    ['never', 'f <- function() x <- 1'],
    ['never', 'y ~ x\nx <- 1'],
    ['never', 'df$x <- 1'],
  ],
  julia: [
    ['certain', 'x = 1'],
    ['certain', 'x::Float64 = 1'],
    ['certain', 'const x = 1'],
    ['certain', 'x, y = 1, 2'],
    ['certain', 'begin\n  x = 1\nend'],
    ['certain', 'f(x) = x + 1\nx = 1'],
    ['certain', '[x for x in 1:3]\nx = 1'],
    ['certain', ']add Plots\n', 'using Plots\nx = 1'],
    ['certain', 'for x in 1:3\n  print(1)\nend\nx = 1'],
    ['possible', 'if a\n  x = 1\nend'],
    ['possible', 'for i in 1:3\n  x = i\nend'],
    ['possible', 'try\n  x = 1\ncatch\nend'],
    ['possible', '@time x = 1'],
    ['possible', 'include("other.jl")'],
    ['possible', 'import A: x'],
    ['possible', 'x() = 1'],
    ['possible', 'f() = x\nx = 1'],
    ['never', 'x = 2x'],
    ['never', 'x += 1'],
    ['never', 'x .= 1'],
    ['never', 'println("$x")\nx = 1'],
    ['never', 'if !@isdefined(x)\n  x = 1\nend'],
    ['never', 'if !isdefined(Main, :x)\n  x = 1\nend'],
    ['never', 'let\n  x = 1\nend'],
    ['never', 'function f()\n  x = 1\n  x\nend'],
    ['never', 'using A'],
    ['never', 'f(; x = 1)'],
  ],
  javascript: [
    ['certain', 'var x = 1'],
    ['certain', 'let y = 2, x = 1'],
    ['certain', 'x = y = 2;'],
    ['certain', 'const {x, ...y} = z'],
    ['certain', '[y, x] = z'],
    ['certain', 'const f = (x) => x\nx = 1'],
    ['certain', 'function f(x) { return x }\nvar x = 1'],
    ['certain', '{ x = 1 }'],
    ['possible', 'if (a) x = 1'],
    ['possible', 'for (x of y) { }'],
    ['possible', 'for (var x = 0; ; ) { }'],
    ['possible', 'try { x = 1 } catch (e) { }'],
    ['possible', 'import {a as x} from "b"'],
    ['possible', 'function x() { }'],
    ['possible', 'class x { }'],
    ['possible', 'eval(code)'],
    ['possible', '(async () => { x = 1 })()'],
    ['possible', 'const f = () => x\nx = 1'],
    ['never', 'x = x * 2'],
    ['never', 'x ??= 1'],
    ['never', 'x++'],
    ['never', 'var x = x || 1'],
    ['never', "if (typeof x === 'undefined') var x = 1"],
    ['never', `console.log(\`\${x}\`)\nx = 1`],
    ['never', 'o = {x}\nx = 1'],
    ['never', 'for (let x of y) { }'],
    ['never', '{ let x = 1 }'],
    ['never', 'function f() { var x = 1; x = 2 }'],
    ['never', 'o = {x: 1}; o.x = 2'],
  ],
  typescript: [
    ['certain', 'let x: number = 1'],
    ['never', 'console.log(x as number)\nx = 1'],
  ],
}

for (const [language, table] of Object.entries(tables)) {
  t.test(`whether a sent value is lost: ${language}`, (t) => {
    for (const [kind, ...sources] of table) t.equal(kindOf(language, sources), kind, JSON.stringify(sources))
    t.end()
  })
}

t.test('a line that sets it again has its place', (t) => {
  const { certain } = find('python', ['import numpy', '\n# °C\nx = 20.0  # an example\ny = 1'])
  t.same(certain.get('x'), { cell: 3, line: 3, code: 'x = 20.0  # an example' })
  t.end()
})

t.test('only the cells after the place of the new cell count', (t) => {
  t.equal(kindOf('python', [], cellOf('x = 1')), 'never', 'it goes after the first cell')
  t.equal(
    kindOf('python', ['y = 1'], cellOf('x = 1', ['parameters'])),
    'never',
    'it goes after the parameters',
  )
  t.equal(kindOf('python', ['x = 1'], cellOf('x = 1', ['injected-parameters'])), 'certain', 'it replaces one')
  t.equal(
    kindOf('python', ['x = 1'], cellOf('def f():\n  return x')),
    'possible',
    'functions before may be called',
  )
  const markdown = { cell_type: 'markdown', metadata: {}, source: 'x = 1' }
  t.equal(kindOf('python', ['x = 1'], markdown), 'certain', 'a heading is the first cell')
  t.end()
})

t.test('names are compared as the language compares them', (t) => {
  t.ok(find('python', ['ﬁle = 1']).certain.has('file'), 'NFKC')
  t.end()
})

t.test('other languages and no language at all are not looked at', (t) => {
  t.equal(kindOf('bash', ['x=1']), 'never')
  t.equal(kindOf('nobody knows', ['x = 1']), 'never')
  t.equal(kindOf('python', ['x = 1'], cellOf('%%R\nx <- 1', ['parameters'])), 'never', 'x of R')
  t.end()
})

t.test('hostile cells take time in proportion to their length', (t) => {
  const shapes: [name: string, of: (length: number) => string][] = [
    ['brackets', (length) => '('.repeat(length)],
    ['nested functions', (length) => 'lambda: '.repeat(length / 8)],
    [
      'indented functions',
      (length) =>
        Array.from({ length: Math.sqrt(length) }, (_, at) => `${' '.repeat(at)}def f():`).join('\n'),
    ],
    ['comprehensions', (length) => `${'[x for x in '.repeat(length / 12)}y`],
    ['names', (length) => Array.from({ length: length / 10 }, (_, at) => `x${at} = 1`).join('\n')],
    ['magics', (length) => '%x y\n'.repeat(length / 5)],
    ['open strings', (length) => '"""\\"'.repeat(length / 5)],
    ['backslashes', (length) => `"${'\\'.repeat(length)}`],
    ['continued magics', (length) => `!x ${'\\\n'.repeat(length / 2)}`],
    ['sums', (length) => `x = ${'1+'.repeat(length / 2)}1`],
    ['questions', (length) => `${'a.'.repeat(length / 2)}??\n`],
  ]
  for (const [name, of] of shapes) {
    for (const language of ['python', 'R', 'julia', 'javascript']) {
      const source = of(49_000)
      const began = performance.now()
      find(language, [source])
      const took_ms = performance.now() - began
      t.ok(took_ms < 2500, `${name} in ${language}: ${took_ms.toFixed()} ms`)
    }
  }
  t.end()
})

t.test('four times as much takes not much more than four times as long', (t) => {
  const lines: [name: string, of: (length: number) => string][] = [
    ['comments that end in a backslash', (length) => '#\\\n'.repeat(length / 3)],
    ['spaces where a name may stand', (length) => `x=1\n${' '.repeat(length)}y\n`],
    ['commas', (length) => ','.repeat(length)],
    ['questions that go on', (length) => 'a?\\\n'.repeat(length / 4)],
  ]
  for (const [name, of] of lines) {
    const growth = growthOf((length) => withoutMagics(of(length)), 25_000)
    t.ok(growth < 9, `${name}: ${growth.toFixed(1)} times as long`)
  }
  const cells: [name: string, of: (length: number) => string][] = [
    ['the parts of a module', (length) => `import ${'a.'.repeat(length / 2)}a`],
    ['modules', (length) => `import ${'a,'.repeat(length / 2)}a`],
    [
      'assignments in assignments after empty lines',
      (length) => '\n'.repeat(length / 2) + 'a=(\n(b:=1))\n'.repeat(length / 26),
    ],
  ]
  for (const [name, of] of cells) {
    const growth = growthOf((length) => pythonEffects(of(length)), 12_000)
    t.ok(growth < 9, `${name}: ${growth.toFixed(1)} times as long`)
  }
  t.end()
})

t.test('a grammar that is slow in what nests deep is not waited for', (t) => {
  const nested = '@a '.repeat(2000)
  const began = process.cpuUsage().user
  const { certain } = find('julia', ['x = 1', ...Array.from({ length: 30 }, () => nested)])
  const took_ms = (process.cpuUsage().user - began) / 1000
  t.ok(took_ms < 6000, `${took_ms.toFixed()} ms`)
  t.ok(certain.has('x'), 'what was found before holds')
  t.end()
})

t.test('a line that sets many names is looked at once', (t) => {
  const { certain } = find('python', [Array.from({ length: 1000 }, (_, at) => `x${at} = 1`).join('; ')])
  t.equal(certain.size, 1000)
  t.equal(new Set(certain.values()).size, 1)
  t.end()
})

t.test('a cell that is too long to be read may do anything', (t) => {
  t.equal(pythonEffects('#\\\n'.repeat(17_000)), undefined)
  t.equal(kindOf('python', ['#\\\n'.repeat(17_000), 'x = 1']), 'possible')
  t.end()
})

t.test('the names that an import sets, and its lines', (t) => {
  const set = (source: string) =>
    pythonEffects(source)?.flatMap((effect) =>
      effect.kind === 'sets' ? [`${effect.name} ${effect.line}`] : [],
    )
  t.same(set('import a.b, c as d, e.f as g'), ['a 1', 'd 1', 'g 1'])
  t.same(set('from a.b import (c,\n  d as e,\n)\nf = 1'), ['c 1', 'e 2', 'f 4'])
  t.same(set('a = (\n  (b := 1)\n)\nc = 2'), ['b 2', 'a 1', 'c 4'])
  t.end()
})
