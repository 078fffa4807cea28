import t from 'tap'
import { evenShapeOf } from '../../../../service/notebook/languages/shared/even-shapes.ts'
import {
  holds,
  numberBit,
  numberType,
  shapeOf,
} from '../../../../service/notebook/languages/shared/shapes.ts'
import { readParameters } from '../../../../service/notebook/parameters/read.ts'

const valueIn = (json: string) => readParameters(`{"x": ${json}}`)[0]![1]
const namesOf = (bits: number) =>
  Object.entries(holds)
    .filter(([, bit]) => bits & bit)
    .map(([name]) => name)
    .join('|')

t.test('what stands on each level of a value', async (t) => {
  const rows: [json: string, kinds: string, even: boolean][] = [
    ['null', 'null', true],
    ['{"a": [1]}', 'object', true],
    ['[]', ' ', true],
    ['[1, 2.5, null]', ' null|int|float', true],
    ['[[1], []]', '  int', true],
    ['[[[]], [1]]', '  int ', false],
    ['[1, ["a"]]', ' int text', false],
    ['[[[1]]]', '   int', true],
    ['[[[[1]]]]', '   list', false],
    ['[[[[]]], 5]', ' int  list', false],
  ]
  for (const [json, kinds, even] of rows) {
    t.equal(shapeOf(valueIn(json)).kinds.map(namesOf).join(' '), kinds, json)
    t.equal(evenShapeOf(valueIn(json)) !== undefined, even, json)
  }
  t.match(shapeOf(valueIn('[[1, 2], [3, {"a": [4]}], []]')), { lists: 4, parts: 4 })
})

t.test('which numbers a type holds', async (t) => {
  const rows: [digits: string, bit: string][] = [
    ['-0', 'int'],
    ['-2147483648', 'int'],
    ['2147483648', 'exact'],
    ['-9007199254740992', 'exact'],
    ['9007199254740993', 'long'],
    ['-9223372036854775808', 'long'],
    ['9223372036854775808', 'wide'],
    [String(2n ** 127n), 'large'],
    ['1e3', 'float'],
    ['NaN', 'float'],
  ]
  for (const [digits, bit] of rows) t.equal(namesOf(numberBit(digits)), bit, digits)
  t.equal(numberType(holds.float | holds.exact), 'double')
  t.equal(numberType(holds.float | holds.long), undefined, 'it would lose digits')
  t.equal(numberType(holds.int | holds.large), 'big')
})
