import t from 'tap'
import { pythonCell } from '../../../../service/notebook/languages/python/python-cell.ts'
import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import { valueKey } from '../../../../service/notebook/schema/equality.ts'
import { inProject } from '../../../support/paths.ts'
import { label, run } from '../../support.ts'
import { cellsOf, readBy, sample } from '../shared/read-by.ts'

t.test('a parameters cell of Python', async (t) => {
  const table: [label: string, source: string, ...wanted: string[]][] = [
    ['a number', 'a = 5', 'a = 5 → 5'],
    ['an annotation', 'a: int = 5', 'a: int = 5 → 5'],
    ['an annotation in quotes', 'a: "int" = 5', 'a: int = 5 → 5'],
    ['an annotation without a value sets nothing', 'a: int'],
    ['a type comment', 'a = 5  # type: int', 'a: int = 5 → 5'],
    [
      'a type comment with help',
      'a = {}  # type: Dict[str, int] how many',
      'a: Dict[str, int] = {} → {} # how many',
    ],
    ['a note to a type checker is none', 'a = 5  # type: ignore', 'a = 5 → 5'],
    ['a comment', 'a = "x"  # the name', 'a! = "x" → "x" # the name'],
    ['a sign that is no comment', 'a = "#x"', 'a! = "#x" → "#x"'],
    ['several lines', 'a = [\n  1,  # one\n  2,\n]  # both', 'a = [\n  1,  # one\n  2,\n] → [1,2] # both'],
    ['two names', 'a = b = "x"', 'a! = "x" → "x"', 'b! = "x" → "x"'],
    ['a tuple of names', 'a, b = 1, -2', 'a = 1 → 1', 'b = -2 → -2'],
    ['a tuple of names and no values', 'a, b = f()', 'a', 'b'],
    ['a tuple as a value', 'a = 1, 2', 'a = 1, 2 → [1,2]'],
    ['two in a line', 'a = 1; b = 2  # second', 'a = 1 → 1', 'b = 2 → 2 # second'],
    ['optional text', 'a: Optional[str] = None', 'a!: Optional[str] = None → null'],
    ['text or nothing', 'a: str | None = None', 'a!: str | None = None → null'],
    ['texts of all kinds', 'a = r"\\d" "\\u00e9"', 'a! = r"\\d" "\\u00e9" → "\\\\dé"'],
    ['text over lines', 'a = """x\ny"""', 'a! = """x\ny""" → "x\\ny"'],
    ['text that is put together', 'a = f"{b}"', 'a! = f"{b}"'],
    ['bytes are no text', 'a = b"x"', 'a = b"x"'],
    [
      'numbers',
      'a = 0x1F; b = 1_000; c = .5; d = 1.; e = 2j',
      'a = 0x1F → 31',
      'b = 1_000 → 1000',
      'c = .5 → 0.5',
      'd = 1. → 1.0',
      'e = 2j',
    ],
    [
      'not a number',
      'a = float("nan"); b = -float("inf")',
      'a = float("nan") → NaN',
      'b = -float("inf") → -Infinity',
    ],
    ['an object', 'a = {"b": [True, None]}', 'a = {"b": [True, None]} → {"b":[true,null]}'],
    ['an object that JSON has not', 'a = {1: 2}', 'a = {1: 2}'],
    ['an expression', 'a = 2 * 3', 'a = 2 * 3'],
    ['the last one holds', 'a: str = "x"  # name\na = None', 'a!: str = None → null # name'],
    ['a name that Python 2 had for a statement', 'print = 1', 'print = 1 → 1'],
    ['letters of all kinds', 'größe = 1', 'größe = 1 → 1'],
    ['inside of blocks', 'if x:\n    a = 1\nfor b in x: c = 1\ndef f(d=1):\n    e = 1'],
    ['what is no plain assignment', 'a += 1\nb.c = 1\nd[0] = 1\n(e := 1)\nf(g=1)\nh == 1'],
    ['line ends of Windows', 'a = 1\r\nb = 2  # two\r\n', 'a = 1 → 1', 'b = 2 → 2 # two'],
    ['magics are passed over', '%matplotlib inline\na = 1\n!ls\nb = !ls\n?a\na?', 'a = 1 → 1'],
    ['a line that is not Python', 'a = 1\nb = = 2\nc = 3', 'a = 1 → 1', 'c = 3 → 3', '✗ 2:5'],
    ['a bracket that stays open', 'a = [1,\nb = 2\nc = 3', 'c = 3 → 3', '✗ 2:3'],
    ['a text that stays open', 'a = "x\nb = 2', 'b = 2 → 2', '✗ 1:5'],
    ['an indented line', 'a = 1\n  b = 2', 'a = 1 → 1', '✗ 2:3'],
    ['a cell that is indented as a whole', '  a = 1\n  b = 2', 'a = 1 → 1', 'b = 2 → 2'],
    ['nothing', ''],
  ]
  for (const [name, source, ...wanted] of table) t.strictSame(readBy(pythonCell, source), wanted, name)
})

const statements = [
  'a = 1',
  'b: int = 2  # help',
  'c = "x"',
  'd = [1,\n  2]',
  'e = {"a": 1.5, "b": (None, True)}',
  '# note',
  '',
  'f = f"{a}"',
  'if a:\n    g = 1',
  'h = """\nx = 1\n"""',
  'import os',
  'i = j = 3.',
  'k, l = 1, "é"',
  'def m(x):\n    return x',
  'n = -0x1F',
  'o.p = 1',
  'q = (1, 2)',
  'with open(a) as r:\n    pass',
  's = lambda: 1',
  't = -1.5e3',
  'u = a if b else c',
  'v = "a" "b"',
  "w = '\\u00e9\\n\\d'",
  'x = y = r"\\n"',
]
const fragments = [
  ...'=[](){},:+.\\"\'#@;\n',
  ' = ',
  '"""',
  'if x:',
  '\n    ',
  'lambda ',
  '**',
  'for i in y',
  'else',
  '1e5',
  'not ',
  ' is ',
  '==',
  '+=',
  'b"z"',
  'del a',
  '\t',
  'é',
]

t.test('Python itself reads the same', async (t) => {
  const cells = sample(cellsOf(statements, fragments), 3000)
  const answers = JSON.parse(
    run('python3', [inProject('tests/notebook/languages/python/read_cells.py')], JSON.stringify(cells)),
  ) as (Record<string, [source: string | null, value: string | null]> | string)[]
  t.equal(answers.length, cells.length)
  const differences: string[] = []
  let broken = 0
  let told = 0
  cells.forEach((cell, index) => {
    const answer = answers[index]!
    const isRefused = pythonCell.unreadable(cell).length > 0
    if (typeof answer === 'string') {
      broken++
      if (isRefused) told++
      return
    }
    const wanted = Object.entries(answer).map(([name, [source, value]]) =>
      [name, source, value && keyOf(value)].join(' | '),
    )
    const got = pythonCell
      .declared(cell)
      .map(({ name, default: source, value }) =>
        [name.normalize('NFKC'), source ?? null, value ? valueKey(value) : null].join(' | '),
      )
    if (isRefused || got.sort().join('\n') !== wanted.sort().join('\n'))
      differences.push(label(`${cell} ⇒ ${got} / ${wanted}`))
  })
  t.strictSame(differences.slice(0, 5), [], 'what it takes')
  t.ok(broken > 500 && told > 0.95 * broken, `what it refuses: ${told} of ${broken} are told`)
})

/** Python's JSON of one value. */
function keyOf(json: string): string {
  return valueKey(readParameters(`{"a": ${json}}`)[0]![1])
}
