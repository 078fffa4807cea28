import t from 'tap'
import { Fault } from '../../../service/fault.ts'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import type { Value } from '../../../service/notebook/parameters/value.ts'
import { writeParameters } from '../../../service/notebook/parameters/write.ts'
import { posts, thrown } from '../support.ts'

const read = (json: string): Value => readParameters(`{"x":${json}}`)[0]![1]

t.test('every kind of value is read without loss', async (t) => {
  const table: [label: string, json: string, value: Value][] = [
    ['a float with a zero behind the point', '1.0', { kind: 'number', text: '1.0' }],
    ['an integer beyond 2^64', '12345678901234567890', { kind: 'number', text: '12345678901234567890' }],
    ['a float beyond double', '1E400', { kind: 'number', text: '1E400' }],
    ['a negative zero', '-0', { kind: 'number', text: '-0' }],
    ['an exponent', '-1.5e-7', { kind: 'number', text: '-1.5e-7' }],
    ['NaN', 'NaN', { kind: 'number', text: 'NaN' }],
    ['Infinity', 'Infinity', { kind: 'number', text: 'Infinity' }],
    ['-Infinity', '-Infinity', { kind: 'number', text: '-Infinity' }],
    ['null', 'null', { kind: 'null' }],
    ['true', 'true', { kind: 'boolean', value: true }],
    ['false', 'false', { kind: 'boolean', value: false }],
    ['a text with escapes', '"\\u00b5m \\ud83d\\ude00 \\n\\/"', { kind: 'text', value: 'µm 😀 \n/' }],
    ['a text with NUL', '"\\u0000"', { kind: 'text', value: '\0' }],
    ['a text with separators', '"\u2028\u0085\u007f"', { kind: 'text', value: '\u2028\u0085\u007f' }],
    ['an empty list', '[ ]', { kind: 'list', items: [] }],
    ['an empty object', '{ }', { kind: 'object', entries: [] }],
    [
      'a list',
      '[1,[NaN]]',
      {
        kind: 'list',
        items: [
          { kind: 'number', text: '1' },
          { kind: 'list', items: [{ kind: 'number', text: 'NaN' }] },
        ],
      },
    ],
  ]
  for (const [label, json, value] of table) t.strictSame(read(json), value, label)
})

t.test('names keep their order, odd ones too', async (t) => {
  const names = ['b', '2', '1', '__proto__', '', 'constructor', 'a', '\u0000', 'ﬁ', 'fi']
  const text = `{${names.map((name) => `${JSON.stringify(name)}: 1`).join(', ')}}`
  t.strictSame(
    readParameters(text).map(([name]) => name),
    names,
  )
})

t.test('nothing but white space is an empty object', async (t) => {
  for (const text of ['', ' ', '\r\n\t', '{}', ' { } '])
    t.strictSame(readParameters(text), [], JSON.stringify(text))
})

