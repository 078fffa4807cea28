import fc from 'fast-check'
import t from 'tap'
import { alikeAmong, findAlike } from '../service/alike.ts'
import { growthOf } from './support/growth.ts'

t.test('what was meant is found', async (t) => {
  const names = ['temperature', 'time', 'title', 'minimum', 'tags', 'T']
  const table: [name: string, meant: string | undefined][] = [
    ['temprature', 'temperature'],
    ['Temperature', 'temperature'],
    ['tempreature', 'temperature'],
    ['tilte', 'title'],
    ['tiem', 'time'],
    ['tag', 'tags'],
    ['t', 'T'],
    ['x', undefined],
    ['pressure', undefined],
    ['temp', undefined],
    ['', undefined],
  ]
  for (const [name, meant] of table) t.equal(findAlike(name, names), meant, name)
  t.equal(findAlike('a-b', ['a_b']), 'a_b')
  t.equal(findAlike('title', ['title']), undefined, 'not itself')
})

t.test('names that are made to be slow are not', async (t) => {
  const started = process.cpuUsage().user
  findAlike('a'.repeat(1e6), ['a'])
  for (let round = 0; round < 10; round++)
    findAlike(
      'a'.repeat(99),
      Array.from({ length: 1e5 }, (_, index) => `${'b'.repeat(90)}${index}`),
    )
  t.ok(process.cpuUsage().user - started < 3e6)
})

t.test('names four times as long take not much more than four times as long', async (t) => {
  const growth = growthOf((length) => {
    const find = alikeAmong(Array.from({ length: 480 }, (_, at) => `${'a'.repeat(length - 4)}b${at + 100}`))
    for (let at = 0; at < 20; at++) find(`${'a'.repeat(length - 4)}c${at + 700}`)
  }, 24)
  t.ok(growth < 9, `${growth.toFixed(1)} times as long`)
})

t.test('candidates are read once for all names', async (t) => {
  let reads = 0
  const find = alikeAmong({
    *[Symbol.iterator]() {
      reads++
      yield* ['temperature', 'n'.repeat(1e6), 'pressure']
    },
  })
  t.same(['temprature', 'presure', 'x'].map(find), ['temperature', 'pressure', undefined])
  t.equal(reads, 1)
})

t.test('the same is found as by the whole table of distances', async () => {
  const name = fc.string({ unit: fc.constantFrom(...'abA_'), minLength: 1, maxLength: 9 })
  const isAlike = (a: string, b: string) => {
    const limit = a.length < 3 ? 0 : a.length < 6 ? 1 : 2
    return Math.abs(a.length - b.length) <= limit && distance(a.toLowerCase(), b.toLowerCase()) <= limit
  }
  fc.assert(
    fc.property(name, name, (a, b) => (findAlike(a, [b]) === b) === (a !== b && isAlike(a, b))),
    { numRuns: 2000 },
  )
})

/** Optimal string alignment, as its definition says it. */
function distance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) => [row])
  for (let column = 1; column <= b.length; column++) table[0]!.push(column)
  for (let row = 1; row <= a.length; row++) {
    for (let column = 1; column <= b.length; column++) {
      const other = a[row - 1] === b[column - 1] ? 0 : 1
      const ways = [
        table[row - 1]![column]! + 1,
        table[row]![column - 1]! + 1,
        table[row - 1]![column - 1]! + other,
      ]
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        ways.push(table[row - 2]![column - 2]! + 1)
      table[row]!.push(Math.min(...ways))
    }
  }
  return table[a.length]![b.length]!
}
