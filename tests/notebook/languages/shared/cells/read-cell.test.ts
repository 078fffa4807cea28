import t from 'tap'
import { cCell } from '../../../../../service/notebook/languages/c/c-cell.ts'
import { juliaCell } from '../../../../../service/notebook/languages/julia/julia-cell.ts'
import { pythonCell } from '../../../../../service/notebook/languages/python/python-cell.ts'
import { rCell } from '../../../../../service/notebook/languages/r/r-cell.ts'
import { readBy } from '../read-by.ts'

t.test('which comment is help', async (t) => {
  const table: [label: string, source: string, ...wanted: string[]][] = [
    ['behind', 'a = 1  # one', 'a = 1 → 1 # one'],
    ['behind the last line before the first', 'a = [  # one\n  1]  # two', 'a = [  # one\n  1] → [1] # two'],
    ['behind the first line', 'a = [  # one\n  1]', 'a = [  # one\n  1] → [1] # one'],
    ['above', '# one\na = 1', 'a = 1 → 1 # one'],
    ['lines above', '# one\n# more\na = 1\n# two\nb = 2', 'a = 1 → 1 # one more', 'b = 2 → 2 # two'],
    ['above several: a heading', '# Parameters\na = 1\nb = 2', 'a = 1 → 1', 'b = 2 → 2'],
    ['above one of several', '# in K\na = 1\nb = 2', 'a = 1 → 1 # in K', 'b = 2 → 2'],
    [
      'above each',
      '# in K\na = 1\n# in s\nb = 2\nc = 3',
      'a = 1 → 1 # in K',
      'b = 2 → 2 # in s',
      'c = 3 → 3',
    ],
    ['a heading above it', '# Parameters\n# in K\na = 1\nb = 2', 'a = 1 → 1 # in K', 'b = 2 → 2'],
    ['above, with a line between', '# one\n\na = 1', 'a = 1 → 1'],
    ['behind, not above', '# above\na = 1  # behind', 'a = 1 → 1 # behind'],
    ['of the line above', 'b = 2  # two\na = 1', 'b = 2 → 2 # two', 'a = 1 → 1'],
    ['an empty one', 'a = 1  #', 'a = 1 → 1'],
  ]
  for (const [name, source, ...wanted] of table) t.strictSame(readBy(pythonCell, source), wanted, name)
})

t.test('which comments are headings', async (t) => {
  const headings = [
    '# Parameters',
    '#parameters:',
    '# PARAMETERS',
    '## Sample',
    '# %% parameters',
    '# ---- Sample ----',
    '# Sample -----',
    '###########',
    '# Input parameters',
    '# User settings',
    '# Default values',
    '# Parameters for papermill',
    '# Parameters of this notebook.',
    '# Einstellungen',
  ]
  const helps = [
    '# temperature in K',
    '# parameters of the fit',
    '# input of the amplifier',
    '# value',
    '# the default value of the sample',
    '# options: fast or exact',
    '# - a list',
    '# settings.json of the instrument',
  ]
  for (const heading of headings)
    t.strictSame(readBy(pythonCell, `${heading}\na = 1\nb = 2`), ['a = 1 → 1', 'b = 2 → 2'], heading)
  for (const help of helps)
    t.match(readBy(pythonCell, `${help}\na = 1\nb = 2`)[0], `# ${help.slice(2)}`, help)
  const others = {
    R: [rCell, '# Parameters\na <- 1'],
    Julia: [juliaCell, '#= Parameters =#\na = 1'],
    C: [cCell, '/* Parameters */\nint a = 1;'],
  } as const
  for (const [name, [reader, source]] of Object.entries(others))
    t.notMatch(readBy(reader, source)[0], /Param/, name)
})

t.test('faults are told by line, at most ten of them', async (t) => {
  t.strictSame(pythonCell.unreadable('a = 1'), [])
  t.strictSame(pythonCell.unreadable('a = 1\nb = = 2\n\nc c\nd = 3'), [
    { line: 2, column: 5 },
    { line: 4, column: 3 },
  ])
  t.equal(pythonCell.unreadable('a a\n'.repeat(100)).length, 10)
})

t.test(
  'of a cell that is longer than any screen the beginning is read, and it is said where that ends',
  async (t) => {
    const source = 'abc = 123\n'.repeat(3000)
    t.equal(pythonCell.declared(source).length, 1)
    t.strictSame(pythonCell.unreadable(source), [{ line: 2001, column: 1 }])
  },
)

t.test('a source that is made to be slow is not', async (t) => {
  const readers = { python: pythonCell, r: rCell, julia: juliaCell, c: cCell }
  const parts = [
    '(',
    '[{(',
    ')',
    '"""',
    'r"(',
    '"\\',
    '/*',
    '#=',
    'a<',
    'f"{',
    '"$(',
    'if x else ',
    'lambda: ',
    '@',
    '\n (',
    "'",
    ';;',
    'a:b::',
    '%\n',
    'a a\n',
  ]
  for (const [name, reader] of Object.entries(readers)) {
    let slowest = 0
    for (const part of parts) {
      const start = process.cpuUsage().user
      readBy(reader, part.repeat(100_000 / part.length))
      slowest = Math.max(slowest, (process.cpuUsage().user - start) / 1e6)
    }
    t.ok(slowest < 10, `${name}: ${slowest} s`)
  }
})