t.test('what is not such an object is refused with its reason and place', async (t) => {
  const deep = (levels: number) => `{"x":${'['.repeat(levels)}${']'.repeat(levels)}}`
  const table: [label: string, text: string, reason: string, values?: object][] = [
    ['a comment', '{"a": 1 // x\n}', 'not-json', { line: 1, column: 9 }],
    ['a block comment', '{/**/"a": 1}', 'not-json'],
    ['a trailing comma in an object', '{"a": 1,}', 'not-json', { line: 1, column: 9 }],
    ['a trailing comma in a list', '{"a":[1,]}', 'not-json'],
    ['no comma', '{"a": 1 "b": 2}', 'not-json'],
    ['no colon', '{"a" 1}', 'not-json'],
    ['a name without quotes', '{a: 1}', 'not-json'],
    ['single quotes', "{'a': 1}", 'not-json'],
    ['nothing closed', '{"a": [1', 'not-json'],
    ['more behind it', '{} {}', 'not-json'],
    ['a leading zero', '{"a": 01}', 'not-json'],
    ['a leading plus', '{"a": +1}', 'not-json'],
    ['a point without digits', '{"a": 1.}', 'not-json'],
    ['a point first', '{"a": .5}', 'not-json'],
    ['an exponent without digits', '{"a": 1e}', 'not-json'],
    ['a lonely minus', '{"a": -}', 'not-json'],
    ['space behind the minus', '{"a": - Infinity}', 'not-json'],
    ['-NaN', '{"a": -NaN}', 'not-json'],
    ['-Infinity with more', '{"a": -Infinityx}', 'not-json'],
    ['True', '{"a": True}', 'not-json'],
    ['undefined', '{"a": undefined}', 'not-json'],
    ['a line break in a text', '{"a": "x\ny"}', 'not-json'],
    ['a control character in a text', '{"a": "\u0001"}', 'not-json'],
    ['an unknown escape', '{"a": "\\x41"}', 'not-json'],
    ['half an escape', '{"a": "\\u12"}', 'not-json'],
    ['a no-break space between tokens', '{\u00a0}', 'not-json'],
    ['a byte-order mark', '\ufeff{}', 'not-json'],
    ['a list', '[1]', 'not-an-object'],
    ['a text', '"a"', 'not-an-object'],
    ['null', 'null', 'not-an-object'],
    ['a repeated name', '{"a": 1,\n "a": {}}', 'duplicate-name', { line: 2, column: 2, name: 'a' }],
    [
      'a name repeated in a value',
      '{"a": {"x": 1},\n "b": [{"c": {}}, {"c": 1, "c": 2}]}',
      'duplicate-name',
      { line: 2, column: 28, inside: 'b' },
    ],
    [
      'a name repeated in escapes',
      '{"a": 1, "\\u0061": 2}',
      'duplicate-name',
      { line: 1, column: 10, name: 'a' },
    ],
    ['__proto__ twice', '{"__proto__": 1, "__proto__": 2}', 'duplicate-name'],
    ['half a pair, escaped', '{"a": "\\ud800"}', 'lone-surrogate', { line: 1, column: 7 }],
    ['half a pair in a name', '{"\\udc00": 1}', 'lone-surrogate'],
    ['half a pair as it is', '{"a": "\ud83d"}', 'lone-surrogate'],
    ['a pair the wrong way round', '{"a": "\\udc00\\ud800"}', 'lone-surrogate'],
    ['101 levels', deep(100), 'too-deep', { line: 1, column: 105, limit: '100' }],
    ['a million levels', `{"x":${'['.repeat(1e6)}`, 'too-deep'],
    ['a million objects', '{"x":'.repeat(1e6), 'too-deep'],
  ]
  for (const [label, text, reason, values] of table) {
    const fault = thrown(() => readParameters(text)) as Fault
    t.match(fault, { code: 20, reason }, label)
    if (values !== undefined) t.strictSame(fault.values, values, label)
  }
  t.equal(readParameters(deep(99)).length, 1, 'a hundred levels are taken')
})

t.test('lines are counted whatever ends them, columns in characters as an editor shows them', async (t) => {
  for (const end of ['\n', '\r\n', '\r']) {
    const fault = thrown(() => readParameters(`{"a": "😀",${end} "😀": x}`))
    t.match(fault, { code: 20, values: { line: 2, column: 7 } }, JSON.stringify(end))
  }
})

t.test('a long name is shortened in a fault', async (t) => {
  const name = 'n'.repeat(1e6)
  const json = `{"${name}":1,"${name}":2}`
  t.match(
    thrown(() => readParameters(json)),
    { code: 20, values: { name: `${'n'.repeat(79)}…` } },
  )
})

t.test('writing is the inverse of reading', async (t) => {
  for (const { params_text: text, object, title } of posts()) {
    t.equal(writeParameters(readParameters(text)).length > 0, true)
    t.strictSame(
      readParameters(writeParameters(readParameters(text))),
      readParameters(text),
      `${object}: ${title}`,
    )
    if (!text.includes('\\')) t.equal(writeParameters(readParameters(text)), text, 'the very same characters')
  }
  const odd = '{"2":NaN,"1":[-Infinity,1.50,{"":"\\u2028\\"\\\\"}],"__proto__":{},"e":[]}'
  t.strictSame(readParameters(writeParameters(readParameters(odd))), readParameters(odd))
})

t.test('what is thrown is a fault', async (t) => {
  try {
    readParameters('{')
    t.fail('it was taken')
  } catch (error) {
    t.ok(error instanceof Fault)
  }
})
