import t from 'tap'
import { languages } from '../../../service/notebook/languages/index.ts'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { makeCell } from '../../../service/notebook/render/cell.ts'
import { hostileSource, templateOf } from '../support.ts'

const source = {
  name: 'SampleDB',
  address: 'https://sampledb.example/objects/17',
  time: '2026-11-28T23:59:59.000Z',
}

t.test('the cell says where its values are from, in Python', async (t) => {
  const cell = (name: string) => {
    const parameters = readParameters('{"a": 1, "object_id": 17}')
    return makeCell(parameters, templateOf('python'), ['en'], [], { source: { ...source, name } }).source
  }
  t.equal(
    cell('SampleDB'),
    '# Parameters\n# From SampleDB: https://sampledb.example/objects/17, 2026-11-28\na = 1\nobject_id = 17',
  )
  t.match(cell('Prüfstand "2"'), String.raw`# From Pr\u00fcfstand \"2\": https://`)
  t.notMatch(cell('Encoding'), /coding[:=]/, 'which Python would read as that of the file (PEP 263)')
})

t.test('the comment comes after a magic line', async (t) => {
  const template = templateOf('python', '%%R\na <- 1')
  t.match(
    makeCell(readParameters('{"a": 2}'), template, [], [], { source }).source,
    /^%%R.*\n# Parameters\n# From SampleDB: .*\na <- 2/,
  )
})

t.test('without values there is no cell, and so no comment', async (t) => {
  const cell = makeCell([], templateOf('python'), [], [], { source })
  t.ok(cell.isEmpty)
  t.equal(cell.source, '')
})

t.test('an unknown language has JSON text, and no comment', async (t) => {
  const cell = makeCell(readParameters('{"a": 1}'), templateOf('klingon'), [], [], { source })
  t.equal(cell.source, '{"a": 1}')
})

t.equal(languages.length, 19)
for (const { name, aliases } of languages) {
  t.test(`${name}: one more line, a comment in ASCII, and nothing else`, async (t) => {
    const template = templateOf(aliases[0]!)
    const parameters = readParameters('{"a": 1, "b": "x"}')
    const plain = makeCell(parameters, template, ['en']).source.split('\n')
    for (const from of [source, hostileSource]) {
      const lines = makeCell(parameters, template, ['en'], [], { source: from }).source.split('\n')
      const [said = '', ...more] = lines.filter((line) => !plain.includes(line))
      t.same(more, [])
      t.same(
        lines.filter((line) => line !== said),
        plain,
      )
      t.match(said, /^(#|\/\/|%|\/\*) From [\x20-\x7e]*, 2026-11-28( \*\/)?$/)
      t.equal(said.indexOf('*/'), said.startsWith('/*') ? said.length - 2 : -1)
    }
  })
}
