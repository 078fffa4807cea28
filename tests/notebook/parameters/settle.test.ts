import t from 'tap'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { makeCell } from '../../../service/notebook/render/cell.ts'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'
import { settle, withSchema } from '../schema/support.ts'
import { notebookOf, templateOf } from '../support.ts'

t.test('nulls are dealt with before anything is checked', async (t) => {
  const schema = '{"type":"object","properties":{"a":{"type":"number"},"b":{}},"required":["b"]}'
  const table: [onNull: string, sent: string, result: string | string[]][] = [
    ['value', '{"a":null,"b":null}', ['no-value a']],
    ['default', '{"a":null,"b":1}', '{"b":1}'],
    ['default', '{"a":1,"b":null}', ['missing b']],
    ['refuse', '{"a":null,"b":1}', 'null-refused'],
    ['refuse', '{"a":"x","b":1}', ['number a']],
  ]
  for (const [onNull, sent, result] of table) {
    t.strictSame(settle(withSchema(schema, '', { on_null: onNull }), sent), result, `${onNull}: ${sent}`)
  }
})

t.test('translated texts are plain ones before anything is checked', async (t) => {
  const sent = '{"a":{"en":"stone","de":"Stein"},"b":{"en":"x"},"c":{"c":{"en":"y"}}}'
  const schema = '{"a":{"type":"string","maxLength":5},"b":{"type":"object"},"c":{}}'
  t.equal(settle(withSchema(schema), sent, ['de']), '{"a":"Stein","b":{"en":"x"},"c":{"c":{"en":"y"}}}')
  t.strictSame(settle(withSchema(schema), '{"a":{"en":"stones"}}'), ['longest a 5'])
  t.strictSame(
    settle(withSchema('{"a":{"type":["string","object"]}}'), '{"a":{"en":"x"}}'),
    '{"a":{"en":"x"}}',
    'it may be an object',
  )
  const plain = withSchema('{"b":{"type":"string"},"c":{"properties":{"c":{"type":"string"}}}}', '', {
    translated: 'plain',
  })
  t.equal(settle(plain, sent, ['de']), '{"a":"Stein","b":"x","c":{"c":"y"}}')
  t.equal(
    settle(withSchema('{"a":{"maxLength":5}}', 'a = "x"'), '{"a":{"en":"x"}}'),
    '{"a":"x"}',
    'the cell says what the schema leaves open',
  )
  t.equal(
    settle(withSchema('{"a":{"type":"object"}}', 'a = "x"'), '{"a":{"en":"x"}}'),
    '{"a":{"en":"x"}}',
    'the schema wins',
  )
})

t.test('a template without a schema takes what is sent, whatever its cell declares', async (t) => {
  const template = templateOf('python', 'a: int = 5\nb: str = ""')
  const sent = '{"a":"x","b":1,"c":[]}'
  t.equal(settle(template, sent), sent)
})

t.test('a schema lets no name be set that the cell does not set', async (t) => {
  const cell = (source: string) =>
    makeCell(readParameters('{"print":1}'), withSchema('{"print":{}}', source), []).source
  t.match(cell(''), /^print_ = 1 /m)
  t.match(cell('print = 0'), /^print = 1$/m)
})

t.test('a default in a schema sets nothing', async (t) => {
  const template = withSchema('{"a":{"default":7}}')
  t.equal(settle(template, '{}'), '{}')
  t.equal(makeCell([], template, []).source, '')
})

t.test('a notebook in an unknown language is checked as well', async (t) => {
  const notebook = notebookOf('brainfuck', '', { params: { a: { type: 'string' } } })
  const template = compileTemplate(Buffer.from(JSON.stringify(notebook)))
  t.strictSame(settle(template, '{"a":1}'), ['text a'])
  t.equal(makeCell(readParameters('{"a":{"en":"x"}}'), template, []).source, '{"a": "x"}')
})
