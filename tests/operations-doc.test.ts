import { readFileSync } from 'node:fs'
import t from 'tap'
import { inProject } from './support/paths.ts'

const doc = readFileSync(inProject('docs/operations.md'), 'utf8')

t.test('the log says what docs/operations.md quotes', (t) => {
  const sources = ['journey/kept/format.ts', 'store/lmdb-folder.ts', 'store/sealed.ts']
    .map((file) => readFileSync(inProject('service', file), 'utf8'))
    .join('')
  const quoted = [...doc.matchAll(/(?:log says|does not start:|kind of record,) \*([^*]+)\*/g)].map(
    ([, text]) => text!,
  )
  t.equal(quoted.length, 6)
  for (const text of quoted) t.ok(sources.includes(text), text)
  t.end()
})
