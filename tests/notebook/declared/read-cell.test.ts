import t from 'tap'
import { cCell } from '../../../service/notebook/declared/c.ts'
import { juliaCell } from '../../../service/notebook/declared/julia.ts'
import { pythonCell } from '../../../service/notebook/declared/python.ts'
import { rCell } from '../../../service/notebook/declared/r.ts'
import { readBy } from './support.ts'

t.test('which comment is help', async (t) => {
  const table: [label: string, source: string, ...wanted: string[]][] = [
    ['behind', 'a = 1  # one', 'a = 1 → 1 # one'],
    ['behind the last line before the first', 'a = [  # one\n  1]  # two', 'a = [  # one\n  1] → [1] # two'],
    ['behind the first line', 'a = [  # one\n  1]', 'a = [  # one\n  1] → [1] # one'],
    ['above', '# one\na = 1', 'a = 1 → 1 # one'],
    ['lines above', '# one\n# more\na = 1\n# two\nb = 2', 'a = 1 → 1 # one more', 'b = 2 → 2 # two'],
    ['above several: a heading', '# Parameters\na = 1\nb = 2', 'a = 1 → 1', 'b = 2 → 2'],
    ['above, with a line between', '# one\n\na = 1', 'a = 1 → 1'],
    ['behind, not above', '# above\na = 1  # behind', 'a = 1 → 1 # behind'],
    ['of the line above', 'b = 2  # two\na = 1', 'b = 2 → 2 # two', 'a = 1 → 1'],
    ['an empty one', 'a = 1  #', 'a = 1 → 1'],
  ]
  for (const [name, source, ...wanted] of table) t.strictSame(readBy(pythonCell, source), wanted, name)
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
